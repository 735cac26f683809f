"""Between Ausländerbehörden: what goes into the messages of XAusländer 26.11."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from outputs.aktenversendung import archive
from outputs.aktenversendung.messages import (
    FORMATS,
    MORE_FORMATS,
    MOVED,
    AdvanceInformation,
    Answer,
    Body,
    CompetenceQuestion,
    Confirmation,
    FileEntry,
    FileMetadata,
    Header,
    Message,
    Person,
    Piece,
    Reminder,
    Request,
)
from outputs.aktenversendung.messages import Office as Author
from outputs.aktenversendung.person import APPLICATION, is_azr_number, is_same, person_of
from outputs.aktenversendung.reading import read_message
from outputs.aktenversendung.writing import write_message
from outputs.application import OutputFile
from outputs.dms.filing import FiledDocument
from outputs.xoev.documents import as_jpeg
from portal.storage import submissions, transfers
from portal.storage.transfers import Transfer, note_of
from portal.transfer import outgoing
from portal.transfer.desk import Case, Desk, TransferError, author_of, case_of, reader_of
from portal.transfer.states import Direction, Event, State, Way

FORM = "xauslaender_aktenanforderung"
MOST_COMPARED = 2_000
REQUEST, QUESTION = "010201", "010101"
_SUBJECTS = {REQUEST: "Aktenanforderung", QUESTION: "Zuständigkeitsklärung"}


@dataclass(frozen=True, slots=True)
class Writer:
    """Messages of one process to one office."""

    desk: Desk
    case: Case
    office: str
    process: str

    def write(self, body: Body, what: str, answers: str = "", message_id: str = "") -> OutputFile:
        """A message; its id follows from the process and what it is."""
        other = self.desk.office(self.office)
        if not other.key:
            raise TransferError("no-key")
        header = Header(
            id=message_id or self.id_of(what),
            created_at=self.desk.moment(),
            reader=reader_of(other),
            author=author_of(self.case.plan.procedure.authority),
            triggered_by=answers,
        )
        return write_message(Message(header, body), self.desk.schemas)

    def id_of(self, what: str) -> str:
        """The id of one of its messages."""
        return str(uuid.uuid5(uuid.UUID(self.process), what))


def ask(
    desk: Desk,
    submission_id: str,
    office: str,
    by: str,
    azr: str,
    reason: str = MOVED,
    question: Transfer | None = None,
) -> Transfer:
    """The person lives here now: send us the file (010201); this is also the yes to 010101."""
    case, name = case_of(desk, submission_id), desk.office_id(office)
    desk.office(office)
    process = outgoing.new_process(desk, case, Way.XAUSLAENDER, name, Direction.IN)
    body = Request(person_in(case, azr), number_of(case), reason, wants_confirmation=True)
    made = Writer(desk, case, name, process).write(body, "request", message_id=process)
    opening = outgoing.opening(case, Way.XAUSLAENDER, name, process, State.ASKED, by)
    begun = replace(opening, direction=Direction.IN)
    if question is not None:
        taken = outgoing.next_state(question, Event.TAKE, Direction.IN, Way.COMPETENCE)
        if question.office != name:
            raise TransferError("not-now")

    def step(change: transfers.Change) -> Transfer | None:
        if question is not None and change.move(question, taken, by) is None:
            return None
        return change.open(begun)

    return outgoing.queue(desk, case, name, process, [made], by, step)


def remind(desk: Desk, transfer: Transfer, by: str) -> Transfer:
    """We still wait for the file, or for a word (010002, with what we asked inside)."""
    asks = Direction.OUT if transfer.way == Way.COMPETENCE else Direction.IN
    if transfer.direction != asks or transfer.state not in (State.ASKED, State.COMING):
        raise TransferError("no-reminder")
    case = case_of(desk, transfer.submission_id or "")
    original = asked_by_us(desk, transfer)
    asked = read_message(original, None)
    subject = f"{_SUBJECTS[asked.code]} {number_of(case)}"
    body = Reminder(original, asked.header.id, asked.code, asked.header.created_at, subject)
    times = 1 + transfer.reminders
    writer = Writer(desk, case, transfer.office, transfer.process)
    made = writer.write(body, f"reminder/{times}", answers=transfer.process)

    def step(change: transfers.Change) -> Transfer | None:
        return change.remind(transfer, by)

    return outgoing.queue(desk, case, transfer.office, transfer.process, [made], by, step, times)


def decline(
    desk: Desk,
    request: Transfer,
    by: str,
    *,
    own: Author | None = None,
    our_number: str = "",
    obstacle: str = "",
    sent_on: date | None = None,
    competent: str = "",
) -> Transfer:
    """It does not come, and why (010202). Goes out beside the outbox: it may be about no case."""
    state = outgoing.next_state(request, Event.DECLINE, Direction.OUT, Way.XAUSLAENDER)
    asked = request_of(desk, request)
    body = Answer(
        _asked(asked).person, _asked(asked).our_number, our_number, sent_on, obstacle, competent
    )  # fmt: skip
    return reply(desk, request, asked, body, state, by, own)


def reply(
    desk: Desk,
    request: Transfer,
    asked: Message,
    body: Body,
    state: State,
    by: str,
    own: Author | None,
) -> Transfer:
    """An answer to what began a transfer, together with the step that it is."""
    header = Header(
        id=str(uuid.uuid5(uuid.UUID(request.process), "answer")),
        created_at=desk.moment(),
        reader=asked.header.author,
        author=own or asked.header.reader,
        triggered_by=asked.header.id,
    )
    message = Message(header, body)
    made = write_message(message, desk.schemas)
    if made.problems:
        raise TransferError("invalid")
    with transfers.changing(desk.store) as change:
        moved = change.move(request, state, by)
        if moved is not None:
            change.note(moved, note_of("out", made.name, message.code, made.content, waits=True))
    if moved is None:
        raise TransferError("moved-on")
    desk.store.bell.ring()
    return moved


def requested_messages(desk: Desk, case: Case, request: Transfer) -> list[OutputFile]:
    """What answers a request: advance information, the file, and that it is on its way."""
    asked = request_of(desk, request)
    body = _asked(asked)
    writer = Writer(desk, case, request.office, request.process)
    made = [writer.write(AdvanceInformation(body.person), "advance", asked.header.id)]
    made += _file(writer, body.person, body.more_formats, asked.header.id)
    if body.wants_confirmation:
        confirmed = Confirmation(body.person, body.our_number, number_of(case))
        made.append(writer.write(confirmed, "confirmation", asked.header.id))
    return made


def file_messages(desk: Desk, case: Case, office: str, process: str, azr: str) -> list[OutputFile]:
    """The file, though nobody has asked for it yet."""
    return _file(Writer(desk, case, office, process), person_in(case, azr), (), "")


def request_of(desk: Desk, transfer: Transfer) -> Message:
    """The request or question that began a transfer."""
    code = QUESTION if transfer.way == Way.COMPETENCE else REQUEST
    for one in transfers.messages(desk.store, transfer.id, code):
        if one.has_content:
            return read_message(transfers.content(desk.store, one), None)
    raise TransferError("not-asked")


def fitting(desk: Desk, request: Transfer) -> list[str]:
    """Numbers of our cases that seem to be the person's; a person decides."""
    try:
        body = request_of(desk, request).body
    except TransferError:
        return []
    if not isinstance(body, Request | CompetenceQuestion):
        return []
    person = body.person
    kept = submissions.newest_payloads(desk.store, "xoev", f"_{APPLICATION}.xml", MOST_COMPARED)
    mine = ((number, person_of(application, "")) for number, application in kept)
    return [number for number, one in mine if one is not None and is_same(one, person)]


