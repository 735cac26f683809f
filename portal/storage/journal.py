"""Notes that a transport makes in a delivery's journal, for whoever goes on after it (R20).

A note counts only while the lease is held: a worker that slept finds its fence outdated.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from portal.storage.outbox import HELD
from portal.storage.records import Job
from portal.storage.store import Store
from portal.storage.tables import DeliveryRow, StepRow

MOST_CHARACTERS = 400


@dataclass(frozen=True, slots=True)
class Note:
    """A step that was taken, and what the next one has to know about it."""

    at: datetime
    step: str
    detail: str  # never anything about a person


def write(store: Store, job: Job, step: str, detail: str) -> bool:
    """Write down a step in a transaction of its own; False if the lease is lost."""
    if len(detail) > MOST_CHARACTERS:
        raise ValueError(f"the note on {step} is too long for the journal")
    with store.database.writing() as session:
        row = session.get(DeliveryRow, job.id, with_for_update=True)
        if row is None or row.fence != job.fence or row.state not in HELD:
            return False
        session.add(
            StepRow(delivery_id=job.id, fence=job.fence, at=store.now(), step=step, detail=detail)
        )
    return True


def read(store: Store, job: Job, prefix: str) -> Sequence[Note]:
    """The notes whose steps begin with `prefix`, in order."""
    with store.database.reading() as session:
        rows = session.exec(
            select(StepRow)
            .where(StepRow.delivery_id == job.id, col(StepRow.step).startswith(prefix))
            .order_by(col(StepRow.id))
        ).all()
    return [Note(row.at, row.step, row.detail) for row in rows]
