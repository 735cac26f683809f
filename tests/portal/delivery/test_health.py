import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from portal.delivery import health
from portal.delivery.worker import Worker
from portal.storage import breaker, outbox
from portal.storage.outbox import State
from portal.storage.store import Store
from tests.portal.delivery.carriers import Recorder
from tests.portal.stores import VirtualClock, open_store, submit


def test_r66_a_healthy_portal_has_no_alarms(store: Store) -> None:
    """It can write, has room and nothing waits."""
    assert health.is_alive()
    seen = health.look(store)
    assert seen.is_ready
    assert () == seen.alarms
    assert (0, None) == (seen.undelivered, seen.oldest_undelivered)


def test_r66_what_waits_for_more_than_five_minutes_is_an_alarm(
    store: Store, clock: VirtualClock
) -> None:
    """Applications can still be accepted; somebody should look."""
    submit(store)
    clock.advance(timedelta(minutes=5))
    assert () == health.look(store).alarms
    clock.advance(timedelta(seconds=1))
    seen = health.look(store)
    assert seen.is_ready
    assert ("deliveries-late",) == seen.alarms
    assert (2, timedelta(minutes=5, seconds=1)) == (seen.undelivered, seen.oldest_undelivered)
    worker = Worker(store, {"dms": Recorder(), "fachverfahren": Recorder()})
    while worker.deliver_next():
        pass
    assert () == health.look(store).alarms


def test_r66_what_needs_a_person_is_an_alarm(store: Store) -> None:
    """Parked and refused deliveries do not become quiet by waiting."""
    submit(store)
    for state in (State.PARKED, State.REJECTED):
        job = outbox.claim(store, timedelta(minutes=1))
        assert job is not None
        outbox.give_up(store, job, state, "no")
    assert ("deliveries-parked", "deliveries-rejected") == health.look(store).alarms


def test_r66_a_database_that_cannot_be_written_is_not_ready(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seen by writing, not by asking."""
    store = open_store(folder)
    store.close()
    monkeypatch.setattr("portal.storage.database.BUSY_MILLISECONDS", 100)
    other = sqlite3.connect(folder / "v.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    seen = health.look(store)
    assert not seen.is_ready
    assert "database-not-writable" in seen.alarms
    other.close()
    assert health.look(store).is_ready
    store.close()


def test_r66_a_disk_that_is_nearly_full_is_not_ready(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Better no new application than half of one."""
    monkeypatch.setattr(health, "RESERVE_BYTES", 10**18)
    seen = health.look(store)
    assert not seen.is_ready
    assert ("disk-nearly-full",) == seen.alarms


def test_r66_a_stopped_target_is_an_alarm(store: Store) -> None:
    """Somebody paused it, and somebody has to remember."""
    breaker.pause(store, "dms", "Betrieb 3")
    seen = health.look(store)
    assert seen.is_ready
    assert (("targets-stopped",), ("dms",)) == (seen.alarms, seen.stopped)


def test_r66_a_probe_asks_the_database_every_two_seconds_at_most(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Anybody may knock as often as they like; what has changed shows after two seconds."""
    asked: list[float] = []
    now = 0.0

    def look(_store: Store) -> health.Health:
        asked.append(now)
        return health.Health(len(asked) == 1, health.RESERVE_BYTES, 0, None, 0, 0)

    monkeypatch.setattr(health, "look", look)
    probe = health.Probe(store, lambda: now)
    assert [True] * 50 == [probe.is_ready() for _ in range(50)]
    now = health.PROBE_SECONDS
    assert not probe.is_ready()
    assert [0.0, health.PROBE_SECONDS] == asked
