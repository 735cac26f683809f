"""The outbox: each delivery has a durable state of its own; workers take leases with a fence.

pending → leased → sent_unknown → acknowledged
             ↘ pending (with a later due time) · rejected · parked → released or pending again
"""

import secrets
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, exists, func, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from portal.storage import audit, breaker, case_notices
from portal.storage.faults import failpoint
from portal.storage.records import DeliveryState, Job, Payload, StoredPayload
from portal.storage.store import Store
from portal.storage.tables import DeliveryRow, PayloadRow, StepRow, SubmissionRow


class State(StrEnum):
    """Where a delivery stands."""

    PENDING = "pending"
    LEASED = "leased"
    SENT_UNKNOWN = "sent_unknown"  # perhaps arrived: only a repetition with the same key may tell
    ACKNOWLEDGED = "acknowledged"
    REJECTED = "rejected"  # the target said no for good; a person must look
    PARKED = "parked"  # 30 days of trying, or not fit to be sent; a person must look
    RELEASED = "released"  # a named person answers for it that this one is not sent


LONGEST_WAIT = breaker.LONGEST_WAIT
UNDECIDED = "waiting-for-acceptance"  # the fault of one that its target has, but has not taken yet
OPEN = (State.PENDING, State.LEASED, State.SENT_UNKNOWN)
HELD = (State.LEASED, State.SENT_UNKNOWN)
DONE = (State.ACKNOWLEDGED, State.RELEASED)
STUCK = (State.REJECTED, State.PARKED)


def new_delivery(
    submission_id: str, target: str, payload_id: str, at: datetime, ordinal: int = 0
) -> DeliveryRow:
    """A row for the transaction that keeps the payload."""
    return DeliveryRow(
        id=secrets.token_hex(16),
        submission_id=submission_id,
        target=target,
        ordinal=ordinal,
        payload_id=payload_id,
        state=State.PENDING,
        due_at=at,
        first_due_at=at,
    )


def add_delivery(
    session: Session, kept: PayloadRow, payload: Payload, at: datetime, ordinal: int = 0
) -> None:
    """Queue a payload in the transaction that keeps it; one with a fault waits for a person."""
    if not payload.target:
        return
    row = new_delivery(kept.submission_id, payload.target, kept.id, at, ordinal)
    session.add(row)
    if payload.fault:
        row.state, row.last_fault = State.PARKED, payload.fault
        session.flush()
        _journal(session, row, at, State.PARKED, payload.fault)
        audit.record(session, at, State.PARKED, row.submission_id, row.target)


def claim(store: Store, lease: timedelta, targets: Collection[str] | None = None) -> Job | None:
    """Take the delivery that is due longest, or whose lease ran out; None if nothing is due."""
    now = store.now()
    oldest = (col(DeliveryRow.due_at), col(DeliveryRow.attempts))
    query = _claimable(now, lease, targets).order_by(*oldest).limit(1)
    with store.database.reading() as session:
        if session.exec(query).first() is None:  # the usual case takes no lock
            return None
    with store.database.writing() as session:
        row = session.exec(query.with_for_update(skip_locked=True)).first()
        if row is None or not breaker.let_through(session, row.target, now, lease):
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
            (col(DeliveryRow.state) == State.PENDING) & is_due & _in_turn(),
            col(DeliveryRow.state).in_(HELD) & is_free,
        ),
        ~breaker.stops(col(DeliveryRow.target), now),
    )
    return query if targets is None else query.where(col(DeliveryRow.target).in_(targets))


def _in_turn() -> ColumnElement[bool]:
    """Whatever the case sent to this target before has arrived, or was released."""
    earlier = aliased(DeliveryRow)
    return or_(
        col(DeliveryRow.ordinal) == 0,
        ~exists().where(
            col(earlier.submission_id) == col(DeliveryRow.submission_id),
            col(earlier.target) == col(DeliveryRow.target),
            col(earlier.ordinal) < col(DeliveryRow.ordinal),
            col(earlier.state).not_in(DONE),
        ),
    )


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
        breaker.close(session, job.target, now)
        audit.record(
            session, now, "delivered", job.submission_id, _where(job.target, job.ordinal), "worker"
        )
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
        breaker.put_off(session, job.target, due_at)
    return True


def hold_target(store: Store, job: Job, fault: str, wait: Callable[[int], timedelta]) -> int | None:
    """The target itself is out of order: it waits, and with it everything that goes there.

    The delivery goes to the end of the queue, so that the next probe is another one. How often in
    a row the target has failed now, which is also what `wait` is asked with; None if the lease is
    lost.
    """
    with store.database.writing() as session:
        row = _held(session, job)
        if row is None:
            return None
        now = store.now()
        row.state, row.due_at, row.lease_until = State.PENDING, now, None
        row.last_fault = fault[:200]
        session.add(row)
        _journal(session, row, now, "failed", fault)
        return breaker.open_for(session, job.target, now, fault, wait)


