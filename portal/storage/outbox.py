"""The outbox: each delivery has a durable state of its own; workers take leases with a fence.

pending → leased → sent_unknown → acknowledged
             ↘ pending (with a later due time) · rejected · parked
"""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel import Session, col, func, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from portal.storage import audit
from portal.storage.faults import failpoint
from portal.storage.records import DeliveryState, Job, StoredPayload
from portal.storage.store import Store
from portal.storage.tables import DeliveryRow, PayloadRow, StepRow, SubmissionRow


class State(StrEnum):
    """Where a delivery stands."""

    PENDING = "pending"
    LEASED = "leased"
    SENT_UNKNOWN = "sent_unknown"  # perhaps arrived: only a repetition with the same key may tell
    ACKNOWLEDGED = "acknowledged"
    REJECTED = "rejected"  # the target said no for good; a person must look
    PARKED = "parked"  # 30 days of trying; a person must look


LONGEST_WAIT = timedelta(hours=1)  # between two attempts
OPEN = (State.PENDING, State.LEASED, State.SENT_UNKNOWN)
HELD = (State.LEASED, State.SENT_UNKNOWN)


def new_delivery(submission_id: str, target: str, payload_id: str, at: datetime) -> DeliveryRow:
    """A row for the transaction that accepts the submission."""
    return DeliveryRow(
        id=secrets.token_hex(16),
        submission_id=submission_id,
        target=target,
        payload_id=payload_id,
        state=State.PENDING,
        due_at=at,
        first_due_at=at,
    )


def claim(store: Store, lease: timedelta, targets: Collection[str] | None = None) -> Job | None:
    """Take the delivery that is due longest, or whose lease ran out; None if nothing is due."""
    now = store.now()
    query = _claimable(now, lease, targets).order_by(col(DeliveryRow.due_at)).limit(1)
    with store.database.reading() as session:
        if session.exec(query).first() is None:  # the usual case takes no lock
            return None
    with store.database.writing() as session:
        row = session.exec(query.with_for_update(skip_locked=True)).first()
        if row is None:
            return None
        row.state = State.LEASED
        row.fence += 1
        row.attempts += 1
        row.lease_until = now + lease
        session.add(row)
        _journal(session, row, now, "claimed")
        return _job(session, row)


def _claimable(
    now: datetime, lease: timedelta, targets: Collection[str] | None
) -> SelectOfScalar[DeliveryRow]:
    due, until = col(DeliveryRow.due_at), col(DeliveryRow.lease_until)
    # A time further ahead than any wait or lease comes from a clock that was set back since;
    # waiting for it could take years.
    is_due = (due <= now) | (due > now + 2 * LONGEST_WAIT)
    is_free = (until < now) | (until > now + max(2 * lease, LONGEST_WAIT))
    query = select(DeliveryRow).where(
        or_(
            (col(DeliveryRow.state) == State.PENDING) & is_due,
            col(DeliveryRow.state).in_(HELD) & is_free,
        )
    )
    return query if targets is None else query.where(col(DeliveryRow.target).in_(targets))


def sending(store: Store, job: Job) -> bool:
    """Say before the first byte leaves that it may arrive; False if the lease is lost."""
    return _move(store, job, State.SENT_UNKNOWN, "sending")


def acknowledge(store: Store, job: Job, size: int, sha256: str, detail: str = "") -> bool:
    """The target has it whole; False if the lease is lost or it has something else (R16)."""
    if (size, sha256) != (job.payload.size, job.payload.sha256):
        return False
    with store.database.writing() as session:
        row = _held(session, job)
        if row is None:
            return False
        now = store.now()
        row.state, row.acknowledged_at, row.lease_until = State.ACKNOWLEDGED, now, None
        row.acknowledgement, row.last_fault = detail[:400], None
        session.add(row)
        _journal(session, row, now, "acknowledged", detail)
        audit.record(session, now, "delivered", job.submission_id, job.target, "worker")
        failpoint("before-acknowledged")
    return True


def retry(store: Store, job: Job, due_at: datetime, fault: str) -> bool:
    """It did not work out this time; try again at `due_at`."""
    with store.database.writing() as session:
        row = _held(session, job)
        if row is None:
            return False
        row.state, row.due_at, row.lease_until = State.PENDING, due_at, None
        row.last_fault = fault[:200]
        session.add(row)
        _journal(session, row, store.now(), "failed", fault)
    return True


def give_up(store: Store, job: Job, state: State, fault: str) -> bool:
    """A person must look: the target refuses for good, or 30 days are over. Nothing is dropped."""
    with store.database.writing() as session:
        row = _held(session, job)
        if row is None:
            return False
        now = store.now()
        row.state, row.lease_until, row.last_fault = state, None, fault[:200]
        session.add(row)
        _journal(session, row, now, state.value, fault)
        audit.record(session, now, state.value, job.submission_id, job.target, "worker")
    return True


