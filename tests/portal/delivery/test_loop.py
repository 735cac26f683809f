import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import structlog

from portal.delivery.loop import DeliveryLoop
from portal.delivery.transports.transport import Transport
from portal.delivery.worker import Worker
from portal.storage import deliveries
from portal.storage.refusals import UnavailableError
from portal.storage.store import Store
from tests.portal.delivery.carriers import Recorder, Told, fail
from tests.portal.stores import open_store, submit

LONG = timedelta(seconds=30)


def _until(holds: Callable[[], bool], seconds: float = 20) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.01)
    return False


def _loop(store: Store, poll: timedelta, **transports: Transport) -> DeliveryLoop:
    return DeliveryLoop(Worker(store, transports, dice=lambda: 0.0), poll)


def test_an_acceptance_wakes_the_delivery_at_once(folder: Path) -> None:
    """Long before it would have looked by itself."""
    store, carrier = open_store(folder), Recorder()
    loop = _loop(store, LONG, dms=carrier)
    loop.start()
    time.sleep(0.2)
    submit(store)
    assert _until(lambda: len(carrier.sent) == 1, 10)
    assert loop.stop()
    assert 1 == loop.delivered
    store.close()


def test_what_another_process_accepted_is_found_by_looking(folder: Path) -> None:
    """No bell rings across processes."""
    store, other, carrier = open_store(folder), open_store(folder), Recorder()
    loop = _loop(store, timedelta(milliseconds=50), dms=carrier)
    loop.start()
    submit(other)
    assert _until(lambda: len(carrier.sent) == 1)
    assert loop.stop()
    store.close()
    other.close()


def test_a_failed_delivery_is_tried_again_when_it_is_due(folder: Path) -> None:
    """The loop wakes for it, long before it would look by itself."""
    store = open_store(folder)
    carrier = Told(lambda key, content: fail(key, content) if len(carrier.sent) < 2 else None)
    loop = _loop(store, LONG, dms=carrier)
    loop.start()
    submit(store)
    assert _until(lambda: loop.delivered == 1)
    assert 2 == len(carrier.sent)
    assert loop.stop()
    store.close()


def test_r11_a_target_that_hangs_delays_no_other(folder: Path) -> None:
    """Each target has a thread of its own."""
    store, free, good = open_store(folder), threading.Event(), Recorder()

    def hang(_key: str, _content: bytes) -> None:
        free.wait(30)

    hanging = Told(hang)
    loop = _loop(store, timedelta(milliseconds=50), dms=hanging, fachverfahren=good)
    loop.start()
    for _ in range(5):
        submit(store)
    assert _until(lambda: len(good.sent) == 5)
    assert 1 == len(hanging.sent)
    free.set()
    assert _until(lambda: loop.delivered == 10)
    assert loop.stop()
    store.close()


def test_stopping_finishes_what_is_under_way_and_begins_nothing(folder: Path) -> None:
    """The rest waits for the next start."""
    store, sending, free = open_store(folder), threading.Event(), threading.Event()

    def slow(_key: str, _content: bytes) -> None:
        sending.set()
        free.wait(30)

    for _ in range(3):
        submit(store)
    loop = _loop(store, LONG, dms=Told(slow))
    loop.start()
    assert sending.wait(10)
    threading.Timer(0.2, free.set).start()
    assert loop.stop()
    assert 1 == loop.delivered
    # The other target of each, and two that were not begun.
    assert 3 + 2 == deliveries.waiting(store).open
    store.close()


def test_a_fault_of_the_database_does_not_end_the_loop(folder: Path) -> None:
    """It is told, and the loop goes on when the database is back."""
    store, carrier = open_store(folder), Recorder()
    faults = [UnavailableError("gone"), RuntimeError("odd")]

    class Shaky(Worker):
        def deliver_next(self, target: str | None = None) -> None:
            if faults:
                raise faults.pop()
            Worker(self.store, self.transports).deliver_next(target)

    loop = DeliveryLoop(Shaky(store, {"dms": carrier}), timedelta(milliseconds=20))
    with structlog.testing.capture_logs() as logs:
        loop.start()
        _until(lambda: len(logs) == 1)
        store.bell.ring()
        _until(lambda: len(logs) == 2)
        submit(store)
        assert _until(lambda: len(carrier.sent) == 1)
    assert ["UnavailableError", "RuntimeError"][::-1] == [one["kind"] for one in logs[:2]]
    assert loop.stop()
    store.close()
