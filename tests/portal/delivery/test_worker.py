import json
import threading
from datetime import timedelta
from pathlib import Path

import pytest
import structlog
from sqlmodel import select

from portal.delivery.transports.folder import Folder
from portal.delivery.transports.transport import Acknowledgement, RefusedError
from portal.delivery.worker import PATIENCE, Outcome, Worker
from portal.storage import outbox, submissions
from portal.storage.outbox import LONGEST_WAIT, State
from portal.storage.store import Store
from portal.storage.tables import AuditRow
from tests.portal.delivery.carriers import Recorder, Told, acknowledged, fail
from tests.portal.stores import SESSION, VirtualClock, new_draft, open_store, submit

LEASE = timedelta(minutes=5)
CANARY = "Fantasia-Canary-7719"


def _drain(worker: Worker) -> list[Outcome]:
    outcomes = []
    while (outcome := worker.deliver_next()) is not None:
        outcomes.append(outcome)
    return outcomes


def _delivered_entries(store: Store) -> list[str]:
    with store.database.reading() as session:
        rows = session.exec(select(AuditRow).where(AuditRow.action == "delivered")).all()
    return sorted(f"{row.subject} {row.detail}" for row in rows)


def test_r11_a_broken_target_does_not_repeat_the_other(store: Store, clock: VirtualClock) -> None:
    """The message went once, however often the filing failed."""
    receipt = submit(store)
    good, broken = Recorder(), Told(fail)
    worker = Worker(store, {"fachverfahren": good, "dms": broken}, dice=lambda: 1.0)
    for _ in range(20):
        _drain(worker)
        clock.advance(timedelta(hours=1))
    assert 1 == len(good.sent)
    assert 20 == len(broken.sent)
    dms, fach = outbox.states(store, receipt.submission_id)
    assert (State.PENDING, 20, "down") == (dms.state, dms.attempts, dms.last_fault)
    assert (State.ACKNOWLEDGED, 1, None) == (fach.state, fach.attempts, fach.last_fault)
    assert [f"{receipt.submission_id} fachverfahren"] == _delivered_entries(store)


def test_r13_down_for_29_days_then_up_is_delivered(store: Store, clock: VirtualClock) -> None:
    """No limit of attempts: every wait is an hour at most, none gives up."""
    receipt = submit(store)
    up = clock.at + timedelta(days=29)
    pause = timedelta(
        hours=1
    )  # the worker has other things to do; it spares the test half its time
    waits: list[timedelta] = []

    def down(key: str, content: bytes) -> Acknowledgement | None:
        return fail(key, content) if clock.at < up else None

    carrier = Told(down)
    worker = Worker(store, {"fachverfahren": Recorder(), "dms": carrier}, dice=lambda: 1.0)
    while (due := outbox.next_due(store)) is not None:
        waits.append(due - clock.at)
        clock.at = max(due, clock.at) + pause
        assert worker.deliver_next() in (Outcome.RETRY, Outcome.DELIVERED)
    assert up <= clock.at <= up + LONGEST_WAIT + pause
    assert max(waits) == LONGEST_WAIT
    assert 29 * 24 / 2 < len(carrier.sent)
    assert {State.ACKNOWLEDGED} == {
        one.state for one in outbox.states(store, receipt.submission_id)
    }


def test_r13_after_30_days_a_person_is_called_and_nothing_is_dropped(
    store: Store, clock: VirtualClock
) -> None:
    """Parked, alarmed in the log, on record; on a person's word it goes on."""
    receipt = submit(store)
    carrier = Told(fail)
    worker = Worker(store, {"dms": carrier}, dice=lambda: 1.0)
    clock.advance(PATIENCE)
    assert [Outcome.RETRY] == _drain(worker)
    clock.advance(LONGEST_WAIT)
    with structlog.testing.capture_logs() as logs:
        assert [Outcome.PARKED] == _drain(worker)
    assert [("error", "delivery-needs-a-person", "parked")] == [
        (one["log_level"], one["event"], one["state"]) for one in logs
    ]
    clock.advance(timedelta(days=300))
    assert [] == _drain(worker)
    outbox.resume(store, receipt.submission_id, "dms", "Betrieb 3")
    healed = Recorder()
    assert [Outcome.DELIVERED] == _drain(Worker(store, {"dms": healed}))
    assert carrier.sent[0] == healed.sent[0]


