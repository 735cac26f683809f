import threading
from datetime import timedelta

import pytest

from portal.storage import deliveries, outbox, retention
from portal.storage.outbox import State
from portal.storage.records import Job
from portal.storage.store import Store
from tests.portal.stores import PROCEDURE, VirtualClock, submit

LEASE = timedelta(minutes=5)
SECOND = timedelta(seconds=1)


def _claim(store: Store, target: str | None = None) -> Job:
    job = outbox.claim(store, LEASE, None if target is None else (target,))
    assert job is not None
    return job


def _acknowledge(store: Store, job: Job) -> bool:
    return outbox.acknowledge(store, job, job.payload.size, job.payload.sha256, "there")


def test_r11_each_target_has_a_state_of_its_own(store: Store) -> None:
    """One is acknowledged, the other rejected; neither moves the other."""
    receipt = submit(store)
    dms, fach = _claim(store, "dms"), _claim(store, "fachverfahren")
    assert outbox.claim(store, LEASE) is None
    assert _acknowledge(store, dms)
    assert outbox.give_up(store, fach, State.REJECTED, "bad-request")
    held = outbox.states(store, receipt.submission_id)
    assert [("dms", "acknowledged", 1), ("fachverfahren", "rejected", 1)] == [
        (one.target, one.state, one.attempts) for one in held
    ]
    assert outbox.claim(store, LEASE) is None
    assert outbox.next_due(store) is None


def test_r14_the_key_is_the_same_for_every_attempt(store: Store, clock: VirtualClock) -> None:
    """And another for every target and submission."""
    submit(store)
    submit(store)
    keys: dict[str, set[str]] = {}
    for _ in range(5):
        while (job := outbox.claim(store, LEASE)) is not None:
            keys.setdefault(job.id, set()).add(job.key)
            outbox.retry(store, job, clock.at + SECOND, "again")
        clock.advance(SECOND)
    assert 4 == len(keys)
    assert {1} == {len(one) for one in keys.values()}
    assert 4 == len(set.union(*keys.values()))


def test_r16_an_acknowledgement_of_something_else_counts_for_nothing(store: Store) -> None:
    """Half the size, another hash: the delivery stays open."""
    receipt = submit(store)
    job = _claim(store, "dms")
    assert outbox.sending(store, job)
    assert not outbox.acknowledge(store, job, job.payload.size // 2, job.payload.sha256)
    assert not outbox.acknowledge(store, job, job.payload.size, "0" * 64)
    assert State.SENT_UNKNOWN == outbox.states(store, receipt.submission_id)[0].state


def test_r17_a_late_worker_changes_nothing(store: Store, clock: VirtualClock) -> None:
    """Its lease ran out, another has the delivery; whatever it says comes to nothing."""
    receipt = submit(store)
    late = _claim(store, "dms")
    clock.advance(LEASE + SECOND)
    quick = _claim(store, "dms")
    assert (late.id, late.fence + 1) == (quick.id, quick.fence)
    assert not outbox.sending(store, late)
    assert not _acknowledge(store, late)
    assert not outbox.retry(store, late, clock.at, "late")
    assert not outbox.give_up(store, late, State.PARKED, "late")
    assert _acknowledge(store, quick)
    assert not _acknowledge(store, quick)
    taken = [(one.fence, one.step) for one in outbox.steps(store, receipt.submission_id, "dms")]
    assert [(1, "claimed"), (2, "claimed"), (2, "acknowledged")] == taken


def test_r17_a_lease_in_time_is_nobody_elses(store: Store, clock: VirtualClock) -> None:
    """Up to its last second."""
    submit(store)
    _claim(store, "dms")
    clock.advance(LEASE)
    assert outbox.claim(store, LEASE, ("dms",)) is None
    clock.advance(SECOND)
    assert outbox.claim(store, LEASE, ("dms",)) is not None


def test_r17_many_workers_never_take_the_same_delivery(store: Store) -> None:
    """Eight threads, forty deliveries, each taken once."""
    for _ in range(20):
        submit(store)
    taken: list[str] = []

    def work() -> None:
        while (job := outbox.claim(store, LEASE)) is not None:
            taken.append(job.id)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 40 == len(taken)
    assert 40 == len(set(taken))


@pytest.mark.parametrize("state", ["waiting", "leased"])
def test_r13_a_clock_set_back_years_delays_nothing(
    store: Store, clock: VirtualClock, state: str
) -> None:
    """A due time ten years ahead can only come from a clock that was wrong."""
    clock.advance(timedelta(days=3650))
    submit(store)
    job = _claim(store, "dms")
    if state == "waiting":
        outbox.retry(store, job, clock.at + outbox.LONGEST_WAIT, "down")
    clock.advance(timedelta(days=-3650))
    assert _claim(store, "dms").id == job.id


def test_r13_what_was_given_up_goes_on_when_a_person_says_so(
    store: Store, clock: VirtualClock
) -> None:
    """Parked is not dropped; the patience begins anew, the name is on record."""
    receipt = submit(store)
    outbox.give_up(store, _claim(store, "dms"), State.PARKED, "down")
    assert not outbox.resume(store, receipt.submission_id, "fachverfahren", "Betrieb 3")
    clock.advance(timedelta(days=60))
    heard = store.bell.count
    assert outbox.resume(store, receipt.submission_id, "dms", "Betrieb 3")
    assert heard < store.bell.count
    job = _claim(store, "dms")
    assert clock.at == job.first_due_at
    assert _acknowledge(store, job)


def test_a_delivery_is_due_when_it_was_put_off_to(store: Store, clock: VirtualClock) -> None:
    """Not earlier; the loop learns when to look again."""
    submit(store)
    _acknowledge(store, _claim(store, "fachverfahren"))
    due = clock.at + 40 * SECOND
    outbox.retry(store, _claim(store, "dms"), due, "down")
    assert due == outbox.next_due(store) == outbox.next_due(store, ("dms",))
    assert outbox.next_due(store, ("fachverfahren",)) is None
    clock.advance(39 * SECOND)
    assert outbox.claim(store, LEASE) is None
    clock.advance(SECOND)
    assert _claim(store).target == "dms"
    assert clock.at + LEASE == outbox.next_due(store)


def test_what_waits_can_be_counted(store: Store, clock: VirtualClock) -> None:
    """For alarms: how much, since when, how much needs a person."""
    first = clock.at
    submit(store)
    clock.advance(timedelta(minutes=9))
    submit(store)
    outbox.give_up(store, _claim(store), State.PARKED, "down")
    outbox.give_up(store, _claim(store), State.REJECTED, "no")
    _claim(store)
    waits = deliveries.waiting(store)
    assert (2, 1, 1) == (waits.open, waits.parked, waits.rejected)
    assert waits.oldest is not None
    assert waits.oldest > first
    while (job := outbox.claim(store, LEASE)) is not None:
        _acknowledge(store, job)


def test_a_delivery_whose_submission_was_released_and_deleted_ends_quietly(
    store: Store, clock: VirtualClock
) -> None:
    """A worker may hold it at that moment."""
    receipt = submit(store)
    job = _claim(store)
    retention.release(store, receipt.submission_id, "Sachbearbeitung 7")
    clock.advance(SECOND)
    assert 1 == retention.delete_delivered(store, PROCEDURE, timedelta(0))
    assert not outbox.sending(store, job)
    assert not _acknowledge(store, job)
