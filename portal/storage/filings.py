"""What a DMS says of what was filed: received, imported, or not (xdomea 0629 and 0630).

A delivery counts as done when the target has its bytes. If the DMS then does not import them, the
delivery is rejected after all: a person has to look, and nothing of the case is deleted meanwhile.
"""

from enum import StrEnum

from sqlmodel import Session, col, select

from portal.storage import audit
from portal.storage.outbox import State
from portal.storage.store import Store
from portal.storage.tables import AuditRow, DeliveryRow, PayloadRow, StepRow


class Told(StrEnum):
    """What the DMS says."""

    RECEIVED = "filing-received"
    IMPORTED = "filing-imported"
    REFUSED = "filing-refused"


def record(store: Store, target: str, process: str, told: Told) -> str | None:
    """Put it on record; the submission, or None if nothing of this process went to the target."""
    query = (
        select(DeliveryRow, PayloadRow)
        .join(PayloadRow, col(PayloadRow.id) == col(DeliveryRow.payload_id))
        .where(DeliveryRow.target == target, col(PayloadRow.name).startswith(f"{process}_"))
    )
    with store.database.writing() as session:
        found = session.exec(query).first()
        if found is None:
            return None
        delivery, payload = found
        if not _is_known(session, delivery, payload, told):
            if told is Told.REFUSED:
                _reject(session, store, delivery)
            audit.record(
                session, store.now(), told.value, delivery.submission_id, payload.output, target
            )
    return delivery.submission_id


def _is_known(session: Session, delivery: DeliveryRow, payload: PayloadRow, told: Told) -> bool:
    """The newest word counts; the same once more says nothing new."""
    query = (
        select(AuditRow.action)
        .where(AuditRow.subject == delivery.submission_id, AuditRow.detail == payload.output)
        .where(col(AuditRow.action).in_([one.value for one in Told]))
        .order_by(col(AuditRow.number).desc())
    )
    return session.exec(query).first() == told.value


def _reject(session: Session, store: Store, delivery: DeliveryRow) -> None:
    row = session.get_one(DeliveryRow, delivery.id, with_for_update=True)
    row.state, row.acknowledged_at, row.last_fault = State.REJECTED, None, "import-refused"
    session.add(row)
    session.add(
        StepRow(
            delivery_id=row.id,
            fence=row.fence,
            at=store.now(),
            step=State.REJECTED.value,
            detail="import-refused",
        )
    )
