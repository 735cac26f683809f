"""What lies with a target and what with a payload; one alarm instead of a thousand."""

from datetime import UTC, datetime, timedelta

import pytest
import structlog
from sqlmodel import select

from portal.delivery.backoff import LOCKED_OUT, LONGEST_PROBE
from portal.delivery.transports.http import refusal, seconds_asked
from portal.delivery.transports.transport import (
    Acknowledgement,
    LockedOutError,
    RefusedError,
    TargetDownError,
    UnreachableError,
)
from portal.delivery.worker import PATIENCE, Outcome, Worker
from portal.storage import audit, breaker, case_notices, deliveries, letters, outbox
from portal.storage.letters import LetterState
from portal.storage.outbox import LONGEST_WAIT, State
from portal.storage.store import Store
from portal.storage.tables import AuditRow
from tests.portal.delivery.carriers import Recorder, Told
from tests.portal.stores import VirtualClock, submit

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def _worker(store: Store, carrier: Recorder | Told) -> Worker:
    return Worker(store, {"dms": carrier}, dice=lambda: 1.0)


def _drain(worker: Worker) -> list[Outcome]:
    outcomes = []
    while (outcome := worker.deliver_next()) is not None:
        outcomes.append(outcome)
    return outcomes


def _raising(fault: Exception) -> Told:
    def deed(_key: str, _content: bytes) -> Acknowledgement | None:
        raise fault

    return Told(deed)


@pytest.mark.parametrize(
    "fault", [TargetDownError("http-503"), ConnectionRefusedError(), LockedOutError("http-401")]
)
def test_a_target_that_is_down_is_tried_with_one_delivery_only(
    store: Store, clock: VirtualClock, fault: Exception
) -> None:
    """Of eight deliveries one finds out; one alarm; another one tries after the wait."""
    for _ in range(8):
        submit(store)
    carrier = _raising(fault)
    worker = _worker(store, carrier)
    with structlog.testing.capture_logs() as logs:
        assert [Outcome.RETRY] == _drain(worker)
    assert [("error", "target-out-of-order")] == [(one["log_level"], one["event"]) for one in logs]
    (state,) = breaker.states(store)
    assert ("open", 1) == (state.state, state.failures)
    assert state.probe_at is not None
    assert state.probe_at == outbox.next_due(store, ("dms",))
    clock.at = state.probe_at
    _drain(worker)
    assert 2 == len(carrier.sent)
    assert 2 == len({sent[0] for sent in carrier.sent})  # a poisoned one cannot block the others


def test_when_it_is_back_everything_goes_at_once(store: Store, clock: VirtualClock) -> None:
    """The probe closes the breaker; nobody sits out a wait of its own."""
    for _ in range(6):
        submit(store)
    down = _worker(store, _raising(TargetDownError("no-connection")))
    for _ in range(12):
        _drain(down)
        clock.advance(timedelta(minutes=6))
    healed = Recorder()
    assert [Outcome.DELIVERED] * 6 == _drain(_worker(store, healed))
    assert ["closed"] == [one.state for one in breaker.states(store)]
    with store.database.reading() as session:
        told = session.exec(select(AuditRow.action).where(AuditRow.subject == "dms")).all()
        assert audit.broken_link(session) is None
    assert ["target-out-of-order", "target-back"] == list(told)


def test_only_one_worker_probes(store: Store, clock: VirtualClock) -> None:
    """While a probe is under way, nobody else goes; if its worker dies, the lease lets another."""
    submit(store)
    submit(store)
    worker = _worker(store, _raising(TargetDownError("no-connection")))
    _drain(worker)
    clock.advance(LONGEST_PROBE)
    lease = timedelta(minutes=2)
    assert outbox.claim(store, lease, ("dms",)) is not None
    assert outbox.claim(store, lease, ("dms",)) is None
    clock.advance(lease + SECOND)
    assert outbox.claim(store, lease, ("dms",)) is not None
    assert outbox.claim(store, lease, ("dms",)) is None


def test_a_wrong_password_is_not_tried_every_few_seconds(store: Store, clock: VirtualClock) -> None:
    """That would lock the account; somebody who has changed it need not wait."""
    submit(store)
    carrier = _raising(LockedOutError("http-401"))
    worker = _worker(store, carrier)
    for _ in range(12):
        _drain(worker)
        clock.advance(LOCKED_OUT)
    assert 2 <= len(carrier.sent) <= 6
    assert breaker.go_on(store, "dms", "Betrieb 3")
    assert [Outcome.DELIVERED] == _drain(_worker(store, Recorder()))


