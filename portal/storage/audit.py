"""The audit trail: written in the transaction it describes, chained by keyed hashes (R53).

Each entry's hash covers its content and the hash before it, and the newest number and hash stand
in a row of their own; so an entry that is changed, taken out or cut off at the end is noticed.
The hash is keyed: whoever can write to the database alone cannot make a chain that fits.
"""

import hashlib
import hmac
import json
from datetime import datetime, timedelta

from sqlmodel import Session, col, insert, select, update

from portal.storage.database import AUDIT_KEY
from portal.storage.tables import AuditHeadRow, AuditRow

START = "0" * 64
HEAD = 1

_HEAD_QUERY = (
    select(AuditHeadRow.number, AuditHeadRow.hash).where(AuditHeadRow.id == HEAD).with_for_update()
)
_ENTRY = insert(AuditRow)
_NEW_HEAD = update(AuditHeadRow).where(col(AuditHeadRow.id) == HEAD)


def record(
    session: Session,
    at: datetime,
    action: str,
    subject: str,
    detail: str = "",
    actor: str = "portal",
) -> None:
    """Add an entry; `subject` is a random id, `detail` never holds an answer."""
    connection = session.connection()
    # Locking the head keeps two writers from chaining to the same entry.
    newest = connection.execute(_HEAD_QUERY).one()
    row = AuditRow(
        number=newest.number + 1,
        at=at,
        actor=actor,
        action=action,
        subject=subject,
        detail=detail[:400],
        previous=newest.hash,
        hash="",
    )
    row.hash = _hash(row, _key(session))
    # Past the object mapper: this happens in every transaction, and takes a third of the time so.
    connection.execute(_ENTRY, row.model_dump())
    connection.execute(_NEW_HEAD, {"number": row.number, "hash": row.hash})


def broken_link(session: Session) -> int | None:
    """Number of the first entry that is changed, missing or too many; None if all fit."""
    previous, expected, key = START, 1, _key(session)
    for row in session.exec(select(AuditRow).order_by(col(AuditRow.number))).yield_per(500):
        fits = hmac.compare_digest(row.hash, _hash(row, key))
        if row.number != expected or row.previous != previous or not fits:
            return expected
        previous, expected = row.hash, expected + 1
    head = session.get(AuditHeadRow, HEAD)
    if head is None or (head.number, head.hash) != (expected - 1, previous):
        return expected
    return None


def head(session: Session) -> tuple[int, str]:
    """Number and hash of the newest entry, to be written down where the database cannot reach."""
    row = session.get_one(AuditHeadRow, HEAD)
    return row.number, row.hash


def newest_time(session: Session) -> datetime | None:
    """When the newest entry was made."""
    row = session.get(AuditRow, session.get_one(AuditHeadRow, HEAD).number)
    return None if row is None else row.at


def runs_backwards(session: Session, by: timedelta, newest: int = 500) -> bool:
    """Whether one of the newest entries is that much older than one before it: clocks disagree."""
    query = select(AuditRow.at).order_by(col(AuditRow.number).desc()).limit(newest)
    latest = None
    for at in reversed(session.exec(query).all()):
        if latest is not None and at < latest - by:
            return True
        latest = at if latest is None else max(latest, at)
    return False


def _key(session: Session) -> bytes:
    key = session.info.get(AUDIT_KEY)
    if not isinstance(key, bytes) or not key:
        raise ValueError("this session has no key for the audit trail: open the database by Store")
    return key


def _hash(row: AuditRow, key: bytes) -> str:
    parts = [
        row.number,
        row.at.timestamp().hex(),
        row.actor,
        row.action,
        row.subject,
        row.detail,
        row.previous,
    ]
    return hmac.new(key, json.dumps(parts).encode(), hashlib.sha256).hexdigest()
