from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import pytest
import structlog

from portal.delivery.housekeeping import (
    ClockWatch,
    Housekeeping,
    HousekeepingLoop,
    Periods,
    Tidied,
    watch_of,
)
from portal.delivery.worker import Worker
from portal.storage import audit, drafts, submissions, uploads
from portal.storage.store import Store
from tests.portal.delivery.carriers import Recorder
from tests.portal.stores import (
    PROCEDURE,
    SESSION,
    START,
    VirtualClock,
    new_draft,
    payloads,
    submit,
)

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@dataclass
class Steady:
    """A clock that nobody can set, moved by hand."""

    seconds: float = 0.0

    def __call__(self) -> float:
        """The seconds."""
        return self.seconds


def _pass(clock: VirtualClock, steady: Steady, time: timedelta) -> None:
    clock.advance(time)
    steady.seconds += time.total_seconds()


def _keeper(
    store: Store, watch: ClockWatch, periods: Mapping[str, Periods] | None = None
) -> Housekeeping:
    return Housekeeping(store, watch, lambda: periods or {})


def test_everything_goes_after_its_own_period(store: Store, clock: VirtualClock) -> None:
    """Drafts after 30 days, files after 40, applications after 50, as the definition says."""
    steady = Steady()
    watch = ClockWatch(clock, clock.at, steady)
    mine = Periods(drafts=30 * DAY, uploads=40 * DAY, submissions=50 * DAY)
    keeper = _keeper(store, watch, {PROCEDURE: mine})
    new_draft(store)
    handed_in = new_draft(store)
    uploads.add(store, handed_in, SESSION, "pass", None, "a.pdf", "application/pdf", b"%PDF")
    submissions.accept(store, handed_in, SESSION, 1, payloads)
    worker = Worker(store, {"dms": Recorder(), "fachverfahren": Recorder()})
    while worker.deliver_next():
        pass
    seen: list[Tidied] = []
    for days in (30, 1, 10, 10):
        _pass(clock, steady, days * DAY)
        seen.append(keeper.tidy())
    assert [(0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1)] == [
        (one.drafts, one.uploads, one.submissions) for one in seen
    ]
    assert set() == store.files.names()


def test_procedures_that_are_no_longer_offered_are_tidied_too(
    store: Store, clock: VirtualClock
) -> None:
    """Their drafts would otherwise stay for ever."""
    steady = Steady()
    keeper = _keeper(store, ClockWatch(clock, clock.at, steady))
    new_draft(store)
    _pass(clock, steady, 31 * DAY)
    assert 1 == keeper.tidy().drafts


@pytest.mark.parametrize("jump", [timedelta(days=3650), timedelta(days=-3650), 6 * HOUR])
def test_r12_a_clock_that_was_set_deletes_nothing(
    store: Store, clock: VirtualClock, jump: timedelta
) -> None:
    """Ten years in a second: an alarm, no deletion."""
    keeper = _keeper(store, ClockWatch(clock, clock.at, Steady()))
    draft = new_draft(store)
    clock.advance(jump)
    with structlog.testing.capture_logs() as logs:
        assert not keeper.tidy().deleting
    assert ["clock-not-trusted"] == [one["event"] for one in logs]
    assert drafts.load(store, draft, SESSION) is not None


def test_r12_after_a_long_silence_deleting_waits_an_hour(store: Store, clock: VirtualClock) -> None:
    """A machine that was off for years may begin with a wrong date; time servers mend that soon."""
    new_draft(store)
    clock.advance(400 * DAY)
    steady = Steady()
    with store.database.reading() as session:
        assert START == audit.newest_time(session)
    watch = watch_of(store)
    watch = ClockWatch(clock, watch.last_known, steady)
    keeper = _keeper(store, watch)
    assert not keeper.tidy().deleting
    _pass(clock, steady, HOUR)
    assert 1 == keeper.tidy().drafts


def test_a_watch_of_an_empty_store_trusts_its_clock(store: Store) -> None:
    """There is nothing to delete by mistake."""
    watch = watch_of(store)
    assert watch.last_known is None
    assert watch.is_trusted()


def test_an_invented_day_deletes_nothing(store: Store, clock: VirtualClock) -> None:
    """Trials with --today must not clear the data folder."""
    steady = Steady()
    keeper = Housekeeping(store, ClockWatch(clock, None, steady), dict, may_delete=False)
    new_draft(store)
    _pass(clock, steady, 400 * DAY)
    assert Tidied() == keeper.tidy()


def test_r53_the_end_of_the_audit_trail_is_told_to_the_log(store: Store) -> None:
    """There it stands out of the database's reach."""
    submit(store)
    with structlog.testing.capture_logs() as logs:
        _keeper(store, watch_of(store)).tidy()
    with store.database.reading() as session:
        assert audit.head(session) == (logs[-1]["audit_number"], logs[-1]["audit_hash"])


def test_housekeeping_begins_at_the_start_and_survives_a_fault(store: Store) -> None:
    """Whatever goes wrong, it tries again; stopping does not wait for the next hour."""
    called: list[int] = []

    def periods() -> Mapping[str, Periods]:
        called.append(1)
        raise RuntimeError

    keeper = Housekeeping(store, watch_of(store), periods)
    loop = HousekeepingLoop(keeper, every=timedelta(milliseconds=10))
    with structlog.testing.capture_logs() as logs:
        loop.start()
        while len(called) < 3:
            pass
        loop.stop()
    assert {"housekeeping-fault"} == {one["event"] for one in logs}


@pytest.mark.parametrize("ahead", [timedelta(hours=1), timedelta(days=3650)])
def test_where_two_machines_disagree_about_the_time_nothing_is_deleted(
    store: Store, clock: VirtualClock, ahead: timedelta
) -> None:
    """Either may be wrong: the one that is ahead wrote entries of a time that has not come."""
    steady = Steady()
    right = _keeper(store, ClockWatch(clock, clock.at, steady))
    new_draft(store)
    _pass(clock, steady, 31 * DAY)
    clock.advance(ahead)
    submit(store)
    wrong = _keeper(store, ClockWatch(clock, clock.at, Steady()))
    clock.advance(-ahead)
    submit(store)
    assert not right.tidy().deleting
    clock.advance(ahead)
    assert not wrong.tidy().deleting
    assert 1 == len(drafts.procedures(store))