def test_a_fault_of_one_payload_stops_nobody_else(store: Store) -> None:
    """A 500 or a refusal says nothing about the target."""
    receipts = [submit(store) for _ in range(6)]
    faults = iter([UnreachableError("http-500"), RefusedError("http-422"), None, None, None, None])

    def deed(_key: str, _content: bytes) -> Acknowledgement | None:
        if fault := next(faults):
            raise fault
        return None

    outcomes = _drain(_worker(store, Told(deed)))
    assert [Outcome.RETRY, Outcome.REJECTED, *[Outcome.DELIVERED] * 4] == outcomes
    assert [] == breaker.states(store)
    assert {State.PENDING, State.REJECTED, State.ACKNOWLEDGED} == {
        one.state
        for receipt in receipts
        for one in outbox.states(store, receipt.submission_id)
        if one.target == "dms"
    }


@pytest.mark.parametrize(
    ("fault", "wait"),
    [
        (UnreachableError("http-500", timedelta(minutes=20)), timedelta(minutes=20)),
        (TargetDownError("http-503", timedelta(minutes=20)), timedelta(minutes=20)),
        (TargetDownError("http-503", timedelta(days=3)), LONGEST_WAIT),
        (UnreachableError("http-500", timedelta(0)), timedelta(seconds=4)),
    ],
)
def test_retry_after_is_honoured(
    store: Store, clock: VirtualClock, fault: Exception, wait: timedelta
) -> None:
    """As long as the target asks, within an hour; never sooner than our own wait."""
    submit(store)
    _drain(_worker(store, _raising(fault)))
    assert clock.at + wait == outbox.next_due(store, ("dms",))


def test_r13_a_target_that_stays_down_parks_all_after_30_days(
    store: Store, clock: VirtualClock
) -> None:
    """Each one alarmed and on record, none dropped, though only some were ever tried."""
    receipts = [submit(store) for _ in range(5)]
    worker = _worker(store, _raising(TargetDownError("no-connection")))
    _drain(worker)
    clock.advance(PATIENCE)
    assert [Outcome.RETRY] == _drain(worker)
    clock.advance(LONGEST_WAIT)
    young = submit(store)
    with structlog.testing.capture_logs() as logs:
        _drain(worker)
    alarmed = {one["submission"] for one in logs if one["event"] == "delivery-needs-a-person"}
    assert {one.submission_id for one in receipts} == alarmed
    assert 5 == deliveries.waiting(store).parked
    assert State.PENDING == outbox.states(store, young.submission_id)[0].state
    clock.advance(LONGEST_WAIT)
    assert [Outcome.DELIVERED] == _drain(_worker(store, Recorder()))


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, UnreachableError),
        (401, LockedOutError),
        (404, UnreachableError),
        (413, RefusedError),
        (422, RefusedError),
        (429, TargetDownError),
        (500, UnreachableError),
        (503, TargetDownError),
    ],
)
def test_what_a_status_means(status: int, kind: type[Exception]) -> None:
    """Exactly this kind, with the status as its code."""
    fault = refusal(status, "7", NOW)
    assert kind is type(fault)
    assert f"http-{status}" == str(fault)
    if isinstance(fault, UnreachableError):
        assert timedelta(seconds=7) == fault.retry_after


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("120", timedelta(seconds=120)),
        ("Wed, 25 Nov 2026 12:10:00 GMT", timedelta(minutes=10)),
        ("Wed, 25 Nov 2026 11:00:00 GMT", timedelta(0)),
        ("soon", None),
        ("-1", None),
        ("٣", None),
        ("", None),
        (None, None),
        ("9" * 400, timedelta(seconds=10**8)),
    ],
)
def test_retry_after_is_seconds_or_a_date(header: str | None, wait: timedelta | None) -> None:
    """What cannot be read is nothing."""
    assert wait == seconds_asked(header, NOW)


@pytest.mark.parametrize("fault", [TargetDownError("no-connection"), RefusedError("http-422")])
def test_the_applicant_is_told_when_a_delivery_finally_fails(
    store: Store, clock: VirtualClock, fault: Exception
) -> None:
    """Refused, or given up after 30 days: a letter that there is news, once."""
    receipt = submit(store)
    case_notices.remember(store, receipt.submission_id, "erika@beispiel.example", "de")
    worker = _worker(store, _raising(fault))
    _drain(worker)
    clock.advance(PATIENCE + LONGEST_WAIT)
    _drain(worker)
    _drain(worker)
    assert 1 == letters.count(store, LetterState.PENDING)
