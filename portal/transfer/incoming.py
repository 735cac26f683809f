"""What comes back from other offices and archives: read, matched, kept, answered.

A file is moved away only when what it says is kept; what is kept already changes nothing, but is
answered once more, because the first answer may have been lost.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from lxml import etree

from outputs.aktenversendung.messages import (
    AdvanceInformation,
    Answer,
    CompetenceAnswer,
    CompetenceQuestion,
    Confirmation,
    FileMetadata,
    Message,
    Piece,
    Reminder,
    Request,
)
from outputs.aktenversendung.reading import NotAMessage, read_message
from outputs.dms.answers import ANSWERS, AnswerKind, NotAnAnswer, read_answer, write_receipt
from outputs.dms.answers import Answer as Receipt
from outputs.dms.messages import COPY, GIVE, Envelope
from outputs.dms.read import NotAFiling, read_package
from outputs.xml_reading import UnsafeXml, read_xml
from portal.inbox.folder import SETTLED, IncomingFolder, Parcel
from portal.inbox.picking import Picked
from portal.storage import filings, quarantine, transfers
from portal.storage.faults import failpoint
from portal.storage.filings import Told
from portal.storage.transfers import Opening, Transfer, note_of
from portal.transfer import competence
from portal.transfer.desk import USUAL_DAYS, Desk, TransferError
from portal.transfer.going_on import go_on, settle
from portal.transfer.outgoing import next_state
from portal.transfer.states import Direction, Event, State, Way, after
from portal.web.logs import log

LARGEST = 400_000_000
FILED = ("FVDaten.EmpfangBestaetigen.0629", "FVDaten.ImportBestaetigen.0630")
PATIENCE = timedelta(days=1)  # a piece may come that long before what announces it
_ZIP = b"PK\x03\x04"
BY = "worker"


# Whose case it is decides the direction: they want a file of ours, or offer us one.
_ASKS: Mapping[type, tuple[Direction, Way]] = {
    Request: (Direction.OUT, Way.XAUSLAENDER),
    CompetenceQuestion: (Direction.IN, Way.COMPETENCE),
}


class _Later(Exception):
    """Something else has to come first."""


@dataclass(frozen=True, slots=True)
class TransferPicker:
    """Picks up what other offices send."""

    desk: Desk

    def pick_all(self, folder: IncomingFolder) -> list[Picked]:
        """Everything that has come so far; then whatever can go on goes on."""
        picked = [self.pick(folder, parcel) for parcel in folder.parcels()]
        # What announces a file may have come after its pieces.
        picked += [self.pick(folder, parcel) for parcel in folder.parcels()]
        self.go_on()
        return picked

    def go_on(self) -> None:
        """File, answer, hand over, remind: whatever is due."""
        go_on(self.desk)

    def pick(self, folder: IncomingFolder, parcel: Parcel) -> Picked:
        """One file."""
        content = b""
        try:
            if parcel.size > LARGEST:
                raise TransferError("too-large")
            content = parcel.path.read_bytes()
            self.take(folder.target, content)
        except FileNotFoundError:  # another worker was quicker
            return Picked.KNOWN
        except _Later:
            if parcel.age < PATIENCE.total_seconds():
                return Picked.LATER
            return self._refuse(folder, parcel, content, "unannounced")
        except TransferError as fault:
            if str(fault) == "not-xml" and parcel.age < SETTLED:
                return Picked.LATER
            return self._refuse(folder, parcel, content, str(fault))
        folder.done(parcel)
        failpoint("message-moved")
        return Picked.KEPT

    def take(self, target: str, content: bytes) -> None:
        """One message that came by a target's way back."""
        if content.startswith(_ZIP):
            self._package(target, content)
            return
        try:
            name = etree.QName(read_xml(content, largest=LARGEST)).localname
        except UnsafeXml as fault:
            raise TransferError("not-xml") from fault
        if name in ANSWERS:
            self._answer(target, content)
        else:
            self._message(target, content)

    def _package(self, target: str, content: bytes) -> None:
        """0401 or 0101: a case comes to us."""
        try:
            found = read_package(content, self.desk.schemas, largest=2 * LARGEST)
        except NotAFiling as fault:
            raise TransferError(str(fault)) from fault
        if found.message not in (GIVE, COPY):
            raise TransferError("unknown-message")
        office = self._office(target, name=found.sender)
        way = Way.GIVE if found.message == GIVE else Way.COPY
        known = transfers.of_process(self.desk.store, Direction.IN, found.process)
        if known is not None:
            self._again(known, office)
            return
        envelope = Envelope(
            found.process, self.desk.moment(), self.desk.operator, self.desk.office(office).name
        )
        receipt = write_receipt(found.message, envelope, found.version, self.desk.schemas)
        opening = Opening(Direction.IN, way, office, found.process, State.COMPLETE, BY, USUAL_DAYS,
                          is_due=False)  # fmt: skip
        with transfers.changing(self.desk.store) as change:
            made = change.open(opening)
            if made is None:  # another worker was quicker
                return
            change.note(made, note_of("in", found.message, found.message[-4:], content))
            if receipt is not None:
                change.note(made, note_of("out", receipt.name, receipt.name[-8:-4],
                                          receipt.content, waits=True))  # fmt: skip
        log().info("transfer-came", transfer=made.id, way=way.value, office=office)

    def _again(self, known: Transfer, office: str) -> None:
        if known.office != office:
            raise TransferError("foreign-author")
        with transfers.changing(self.desk.store) as change:
            change.answer_again(known)
        log().info("transfer-came-again", transfer=known.id)

    def _answer(self, target: str, content: bytes) -> None:
        """A receipt, an import, an archive's decision."""
        try:
            found = read_answer(content, self.desk.schemas)
        except NotAnAnswer as fault:
            raise TransferError(str(fault)) from fault
        if found.name in FILED:
            self._filed(target, found)
            return
        transfer = transfers.of_process(self.desk.store, Direction.OUT, found.process)
        if transfer is None:
            raise TransferError("unknown-process")
        if self.desk.target(transfer.office) != target:
            raise TransferError("foreign-author")
        event = _event(found)
        # An import may fail first and succeed later: two messages of one name.
        self._step(transfer, event, f"{found.name}/{_digest(content)}", found.code, content)

    def _filed(self, target: str, found: Receipt) -> None:
        """0629, 0630: what our own DMS says of what it was given."""
        told = Told.IMPORTED if found.is_well else Told.REFUSED
        if found.kind is AnswerKind.RECEIVED:
            told = Told.RECEIVED
        submission = filings.record(self.desk.store, target, found.process, told)
        if submission is None:
            raise TransferError("unknown-process")
        if told is Told.REFUSED:
            log().error("filing-needs-a-person", submission=submission, target=target)

    def _message(self, target: str, content: bytes) -> None:
        """A message of another Ausländerbehörde."""
        try:
            found = read_message(content, self.desk.schemas)
        except NotAMessage as fault:
            raise TransferError(str(fault)) from fault
        office = self._office(target, key=found.header.author.key)
        match found.body:
            case Request() | CompetenceQuestion():
                self._request(office, found, content)
            case Reminder():
                self._reminded(office, found, content)
            case FileMetadata():
                self._announced(office, found, content)
            case Piece():
                self._piece(office, found, found.body, content)
            case Answer():
                self._step(self._ours(office, found), Event.DECLINE, found.header.id, found.code,
                           content)  # fmt: skip
            case AdvanceInformation() | Confirmation():
                self._step(self._ours(office, found), None, found.header.id, found.code, content)
            case CompetenceAnswer():
                asked = self._ours(office, found, Direction.OUT)
                self._step(asked, Event.DECLINE, found.header.id, found.code, content)
            case _:
                raise TransferError("unknown-message")

    def _request(self, office: str, found: Message, content: bytes) -> None:
        """Somebody wants a file, or to know whether we are competent: a person answers."""
        direction, way = _ASKS[type(found.body)]
        opening = Opening(direction, way, office, found.header.id, State.ASKED, BY, USUAL_DAYS,
                          is_due=False)  # fmt: skip
        answered = competence.answered(self.desk, office, found.body)
        with transfers.changing(self.desk.store) as change:
            made = change.open(opening)
            if made is None:
                return
            change.note(made, note_of("in", found.header.id, found.code, content))
            for one in answered:
                change.move(one, next_state(one, Event.TAKE), BY)
        log().warning("transfer-asked", transfer=made.id, office=office, way=way.value)

    def _reminded(self, office: str, found: Message, content: bytes) -> None:
        """They still wait: the request is kept if it was lost, and somebody is called."""
        body = found.body
        if not isinstance(body, Reminder):
            raise TransferError("unknown-message")
        known = self._asked(found.header.triggered_by)
        if known is None:
            try:
                original = read_message(body.original, self.desk.schemas)
            except NotAMessage as fault:
                raise TransferError("unknown-process") from fault
            if self._office(self.desk.target(office), key=original.header.author.key) != office:
                raise TransferError("foreign-author")
            if type(original.body) not in _ASKS:
                raise TransferError("unknown-process")
            self._request(office, original, body.original)
            known = self._asked(original.header.id)
        if known is None or known.office != office:
            raise TransferError("unknown-process")
        self._step(known, None, found.header.id, found.code, content)
        log().warning("transfer-reminded", transfer=known.id, office=office)

    def _asked(self, process: str) -> Transfer | None:
        """What they have asked of us."""
        found = (transfers.of_process(self.desk.store, one, process) for one in Direction)
        return next((one for one in found if one and _is_theirs(one)), None)

    def _announced(self, office: str, found: Message, content: bytes) -> None:
        if found.header.triggered_by:
            transfer = self._ours(office, found)
        else:
            transfer = self._unasked(office, found)
        self._step(transfer, Event.ANNOUNCE, found.header.id, found.code, content)

    def _unasked(self, office: str, found: Message) -> Transfer:
        known = transfers.of_process(self.desk.store, Direction.IN, found.header.id)
        if known is not None:
            return known
        opening = Opening(Direction.IN, Way.XAUSLAENDER, office, found.header.id, State.ASKED, BY,
                          USUAL_DAYS)  # fmt: skip
        with transfers.changing(self.desk.store) as change:
            made = change.open(opening)
        if made is None:
            raise _Later
        return made

    def _piece(self, office: str, found: Message, piece: Piece, content: bytes) -> None:
        transfer = self._delivery(office, found, piece)
        name = f"{piece.delivery}/{piece.number}"
        with transfers.changing(self.desk.store) as change:
            change.note(transfer, note_of("in", name, found.code, content, piece.number))
        settle(self.desk, transfer)

    def _delivery(self, office: str, found: Message, piece: Piece) -> Transfer:
        for process in (found.header.triggered_by, piece.delivery):
            known = (
                transfers.of_process(self.desk.store, Direction.IN, process) if process else None
            )
            if known is not None and known.office == office:
                if known.state in (State.COMPLETE, State.FILED):
                    return known
                kept = transfers.messages(self.desk.store, known.id, "010206")
                if any(one.name == piece.delivery for one in kept):
                    return known
        raise _Later

    def _ours(self, office: str, found: Message, direction: Direction = Direction.IN) -> Transfer:
        known = transfers.of_process(self.desk.store, direction, found.header.triggered_by)
        if known is None:
            raise TransferError("unknown-process")
        if known.office != office:
            raise TransferError("foreign-author")
        return known

    def _step(
        self, transfer: Transfer, event: Event | None, name: str, code: str, content: bytes
    ) -> None:
        """Keep the message, and move on if it moves anything."""
        way, here = Way(transfer.way), State(transfer.state)
        state = None if event is None else after(Direction(transfer.direction), way, here, event)
        with transfers.changing(self.desk.store) as change:
            is_new = change.note(transfer, note_of("in", name, code, content))
            if is_new and state is not None:
                is_due = state in (State.ARRIVED, State.COMING)
                if change.move(transfer, state, BY, is_due=is_due) is None:
                    raise _Later
        if state in (State.REFUSED, State.DECLINED):
            log().error("transfer-needs-a-person", transfer=transfer.id, state=state)

    def _office(self, target: str, *, key: str = "", name: str = "") -> str:
        """Who writes: one of the offices whose messages come this way, and no other."""
        here = [one for one in self.desk.offices if self.desk.target(one) == target]
        for one in here:
            office = self.desk.office(one)
            if (key and office.key == key) or (name and office.name == name):
                return one
        raise TransferError("foreign-author")

    def _refuse(self, folder: IncomingFolder, parcel: Parcel, content: bytes, code: str) -> Picked:
        # Noted first: a file in the folder of refused ones that nobody knows of would be lost.
        quarantine.add(self.desk.store, folder.target, parcel.name, content, code)
        folder.refuse(parcel)
        log().error("message-refused", target=folder.target, why=code)
        return Picked.REFUSED


def _event(found: Receipt) -> Event | None:
    if found.kind is AnswerKind.RECEIVED:
        return Event.RECEIVED
    if found.kind is AnswerKind.IMPORTED:
        return Event.IMPORTED if found.is_well else Event.NOT_IMPORTED
    wishes = {one.wish for one in found.outcomes}
    # "bewerten": the archive has not made up its mind.
    if "archivieren" in wishes:
        return Event.WANT
    return Event.NOT_WANT if wishes == {"vernichten"} else None


def _is_theirs(transfer: Transfer) -> bool:
    return (transfer.direction, transfer.way) in _ASKS.values()


def _digest(content: bytes) -> str:
    return note_of("in", "", "", content).sha256[:16]
