"""Letters to applicants: written in the transaction of what causes them, sent afterwards.

    pending → leased → sent
         ↘ pending (with a later due time) · refused (no such mailbox) · parked

Address and contents are sealed with a key of the letter's own, and gone as soon as it is sent or
refused. A parked letter needs the operator: the server takes none. It goes out as soon as another
one does.
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel import Session, col, delete, func, or_, select, update

from portal.storage import audit
from portal.storage.store import Store
from portal.storage.tables import LetterRow

KEPT = timedelta(days=30)  # what is known of a letter after it was sent
_LONGEST_ADDRESS = 254
_FAR = timedelta(hours=2)  # a due time further ahead comes from a clock that was set back since
_GONE = b""


class LetterKind(StrEnum):
    """What a letter is about; its words are product texts (portal/mail)."""

    RESUME_CODE = "resume_code"
    DRAFT_EXPIRING = "draft_expiring"
    NEWS = "news"


class LetterState(StrEnum):
    """Where a letter stands."""

    PENDING = "pending"
    LEASED = "leased"
    SENT = "sent"
    REFUSED = "refused"  # there is no such mailbox
    PARKED = "parked"  # the server took it for days not; the operator must look


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter taken under lease; `fence` proves that the lease is still ours."""

    id: str
    kind: LetterKind
    language: str
    address: str = field(repr=False)
    params: Mapping[str, str] = field(repr=False)
    fence: int
    attempts: int
    created_at: datetime


def queue(
    store: Store,
    transaction: Session,
    kind: LetterKind,
    address: str,
    language: str,
    params: Mapping[str, str],
    *,
    subject: str,
) -> str:
    """A letter that goes out if the transaction is committed; its id.

    `address` comes from `portal.mail.addresses.read_address`; `subject` is the id of the draft or
    submission it is about. `params` hold no answer and nobody's name (R45).
    """
    if not address.isascii() or not address.isprintable() or len(address) > _LONGEST_ADDRESS:
        raise ValueError("this cannot be the address of a letter")
    letter_id = secrets.token_hex(16)
    seal, wrapped = store.master.new_seal(letter_id)
    content = json.dumps({"address": address, "params": dict(params)}, sort_keys=True)
    now = store.now()
    transaction.add(
        LetterRow(
            id=letter_id,
            kind=kind,
            subject=subject,
            language=language,
            key=wrapped,
            content=seal.close(content.encode(), "letter"),
            state=LetterState.PENDING,
            due_at=now,
            created_at=now,
        )
    )
    audit.record(transaction, now, "letter-queued", subject, kind)
    return letter_id


def claim(store: Store, lease: timedelta) -> Letter | None:
    """Take the letter that is due longest, or whose lease ran out; None if nothing is due."""
    now = store.now()
    due, until = col(LetterRow.due_at), col(LetterRow.lease_until)
    query = (
        select(LetterRow)
        .where(
            or_(
                (col(LetterRow.state) == LetterState.PENDING) & ((due <= now) | (due > now + _FAR)),
                (col(LetterRow.state) == LetterState.LEASED)
                & ((until < now) | (until > now + _FAR)),
            )
        )
        .order_by(due)
        .limit(1)
    )
    with store.database.reading() as session:
        if session.exec(query).first() is None:  # the usual case takes no lock
            return None
    with store.database.writing() as session:
        row = session.exec(query.with_for_update(skip_locked=True)).first()
        if row is None:
            return None
        row.state, row.lease_until = LetterState.LEASED, now + lease
        row.fence, row.attempts = row.fence + 1, row.attempts + 1
        session.add(row)
    return _letter(store, row)


def sent(store: Store, letter: Letter) -> bool:
    """The server has it; what was parked is tried again, for the server takes letters now."""
    with store.database.writing() as session:
        row = _held(session, letter)
        if row is None:
            return False
        _end(session, row, LetterState.SENT)
        audit.record(session, store.now(), "letter-sent", row.subject, row.kind, "worker")
        session.exec(
            update(LetterRow)
            .where(col(LetterRow.state) == LetterState.PARKED)
            .values(state=LetterState.PENDING, due_at=store.now())
        )
    return True


def refused(store: Store, letter: Letter, fault: str) -> bool:
    """There is no such mailbox: nothing more can be done."""
    with store.database.writing() as session:
        row = _held(session, letter)
        if row is None:
            return False
        _end(session, row, LetterState.REFUSED, fault)
        audit.record(session, store.now(), "letter-refused", row.subject, row.kind, "worker")
    return True


def retry(store: Store, letter: Letter, due_at: datetime, fault: str) -> bool:
    """It did not work out this time."""
    return _wait(store, letter, LetterState.PENDING, due_at, fault)


def park(store: Store, letter: Letter, fault: str) -> bool:
    """The operator must look."""
    return _wait(store, letter, LetterState.PARKED, store.now(), fault)


def forget(session: Session, subject: str) -> None:
    """Letters about something that is deleted are not sent any more."""
    session.exec(delete(LetterRow).where(col(LetterRow.subject) == subject))


def forget_old(store: Store) -> int:
    """Delete what is known of letters that are long done, or stayed for too long."""
    with store.database.writing() as session:
        old = col(LetterRow.created_at) < store.now() - KEPT
        return session.exec(delete(LetterRow).where(old)).rowcount


def next_due(store: Store) -> datetime | None:
    """When the next letter is to be sent; None if there is none."""
    with store.database.reading() as session:
        return session.exec(
            select(func.min(LetterRow.due_at)).where(LetterRow.state == LetterState.PENDING)
        ).one()


def count(store: Store, state: LetterState) -> int:
    """How many letters are in a state."""
    with store.database.reading() as session:
        return session.exec(
            select(func.count()).select_from(LetterRow).where(LetterRow.state == state)
        ).one()


def _wait(store: Store, letter: Letter, state: LetterState, due_at: datetime, fault: str) -> bool:
    with store.database.writing() as session:
        row = _held(session, letter)
        if row is None:
            return False
        row.state, row.due_at, row.lease_until = state, due_at, None
        row.last_fault = fault[:200]
        session.add(row)
    return True


def _held(session: Session, letter: Letter) -> LetterRow | None:
    row = session.get(LetterRow, letter.id, with_for_update=True)
    is_ours = row is not None and (row.fence, row.state) == (letter.fence, LetterState.LEASED)
    return row if is_ours else None


def _end(session: Session, row: LetterRow, state: LetterState, fault: str = "") -> None:
    row.state, row.lease_until, row.last_fault = state, None, fault[:200] or None
    row.key = row.content = _GONE
    session.add(row)


def _letter(store: Store, row: LetterRow) -> Letter:
    opened = json.loads(store.master.seal(row.id, row.key).open(row.content, "letter"))
    return Letter(
        id=row.id,
        kind=LetterKind(row.kind),
        language=row.language,
        address=opened["address"],
        params=opened["params"],
        fence=row.fence,
        attempts=row.attempts,
        created_at=row.created_at,
    )