def _file(writer: Writer, person: Person, more: Sequence[str], answers: str) -> list[OutputFile]:
    entries = list(_entries(writer.case, more))
    if not entries:
        raise TransferError("nothing-to-send")
    packed = archive.build((entry.archive_name, content) for entry, content in entries)
    pieces = archive.cut(packed)
    # Who has not asked knows the process by the id of the announcement alone.
    delivery = writer.id_of("file") if answers else writer.process
    metadata = FileMetadata(
        person=person,
        entries=tuple(entry for entry, _ in entries),
        package_count=len(pieces),
        archive_size=len(packed),
        receipt_for=(writer.desk.moment(), writer.case.reference),
    )
    made = [writer.write(metadata, "file", answers, message_id=delivery)]
    for number, content in enumerate(pieces, start=1):
        made.append(writer.write(Piece(delivery, number, content), f"piece/{number}", answers))
    return made


def _entries(case: Case, more: Sequence[str]) -> Iterator[tuple[FileEntry, bytes]]:
    """PDF and JPG, and what else the other side has said that it reads."""
    position = 0
    for one in case.sent(FORM).documents:
        kind, content, name = _readable(one, more)
        if kind is None:
            continue
        position += 1
        yield (
            FileEntry(one.id, name, kind, position, (one.type,), one.title),
            content,
        )


def _readable(one: FiledDocument, more: Sequence[str]) -> tuple[str | None, bytes, str]:
    kind = MORE_FORMATS.get(one.media_type)
    if kind is not None and (one.media_type in FORMATS or kind in more):
        return kind, one.content, one.name
    if one.media_type == "image/png":
        name = one.name.removesuffix(".png") + ".jpg"
        return FORMATS["image/jpeg"], as_jpeg(one.content), name
    return None, b"", ""


def person_in(case: Case, azr: str) -> Person:
    """Who applied, as these messages name people."""
    if not is_azr_number(azr):
        raise TransferError("no-azr-number")
    person = person_of(case.application, azr)
    if person is None:
        raise TransferError("no-person")
    return person


def number_of(case: Case) -> str:
    """The sign of the file."""
    return case.filing.akte.number or case.reference


def _asked(message: Message) -> Request:
    if not isinstance(message.body, Request):
        raise TransferError("not-asked")
    return message.body


def asked_by_us(desk: Desk, transfer: Transfer) -> bytes:
    """The very bytes of our request or question, from the outbox."""
    code = QUESTION if transfer.way == Way.COMPETENCE else REQUEST
    for one in submissions.payloads_of(desk.store, transfer.submission_id or ""):
        if one.output.startswith(f"{code}-{transfer.process[:8]}-"):
            return submissions.payload_bytes(desk.store, one.id)
    raise TransferError("not-asked")
