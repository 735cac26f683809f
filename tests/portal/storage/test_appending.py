import threading
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from portal.storage import (
    appending,
    audit,
    breaker,
    deliveries,
    orphans,
    outbox,
    retention,
    submissions,
)
from portal.storage.outbox import State
from portal.storage.records import Job, Payload
from portal.storage.store import Store
from portal.storage.tables import AuditRow
from tests.portal.stores import PROCEDURE, VirtualClock, submit

LEASE = timedelta(minutes=5)
SECOND = timedelta(seconds=1)


def _answer(number: int, target: str | None = "fachverfahren", fault: str = "") -> Payload:
    content = f"<answer>{number}</answer>".encode()
    return Payload(f"130103-{number}", "antwort.xml", "application/xml", content, target, fault)


def _claim(store: Store, target: str = "fachverfahren") -> Job | None:
    return outbox.claim(store, LEASE, (target,))


def _acknowledge(store: Store, job: Job | None) -> Job:
    assert job is not None
    assert outbox.acknowledge(store, job, job.payload.size, job.payload.sha256)
    return job


def test_a_later_delivery_waits_for_the_earlier_one_of_its_case(
    store: Store, clock: VirtualClock
) -> None:
    """And nobody else does: another case's delivery goes meanwhile."""
    receipt = submit(store)
    assert appending.append(store, receipt.submission_id, [_answer(1), _answer(2)], "applicant")
    first = _claim(store)
    assert first is not None
    assert 0 == first.ordinal
    other = submit(store)
    clock.advance(SECOND)
    seen = _acknowledge(store, _claim(store))
    assert other.submission_id == seen.submission_id
    assert _claim(store) is None
    _acknowledge(store, first)
    arrived = [_acknowledge(store, _claim(store)) for _ in range(2)]
    assert [(1, "130103-1"), (2, "130103-2")] == [
        (one.ordinal, one.payload.output) for one in arrived
    ]
    assert _claim(store) is None
    assert 3 == len({first.key, *(one.key for one in arrived)})
    assert b"<answer>2</answer>" == submissions.payload_bytes(store, arrived[1].payload.id)


@pytest.mark.parametrize("stuck", [State.REJECTED, State.PARKED])
def test_what_is_stuck_holds_up_its_own_case_until_it_is_released(
    store: Store, stuck: State
) -> None:
    """A named person lets the later ones pass; nothing wakes the worker meanwhile."""
    receipt = submit(store)
    appending.append(store, receipt.submission_id, [_answer(1)], "applicant")
    job = _claim(store)
    assert job is not None
    assert outbox.give_up(store, job, stuck, "schema")
    assert _claim(store) is None
    assert outbox.next_due(store, ("fachverfahren",)) is None
    assert outbox.release(store, job.id, "Betrieb 3")
    assert not outbox.release(store, job.id, "Betrieb 3")
    assert 1 == _acknowledge(store, _claim(store)).ordinal
    with store.database.reading() as session:
        query = select(AuditRow).where(AuditRow.action == "delivery-released")
        assert [("Betrieb 3", receipt.submission_id)] == [
            (row.actor, row.subject) for row in session.exec(query)
        ]
        assert audit.broken_link(session) is None


def test_what_waits_for_a_retry_holds_up_its_own_case_only(
    store: Store, clock: VirtualClock
) -> None:
    """The worker wakes when the earlier one is due, not before."""
    receipt = submit(store)
    appending.append(store, receipt.submission_id, [_answer(1)], "applicant")
    job = _claim(store)
    assert job is not None
    due = clock.at + timedelta(minutes=10)
    assert outbox.retry(store, job, due, "down")
    assert _claim(store) is None
    assert due == outbox.next_due(store, ("fachverfahren",))
    clock.advance(timedelta(minutes=10))
    assert 0 == _acknowledge(store, _claim(store)).ordinal
    assert 1 == _acknowledge(store, _claim(store)).ordinal


def test_r14_repeating_an_append_sends_nothing_twice(store: Store) -> None:
    """The same bytes under the same name are the same thing; others are a mistake."""
    receipt = submit(store)
    for _ in range(3):
        assert appending.append(store, receipt.submission_id, [_answer(1)], "applicant")
    assert 2 == sum(
        one.target == "fachverfahren" for one in outbox.states(store, receipt.submission_id)
    )
    other = Payload("130103-1", "antwort.xml", "application/xml", b"other", "fachverfahren")
    with pytest.raises(ValueError, match="130103-1"):
        appending.append(store, receipt.submission_id, [other], "applicant")
    assert not appending.append(store, "no-such-submission", [other], "applicant")


