"""One delivery from claim to acknowledgement.

Each step is journalled in a short transaction of its own; while bytes travel, no transaction is
open (R18). A worker that dies anywhere leaves a lease behind that runs out; a worker that only
slept finds its fence outdated and changes nothing (R17).
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from portal.delivery.backoff import wait
from portal.delivery.transports.transport import (
    Acknowledgement,
    RefusedError,
    Transport,
    UnreachableError,
)
from portal.storage import outbox, submissions
from portal.storage.faults import failpoint
from portal.storage.outbox import State
from portal.storage.records import Job
from portal.storage.refusals import DamagedError
from portal.storage.store import Store
from portal.web.logs import log

LEASE = timedelta(minutes=5)  # longer than any transport may take
PATIENCE = timedelta(days=30)  # then a person must look


class Outcome(StrEnum):
    """How an attempt ended."""

    DELIVERED = "delivered"
    RETRY = "retry"
    REJECTED = "rejected"
    PARKED = "parked"
    LOST = "lost"  # the lease ran out meanwhile; somebody else goes on


@dataclass(frozen=True, slots=True)
class Worker:
    """Delivers what is due; any number may work side by side."""

    store: Store
    transports: Mapping[str, Transport]
    dice: Callable[[], float] = secrets.SystemRandom().random
    lease: timedelta = LEASE

    def deliver_next(self, target: str | None = None) -> Outcome | None:
        """One attempt at what is due longest, of `target` or of all; None if nothing is due."""
        targets = self.transports.keys() if target is None else (target,)
        job = outbox.claim(self.store, self.lease, targets)
        if job is None:
            return None
        failpoint("claimed")
        outcome = self._attempt(job)
        if outcome is Outcome.LOST:
            log().warning("lease-lost", submission=job.submission_id, target=job.target)
        return outcome

    def _attempt(self, job: Job) -> Outcome:
        try:
            content = submissions.payload_bytes(self.store, job.payload.id)
        except DamagedError:
            return self._give_up(job, State.PARKED, "stored-payload-damaged")
        except Exception as fault:  # the disk is not there now, or the like
            return self._retry(job, _name_of(fault))
        if not outbox.sending(self.store, job):
            return Outcome.LOST
        failpoint("sending")
        try:
            acknowledged = self.transports[job.target].send(
                job.key, job.payload.name, job.payload.media_type, content
            )
        except RefusedError as fault:
            return self._give_up(job, State.REJECTED, str(fault))
        except Exception as fault:  # whatever a transport does, the others must go on
            return self._retry(job, _name_of(fault))
        failpoint("sent")
        return self._acknowledge(job, acknowledged)

    def _acknowledge(self, job: Job, told: Acknowledgement) -> Outcome:
        if (told.size, told.sha256) != (job.payload.size, job.payload.sha256):
            log().error(
                "acknowledgement-differs",
                submission=job.submission_id,
                target=job.target,
                sent=job.payload.size,
                told=told.size,
            )
            return self._retry(job, "acknowledgement-differs")
        if not outbox.acknowledge(self.store, job, told.size, told.sha256, told.detail):
            return Outcome.LOST
        failpoint("acknowledged")
        log().info(
            "delivered", submission=job.submission_id, target=job.target, attempts=job.attempts
        )
        return Outcome.DELIVERED

    def _retry(self, job: Job, fault: str) -> Outcome:
        now = self.store.now()
        if now - job.first_due_at > PATIENCE:
            return self._give_up(job, State.PARKED, fault)
        due_at = now + wait(job.attempts, self.dice())
        if not outbox.retry(self.store, job, due_at, fault):
            return Outcome.LOST
        log().warning(
            "delivery-failed",
            submission=job.submission_id,
            target=job.target,
            attempts=job.attempts,
            fault=fault,
        )
        return Outcome.RETRY

    def _give_up(self, job: Job, state: State, fault: str) -> Outcome:
        if not outbox.give_up(self.store, job, state, fault):
            return Outcome.LOST
        log().error(
            "delivery-needs-a-person",
            submission=job.submission_id,
            target=job.target,
            state=state.value,
            fault=fault,
        )
        return Outcome.REJECTED if state is State.REJECTED else Outcome.PARKED


def _name_of(fault: Exception) -> str:
    """What the journal may hold: our own codes, of others the kind only (messages quote paths)."""
    return str(fault) if isinstance(fault, UnreachableError) else type(fault).__name__
