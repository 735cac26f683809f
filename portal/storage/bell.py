"""A bell inside one process: tells the delivery at once that something new waits."""

import threading


class Bell:
    """Counts its rings, so that one between two waits is not missed."""

    def __init__(self) -> None:
        self._rung = threading.Condition()
        self._count = 0

    @property
    def count(self) -> int:
        """How often it has rung."""
        return self._count

    def ring(self) -> None:
        """Wake everybody who waits."""
        with self._rung:
            self._count += 1
            self._rung.notify_all()

    def wait(self, heard: int, seconds: float) -> int:
        """Wait for a ring after the `heard` one, at most so long; the rings by then."""
        with self._rung:
            self._rung.wait_for(lambda: self._count != heard, timeout=max(0.0, seconds))
            return self._count