def resume(store: Store, submission_id: str, target: str, by: str) -> bool:
    """Try a rejected or parked delivery again, on the word of a named person."""
    with store.database.writing() as session:
        row = session.exec(
            select(DeliveryRow)
            .where(DeliveryRow.submission_id == submission_id)
            .where(DeliveryRow.target == target)
            .where(col(DeliveryRow.state).in_((State.REJECTED, State.PARKED)))
            .with_for_update()
        ).first()
        if row is None:
            return False
        now = store.now()
        row.state, row.due_at, row.first_due_at = State.PENDING, now, now
        session.add(row)
        _journal(session, row, now, "resumed")
        audit.record(session, now, "delivery-resumed", submission_id, target, by)
    store.bell.ring()
    return True


def states(store: Store, submission_id: str) -> list[DeliveryState]:
    """Where the deliveries of a submission stand."""
    with store.database.reading() as session:
        rows = session.exec(
            select(DeliveryRow)
            .where(DeliveryRow.submission_id == submission_id)
            .order_by(DeliveryRow.target)
        ).all()
    return [
        DeliveryState(
            row.target, row.state, row.attempts, row.due_at, row.acknowledged_at, row.last_fault
        )
        for row in rows
    ]


def steps(store: Store, submission_id: str, target: str) -> Sequence[StepRow]:
    """The journal of one delivery, in order."""
    with store.database.reading() as session:
        return session.exec(
            select(StepRow)
            .join(DeliveryRow, col(DeliveryRow.id) == col(StepRow.delivery_id))
            .where(DeliveryRow.submission_id == submission_id)
            .where(DeliveryRow.target == target)
            .order_by(col(StepRow.id))
        ).all()


def next_due(store: Store, targets: Collection[str] | None = None) -> datetime | None:
    """When the next open delivery is due or its lease ends; None if all is done."""
    pending = select(func.min(DeliveryRow.due_at)).where(DeliveryRow.state == State.PENDING)
    held = select(func.min(DeliveryRow.lease_until)).where(col(DeliveryRow.state).in_(HELD))
    with store.database.reading() as session:
        times = [
            session.exec(
                query if targets is None else query.where(col(DeliveryRow.target).in_(targets))
            ).one()
            for query in (pending, held)
        ]
    return min((one for one in times if one is not None), default=None)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What has not arrived yet."""

    open: int
    oldest: datetime | None  # since when the oldest open delivery waits
    parked: int
    rejected: int


def waiting(store: Store) -> Waiting:
    """How much waits, and since when, for alarms."""
    count = select(DeliveryRow.state, func.count(), func.min(DeliveryRow.first_due_at))
    with store.database.reading() as session:
        rows = session.exec(
            count.where(DeliveryRow.state != State.ACKNOWLEDGED).group_by(DeliveryRow.state)
        ).all()
    counted = {state: number for state, number, _ in rows}
    since = [oldest for state, _, oldest in rows if state in OPEN]
    return Waiting(
        open=sum(counted.get(state, 0) for state in OPEN),
        oldest=min(since, default=None),
        parked=counted.get(State.PARKED, 0),
        rejected=counted.get(State.REJECTED, 0),
    )


def _move(store: Store, job: Job, state: State, step: str) -> bool:
    with store.database.writing() as session:
        row = _held(session, job)
        if row is None:
            return False
        row.state = state
        session.add(row)
        _journal(session, row, store.now(), step)
    return True


def _held(session: Session, job: Job) -> DeliveryRow | None:
    row = session.get(DeliveryRow, job.id, with_for_update=True)
    # No row: a named person released the submission, and retention has removed it.
    return row if row and row.fence == job.fence and row.state in HELD else None


def _journal(session: Session, row: DeliveryRow, at: datetime, step: str, detail: str = "") -> None:
    session.add(StepRow(delivery_id=row.id, fence=row.fence, at=at, step=step, detail=detail[:400]))


def _job(session: Session, row: DeliveryRow) -> Job:
    payload = session.get_one(PayloadRow, row.payload_id)
    submission = session.get_one(SubmissionRow, row.submission_id)
    kept = StoredPayload(
        payload.id,
        payload.output,
        payload.name,
        payload.media_type,
        payload.size,
        payload.sha256,
    )
    return Job(
        row.id,
        row.submission_id,
        submission.reference,
        submission.procedure_id,
        row.target,
        row.fence,
        row.attempts,
        row.first_due_at,
        kept,
    )
