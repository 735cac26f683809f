"""Transfers: files that travel, their messages and where each stands.

    with transfers.changing(store) as change:          one transaction
        made = change.open(Opening(…))
        change.note(made, Note(…))                      False if it is known already
        change.move(made, "sent", by="registratur", due_at=…)

Messages are sealed with a key of their own transfer, because some belong to no case of ours. The
file is on the disk before the row that names it commits. Every step is in the audit trail, by id
and code alone.
"""

import hashlib
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, select

from portal.storage import audit
from portal.storage.faults import failpoint
from portal.storage.orphans import assert_written
from portal.storage.refusals import DamagedError, UnavailableError, WrongKeyError
from portal.storage.store import Store
from portal.storage.tables import SubmissionRow, TransferMessageRow, TransferRow

ARCHIVE = "archiv"  # the way of what is offered to an archive
WITHDRAWN = "withdrawn"
# While one of these lasts, the case is not deleted (portal/transfer/states.py).
OPEN = (
    "asked", "sent", "arrived", "refused", "offered", "wanted", "coming", "complete", "damaged",
)  # fmt: skip
ARCHIVED = ("accepted", "unwanted")  # an archive has it, or does not want it


@dataclass(frozen=True, slots=True)
class Transfer:
    """Where a transfer stands."""

    id: str
    submission_id: str | None
    direction: str
    way: str
    office: str
    process: str
    state: str
    opened_at: datetime
    changed_at: datetime
    due_at: datetime | None
    remind_days: int
    reminders: int


@dataclass(frozen=True, slots=True)
class Opening:
    """A transfer that begins."""

    direction: str
    way: str
    office: str
    process: str
    state: str
    by: str
    remind_days: int
    submission_id: str | None = None
    is_due: bool = True  # whether the other side owes us a word


@dataclass(frozen=True, slots=True)
class Note:
    """A message to be kept; without `content` it lies in the outbox."""

    direction: str
    name: str
    code: str
    size: int
    sha256: str
    number: int = 0
    content: bytes | None = field(default=None, repr=False)
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """A message of a transfer."""

    id: str
    transfer_id: str
    direction: str
    name: str
    code: str
    number: int
    at: datetime
    size: int
    sha256: str
    waits: bool
    attempts: int
    has_content: bool


def note_of(direction: str, name: str, code: str, content: bytes, number: int = 0,
            *, waits: bool = False, keep: bool = True) -> Note:  # fmt: skip
    """A note of bytes at hand."""
    digest = hashlib.sha256(content).hexdigest()
    return Note(direction, name, code, len(content), digest, number,
                content if keep else None, waits)  # fmt: skip


