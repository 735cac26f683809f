"""What is kept of each application of a session, until when, and what can go now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.model import Procedure
from portal.library import Library
from portal.storage import doors, drafts, outbox, submissions, uploads
from portal.storage.records import Draft, Receipt
from portal.storage.store import Store


@dataclass(frozen=True, slots=True)
class MyDraft:
    """An application that is being filled in."""

    id: str
    procedure: Procedure
    begun: datetime
    saved: datetime
    until: datetime  # then it is deleted, if nothing is changed
    files: int
    is_closed: bool  # its word comes first


@dataclass(frozen=True, slots=True)
class MySubmission:
    """An application that was submitted."""

    receipt: Receipt
    procedure: Procedure
    until: datetime | None  # None: the authority has not got it yet
    days: int  # kept after the authority has got it


def my_drafts(
    store: Store, library: Library, session_id: str, stay: timedelta
) -> Sequence[MyDraft]:
    """The session's drafts, latest first."""
    closed = doors.closed(store, session_id, stay)
    found = (
        _draft(store, library, one, session_id, is_closed=one.id in closed)
        for one in drafts.of_session(store, session_id)
    )
    return [one for one in found if one is not None]


def _draft(
    store: Store, library: Library, one: Draft, session_id: str, *, is_closed: bool
) -> MyDraft | None:
    plan = library.pinned(one.digest)
    if plan is None:
        return None
    kept = plan.procedure.retention["drafts"]
    files = len(uploads.of_draft(store, one.id, session_id))
    return MyDraft(
        one.id, plan.procedure, one.created_at, one.updated_at, one.updated_at + kept, files,
        is_closed,
    )  # fmt: skip


def my_submissions(store: Store, library: Library, session_id: str) -> Sequence[MySubmission]:
    """The session's submissions, latest first."""
    found = []
    for receipt in submissions.of_session(store, session_id):
        plan = library.pinned(receipt.digest)
        if plan is not None:
            kept = plan.procedure.retention["submissions"]
            until = _arrived(store, receipt)
            ends = None if until is None else until + kept
            found.append(MySubmission(receipt, plan.procedure, ends, kept.days))
    return found


def _arrived(store: Store, receipt: Receipt) -> datetime | None:
    """When the last target had it; None while one has not."""
    states = outbox.states(store, receipt.submission_id)
    times = [one.acknowledged_at for one in states]
    known = [time for time in times if time is not None]
    return max(known) if known and len(known) == len(times) else None
