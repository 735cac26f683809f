"""The state of a target: in order, out of order until the next probe, or paused by somebody.

It stands in the database, so that all workers of all machines share it: while a target is out of
order, one delivery at a time tries whether it is back.

Who locks a target's row has no lock on the audit trail yet: all take them in this order.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, exists, select

from portal.storage import audit
from portal.storage.store import Store
from portal.storage.tables import TargetRow

LONGEST_WAIT = timedelta(hours=1)  # between two attempts


@dataclass(frozen=True, slots=True)
class TargetState:
    """How a target stands."""

    name: str
    opened_at: datetime | None  # out of order since
    probe_at: datetime | None  # when the next delivery tries
    failures: int
    fault: str | None
    paused_at: datetime | None
    paused_by: str | None

    @property
    def state(self) -> str:
        """closed: in order; open: out of order; paused: somebody stopped it."""
        if self.paused_at is not None:
            return "paused"
        return "open" if self.opened_at is not None else "closed"


def stops(target: Mapped[str], now: datetime) -> ColumnElement[bool]:
    """Whether nothing may go to the target now, as a condition of a query."""
    waits = col(TargetRow.opened_at).is_not(None) & _is_ahead(now)
    return exists().where(
        col(TargetRow.name) == target, waits | col(TargetRow.paused_at).is_not(None)
    )


def _is_ahead(now: datetime) -> ColumnElement[bool]:
    # Further ahead than any wait: the clock was set back since.
    probe = col(TargetRow.probe_at)
    return (probe > now) & (probe <= now + 2 * LONGEST_WAIT)


def let_through(session: Session, target: str, now: datetime, lease: timedelta) -> bool:
    """Whether a delivery may go now; at a target that is out of order, as the only probe."""
    seen = session.get(TargetRow, target)
    if seen is None or (seen.opened_at is None and seen.paused_at is None):
        return True
    row = _locked(session, target)
    if row is None or row.paused_at is not None:
        return row is None
    if row.opened_at is None or row.probe_at is None:
        return True
    if now < row.probe_at <= now + 2 * LONGEST_WAIT:
        return False
    row.probe_at = now + min(lease, LONGEST_WAIT)  # should the worker die, the next one probes
    session.add(row)
    return True


def open_for(
    session: Session, target: str, now: datetime, fault: str, wait: Callable[[int], timedelta]
) -> int:
    """The target failed: nothing goes there until the next probe. Failures in a row."""
    row = _row(session, target)
    row.failures += 1
    row.fault = fault[:200]
    row.probe_at = now + min(wait(row.failures), LONGEST_WAIT)
    if row.opened_at is None:
        row.opened_at = now
        audit.record(session, now, "target-out-of-order", target, fault, "worker")
    session.add(row)
    return row.failures


def put_off(session: Session, target: str, until: datetime) -> None:
    """A probe failed for a reason of its own: that says nothing about the target."""
    seen = session.get(TargetRow, target)
    if seen is None or seen.opened_at is None:
        return
    row = _locked(session, target)
    if row is not None and row.opened_at is not None:
        row.probe_at = until
        session.add(row)


def close(session: Session, target: str, now: datetime) -> None:
    """The target answers again: everything may go."""
    seen = session.get(TargetRow, target)
    if seen is None or seen.opened_at is None:
        return
    row = _locked(session, target)
    if row is not None and row.opened_at is not None:
        row.opened_at, row.probe_at, row.failures, row.fault = None, None, 0, None
        session.add(row)
        audit.record(session, now, "target-back", target, actor="worker")


def pause(store: Store, target: str, by: str) -> bool:
    """Stop everything that goes to a target; False if it is paused already."""
    with store.database.writing() as session:
        row = _row(session, target)
        if row.paused_at is not None:
            return False
        now = store.now()
        row.paused_at, row.paused_by = now, by[:80]
        session.add(row)
        audit.record(session, now, "target-paused", target, actor=by)
    return True


def go_on(store: Store, target: str, by: str) -> bool:
    """End a pause, or try a target that is out of order at once; False if neither is the case."""
    with store.database.writing() as session:
        row = _locked(session, target)
        if row is None or (row.paused_at is None and row.opened_at is None):
            return False
        now = store.now()
        row.paused_at, row.paused_by = None, None
        if row.opened_at is not None:
            row.probe_at = now
        session.add(row)
        audit.record(session, now, "target-resumed", target, actor=by)
    store.bell.ring()
    return True


def states(store: Store) -> list[TargetState]:
    """Every target about which something is known."""
    with store.database.reading() as session:
        rows = session.exec(select(TargetRow).order_by(TargetRow.name)).all()
    return [
        TargetState(
            row.name,
            row.opened_at,
            row.probe_at,
            row.failures,
            row.fault,
            row.paused_at,
            row.paused_by,
        )
        for row in rows
    ]


def closed_until(session: Session) -> dict[str, datetime | None]:
    """Until when nothing goes to the targets that are not in order; None: until somebody acts."""
    rows = session.exec(select(TargetRow)).all()
    return {
        row.name: None if row.paused_at is not None else row.probe_at
        for row in rows
        if row.paused_at is not None or row.opened_at is not None
    }


def _locked(session: Session, target: str) -> TargetRow | None:
    return session.get(TargetRow, target, with_for_update=True, populate_existing=True)


def _row(session: Session, target: str) -> TargetRow:
    """The target's row, made if there is none; another worker may make it at the same moment."""
    if (row := _locked(session, target)) is not None:
        return row
    row = TargetRow(name=target)
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError:
        return _row(session, target)
    return row
