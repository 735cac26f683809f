"""Whether the portal lives, can keep applications, and gets rid of them (R66)."""

import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from portal.storage import breaker, deliveries, letters, quarantine
from portal.storage.letters import LetterState
from portal.storage.refusals import UnavailableError
from portal.storage.store import Store

RESERVE_BYTES = 200_000_000  # below this, accepting stops before the disk is full
LATE = timedelta(minutes=5)
PROBE_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Health:
    """For a probe and for alarms; nothing in it is about a person."""

    can_write: bool
    free_bytes: int
    undelivered: int
    oldest_undelivered: timedelta | None
    parked: int
    rejected: int
    letters_parked: int = 0
    messages_refused: int = 0  # of authorities; they fit no case, or cannot be read
    stopped: tuple[str, ...] = ()  # targets that are out of order or paused

    @property
    def is_ready(self) -> bool:
        """Whether applications can be accepted; late deliveries do not stop that."""
        return self.can_write and self.free_bytes >= RESERVE_BYTES

    @property
    def alarms(self) -> tuple[str, ...]:
        """What a person should look at, as codes."""
        late = self.oldest_undelivered is not None and self.oldest_undelivered > LATE
        told = {
            "database-not-writable": not self.can_write,
            "disk-nearly-full": self.free_bytes < RESERVE_BYTES,
            "deliveries-late": late,
            "deliveries-parked": self.parked > 0,
            "deliveries-rejected": self.rejected > 0,
            "targets-stopped": bool(self.stopped),
            "letters-parked": self.letters_parked > 0,
            "messages-refused": self.messages_refused > 0,
        }
        return tuple(code for code, holds in told.items() if holds)


def is_alive() -> bool:
    """The process answers; touches neither disk nor database."""
    return True


def look(store: Store) -> Health:
    """How things stand; never raises."""
    free = _free_bytes(store)
    try:
        store.database.prove_writable()
        waiting = deliveries.waiting(store)
        stopped = tuple(one.name for one in breaker.states(store) if one.state != "closed")
        parked = letters.count(store, LetterState.PARKED)
        refused = quarantine.count(store)
    except UnavailableError:
        return Health(False, free, 0, None, 0, 0)
    age = None if waiting.oldest is None else store.now() - waiting.oldest
    return Health(
        can_write=True,
        free_bytes=free,
        undelivered=waiting.open,
        oldest_undelivered=age,
        parked=waiting.parked,
        rejected=waiting.rejected,
        letters_parked=parked,
        messages_refused=refused,
        stopped=stopped,
    )


class Probe:
    """Asks whether applications can be accepted, at most every two seconds: anybody may knock."""

    def __init__(self, store: Store, steady: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._steady = steady
        self._asking = threading.Lock()
        self._asked_at: float | None = None
        self._last = False

    def is_ready(self) -> bool:
        """The answer of now, or of two seconds ago."""
        with self._asking:
            now = self._steady()
            if self._asked_at is None or now - self._asked_at >= PROBE_SECONDS:
                self._last, self._asked_at = look(self._store).is_ready, now
            return self._last


def _free_bytes(store: Store) -> int:
    try:
        return shutil.disk_usage(store.files.root).free
    except OSError:
        return 0