def test_r14_one_key_over_attempts_and_restarts(folder: Path, clock: VirtualClock) -> None:
    """The target can tell a repetition from a second application."""
    seen: dict[str, set[bytes]] = {}

    def remember(key: str, content: bytes) -> Acknowledgement | None:
        seen.setdefault(key, set()).add(content)
        return fail(key, content)

    for _ in range(4):
        store = open_store(folder, clock)
        if not seen:
            receipts = [submit(store) for _ in range(5)]
        carrier = Told(remember)
        _drain(Worker(store, {"fachverfahren": carrier, "dms": carrier}, dice=lambda: 1.0))
        assert 10 == len(carrier.sent)
        store.close()
        clock.advance(timedelta(hours=1))
    wanted = {f"{one.submission_id}.{to}" for one in receipts for to in ("fachverfahren", "dms")}
    assert wanted == set(seen)
    assert {1} == {len(contents) for contents in seen.values()}


def test_r16_a_target_that_kept_half_is_not_believed(store: Store, clock: VirtualClock) -> None:
    """Told honestly or not found whole: not delivered, an alarm, another attempt."""
    receipt = submit(store)

    def half(_key: str, content: bytes) -> Acknowledgement:
        return acknowledged(content[: len(content) // 2])

    worker = Worker(store, {"dms": Told(half)}, dice=lambda: 0.5)
    with structlog.testing.capture_logs() as logs:
        assert [Outcome.RETRY] == _drain(worker)
    assert "acknowledgement-differs" == logs[0]["event"]
    assert "error" == logs[0]["log_level"]
    state = outbox.states(store, receipt.submission_id)[0]
    assert (State.PENDING, "acknowledgement-differs") == (state.state, state.last_fault)
    assert [] == _delivered_entries(store)


def test_r17_a_worker_that_slept_past_its_lease_says_nothing(
    store: Store, clock: VirtualClock
) -> None:
    """It sent as well, to a target that knows the key; one acknowledgement is on record."""
    receipt = submit(store)
    quick = Worker(store, {"dms": Recorder()}, lease=LEASE)

    def sleep(_key: str, _content: bytes) -> None:
        clock.advance(LEASE + timedelta(seconds=1))
        assert [Outcome.DELIVERED] == _drain(quick)

    with structlog.testing.capture_logs() as logs:
        assert [Outcome.LOST] == _drain(Worker(store, {"dms": Told(sleep)}, lease=LEASE))
    assert "lease-lost" == logs[-1]["event"]
    assert [f"{receipt.submission_id} dms"] == _delivered_entries(store)
    steps = [(one.fence, one.step) for one in outbox.steps(store, receipt.submission_id, "dms")]
    assert [(1, "claimed"), (1, "sending")] == steps[:2]
    assert [(2, "claimed"), (2, "sending"), (2, "acknowledged")] == steps[2:]


@pytest.mark.parametrize("late", ["fails", "is refused", "sleeps before sending"])
def test_r17_a_late_fault_does_not_reopen_what_has_arrived(
    store: Store, clock: VirtualClock, late: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor is a late refusal believed."""
    receipt = submit(store)
    quick = Worker(store, {"dms": Recorder()}, lease=LEASE)

    def sleep(_key: str = "", _content: bytes = b"") -> None:
        clock.advance(LEASE + timedelta(seconds=1))
        assert [Outcome.DELIVERED] == _drain(quick)

    def deed(key: str, content: bytes) -> Acknowledgement | None:
        sleep()
        if late == "fails":
            return fail(key, content)
        raise RefusedError("no")

    carrier = Told(deed)
    if late == "sleeps before sending":
        real = submissions.payload_bytes

        def slow(of: Store, payload_id: str) -> bytes:
            monkeypatch.setattr(submissions, "payload_bytes", real)
            sleep()
            return real(of, payload_id)

        monkeypatch.setattr(submissions, "payload_bytes", slow)
    assert [Outcome.LOST] == _drain(Worker(store, {"dms": carrier}, lease=LEASE))
    assert (0 if late == "sleeps before sending" else 1) == len(carrier.sent)
    assert State.ACKNOWLEDGED == outbox.states(store, receipt.submission_id)[0].state


def test_r18_while_bytes_travel_others_can_write(store: Store) -> None:
    """No transaction is open: a draft is made in the middle of a sending."""
    submit(store)

    def meanwhile(_key: str, _content: bytes) -> None:
        writer = threading.Thread(target=new_draft, args=(store,))
        writer.start()
        writer.join(3)
        assert not writer.is_alive()

    carrier = Told(meanwhile)
    assert [Outcome.DELIVERED] * 2 == _drain(
        Worker(store, {"fachverfahren": carrier, "dms": carrier})
    )


def test_r21_what_was_tampered_with_never_leaves_the_house(store: Store) -> None:
    """The delivery stops for a person to look; the target sees nothing."""
    receipt = submit(store)
    one = next(
        one for one in submissions.payloads_of(store, receipt.submission_id) if one.output == "dms"
    )
    path = store.files.root / one.id[:2] / f"{one.id}.payload"
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    carrier = Recorder()
    with structlog.testing.capture_logs() as logs:
        assert [Outcome.PARKED] == _drain(Worker(store, {"dms": carrier}))
    assert [] == carrier.sent
    assert ("error", "stored-payload-damaged") == (logs[0]["log_level"], logs[0]["fault"])


def test_r21_a_disk_that_is_away_for_a_while_only_delays(store: Store, clock: VirtualClock) -> None:
    """Its files are not damaged, only not there."""
    submit(store)
    away = store.files.root.with_name("away")
    store.files.root.rename(away)
    worker = Worker(store, {"dms": Recorder()}, dice=lambda: 0.0)
    assert [Outcome.RETRY] == _drain(worker)
    away.rename(store.files.root)
    clock.advance(timedelta(seconds=1))
    assert [Outcome.DELIVERED] == _drain(worker)


def test_a_refusal_for_good_waits_for_a_person(store: Store, clock: VirtualClock) -> None:
    """Repeating it would change nothing."""
    receipt = submit(store)

    def refuse(_key: str, _content: bytes) -> None:
        raise RefusedError("schema")

    carrier = Told(refuse)
    worker = Worker(store, {"dms": carrier})
    assert [Outcome.REJECTED] == _drain(worker)
    clock.advance(timedelta(days=20))
    assert [] == _drain(worker)
    state = outbox.states(store, receipt.submission_id)[0]
    assert (State.REJECTED, "schema") == (state.state, state.last_fault)


def test_r52_faults_and_logs_hold_nothing_of_a_payload(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    """A library's message may quote what it was given; only its kind is kept."""
    from portal.web import logs

    receipt = submit(store)

    def quote(_key: str, _content: bytes) -> None:
        raise ValueError(f"cannot send {CANARY}")

    usual = structlog.get_config()
    logs.set_up()
    try:
        _drain(Worker(store, {"dms": Told(quote), "fachverfahren": Recorder()}))
    finally:
        structlog.configure(**usual)
    told = capsys.readouterr().err
    lines = [json.loads(line) for line in told.splitlines()]
    assert {"delivery-failed", "delivered"} == {line["event"] for line in lines}
    assert CANARY not in told
    assert SESSION not in told
    assert receipt.reference not in told
    assert "ValueError" == outbox.states(store, receipt.submission_id)[0].last_fault


def test_r06_what_the_folder_holds_is_what_was_accepted(store: Store, folder: Path) -> None:
    """Hash in the row, hash of the file: the same."""
    receipt = submit(store)
    transports = {name: Folder(folder / "out" / name) for name in ("fachverfahren", "dms")}
    assert [Outcome.DELIVERED] * 2 == _drain(Worker(store, transports))
    kept = {one.output: one for one in submissions.payloads_of(store, receipt.submission_id)}
    for target, output in (("fachverfahren", "xoev"), ("dms", "dms")):
        (path,) = (folder / "out" / target).iterdir()
        told = acknowledged(path.read_bytes())
        assert (kept[output].size, kept[output].sha256) == (told.size, told.sha256)
