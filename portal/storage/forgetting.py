"""Payloads that need not rest here once their target has accepted them.

Row, size and hash stay, so that what was delivered can still be proved; the sealed bytes go.
"""

from collections.abc import Collection

from sqlmodel import col, select

from portal.storage import audit
from portal.storage.outbox import State
from portal.storage.store import Store
from portal.storage.tables import DeliveryRow, PayloadRow


def forget(store: Store, payload_id: str) -> bool:
    """Remove the bytes of a payload that its target has; False if it has not, or they are gone."""
    with store.database.writing() as session:
        row = session.exec(
            select(PayloadRow)
            .join(DeliveryRow, col(DeliveryRow.payload_id) == col(PayloadRow.id))
            .where(PayloadRow.id == payload_id, DeliveryRow.state == State.ACKNOWLEDGED)
        ).first()
        if row is None or not store.files.has(row.object_name):
            return False
        now = store.now()
        audit.record(session, now, "payload-forgotten", row.submission_id, row.output, "worker")
        name = row.object_name
    store.files.remove(name)
    return True


def forget_accepted(store: Store, targets: Collection[str]) -> int:
    """The same for all that these targets have: a worker may have died just before."""
    with store.database.reading() as session:
        ids = session.exec(
            select(DeliveryRow.payload_id)
            .where(col(DeliveryRow.target).in_(targets))
            .where(DeliveryRow.state == State.ACKNOWLEDGED)
        ).all()
    return sum(forget(store, one) for one in ids)
