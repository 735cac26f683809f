"""Threads that deliver: one for each target, so that one that is down delays no other (R11)."""

import threading
from datetime import timedelta

from portal.delivery.worker import Outcome, Worker
from portal.storage import outbox
from portal.web.logs import log, where

POLL = timedelta(seconds=1)  # applications accepted by another process ring no bell here
_AFTER_FAULT = timedelta(seconds=5)
_SHORTEST = 0.05


class DeliveryLoop:
    """Delivers in the background until it is stopped."""

    def __init__(self, worker: Worker, poll: timedelta = POLL) -> None:
        self.worker = worker
        self.delivered = 0
        self._poll = poll
        self._bell = worker.store.bell
        self._stopping = threading.Event()
        self._counting = threading.Lock()
        self._threads = [
            threading.Thread(target=self._run, args=(name,), name=f"delivery-{name}", daemon=True)
            for name in worker.transports
        ]

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    def stop(self, seconds: float = 10.0) -> bool:
        """Finish what is under way and end; False if something took longer.

        What took longer is not lost: its lease runs out, and the next worker goes on.
        """
        self._stopping.set()
        self._bell.ring()
        for thread in self._threads:
            thread.join(seconds)
        return not any(thread.is_alive() for thread in self._threads)

    def _run(self, target: str) -> None:
        heard = self._bell.count
        while not self._stopping.is_set():
            try:
                outcome = self.worker.deliver_next(target)
                pause = self._pause(target) if outcome is None else 0.0
            except Exception as fault:  # the database is not there: wait and see
                log().error("delivery-fault", kind=type(fault).__name__, where=where(fault))
                outcome, pause = None, _AFTER_FAULT.total_seconds()
            if outcome is Outcome.DELIVERED:
                with self._counting:
                    self.delivered += 1
            if pause and not self._stopping.is_set():
                heard = self._bell.wait(heard, pause)

    def _pause(self, target: str) -> float:
        due = outbox.next_due(self.worker.store, (target,))
        longest = self._poll.total_seconds()
        if due is None:
            return longest
        until = (due - self.worker.store.now()).total_seconds()
        return min(max(until, _SHORTEST), longest)
