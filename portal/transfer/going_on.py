"""What goes on by itself: filing what came, answering, handing to the archive, reminding.

Each step may be the last one before the power fails; the next round takes up where it stands.
"""

import hashlib
import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from outputs.aktenversendung import archive
from outputs.aktenversendung.archive import IncompleteDelivery
from outputs.aktenversendung.messages import FileMetadata, Person, Piece
from outputs.aktenversendung.reading import read_message
from outputs.application import OutputFile
from outputs.dms.answers import Outcome, write_outcome
from outputs.dms.filing import RESTRICTED, FiledAkte, FiledDocument, FiledVorgang, Filing, PlanUnit
from outputs.dms.messages import FILE, Envelope, write_package
from outputs.dms.read import read_package
from outputs.names import file_name, media_type_of
from portal.storage import transfers
from portal.storage.faults import failpoint
from portal.storage.transfers import Kept, Transfer, note_of
from portal.transfer import abh, giving
from portal.transfer.desk import Desk, TransferError, case_of
from portal.transfer.states import Direction, Event, State, Way, after
from portal.web.logs import log, where

BY = "worker"
DMS = "dms"
PAUSE = timedelta(minutes=1)  # after something failed
_TAKEN = "Übernommene Akte"


def go_on(desk: Desk) -> None:
    """One round; what fails is tried again later, the others are not its victims."""
    for transfer in transfers.listing(desk.store, states=tuple(_STEPS)):
        _guarded(desk, transfer.id, partial(_STEPS[State(transfer.state)], desk, transfer))
    for message in transfers.waiting(desk.store):
        _guarded(desk, message.transfer_id, partial(_answer, desk, message))
    for transfer in transfers.overdue(desk.store):
        _guarded(desk, transfer.id, partial(_remind, desk, transfer))


def _guarded(desk: Desk, transfer_id: str, act: Callable[[], None]) -> None:
    now = desk.store.now()
    # Further ahead than any pause: the clock was set back since.
    if now < desk.pauses.get(transfer_id, now) <= now + PAUSE:
        return
    try:
        act()
    except TransferError as fault:
        log().error("transfer-fault", transfer=transfer_id, why=str(fault))
    except Exception as fault:  # a target or the disk is not there
        kind = type(fault).__name__
        log().error("transfer-fault", transfer=transfer_id, kind=kind, where=where(fault))
    else:
        desk.pauses.pop(transfer_id, None)
        return
    desk.pauses[transfer_id] = now + PAUSE


def settle(desk: Desk, transfer: Transfer) -> None:
    """All pieces here? Then the file can be put together, or is found to be another one."""
    metadata, pieces = _delivery(desk, transfer)
    if archive.missing(metadata, pieces):
        return
    event = Event.PIECES
    try:
        archive.join(metadata, pieces)
    except IncompleteDelivery as fault:
        log().error("transfer-damaged", transfer=transfer.id, why=str(fault))
        event = Event.BAD_PIECES
    state = after(Direction.IN, Way.XAUSLAENDER, State(transfer.state), event)
    if state is not None:
        with transfers.changing(desk.store) as change:
            change.move(transfer, state, BY)


def _delivery(desk: Desk, transfer: Transfer) -> tuple[FileMetadata, list[Piece]]:
    """What was announced last, and the pieces of it that are here."""
    messages = transfers.messages(desk.store, transfer.id)
    [*_, announced] = [one for one in messages if one.code == "010206"]
    metadata = read_message(transfers.content(desk.store, announced), None).body
    if not isinstance(metadata, FileMetadata):
        raise TransferError("unknown-message")
    here = [one for one in messages if one.name.startswith(f"{announced.name}/")]
    bodies = (read_message(transfers.content(desk.store, one), None).body for one in here)
    return metadata, [one for one in bodies if isinstance(one, Piece)]


def _hand_over(desk: Desk, transfer: Transfer) -> None:
    giving.hand_to_archive(desk, transfer, BY)


def _file(desk: Desk, transfer: Transfer) -> None:
    """Into our own DMS; only then is the import confirmed."""
    if Way(transfer.way) is Way.XAUSLAENDER:
        filing, answer = _from_pieces(desk, transfer), None
    else:
        filing, answer = _from_package(desk, transfer)
    envelope = Envelope(transfer.process, desk.moment(), desk.operator, desk.operator)
    made = write_package(FILE, envelope, filing, "3.1.0", None)
    told = desk.transports[DMS].send(
        f"{transfer.id}.{DMS}", made.name, made.media_type, made.content
    )
    if (told.size, told.sha256) != (len(made.content), hashlib.sha256(made.content).hexdigest()):
        raise TransferError("acknowledgement-differs")
    failpoint("transfer-filed")
    with transfers.changing(desk.store) as change:
        moved = change.move(transfer, State.FILED, BY)
        if moved is not None and answer is not None:
            code = answer.name[-8:-4]
            change.note(moved, note_of("out", answer.name, code, answer.content, waits=True))
    log().info("transfer-filed", transfer=transfer.id)