class Change:
    """What is changed in one transaction."""

    def __init__(self, store: Store, session: Session) -> None:
        self.store = store
        self.session = session
        self._written: list[str] = []

    def open(self, opening: Opening) -> Transfer | None:
        """Begin; None if the process is known already, or the case is gone."""
        if self._known(opening.direction, opening.process) is not None:
            return None
        if opening.submission_id is not None and not self._has_case(opening.submission_id):
            return None
        number, now = secrets.token_hex(16), self.store.now()
        due = now + timedelta(days=opening.remind_days) if opening.is_due else None
        row = TransferRow(
            id=number, submission_id=opening.submission_id, direction=opening.direction,
            way=opening.way, office=opening.office, process=opening.process, state=opening.state,
            opened_at=now, changed_at=now, due_at=due, remind_days=opening.remind_days,
            key=self.store.master.new_seal(number)[1],
        )  # fmt: skip
        self.session.add(row)
        self.session.flush()
        self._record(row, opening.by)
        return _transfer(row)

    def note(self, transfer: Transfer, note: Note) -> bool:
        """Keep a message; False if one of this name is there."""
        query = select(TransferMessageRow.sha256).where(
            TransferMessageRow.transfer_id == transfer.id, TransferMessageRow.name == note.name
        )
        if self.session.exec(query).first() is not None:
            return False
        name = None if note.content is None else self._seal(transfer, note.name, note.content)
        self.session.add(
            TransferMessageRow(
                id=secrets.token_hex(16),
                transfer_id=transfer.id,
                direction=note.direction,
                name=note.name,
                code=note.code,
                number=note.number,
                at=self.store.now(),
                size=note.size,
                sha256=note.sha256,
                object_name=name,
                waits=note.waits,
            )
        )
        self.session.flush()
        return True

    def move(self, transfer: Transfer, state: str, by: str, *, is_due: bool = False,
             submission_id: str | None = None) -> Transfer | None:  # fmt: skip
        """To another state; None if it stands elsewhere by now."""
        row = self.session.get(TransferRow, transfer.id, with_for_update=True)
        if row is None or row.state != transfer.state:
            return None
        row.state, row.changed_at = state, self.store.now()
        row.due_at = row.changed_at + timedelta(days=row.remind_days) if is_due else None
        if submission_id is not None:
            row.submission_id = submission_id
        self.session.add(row)
        self._record(row, by)
        return _transfer(row)

    def remind(self, transfer: Transfer, by: str) -> Transfer | None:
        """The other side was reminded; the period begins anew. None if it stands elsewhere."""
        row = self.session.get(TransferRow, transfer.id, with_for_update=True)
        if row is None or (row.state, row.reminders) != (transfer.state, transfer.reminders):
            return None
        row.reminders += 1
        row.due_at = self.store.now() + timedelta(days=row.remind_days)
        self.session.add(row)
        self._record(row, by, f"reminder {row.reminders}")
        return _transfer(row)

    def answer_again(self, transfer: Transfer) -> None:
        """What was answered may have been lost: it goes out once more."""
        query = select(TransferMessageRow).where(
            TransferMessageRow.transfer_id == transfer.id,
            TransferMessageRow.direction == "out",
            col(TransferMessageRow.object_name).is_not(None),
        )
        for row in self.session.exec(query.with_for_update()).all():
            row.waits = True
            self.session.add(row)

    def finish(self) -> None:
        """The last word before the commit."""
        self.session.flush()
        assert_written(self.store, self._written)
        failpoint("transfer-before-commit")

    def _known(self, direction: str, process: str) -> TransferRow | None:
        query = select(TransferRow).where(
            TransferRow.direction == direction, TransferRow.process == process
        )
        return self.session.exec(query).first()

    def _has_case(self, submission_id: str) -> bool:
        # The lock makes retention wait, and one of two that begin at once.
        return self.session.get(SubmissionRow, submission_id, with_for_update=True) is not None

    def _seal(self, transfer: Transfer, name: str, content: bytes) -> str:
        digest = hashlib.sha256(f"{transfer.id}/{name}/".encode() + content).hexdigest()
        place = f"{transfer.id[:8]}{digest[:24]}.transfer"
        seal = self.store.master.seal(transfer.id, self._row(transfer).key)
        self.store.files.write(place, seal.close(content, place))
        self._written.append(place)
        return place

    def _row(self, transfer: Transfer) -> TransferRow:
        return self.session.get_one(TransferRow, transfer.id)

    def _record(self, row: TransferRow, by: str, detail: str = "") -> None:
        what = f"{row.way} {row.direction} {row.office} {detail}".strip()
        audit.record(self.session, self.store.now(), f"transfer-{row.state}", row.id, what, by)
        if row.submission_id:
            subject = row.submission_id
            audit.record(
                self.session, self.store.now(), f"transfer-{row.state}", subject, row.id, by
            )


@contextmanager
def changing(store: Store) -> Iterator[Change]:
    """One transaction; whoever queues deliveries in it rings `store.bell` afterwards."""
    with store.database.writing() as session:
        change = Change(store, session)
        yield change
        change.finish()
    failpoint("transfer-kept")


def find(store: Store, transfer_id: str) -> Transfer | None:
    """By its id, or by what it begins with if that is clear."""
    with store.database.reading() as session:
        query = select(TransferRow).where(col(TransferRow.id).startswith(transfer_id)).limit(2)
        rows = session.exec(query).all()
    return _transfer(rows[0]) if len(rows) == 1 and len(transfer_id) >= 6 else None


def of_process(store: Store, direction: str, process: str) -> Transfer | None:
    """The one that the other side means."""
    with store.database.reading() as session:
        query = select(TransferRow).where(
            TransferRow.direction == direction, TransferRow.process == process
        )
        row = session.exec(query).first()
    return None if row is None else _transfer(row)


def listing(store: Store, submission_id: str | None = None,
            states: Sequence[str] = ()) -> list[Transfer]:  # fmt: skip
    """Newest first; of one case, or in some states."""
    query = select(TransferRow).order_by(col(TransferRow.opened_at).desc(), col(TransferRow.id))
    if submission_id is not None:
        query = query.where(TransferRow.submission_id == submission_id)
    if states:
        query = query.where(col(TransferRow.state).in_(states))
    with store.database.reading() as session:
        return [_transfer(row) for row in session.exec(query).all()]


