"""The form to answer the authority: a text and files, sent once, with a receipt."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException
from starlette.responses import Response

from engine.fields.din91379 import first_fault
from outputs.xoev.replies import ReplyFile
from portal.status.access import SubmissionId
from portal.status.case import SubmittedCase, submitted_case
from portal.status.message import ADDRESS as MESSAGE
from portal.status.message import MessageId
from portal.status.opening import Opened, opened_of
from portal.status.sending import send_answer
from portal.storage import replies
from portal.uploads.examine import Offered, Refused, Taken, clean, look
from portal.uploads.scanner import Verdict
from portal.web.pages import go_to, page, portal_of, switch_language, words_of
from portal.web.posted import check_token
from portal.web.refusal import Refusal, not_found
from renderers.html.problems import Entry
from renderers.html.words import Said, Words

router = APIRouter()
ADDRESS = MESSAGE + "/answer"
PATH = r"/case/[0-9a-f-]{36}/message/[0-9a-f]{32}/answer"
MOST_FILES = 5
MEGABYTES = 5  # of one file: a message of all of them stays below 40
LONGEST = 5000
_NAMED = 5  # wrong letters
_TAKEN_WITH = "pdf", "jpg", "png"
_VERDICTS = {Verdict.FOUND: "upload.malware", Verdict.UNKNOWN: "upload.try_again"}


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a file of an answer may be."""

    formats: tuple[str, ...] = _TAKEN_WITH
    max_megabytes: int = MEGABYTES


@dataclass(frozen=True, slots=True)
class Written:
    """What was typed and chosen."""

    text: str = field(default="", repr=False)
    number: str = ""
    files: tuple[Offered, ...] = field(default=(), repr=False)


@router.get(ADDRESS)
def show(request: Request, submission: SubmissionId, message: MessageId) -> Response:
    """The form."""
    case, one = _answerable(request, submission, message)
    return _draw(request, case, one, Written(), {})


@router.post(ADDRESS)
async def answer(request: Request, submission: SubmissionId, message: MessageId) -> Response:
    """Send it, or say what is wrong."""
    try:
        form = await request.form(max_files=MOST_FILES + 5, max_fields=10, max_part_size=64 * 1024)
    except MultiPartException as fault:
        raise Refusal(400, "bad_request") from fault
    try:
        check_token(request, _typed(form, "_token"))
        wish = _typed(form, "_language"), _typed(form, "_go")
        written = await _written(form)
    finally:
        await form.close()
    verdicts = await _scan(request, written.files) if wish[1] == "send" else {}
    return await run_in_threadpool(_answer, request, submission, message, written, wish, verdicts)


def _answer(
    request: Request,
    submission: str,
    message: str,
    written: Written,
    wish: tuple[str, str],
    verdicts: dict[int, str],
) -> Response:
    case, one = _answerable(request, submission, message)
    language, go = wish
    if language:
        switch_language(request, language)
    if language or go != "send":  # the Enter key must never send an answer
        return _draw(request, case, one, written, {})
    number = int(written.number) if written.number.isdigit() and len(written.number) < 6 else 0
    words = words_of(request, case.procedure)
    taken, faults = _examined(written, verdicts, words)
    if faults:
        return _draw(request, case, one, written, faults)
    files = tuple(ReplyFile(file.name, file.media_type, file.content) for file in taken)
    sent = send_answer(request, case, one, number, written.text, files)
    return go_to(request, f"{case.address}/reply/{sent.said.number}")


def _answerable(request: Request, submission: str, message: str) -> tuple[SubmittedCase, Opened]:
    case = submitted_case(request, submission)
    one = opened_of(portal_of(request).store, case.id, message)
    if not one.wants_answer or not case.may_write:
        raise not_found()
    return case, one


def _typed(form: FormData, name: str) -> str:
    value = form.get(name)
    return value if isinstance(value, str) else ""


async def _written(form: FormData) -> Written:
    files = [
        Offered(one.filename or "", one.content_type or "", await one.read())
        for one in form.getlist("file")
        if isinstance(one, UploadFile) and one.filename
    ]
    typed = _typed(form, "text").replace("\r\n", "\n")
    text = unicodedata.normalize("NFC", typed).strip()
    return Written(text, _typed(form, "_number"), tuple(files))


async def _scan(request: Request, files: Sequence[Offered]) -> dict[int, str]:
    """What the scanner has against which file; it gets the bytes as they came (R39)."""
    scanner, found = portal_of(request).scanner, {}
    for number, one in enumerate(files if scanner else ()):
        if scanner is not None and (verdict := await scanner.scan(one.content)) in _VERDICTS:
            found[number] = _VERDICTS[verdict]
    return found


def _examined(
    written: Written, verdicts: dict[int, str], words: Words
) -> tuple[list[Taken], dict[str, list[str]]]:
    """The files as they go out, and what is wrong by the name of the control."""
    taken: list[Taken] = []
    faults: dict[str, list[str]] = {}
    if wrong := _wrong_text(written.text, words):
        faults["text"] = [wrong]
    if len(written.files) > MOST_FILES:
        faults["file"] = [words.t("answer.files.many", most=MOST_FILES)]
        return taken, faults
    for number, one in enumerate(written.files):
        found = _examine(one, verdicts.get(number, ""))
        if isinstance(found, Taken):
            taken.append(found)
            continue
        fault = words.t(found.reason)
        told = words.t("answer.files.fault", name=one.name[:60], fault=fault)
        faults.setdefault("file", []).append(told)
    if not written.text and not written.files:
        faults["text"] = [words.t("answer.empty")]
    return taken, faults


def _examine(file: Offered, verdict: str) -> Taken | Refused:
    kind = look(Bounds(), file)
    if isinstance(kind, Refused):
        return kind
    return Refused(verdict) if verdict else clean(kind, file)


def _wrong_text(text: str, words: Words) -> str:
    if len(text) > LONGEST:
        return words.t("answer.text.long", most=LONGEST)
    wrong: list[str] = []
    rest = text
    while (fault := first_fault(rest, "C")) is not None and len(wrong) < _NAMED:
        wrong.append(rest[fault.start : fault.start + fault.length])
        rest = rest.replace(wrong[-1], "")
    return words.t("answer.text.letters", letters=" ".join(wrong)) if wrong else ""


def _draw(
    request: Request,
    case: SubmittedCase,
    one: Opened,
    written: Written,
    faults: dict[str, list[str]],
) -> Response:
    words = words_of(request, case.procedure)
    title = words.t("answer.title")
    here = f"{case.address}/message/{one.kept.id}"
    labels = {"text": words.t("answer.text"), "file": words.t("answer.files")}
    values = {
        "title": title,
        "kind": words.t(f"message.{one.kind}.title"),
        "question": one.question.text if one.question else "",
        "text": written.text,
        "faults": faults,
        "again": bool(faults) and bool(written.files),
        "errors": [
            Entry(name, labels[name], Said(text)) for name, all_ in faults.items() for text in all_
        ],
        "most": LONGEST,
        "files_hint": words.t("answer.files.hint", files=MOST_FILES, size=MEGABYTES),
        "number": replies.next_number(portal_of(request).store, case.id),
        "action": f"{here}/answer",
        "back": here,
    }
    return page(
        request,
        "case_answer.html",
        title,
        values,
        procedure=case.procedure,
        status=422 if faults else 200,
        has_token=True,
        keeps_answers=True,
        has_errors=bool(faults),
    )