def _from_package(desk: Desk, transfer: Transfer) -> tuple[Filing, OutputFile | None]:
    [kept] = [one for one in transfers.messages(desk.store, transfer.id) if one.direction == "in"]
    found = read_package(transfers.content(desk.store, kept))
    office = desk.office(transfer.office)
    envelope = Envelope(found.process, desk.moment(), desk.operator, office.name)
    answer = write_outcome(
        found.message, envelope, [Outcome(found.akte_id)], found.version, desk.schemas
    )
    facts = (("Übernommen von", office.name), *found.filing.vorgang.metadata)
    vorgang = replace(found.filing.vorgang, metadata=facts)
    key = found.filing.key or transfer.process
    return replace(found.filing, key=key, authority=desk.operator, vorgang=vorgang), answer


def _from_pieces(desk: Desk, transfer: Transfer) -> Filing:
    """The documents of another Ausländerbehörde, as a Vorgang of the Akte that asked for them."""
    metadata, pieces = _delivery(desk, transfer)
    files = archive.join(metadata, pieces)
    today = desk.moment().date()
    base = _akte(desk, transfer, metadata.person, today)
    documents = tuple(
        FiledDocument(
            id=one.id,
            title=one.description or one.name,
            type=" / ".join(one.path) or _TAKEN,
            name=file_name(one.name, media_type_of(one.archive_name)),
            media_type=media_type_of(one.archive_name),
            content=files[one.id],
            access=RESTRICTED,  # what is in it nobody here has looked at yet
            readers=(),
            received=one.effective_at.date() if one.effective_at else today,
            metadata=(),
            is_application=False,
        )
        for one in sorted(metadata.entries, key=lambda entry: entry.position)
    )
    return replace(base, documents=documents)


def _akte(desk: Desk, transfer: Transfer, person: Person, today: date) -> Filing:
    vorgang = FiledVorgang(
        id=str(uuid.uuid5(uuid.UUID(transfer.process), "vorgang")),
        title=f"{_TAKEN}: {desk.office(transfer.office).name}",
        type=_TAKEN,
        number="",
        received=today,
        metadata=(("Übernommen von", desk.office(transfer.office).name),),
    )
    if transfer.submission_id:
        filing = case_of(desk, transfer.submission_id).filing
        return replace(filing, vorgang=vorgang, documents=())
    name = person.names[0] if person.names else None
    title = f"{name.family}, {name.given}" if name else _TAKEN
    akte = FiledAkte(str(uuid.uuid5(uuid.UUID(transfer.process), "akte")), title, "", "", (), ())
    return Filing(
        key=transfer.process, authority=desk.operator, unit=PlanUnit("", ""), akte=akte,
        vorgang=vorgang, documents=(), retention=(), permissions=(), confidentiality="",
    )  # fmt: skip


def _answer(desk: Desk, message: Kept) -> None:
    """A receipt, beside the outbox; another parcel each time, because the first may be lost."""
    transfer = transfers.find(desk.store, message.transfer_id)
    if transfer is None:
        return
    target = desk.target(transfer.office)
    content = transfers.content(desk.store, message)
    key = f"{message.id}.{target}.{message.attempts + 1}"
    told = desk.transports[target].send(key, message.name, "application/xml", content)
    if (told.size, told.sha256) != (message.size, message.sha256):
        raise TransferError("acknowledgement-differs")
    failpoint("transfer-answered")
    transfers.sent(desk.store, message)


def _remind(desk: Desk, transfer: Transfer) -> None:
    """The period is over."""
    is_question = transfer.way == Way.COMPETENCE
    if is_question or (transfer.direction == Direction.IN and transfer.submission_id):
        abh.remind(desk, transfer, BY)
    elif transfer.direction == Direction.IN or Way(transfer.way) is Way.XAUSLAENDER:
        # The standard has no reminder for a receipt, or we have not asked: a person has to write.
        with transfers.changing(desk.store) as change:
            change.remind(transfer, BY)
        log().error("transfer-needs-a-person", transfer=transfer.id, state=transfer.state)
    else:
        giving.send_again(desk, transfer, BY)
    log().warning("transfer-reminder", transfer=transfer.id, office=transfer.office)


_STEPS: Mapping[State, Callable[[Desk, Transfer], None]] = {
    State.COMING: settle,
    State.COMPLETE: _file,
    State.WANTED: _hand_over,
}