def overdue(store: Store) -> list[Transfer]:
    """Those whose other side has let the period pass."""
    with store.database.reading() as session:
        query = select(TransferRow).where(col(TransferRow.due_at) <= store.now())
        return [_transfer(row) for row in session.exec(query).all()]


def messages(store: Store, transfer_id: str, code: str | None = None) -> list[Kept]:
    """The messages of a transfer in their order."""
    query = select(TransferMessageRow).where(TransferMessageRow.transfer_id == transfer_id)
    if code is not None:
        query = query.where(TransferMessageRow.code == code)
    order = (col(TransferMessageRow.at), col(TransferMessageRow.number), TransferMessageRow.id)
    with store.database.reading() as session:
        return [_kept(row) for row in session.exec(query.order_by(*order)).all()]


def waiting(store: Store) -> list[Kept]:
    """What still has to go out beside the outbox."""
    query = select(TransferMessageRow).where(col(TransferMessageRow.waits).is_(True))
    with store.database.reading() as session:
        rows = session.exec(query.order_by(col(TransferMessageRow.at))).all()
    return [_kept(row) for row in rows]


def sent(store: Store, message: Kept) -> None:
    """It has arrived; the next time it will be another parcel."""
    with store.database.writing() as session:
        row = session.get(TransferMessageRow, message.id, with_for_update=True)
        if row is None:
            return
        row.waits, row.attempts = False, row.attempts + 1
        session.add(row)
        audit.record(session, store.now(), "transfer-message-sent", row.transfer_id, row.code)


def content(store: Store, message: Kept) -> bytes:
    """The very bytes; DamagedError if they are others, UnavailableError if out of reach."""
    with store.database.reading() as session:
        row = session.get_one(TransferMessageRow, message.id)
        transfer = session.get_one(TransferRow, row.transfer_id)
    if row.object_name is None:
        raise DamagedError("this message lies in the outbox")
    seal = store.master.seal(transfer.id, transfer.key)
    try:
        opened = seal.open(store.files.read(row.object_name), row.object_name)
    except OSError as fault:
        raise UnavailableError(f"stored message: {type(fault).__name__}") from fault
    except WrongKeyError as fault:
        raise DamagedError("a stored message was changed") from fault
    if hashlib.sha256(opened).hexdigest() != row.sha256:
        raise DamagedError("a stored message is not the one that came")
    return opened


def forget_done(store: Store, before: datetime) -> int:
    """Transfers about no case of ours that ended long ago; how many."""
    ended = select(TransferRow).where(
        col(TransferRow.submission_id).is_(None),
        col(TransferRow.state).not_in(OPEN),
        col(TransferRow.changed_at) < before,
    )
    names: list[str | None] = []
    with store.database.writing() as session:
        rows = session.exec(ended.limit(50).with_for_update(skip_locked=True)).all()
        for row in rows:
            mine = col(TransferMessageRow.transfer_id) == row.id
            names += session.exec(select(TransferMessageRow.object_name).where(mine)).all()
            session.exec(delete(TransferMessageRow).where(mine))
            session.delete(row)
            audit.record(session, store.now(), "transfer-deleted", row.id, row.state)
    for name in names:
        if name is not None:
            store.files.remove(name)
    return len(rows)


def forget(session: Session, submission_id: str) -> Sequence[str]:
    """Transfers go with their case, the audit trail keeps that they were; the files to remove."""
    of_case = select(TransferRow.id).where(TransferRow.submission_id == submission_id)
    mine = col(TransferMessageRow.transfer_id).in_(of_case)
    names = session.exec(select(TransferMessageRow.object_name).where(mine)).all()
    session.exec(delete(TransferMessageRow).where(mine))
    session.exec(delete(TransferRow).where(col(TransferRow.submission_id) == submission_id))
    return [name for name in names if name is not None]


def _transfer(row: TransferRow) -> Transfer:
    return Transfer(
        row.id, row.submission_id, row.direction, row.way, row.office, row.process, row.state,
        row.opened_at, row.changed_at, row.due_at, row.remind_days, row.reminders,
    )  # fmt: skip


def _kept(row: TransferMessageRow) -> Kept:
    return Kept(
        row.id, row.transfer_id, row.direction, row.name, row.code, row.number, row.at, row.size,
        row.sha256, row.waits, row.attempts, row.object_name is not None,
    )  # fmt: skip