def test_r03_an_append_is_whole_or_not_at_all(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither row nor delivery nor entry stays of one that failed; its file is swept."""
    receipt = submit(store)
    before = outbox.states(store, receipt.submission_id)

    def fail(name: str) -> None:
        if name.endswith("commit"):
            raise RuntimeError

    monkeypatch.setattr(appending, "failpoint", fail)
    with pytest.raises(RuntimeError):
        appending.append(store, receipt.submission_id, [_answer(1), _answer(2, None)], "applicant")
    assert before == outbox.states(store, receipt.submission_id)
    assert 3 == len(submissions.payloads_of(store, receipt.submission_id))
    assert 2 == orphans.sweep(store, timedelta(0))
    monkeypatch.undo()
    assert appending.append(store, receipt.submission_id, [_answer(1)], "applicant")
    assert 4 == len(submissions.payloads_of(store, receipt.submission_id))


def test_two_that_append_at_once_both_get_a_place(store: Store) -> None:
    """Places are given one after the other, none twice."""
    receipt = submit(store)
    threads = [
        threading.Thread(
            target=appending.append,
            args=(store, receipt.submission_id, [_answer(number)], "applicant"),
        )
        for number in range(8)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    places = [
        one.ordinal
        for one in outbox.states(store, receipt.submission_id)
        if one.target == "fachverfahren"
    ]
    assert list(range(9)) == places


def test_what_its_schema_refuses_waits_for_a_person(store: Store) -> None:
    """Kept, on record, not sent; on a named person's word it goes."""
    receipt = submit(store)
    fault = "payload-invalid"
    appending.append(store, receipt.submission_id, [_answer(1, "dms", fault)], "applicant")
    _acknowledge(store, _claim(store, "dms"))
    assert _claim(store, "dms") is None
    parked = outbox.states(store, receipt.submission_id)[1]
    assert (State.PARKED, fault, 1) == (parked.state, parked.last_fault, parked.ordinal)
    assert 1 == deliveries.waiting(store).parked
    assert outbox.replay(store, parked.id, "Betrieb 3")
    assert 1 == _acknowledge(store, _claim(store, "dms")).ordinal


def test_r12_a_later_delivery_keeps_its_case(store: Store, clock: VirtualClock) -> None:
    """Released ones count as done from then on, unacknowledged ones keep everything."""
    receipt = submit(store)
    for target in ("dms", "fachverfahren"):
        _acknowledge(store, _claim(store, target))
    appending.append(store, receipt.submission_id, [_answer(1)], "applicant")
    clock.advance(timedelta(days=400))
    assert 0 == retention.delete_delivered(store, PROCEDURE, timedelta(days=90))
    late = outbox.states(store, receipt.submission_id)[2]
    assert outbox.release(store, late.id, "Betrieb 3")
    clock.advance(timedelta(days=89))
    assert 0 == retention.delete_delivered(store, PROCEDURE, timedelta(days=90))
    clock.advance(timedelta(days=2))
    assert 1 == retention.delete_delivered(store, PROCEDURE, timedelta(days=90))
    assert not appending.append(store, receipt.submission_id, [_answer(2)], "applicant")


def test_a_paused_target_gets_nothing_until_it_is_resumed(
    store: Store, clock: VirtualClock
) -> None:
    """Others go on; the audit trail names both persons."""
    submit(store)
    assert breaker.pause(store, "dms", "Betrieb 3")
    assert not breaker.pause(store, "dms", "Betrieb 4")
    clock.advance(timedelta(days=40))
    assert outbox.next_due(store, ("dms",)) is None
    assert _claim(store, "dms") is None
    _acknowledge(store, _claim(store))
    assert breaker.go_on(store, "dms", "Betrieb 4")
    assert not breaker.go_on(store, "dms", "Betrieb 4")
    _acknowledge(store, _claim(store, "dms"))
    with store.database.reading() as session:
        query = select(AuditRow).where(AuditRow.subject == "dms").order_by(col(AuditRow.number))
        assert [("target-paused", "Betrieb 3"), ("target-resumed", "Betrieb 4")] == [
            (row.action, row.actor) for row in session.exec(query)
        ]


def test_files_of_later_deliveries_have_names_of_their_own(folder: Path) -> None:
    """The same name twice at one target does not meet what is there."""
    from portal.delivery.transports.folder import name_for

    assert "s1_antwort.xml" == name_for("s1.dms", "antwort.xml")
    assert "s1-2_antwort.xml" == name_for("s1.dms.2", "antwort.xml")
    assert "s1_Abgabe.0401.zip" == name_for("s1.dms.2", "s1_Abgabe.0401.zip")
