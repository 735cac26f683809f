"""Guarantees broken on purpose, one at a time: the campaign is worth something if it sees each.

Each is a bend of the running code in the processes of the campaign, never of the product's files.
"""

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import true
from sqlmodel import Session

from portal.delivery.worker import Outcome, Worker
from portal.storage import outbox, submissions
from portal.storage.faults import failpoint
from portal.storage.records import Job, Payload
from portal.storage.store import Store
from portal.storage.tables import DeliveryRow, PayloadRow

_applied: set[str] = set()
# Called by the applicant of the campaign when the receipt is shown too early.
show_early: list[Callable[[str, str], None]] = []


def apply(name: str) -> None:
    """Bend the code of this process, once."""
    if name and name not in _applied:
        _applied.add(name)
        MUTANTS[name]()


def _bend(owner: object, name: str, new: object) -> None:
    setattr(owner, name, new)


def _ack_before_commit() -> None:
    """The receipt is shown before the transaction has committed."""
    real: Any = submissions._submission_row

    def shown(*args: Any) -> Any:
        row = real(*args)
        for show in show_early:
            show(row.draft_id, row.id)
        return row

    _bend(submissions, "_submission_row", shown)


def _dual_write() -> None:
    """The outbox is written in a transaction of its own, after the first has committed."""
    held: list[tuple[PayloadRow, Payload, datetime]] = []
    real_add, real_accept = outbox.add_delivery, submissions.accept

    def later(_session: Session, row: PayloadRow, payload: Payload, at: datetime) -> None:
        held.append((row, payload, at))

    def accept(store: Store, *args: Any) -> Any:
        held.clear()
        receipt = real_accept(store, *args)
        with store.database.writing() as session:
            for row, payload, at in held:
                real_add(session, row, payload, at)
        return receipt

    _bend(submissions, "add_delivery", later)
    _bend(submissions, "accept", accept)


def _mark_before_send() -> None:
    """The delivery is marked as arrived, then sent."""

    def attempt(self: Worker, job: Job) -> Outcome:
        content = submissions.payload_bytes(self.store, job.payload.id)
        outbox.acknowledge(self.store, job, job.payload.size, job.payload.sha256)
        failpoint("sending")
        try:
            self.transports[job.target].send(
                job.key, job.payload.name, job.payload.media_type, content
            )
        except Exception:
            return Outcome.RETRY
        return Outcome.DELIVERED

    _bend(Worker, "_attempt", attempt)


def _no_key() -> None:
    """Every attempt has a key of its own."""
    real: Any = vars(Job)["key"].fget

    def key(self: Job) -> str:
        return f"{real(self)}-{secrets.token_hex(4)}"

    _bend(Job, "key", property(key))


def _no_fence() -> None:
    """Whoever comes back late may still change what another has taken over."""

    def held(session: Session, job: Job) -> DeliveryRow | None:
        return session.get(DeliveryRow, job.id, with_for_update=True)

    _bend(outbox, "_held", held)


def _trust_answers() -> None:
    """Whatever the target says it has counts as arrived."""
    real = Worker._acknowledge

    def acknowledge(self: Worker, job: Job, told: Any) -> Outcome:
        kept = job.payload
        return real(self, job, replace(told, size=kept.size, sha256=kept.sha256))

    _bend(Worker, "_acknowledge", acknowledge)


def _no_order() -> None:
    """Deliveries of a case overtake each other."""
    _bend(outbox, "_in_turn", true)


MUTANTS: dict[str, Callable[[], None]] = {
    "ack_before_commit": _ack_before_commit,
    "dual_write": _dual_write,
    "mark_before_send": _mark_before_send,
    "no_key": _no_key,
    "no_fence": _no_fence,
    "trust_answers": _trust_answers,
    "no_order": _no_order,
}
