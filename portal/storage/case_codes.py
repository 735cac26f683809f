"""The code of a submission: with its number it opens the case in any browser (R59).

Only a hash of the code is stored. Tries are counted before they are looked at, so that many at once
are not more. The browser that submitted needs no code; it alone can have another one made.

    first(store, submission_id, make)              the code there is, or a new one
    renew(store, submission_id, session, make)     another; the old one and all entries end
    enter(store, reference, code)                  -> (submission id, secret of an entry)
    opened(store, submission_id, session, secret)  -> the receipt, for whoever may see the case
"""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, select

from portal.storage import audit
from portal.storage.case_tables import CaseCodeRow, CaseEntryRow
from portal.storage.code_hashes import fits, fits_nothing, hash_code
from portal.storage.holders import STAY, owner
from portal.storage.records import Receipt
from portal.storage.store import Store
from portal.storage.submissions import receipt_from
from portal.storage.tables import SubmissionRow

TRIES = 5  # wrong codes in a row, then a pause
PAUSE = timedelta(minutes=15)
ALL_TRIES = 20  # then the code is worth nothing any more
Make = Callable[[str], str]  # number -> code
_ENTRIES = 20  # browsers at a time; the oldest one makes room


@dataclass(frozen=True, slots=True)
class Blocked:
    """Too many wrong codes; `until` is None if only a new code helps."""

    until: datetime | None


@dataclass(frozen=True, slots=True)
class CaseCode:
    """What is known of a code: with the portal's key, `number` makes it again."""

    number: str
    created_at: datetime


def first(store: Store, submission_id: str, make: Make) -> CaseCode | None:
    """The submission's code, a new one if it has none; None: no such submission."""
    with store.database.reading() as session:
        row = session.get(CaseCodeRow, submission_id)
    if row is None:
        return _set(store, submission_id, make, is_new=False)
    return CaseCode(row.number, row.created_at)


def renew(store: Store, submission_id: str, session_id: str, make: Make) -> CaseCode | None:
    """Another code, on the wish of the browser that submitted; None for any other."""
    with store.database.reading() as session:
        submission = session.get(SubmissionRow, submission_id)
    if submission is None or submission.session_hash != owner(session_id):
        return None
    return _set(store, submission_id, make, is_new=True)


def enter(store: Store, reference: str, code: str) -> tuple[str, str] | Blocked | None:
    """The submission and the secret of a new entry; None: no such number and code."""
    counted = _count_try(store, reference)
    if counted is None:
        fits_nothing(code)
        return None
    if isinstance(counted, Blocked):
        return counted
    if not fits(code, counted.code_hash):
        if counted.tries >= ALL_TRIES:
            return Blocked(None)
        return Blocked(counted.blocked_until) if counted.blocked_until else None
    return _let_in(store, counted)


def opened(store: Store, submission_id: str, session_id: str, secret: str) -> Receipt | None:
    """The submission, for the browser that submitted it or one with an entry in force (R58)."""
    with store.database.reading() as session:
        row = session.get(SubmissionRow, submission_id)
        if row is None:
            return None
        if row.session_hash == owner(session_id):
            return receipt_from(row)
        entry = session.get(CaseEntryRow, _entry_hash(secret)) if secret else None
    if entry is None or entry.submission_id != submission_id:
        return None
    return receipt_from(row) if entry.created_at > store.now() - STAY else None


def leave(store: Store, secret: str) -> None:
    """End an entry: this browser has to show number and code again."""
    with store.database.writing() as session:
        session.exec(delete(CaseEntryRow).where(col(CaseEntryRow.hash) == _entry_hash(secret)))


def forget_entries(store: Store) -> int:
    """Delete entries whose time is over."""
    with store.database.writing() as session:
        old = col(CaseEntryRow.created_at) < store.now() - STAY
        return session.exec(delete(CaseEntryRow).where(old)).rowcount


def forget(session: Session, submission_id: str) -> None:
    """Code and entries go with their submission."""
    for row in (CaseEntryRow, CaseCodeRow):
        session.exec(delete(row).where(col(row.submission_id) == submission_id))


def _set(store: Store, submission_id: str, make: Make, *, is_new: bool) -> CaseCode | None:
    number = secrets.token_hex(16)
    code_hash = hash_code(make(number))
    with store.database.writing() as session:
        if session.get(SubmissionRow, submission_id, with_for_update=True) is None:
            return None
        row = session.get(CaseCodeRow, submission_id)
        if row is not None and not is_new:
            return CaseCode(row.number, row.created_at)
        now, action = store.now(), "case-code-made"
        if row is not None:
            action = "case-code-renewed"
            forget(session, submission_id)
            session.expunge(row)
        session.add(
            CaseCodeRow(
                submission_id=submission_id, number=number, code_hash=code_hash, created_at=now
            )
        )
        audit.record(session, now, action, submission_id, actor="applicant")
    return CaseCode(number, now)


def _count_try(store: Store, reference: str) -> CaseCodeRow | Blocked | None:
    with store.database.writing() as session:
        query = (
            select(CaseCodeRow)
            .join(SubmissionRow, col(SubmissionRow.id) == col(CaseCodeRow.submission_id))
            .where(SubmissionRow.reference == reference)
            .with_for_update(of=CaseCodeRow)
        )
        row = session.exec(query).first()
        if row is None:
            return None
        now = store.now()
        if row.tries >= ALL_TRIES:
            return Blocked(None)
        if row.blocked_until is not None and now < row.blocked_until:
            return Blocked(row.blocked_until)
        row.tries += 1
        row.blocked_until = now + PAUSE if row.tries % TRIES == 0 else None
        session.add(row)
        if row.blocked_until is not None:
            audit.record(session, now, "case-code-blocked", row.submission_id, str(row.tries))
    return row


def _let_in(store: Store, counted: CaseCodeRow) -> tuple[str, str] | None:
    secret = secrets.token_urlsafe(32)
    with store.database.writing() as session:
        row = session.get(CaseCodeRow, counted.submission_id, with_for_update=True)
        # Another code in the meantime: what was right before is not right any more.
        if row is None or row.code_hash != counted.code_hash:
            return None
        now = store.now()
        row.tries, row.blocked_until = 0, None
        session.add(row)
        _make_room(session, row.submission_id)
        session.add(
            CaseEntryRow(hash=_entry_hash(secret), submission_id=row.submission_id, created_at=now)
        )
        audit.record(session, now, "case-entered", row.submission_id, actor="applicant")
    return row.submission_id, secret


def _make_room(session: Session, submission_id: str) -> None:
    kept = (
        select(CaseEntryRow)
        .where(CaseEntryRow.submission_id == submission_id)
        .order_by(col(CaseEntryRow.created_at).desc())
        .offset(_ENTRIES - 1)
    )
    for old in session.exec(kept).all():
        session.delete(old)


def _entry_hash(secret: str) -> str:
    return hashlib.sha256(f"case/{secret}".encode()).hexdigest()
