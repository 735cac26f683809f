"""Metrics for Prometheus: what waits is asked of the database, what happens is read off the log.

Every event is logged anyway, without anything about a person (R52); counting the lines keeps the
portal free of a second way to say the same. Labels are targets, procedures, routes and our codes.
"""

from collections.abc import Callable, Iterable, MutableMapping
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from portal.delivery import health
from portal.storage import deliveries
from portal.storage.refusals import UnavailableError
from portal.storage.store import Store

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
RESULTS = {
    "delivered": "delivered",
    "delivery-failed": "failed",
    "acknowledgement-differs": "differs",
    "target-out-of-order": "target-down",
    "lease-lost": "lease-lost",
}
UPLOADS = {
    "upload-kept": "kept",
    "malware-found": "malware",
    "scanner-unavailable": "not-scanned",
}
_STEPS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_KNOWN_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Metrics:
    """The counters of this process, and gauges over the whole database."""

    def __init__(self, store: Store, targets: Iterable[str]) -> None:
        self.registry = CollectorRegistry()
        self.registry.register(_Waiting(store, tuple(targets)))
        self._accepted = self._counter("accepted", "applications accepted", "procedure")
        self._attempts = self._counter(
            "delivery_attempts", "attempts to deliver by result", "target", "result"
        )
        self._uploads = self._counter("uploads", "files handed in by result", "result")
        self._alarms = self._counter("log_errors", "lines of the log that want somebody", "event")
        self._requests = Histogram(
            "vordruck_http_request_seconds",
            "time to answer",
            ("method", "route", "status"),
            registry=self.registry,
            buckets=_STEPS,
        )

    def _counter(self, name: str, help_text: str, *labels: str) -> Counter:
        return Counter(f"vordruck_{name}", help_text, labels, registry=self.registry)

    def observe(
        self, _logger: object, _method: str, event: MutableMapping[str, Any]
    ) -> MutableMapping[str, Any]:
        """Count one line of the log, and pass it on (a processor of structlog)."""
        name = str(event.get("event", ""))
        if name == "request":
            self._answered(event)
        elif name == "accepted":
            self._accepted.labels(event.get("procedure", "")).inc()
        elif name in UPLOADS:
            self._uploads.labels(UPLOADS[name]).inc()
        elif name in RESULTS:
            self._attempts.labels(event.get("target", ""), RESULTS[name]).inc()
        elif name == "delivery-needs-a-person":
            self._attempts.labels(event.get("target", ""), event.get("state", "")).inc()
        if event.get("level") == "error":
            self._alarms.labels(name).inc()
        return event

    def _answered(self, event: MutableMapping[str, Any]) -> None:
        method = event.get("method", "")
        self._requests.labels(
            method if method in _KNOWN_METHODS else "other",
            event.get("route", ""),
            f"{int(event.get('status', 0)) // 100}xx",
        ).observe(float(event.get("ms", 0)) / 1000)

    def text(self) -> bytes:
        """As Prometheus reads them."""
        return generate_latest(self.registry)


class _Waiting(Collector):
    """Looks into the database whenever somebody asks."""

    def __init__(self, store: Store, targets: tuple[str, ...]) -> None:
        self._store = store
        self._targets = targets

    def describe(self) -> Iterable[Metric]:
        """Nothing beforehand: registering must not touch the database."""
        return ()

    def collect(self) -> Iterable[Metric]:
        """The gauges; without a database only that it is not there."""
        seen = health.look(self._store)
        ready = GaugeMetricFamily("vordruck_ready", "whether applications can be accepted")
        ready.add_metric((), float(seen.is_ready))
        free = GaugeMetricFamily("vordruck_free_bytes", "room on the disk of the files")
        free.add_metric((), float(seen.free_bytes))
        alarms = GaugeMetricFamily("vordruck_alarm", "what a person should look at", None, ["code"])
        for code in seen.alarms:
            alarms.add_metric((code,), 1)
        yield from (ready, free, alarms)
        try:
            yield from self._deliveries()
        except UnavailableError:
            return

    def _deliveries(self) -> Iterable[Metric]:
        now = self._store.now()
        lines = deliveries.targets(self._store, self._targets)
        counted = _gauge("deliveries", "deliveries by state", ["target", "state"])
        oldest = _gauge("oldest_undelivered_seconds", "age of the oldest open one", ["target"])
        state = _gauge("target_state", "1: closed, open or paused", ["target", "state"])
        for line in lines:
            for name, number in sorted(line.counts.items()):
                counted.add_metric((line.name, name), number)
            age = (now - line.oldest).total_seconds() if line.oldest else 0.0
            oldest.add_metric((line.name,), max(age, 0.0))
            for name in ("closed", "open", "paused"):
                state.add_metric((line.name, name), float(line.state == name))
        return (counted, oldest, state)


def _gauge(name: str, help_text: str, labels: list[str]) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"vordruck_{name}", help_text, None, labels)


Observer = Callable[[object, str, MutableMapping[str, Any]], MutableMapping[str, Any]]
