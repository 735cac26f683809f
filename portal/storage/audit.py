"""The audit trail: written in the transaction it describes, chained by hash (R53)."""

import hashlib
from datetime import datetime

from sqlalchemy import text
from sqlmodel import Session, col, select

from portal.storage.tables import AuditRow

_START = "0" * 64
_LOCK = 4_271_001  # PostgreSQL advisory lock: two writers must not chain to the same row


def record(
    session: Session,
    at: datetime,
    action: str,
    subject: str,
    detail: str = "",
    actor: str = "portal",
) -> None:
    """Add an entry; `subject` is a random id, `detail` never holds an answer."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    last = session.exec(select(AuditRow).order_by(col(AuditRow.number).desc()).limit(1)).first()
    row = AuditRow(
        number=last.number + 1 if last else 1,
        at=at,
        actor=actor,
        action=action,
        subject=subject,
        detail=detail[:400],
        previous=last.hash if last else _START,
        hash="",
    )
    row.hash = _hash(row)
    session.add(row)
    session.flush()


def broken_link(session: Session) -> int | None:
    """Number of the first entry that does not fit the chain; None if all fit."""
    previous, expected = _START, 1
    for row in session.exec(select(AuditRow).order_by(col(AuditRow.number))):
        if row.number != expected or row.previous != previous or row.hash != _hash(row):
            return row.number
        previous, expected = row.hash, expected + 1
    return None


def _hash(row: AuditRow) -> str:
    parts = (
        str(row.number),
        row.at.timestamp().hex(),
        row.actor,
        row.action,
        row.subject,
        row.detail,
        row.previous,
    )
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
