"""What an operator sees of the deliveries, without anything about a person.

Reading about a single case is put on record, as are reads that found nothing (R54).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import case, col, func, select

from portal.storage import audit, breaker
from portal.storage.outbox import DONE, OPEN, UNDECIDED, State
from portal.storage.store import Store
from portal.storage.tables import DeliveryRow, PayloadRow, StepRow, SubmissionRow


@dataclass(frozen=True, slots=True)
class Waiting:
    """What has not arrived yet."""

    open: int
    oldest: datetime | None  # since when the oldest open delivery waits
    parked: int
    rejected: int


def waiting(store: Store) -> Waiting:
    """How much waits, and since when, for alarms.

    What the target has, and only has not decided about, is not late: its transport warns in time.
    """
    due = col(DeliveryRow.first_due_at)
    late_since = case((col(DeliveryRow.last_fault) == UNDECIDED, None), else_=due)
    count = select(DeliveryRow.state, func.count(), func.min(late_since))
    with store.database.reading() as session:
        rows = session.exec(
            count.where(col(DeliveryRow.state).not_in(DONE)).group_by(DeliveryRow.state)
        ).all()
    counted = {state: number for state, number, _ in rows}
    since = [oldest for state, _, oldest in rows if state in OPEN and oldest is not None]
    return Waiting(
        open=sum(counted.get(state, 0) for state in OPEN),
        oldest=min(since, default=None),
        parked=counted.get(State.PARKED, 0),
        rejected=counted.get(State.REJECTED, 0),
    )


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A target with what waits for it."""

    name: str
    state: str  # closed, open, paused
    fault: str | None
    failures: int
    probe_at: datetime | None
    paused_by: str | None
    counts: dict[str, int]  # by state of delivery
    oldest: datetime | None  # since when the oldest open delivery waits


@dataclass(frozen=True, slots=True)
class Line:
    """A delivery in a list."""

    id: str
    submission_id: str
    reference: str
    procedure_id: str
    target: str
    ordinal: int
    output: str
    size: int
    sha256: str
    state: str
    attempts: int
    first_due_at: datetime
    due_at: datetime
    last_fault: str | None


@dataclass(frozen=True, slots=True)
class Step:
    """A line of a delivery's journal."""

    at: datetime
    fence: int
    step: str
    detail: str


def targets(store: Store, known: Collection[str] = ()) -> list[TargetLine]:
    """Every target that is set up or has deliveries."""
    query = select(
        DeliveryRow.target, DeliveryRow.state, func.count(), func.min(DeliveryRow.first_due_at)
    ).group_by(DeliveryRow.target, DeliveryRow.state)
    with store.database.reading() as session:
        rows = session.exec(query).all()
    seen = {one.name: one for one in breaker.states(store)}
    names = sorted({*known, *seen, *(target for target, *_ in rows)})
    return [
        _line(
            name,
            seen.get(name),
            {state: n for to, state, n, _ in rows if to == name},
            [at for to, state, _, at in rows if to == name and state in OPEN],
        )
        for name in names
    ]


def _line(
    name: str,
    seen: breaker.TargetState | None,
    counts: dict[str, int],
    since: list[datetime],
) -> TargetLine:
    return TargetLine(
        name,
        seen.state if seen else "closed",
        seen.fault if seen else None,
        seen.failures if seen else 0,
        seen.probe_at if seen and seen.state == "open" else None,
        seen.paused_by if seen else None,
        counts,
        min(since, default=None),
    )


def listing(
    store: Store, target: str | None = None, states: Collection[str] = (), most: int = 200
) -> list[Line]:
    """Deliveries that have waited longest first; without `states` all that are not done."""
    query = (
        select(DeliveryRow, PayloadRow, SubmissionRow.reference, SubmissionRow.procedure_id)
        .join(PayloadRow, col(PayloadRow.id) == col(DeliveryRow.payload_id))
        .join(SubmissionRow, col(SubmissionRow.id) == col(DeliveryRow.submission_id))
        .order_by(col(DeliveryRow.first_due_at), col(DeliveryRow.id))
        .limit(most)
    )
    state = col(DeliveryRow.state)
    query = query.where(state.in_(states) if states else state.not_in(DONE))
    if target is not None:
        query = query.where(DeliveryRow.target == target)
    with store.database.reading() as session:
        return [_told(*row) for row in session.exec(query)]


def _told(row: DeliveryRow, payload: PayloadRow, reference: str, procedure_id: str) -> Line:
    return Line(
        id=row.id,
        submission_id=row.submission_id,
        reference=reference,
        procedure_id=procedure_id,
        target=row.target,
        ordinal=row.ordinal,
        output=payload.output,
        size=payload.size,
        sha256=payload.sha256,
        state=row.state,
        attempts=row.attempts,
        first_due_at=row.first_due_at,
        due_at=row.due_at,
        last_fault=row.last_fault,
    )


def show(store: Store, delivery_id: str, by: str) -> tuple[Line, list[Step]] | None:
    """A delivery with its journal; put on record, also when there is none (R54)."""
    query = (
        select(DeliveryRow, PayloadRow, SubmissionRow.reference, SubmissionRow.procedure_id)
        .join(PayloadRow, col(PayloadRow.id) == col(DeliveryRow.payload_id))
        .join(SubmissionRow, col(SubmissionRow.id) == col(DeliveryRow.submission_id))
        .where(DeliveryRow.id == delivery_id)
    )
    with store.database.writing() as session:
        found = session.exec(query).first()
        subject = found[0].submission_id if found else "none"
        action = "delivery-read" if found else "delivery-not-found"
        audit.record(session, store.now(), action, subject, actor=by[:80])
        if found is None:
            return None
        steps = session.exec(
            select(StepRow).where(StepRow.delivery_id == delivery_id).order_by(col(StepRow.id))
        ).all()
        journal = [Step(one.at, one.fence, one.step, one.detail) for one in steps]
        return _told(*found), journal


def stuck(store: Store, target: str) -> list[str]:
    """Ids of everything at a target that waits for a person, oldest first."""
    query = (
        select(DeliveryRow.id)
        .where(DeliveryRow.target == target)
        .where(col(DeliveryRow.state).in_((State.REJECTED, State.PARKED)))
        .order_by(col(DeliveryRow.first_due_at))
    )
    with store.database.reading() as session:
        return list(session.exec(query))
