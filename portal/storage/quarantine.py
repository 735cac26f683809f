"""Messages that belong to no case or cannot be read: noted, so that a person looks at them.

The file itself stays where the operator can see it (portal/inbox); here is only why.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, func, select

from portal.storage import audit
from portal.storage.case_tables import QuarantineRow
from portal.storage.store import Store


@dataclass(frozen=True, slots=True)
class Quarantined:
    """One message that waits for a person."""

    id: str
    target: str
    name: str
    code: str
    place: str
    received_at: datetime


def add(
    store: Store, target: str, name: str, content: bytes, code: str, place: str = ""
) -> Quarantined:
    """Note a message; the same bytes that wait already are noted once."""
    digest = hashlib.sha256(content).hexdigest()
    with store.database.writing() as session:
        query = (
            select(QuarantineRow)
            .where(QuarantineRow.sha256 == digest, QuarantineRow.target == target)
            .where(QuarantineRow.name == name[:200], col(QuarantineRow.settled_at).is_(None))
        )
        row = session.exec(query).first()
        if row is None:
            row = QuarantineRow(
                id=secrets.token_hex(16),
                target=target,
                name=name[:200],
                code=code,
                place=place[:80],
                sha256=digest,
                received_at=store.now(),
            )
            session.add(row)
            audit.record(session, row.received_at, "message-quarantined", row.id, code, "worker")
    return _quarantined(row)


def waiting(store: Store) -> list[Quarantined]:
    """What a person has to look at, oldest first."""
    with store.database.reading() as session:
        rows = session.exec(
            select(QuarantineRow)
            .where(col(QuarantineRow.settled_at).is_(None))
            .order_by(col(QuarantineRow.received_at), col(QuarantineRow.id))
        ).all()
    return [_quarantined(row) for row in rows]


def count(store: Store) -> int:
    """How many wait."""
    with store.database.reading() as session:
        return session.exec(
            select(func.count())
            .select_from(QuarantineRow)
            .where(col(QuarantineRow.settled_at).is_(None))
        ).one()


def settle(store: Store, quarantined_id: str, by: str) -> bool:
    """A named person has looked: tried again, or answered for that it is nothing."""
    with store.database.writing() as session:
        row = session.get(QuarantineRow, quarantined_id, with_for_update=True)
        if row is None or row.settled_at is not None:
            return False
        row.settled_at, row.settled_by = store.now(), by[:80]
        session.add(row)
        audit.record(session, row.settled_at, "quarantine-settled", row.id, row.code, by)
    return True


def _quarantined(row: QuarantineRow) -> Quarantined:
    return Quarantined(row.id, row.target, row.name, row.code, row.place, row.received_at)
