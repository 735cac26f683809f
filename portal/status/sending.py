"""What an applicant sends after the application, as the message that the authority gets."""

from collections.abc import Callable
from dataclasses import replace

from starlette.requests import Request

from engine.model_outputs import XoevOutput
from outputs.application import OutputFile
from outputs.schemas import Schemas
from outputs.xoev.replies import Reply, ReplyFile, write_answer, write_withdrawal
from portal.clock import BERLIN
from portal.status.case import SubmittedCase
from portal.status.opening import Opened
from portal.storage import replies
from portal.storage.records import Payload
from portal.storage.refusals import UnavailableError
from portal.storage.replies import ReplyKind, Said, SentReply
from portal.web.logs import log
from portal.web.pages import portal_of
from portal.web.refusal import not_found

TARGET = "fachverfahren"
INVALID = "payload-invalid"  # its schema refuses it
_TRIES = 4
_Write = Callable[[Reply, XoevOutput, Schemas | None], OutputFile]


def send_answer(
    request: Request,
    case: SubmittedCase,
    message: Opened,
    number: int,
    text: str,
    files: tuple[ReplyFile, ...],
) -> SentReply:
    """Send an answer once; a second press finds the first one."""
    names = tuple(one.name for one in files)
    said = Said(ReplyKind.ANSWER, number, message.kept.id, text, names)
    reply = replace(
        _reply(request, case, number),
        answers=message.returned.message_id,
        text=text,
        files=files,
    )
    return _send(request, case, said, reply, write_answer)


def send_withdrawal(request: Request, case: SubmittedCase, number: int) -> SentReply:
    """Take the application back, once."""
    said = Said(ReplyKind.WITHDRAWAL, number, None)
    return _send(request, case, said, _reply(request, case, number), write_withdrawal)


def _reply(request: Request, case: SubmittedCase, number: int) -> Reply:
    at = replies.moment_of(portal_of(request).store).astimezone(BERLIN).replace(microsecond=0)
    return Reply(case.procedure.authority, case.receipt.reference, number, at)


def _send(
    request: Request, case: SubmittedCase, said: Said, reply: Reply, write: _Write
) -> SentReply:
    portal = portal_of(request)
    output = case.procedure.outputs.xoev
    if output is None:
        raise not_found()
    for _ in range(_TRIES):
        made = write(reply, output, portal.schemas)
        sent = replies.send(portal.store, case.id, said, _payload(made))
        if sent is not None and sent.said == said:
            return sent
        # Another window sent something else in between: this one comes after it.
        number = replies.next_number(portal.store, case.id)
        said, reply = replace(said, number=number), replace(reply, number=number)
    raise UnavailableError("too many replies at once")


def _payload(made: OutputFile) -> Payload:
    fault = INVALID if made.problems else ""
    if fault:
        log().error("payload-invalid", output=made.output, problems=len(made.problems or ()))
    return Payload(made.output, made.name, made.media_type, made.content, TARGET, fault)
