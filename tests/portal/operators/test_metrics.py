import urllib.request
from datetime import timedelta
from pathlib import Path

import structlog
from prometheus_client.parser import text_string_to_metric_families

from portal.delivery.transports.transport import RefusedError, TargetDownError, UnreachableError
from portal.delivery.worker import Worker
from portal.operators.door import door_of
from portal.operators.metrics import Metrics
from portal.settings import Settings
from portal.storage import breaker
from portal.storage.store import Store
from portal.web import logs
from tests.portal.delivery.carriers import Recorder, Told
from tests.portal.operators.conftest import PASSWORD, basic
from tests.portal.stores import SESSION, VirtualClock, submit


def _read(text: str) -> dict[str, float]:
    """Every sample as Prometheus would name it."""
    return {
        f"{one.name}{dict(sorted(one.labels.items())) or ''}": one.value
        for family in text_string_to_metric_families(text)
        for one in family.samples
    }


def test_r66_gauges_tell_what_waits(store: Store, clock: VirtualClock, metrics: Metrics) -> None:
    """By target and state, with the age of the oldest and the state of the target."""
    for _ in range(3):
        submit(store)
    faults = iter([TargetDownError("http-503")])

    def deed(_key: str, _content: bytes) -> None:
        raise next(faults)

    Worker(store, {"dms": Told(deed)}, dice=lambda: 1.0).deliver_next()
    Worker(store, {"fachverfahren": Recorder()}).deliver_next()
    breaker.pause(store, "fachverfahren", "Betrieb 3")
    clock.advance(timedelta(minutes=7))
    seen = _read(metrics.text().decode())
    assert 3 == seen["vordruck_deliveries{'state': 'pending', 'target': 'dms'}"]
    assert 1 == seen["vordruck_deliveries{'state': 'acknowledged', 'target': 'fachverfahren'}"]
    assert 420 == seen["vordruck_oldest_undelivered_seconds{'target': 'dms'}"]
    assert 1 == seen["vordruck_target_state{'state': 'open', 'target': 'dms'}"]
    assert 0 == seen["vordruck_target_state{'state': 'closed', 'target': 'dms'}"]
    assert 1 == seen["vordruck_target_state{'state': 'paused', 'target': 'fachverfahren'}"]
    assert 1 == seen["vordruck_ready"]
    assert 1 == seen["vordruck_alarm{'code': 'deliveries-late'}"]


def test_counters_are_read_off_the_log(store: Store, metrics: Metrics) -> None:
    """What is logged is counted, with labels that say nothing about anybody."""
    usual = structlog.get_config()
    logs.set_up(also=metrics.observe)
    faults = iter([UnreachableError("x"), RefusedError("y"), None, None])

    def deed(_key: str, _content: bytes) -> None:
        if fault := next(faults):
            raise fault

    try:
        receipts = [submit(store) for _ in range(4)]
        worker = Worker(store, {"dms": Told(deed)}, dice=lambda: 1.0)
        while worker.deliver_next():
            pass
        logs.log().info("accepted", procedure="probe", submission=receipts[0].submission_id)
        logs.log().info("request", method="GET", route="/p/{procedure}", status=200, ms=12.0)
        logs.log().info("request", method="BREW", route="none", status=405, ms=1.0)
        logs.log().info("upload-kept")
    finally:
        structlog.configure(**usual)
    text = metrics.text().decode()
    seen = _read(text)
    attempts = "vordruck_delivery_attempts_total"
    assert 2 == seen[f"{attempts}{{'result': 'delivered', 'target': 'dms'}}"]
    assert 1 == seen[f"{attempts}{{'result': 'failed', 'target': 'dms'}}"]
    assert 1 == seen[f"{attempts}{{'result': 'rejected', 'target': 'dms'}}"]
    assert 1 == seen["vordruck_accepted_total{'procedure': 'probe'}"]
    assert 1 == seen["vordruck_uploads_total{'result': 'kept'}"]
    assert 1 == seen["vordruck_log_errors_total{'event': 'delivery-needs-a-person'}"]
    labels = "{'method': 'GET', 'route': '/p/{procedure}', 'status': '2xx'}"
    assert 0.012 == seen[f"vordruck_http_request_seconds_sum{labels}"]
    assert "BREW" not in text
    for receipt in receipts:
        assert receipt.submission_id not in text
        assert receipt.reference not in text
    assert SESSION not in text


def test_the_door_serves_beside_the_portal(store: Store, tmp_path: Path) -> None:
    """On a port of its own, as the settings say."""
    usual = structlog.get_config()
    secret = tmp_path / "secret"
    secret.write_text(PASSWORD + "\n")
    door = door_of(Settings(operators_port=0, operators_password_file=secret), store, ("dms",))
    assert door is not None
    door.start()
    try:
        request = urllib.request.Request(door.address + "metrics", headers=basic())  # noqa: S310
        with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310 - our own address
            assert "vordruck_ready" in _read(answer.read().decode())
    finally:
        door.stop()
        structlog.configure(**usual)
