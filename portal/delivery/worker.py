"""One delivery from claim to acknowledgement.

Each step is journalled in a short transaction of its own; while bytes travel, no transaction is
open (R18). A worker that dies anywhere leaves a lease behind that runs out; a worker that only
slept finds its fence outdated and changes nothing (R17).
"""

import secrets
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from portal.delivery.backoff import probe_wait, wait
from portal.delivery.journal import Journal, LeaseLostError
from portal.delivery.transports.transport import (
    Acknowledgement,
    LockedOutError,
    RefusedError,
    Stepwise,
    TargetDownError,
    Transport,
    UnreachableError,
)
from portal.storage import forgetting, outbox, submissions
from portal.storage.faults import failpoint
from portal.storage.outbox import LONGEST_WAIT, UNDECIDED, State
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
    forgets: frozenset[str] = frozenset()  # targets whose payloads go when they have arrived

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
            acknowledged = self._carry(job, content)
        except LeaseLostError:
            return Outcome.LOST
        except RefusedError as fault:
            return self._give_up(job, State.REJECTED, str(fault))
        except TargetDownError as fault:
            return self._hold_target(job, fault)
        except (ConnectionRefusedError, socket.gaierror):
            return self._hold_target(job, TargetDownError("no-connection"))
        except UnreachableError as fault:
            return self._retry(job, str(fault), fault.retry_after)
        except Exception as fault:  # whatever a transport does, the others must go on
            return self._retry(job, _name_of(fault))
        failpoint("sent")
        return self._acknowledge(job, acknowledged)

    def _carry(self, job: Job, content: bytes) -> Acknowledgement:
        transport, payload = self.transports[job.target], job.payload
        if isinstance(transport, Stepwise):
            journal = Journal(self.store, job)
            return transport.send_in_steps(journal, payload.name, payload.media_type, content)
        return transport.send(job.key, payload.name, payload.media_type, content)

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
        if job.target in self.forgets:
            forgetting.forget(self.store, job.payload.id)
        log().info(
            "delivered", submission=job.submission_id, target=job.target, attempts=job.attempts
        )
        return Outcome.DELIVERED

    def _retry(self, job: Job, fault: str, asked: timedelta | None = None) -> Outcome:
        now = self.store.now()
        if now - job.first_due_at > PATIENCE:
            return self._give_up(job, State.PARKED, fault)
        due_at = now + _at_least(asked, wait(job.attempts, self.dice()))
        if not outbox.retry(self.store, job, due_at, fault):
            return Outcome.LOST
        told = log().info if fault == UNDECIDED else log().warning
        told(
            "delivery-failed" if fault != UNDECIDED else "delivery-undecided",
            submission=job.submission_id,
            target=job.target,
            attempts=job.attempts,
            fault=fault,
        )
        return Outcome.RETRY

    def _hold_target(self, job: Job, fault: TargetDownError) -> Outcome:
        """One alarm for the target instead of one for each delivery; all of them wait."""
        locked_out = isinstance(fault, LockedOutError)

        def until(failures: int) -> timedelta:
            usual = probe_wait(failures, self.dice(), locked_out=locked_out)
            return _at_least(fault.retry_after, usual)

        failures = outbox.hold_target(self.store, job, str(fault), until)
        if failures is None:
            return Outcome.LOST
        told = log().error if failures == 1 or locked_out else log().warning
        told("target-out-of-order", target=job.target, failures=failures, fault=str(fault))
        overdue = outbox.park_overdue(self.store, job.target, self.store.now() - PATIENCE)
        for submission_id in overdue:
            self._call_a_person(submission_id, job.target, State.PARKED, str(fault))
        return Outcome.PARKED if job.submission_id in overdue else Outcome.RETRY

    def _give_up(self, job: Job, state: State, fault: str) -> Outcome:
        if not outbox.give_up(self.store, job, state, fault):
            return Outcome.LOST
        self._call_a_person(job.submission_id, job.target, state, fault)
        return Outcome.REJECTED if state is State.REJECTED else Outcome.PARKED

    @staticmethod
    def _call_a_person(submission_id: str, target: str, state: State, fault: str) -> None:
        log().error(
            "delivery-needs-a-person",
            submission=submission_id,
            target=target,
            state=state.value,
            fault=fault,
        )


def _at_least(asked: timedelta | None, usual: timedelta) -> timedelta:
    """As the target asked, but no longer than any wait: it may be back sooner than it thought."""
    return usual if asked is None else max(usual, min(asked, LONGEST_WAIT))


def _name_of(fault: Exception) -> str:
    """What the journal may hold of a stranger's fault: its kind only (messages quote paths)."""
    return type(fault).__name__
