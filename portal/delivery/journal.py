"""The journal of one delivery, as a transport sees it that travels in steps."""

from collections.abc import Sequence
from datetime import datetime

from portal.storage import journal
from portal.storage.journal import Note
from portal.storage.records import Job
from portal.storage.store import Store


class LeaseLostError(Exception):
    """Another worker goes on with this delivery: stop, and change nothing any more."""


class Journal:
    """Notes that outlive the worker; see `portal.storage.journal`."""

    def __init__(self, store: Store, job: Job) -> None:
        self._store = store
        self._job = job

    def now(self) -> datetime:
        """The time, aware."""
        return self._store.now()

    def notes(self, prefix: str) -> Sequence[Note]:
        """What was noted under this prefix, in order."""
        return journal.read(self._store, self._job, prefix)

    def note(self, step: str, detail: str = "") -> None:
        """Write down before the next step; LeaseLostError if it is no longer ours to take."""
        if not journal.write(self._store, self._job, step, detail):
            raise LeaseLostError