def park_overdue(store: Store, target: str, first_due_before: datetime) -> list[str]:
    """Park what has waited too long for a target; the submissions concerned (R13)."""
    with store.database.writing() as session:
        rows = session.exec(
            select(DeliveryRow)
            .where(DeliveryRow.target == target, DeliveryRow.state == State.PENDING)
            .where(col(DeliveryRow.first_due_at) < first_due_before)
            .with_for_update(skip_locked=True)
        ).all()
        now = store.now()
        for row in rows:
            row.state = State.PARKED
            session.add(row)
            _journal(session, row, now, State.PARKED, row.last_fault or "")
            place = _where(target, row.ordinal)
            audit.record(session, now, State.PARKED, row.submission_id, place, "worker")
            case_notices.tell(store, session, row.submission_id)
        return [row.submission_id for row in rows]


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
        if state is State.REJECTED:  # it answers
            breaker.close(session, job.target, now)
        audit.record(
            session, now, state.value, job.submission_id, _where(job.target, job.ordinal), "worker"
        )
        case_notices.tell(store, session, job.submission_id)  # the page of the case says more
    return True


def resume(store: Store, submission_id: str, target: str, by: str) -> bool:
    """Try a rejected or parked delivery again, on the word of a named person."""
    with store.database.reading() as session:
        found = session.exec(
            select(DeliveryRow.id)
            .where(DeliveryRow.submission_id == submission_id, DeliveryRow.target == target)
            .where(col(DeliveryRow.state).in_(STUCK))
            .order_by(col(DeliveryRow.ordinal))
        ).first()
    return found is not None and replay(store, found, by)


def replay(store: Store, delivery_id: str, by: str) -> bool:
    """Send what is stuck, or waits for its next attempt, now; on the word of a named person."""
    with store.database.writing() as session:
        row = session.get(DeliveryRow, delivery_id, with_for_update=True)
        if row is None or row.state not in (*STUCK, State.PENDING):
            return False
        now = store.now()
        if row.state != State.PENDING:
            row.first_due_at = now  # another 30 days
        row.state, row.due_at = State.PENDING, now
        session.add(row)
        _journal(session, row, now, "resumed")
        audit.record(session, now, "delivery-resumed", row.submission_id, row.target, by)
    store.bell.ring()
    return True


def release(store: Store, delivery_id: str, by: str) -> bool:
    """A named person answers for it that this one is not sent; later ones of its case go on."""
    with store.database.writing() as session:
        row = session.get(DeliveryRow, delivery_id, with_for_update=True)
        if row is None or row.state not in (*STUCK, State.PENDING):
            return False
        now = store.now()
        row.state, row.released_at, row.released_by = State.RELEASED, now, by[:80]
        session.add(row)
        _journal(session, row, now, State.RELEASED)
        audit.record(session, now, "delivery-released", row.submission_id, row.target, by)
    store.bell.ring()
    return True


def states(store: Store, submission_id: str) -> list[DeliveryState]:
    """Where the deliveries of a submission stand."""
    with store.database.reading() as session:
        rows = session.exec(
            select(DeliveryRow)
            .where(DeliveryRow.submission_id == submission_id)
            .order_by(DeliveryRow.target, col(DeliveryRow.ordinal))
        ).all()
    return [
        DeliveryState(
            row.target,
            row.state,
            row.attempts,
            row.due_at,
            row.acknowledged_at,
            row.last_fault,
            row.id,
            row.ordinal,
            row.payload_id,
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
    """When the next delivery can be due or a lease ends; None if nothing can go on by itself."""
    pending = (
        select(DeliveryRow.target, func.min(DeliveryRow.due_at))
        .where(DeliveryRow.state == State.PENDING)
        .where(_in_turn())
        .group_by(DeliveryRow.target)
    )
    held = (
        select(DeliveryRow.target, func.min(DeliveryRow.lease_until))
        .where(col(DeliveryRow.state).in_(HELD))
        .group_by(DeliveryRow.target)
    )
    with store.database.reading() as session:
        found = [
            one
            for query in (pending, held)
            for one in session.exec(query)
            if targets is None or one[0] in targets
        ]
        closed = breaker.closed_until(session)
    times = [
        max(at, closed.get(target) or at)
        for target, at in found
        if at is not None and closed.get(target, at) is not None
    ]
    return min(times, default=None)


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


def _where(target: str, ordinal: int) -> str:
    """How the audit trail tells the deliveries of one submission apart."""
    return f"{target}.{ordinal}" if ordinal else target


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
        row.ordinal,
    )
