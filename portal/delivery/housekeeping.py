"""Tidying up: orphaned files, drafts nobody went on with, applications that have arrived.

Nothing is deleted on the word of one clock alone. A machine that starts with a wrong date would
delete everything that seems old; so the time that has passed is compared with a clock that cannot
be set, and after a long silence deleting waits until both have agreed for an hour.
"""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from portal.storage import (
    audit,
    case_codes,
    drafts,
    invitations,
    letters,
    notices,
    orphans,
    pieces,
    retention,
    transfers,
)
from portal.storage.store import Store
from portal.storage.submissions import RESERVATION
from portal.web.logs import log, where

EVERY = timedelta(hours=1)
_DRIFT = timedelta(minutes=5)
_SILENCE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Periods:
    """How long things of a procedure are kept."""

    drafts: timedelta = timedelta(days=30)  # § 8a Abs. 3 OZG
    submissions: timedelta = timedelta(days=90)
    uploads: timedelta = timedelta(days=90)
    archive: str = ""  # an archive is asked before submissions go


def _steady() -> float:
    # Runs on while a machine sleeps, unlike the monotonic clock.
    clock = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
    return time.clock_gettime(clock)


@dataclass(slots=True)
class ClockWatch:
    """Compares the clock on the wall with one that nobody can set."""

    wall: Callable[[], datetime]
    last_known: datetime | None  # the newest time that is stored
    steady: Callable[[], float] = _steady
    _wall_start: datetime = field(init=False)
    _steady_start: float = field(init=False)

    def __post_init__(self) -> None:
        self._wall_start = self.wall()
        self._steady_start = self.steady()

    def is_trusted(self) -> bool:
        """Whether one may delete by this clock now."""
        steady = timedelta(seconds=self.steady() - self._steady_start)
        drift = self.wall() - self._wall_start - steady
        if abs(drift) > _DRIFT:
            return False
        return self._began_plausibly() or steady >= EVERY

    def _began_plausibly(self) -> bool:
        if self.last_known is None:
            return True
        return -_DRIFT <= self._wall_start - self.last_known <= _SILENCE


@dataclass(frozen=True, slots=True)
class Tidied:
    """What went."""

    orphans: int = 0
    notices: int = 0  # letters queued in time before a draft is deleted
    drafts: int = 0
    uploads: int = 0
    submissions: int = 0
    deleting: bool = False  # whether the clock could be trusted


@dataclass(frozen=True, slots=True)
class Housekeeping:
    """Tidies a store by the periods of the definitions."""

    store: Store
    watch: ClockWatch
    periods: Callable[[], Mapping[str, Periods]]
    other: Periods = Periods()  # of procedures that are no longer offered
    offer: Callable[[str, str], bool] | None = None  # a submission to an archive
    may_delete: bool = True  # false on an invented day, where everything may seem old

    def tidy(self) -> Tidied:
        """Once; safe beside running requests, workers and other processes."""
        swept = orphans.sweep(self.store) + pieces.sweep(self.store)
        if not self.may_delete:
            return Tidied(orphans=swept)
        if not self.watch.is_trusted() or self._clocks_disagree():
            log().warning("clock-not-trusted", deleting="postponed")
            return Tidied(orphans=swept)
        invitations.forget_entries(self.store)
        letters.forget_old(self.store)
        case_codes.forget_entries(self.store)
        transfers.forget_done(self.store, self.store.now() - self.other.submissions)
        periods = self.periods()
        done = Tidied(
            orphans=swept,
            notices=sum(
                notices.announce(self.store, one, periods.get(one, self.other).drafts)
                for one in drafts.procedures(self.store)
            ),
            drafts=sum(
                drafts.expire(self.store, one, periods.get(one, self.other).drafts)
                for one in drafts.procedures(self.store)
            ),
            uploads=sum(
                retention.delete_uploads(self.store, one, periods.get(one, self.other).uploads)
                for one in retention.procedures(self.store)
            ),
            submissions=sum(
                self._submissions(one, periods.get(one, self.other))
                for one in retention.procedures(self.store)
            ),
            deleting=True,
        )
        self._tell(done, self.store.database.forget_deleted())
        return done

    def _submissions(self, procedure_id: str, periods: Periods) -> int:
        """Where the definition names an archive, it is offered first and deleted afterwards."""
        if periods.archive and self.offer is not None:
            for one in retention.to_be_offered(self.store, procedure_id, periods.submissions):
                self.offer(one, periods.archive)
        return retention.delete_delivered(
            self.store, procedure_id, periods.submissions, archived=bool(periods.archive)
        )

    def _clocks_disagree(self) -> bool:
        """Two machines, or one before and after its clock was set: either may be the wrong one."""
        with self.store.database.reading() as session:
            return audit.runs_backwards(session, RESERVATION + 2 * _DRIFT)

    def _tell(self, done: Tidied, forgotten: bool) -> None:
        """The log also holds the end of the audit trail, out of the database's reach."""
        with self.store.database.reading() as session:
            number, newest = audit.head(session)
        log().info(
            "tidied",
            orphans=done.orphans,
            drafts=done.drafts,
            uploads=done.uploads,
            submissions=done.submissions,
            log_emptied=forgotten,
            audit_number=number,
            audit_hash=newest,
        )


def watch_of(store: Store) -> ClockWatch:
    """A watch that begins now and knows when something was last stored."""
    with store.database.reading() as session:
        last = audit.newest_time(session)
    return ClockWatch(store.now, last)


class HousekeepingLoop:
    """Tidies in the background: at the start, then every hour."""

    def __init__(self, housekeeping: Housekeeping, every: timedelta = EVERY) -> None:
        self._housekeeping = housekeeping
        self._every = every
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="housekeeping", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self, seconds: float = 5.0) -> None:
        """End after what is under way."""
        self._stopping.set()
        self._thread.join(seconds)

    def _run(self) -> None:
        while True:
            try:
                self._housekeeping.tidy()
            except Exception as fault:  # the next hour brings the next attempt
                log().error("housekeeping-fault", kind=type(fault).__name__, where=where(fault))
            if self._stopping.wait(self._every.total_seconds()):
                return
