"""F13: the worker dies between any two steps; the next one goes on, and nothing is sent twice."""

import multiprocessing
import signal
from datetime import timedelta
from pathlib import Path

import pytest

from portal.delivery.worker import Outcome
from portal.storage import faults
from portal.storage.store import Store
from tests.portal.delivery.fit_connect.handed_in import (
    DATA,
    FILES,
    submit,
    target_of,
    work,
    worker_of,
)
from tests.portal.delivery.fit_connect.places import PLACES
from tests.portal.delivery.fit_connect.receiver import receive
from tests.portal.delivery.fit_connect.service import FitConnectService
from tests.portal.stores import VirtualClock, open_store

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload([__name__])
LEASE = timedelta(minutes=5)


def _deliver(folder: str, url: str, place: str) -> None:
    """In a process of its own: one attempt, at the virtual clock's beginning."""
    faults.arm(place, test_mode=True)
    worker_of(open_store(Path(folder), VirtualClock()), target_of(url)).deliver_next()


@pytest.mark.parametrize("place", PLACES)
def test_f13_a_killed_worker_is_followed_by_one_that_goes_on(
    store: Store, folder: Path, clock: VirtualClock, service: FitConnectService, place: str
) -> None:
    """The same submission, or a new one while nothing of the old was submitted."""
    submit(store)
    process = _FORKS.Process(target=_deliver, args=(str(folder), service.url, place))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL, f"nobody came past {place}"
    clock.advance(LEASE + timedelta(seconds=1))
    worker = worker_of(store, target_of(service.url))
    assert Outcome.RETRY is work(worker, clock)
    (held,) = service.submitted()
    (taken,) = receive(service)
    assert (DATA, list(FILES)) == (taken["data"], list(taken["files"].values()))
    assert Outcome.DELIVERED is work(worker, clock)
    assert (2 if place == "fit-connect-announcing" else 1) == len(service.held)
    uploads = [one for one in service.asked if held.id in one and "attachments" in one]
    repeated = place.startswith("fit-connect-attachment-sent")
    assert len(FILES) + repeated == len(uploads)


def test_r17_a_worker_that_slept_too_long_stops_at_its_next_step(
    store: Store, clock: VirtualClock, service: FitConnectService
) -> None:
    """Its lease ran out while the service was slow; another one has handed in since."""
    submit(store)
    target = target_of(service.url)
    late, next_one = worker_of(store, target), worker_of(store, target)
    transport = late.transports["fachverfahren"]
    announce = transport.service.announce  # type: ignore[attr-defined]

    def slow(*told: object) -> object:
        answer = announce(*told)
        clock.advance(LEASE + timedelta(seconds=1))
        assert Outcome.RETRY is next_one.deliver_next()
        return answer

    transport.service.announce = slow  # type: ignore[attr-defined]
    assert Outcome.LOST is late.deliver_next()
    assert 1 == len(service.submitted())
    assert 2 == len(service.held)
