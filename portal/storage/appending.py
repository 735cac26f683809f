"""What a case sends after it was accepted: answers to the authority, later documents (R03, R21).

    made = [Payload("130103-1", "130103.xml", "application/xml", content, "fachverfahren")]
    appending.append(store, submission_id, made, by="applicant")

keeps the payloads sealed beside those of the submission and queues them, in one transaction with
the audit entry. A delivery waits until everything that the same case sent to the same target before
has arrived (or was released); other cases and targets do not wait for it.

- `output` names the payload within its submission, once and for all (`130103-1`, at most 40
  characters): whoever repeats a request with the same bytes gets the same result and nothing is
  sent twice; other bytes under a used name are a mistake of the caller (ValueError).
- `name` has to differ from earlier names at the target only where it begins with the submission's
  id, as the names of xdomea packages do.
- `target=None` keeps without sending; with `fault="…"` it is sent only after a person has looked.

Who writes rows of their own along with it calls `keep` first (disk, no transaction open) and then
`queue` inside their own `store.database.writing()`; and rings `store.bell` afterwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlmodel import Session, col, func, select

from portal.storage import audit
from portal.storage.faults import failpoint
from portal.storage.orphans import assert_written
from portal.storage.outbox import add_delivery
from portal.storage.records import Payload
from portal.storage.store import Store
from portal.storage.submissions import payload_row
from portal.storage.tables import DeliveryRow, PayloadRow, SubmissionRow


@dataclass(frozen=True, slots=True)
class Kept:
    """Payloads whose bytes are on the disk, not in the database yet."""

    submission_id: str
    payloads: tuple[Payload, ...]
    rows: tuple[PayloadRow, ...] = field(repr=False)


def append(store: Store, submission_id: str, payloads: Sequence[Payload], by: str) -> bool:
    """Keep and queue; False if the submission is gone. `by` is who the audit trail names."""
    kept = keep(store, submission_id, payloads)
    if kept is None:
        return False
    with store.database.writing() as session:
        queued = queue(store, session, kept, by)
        failpoint("append-before-commit")
    failpoint("after-append")
    store.bell.ring()
    return queued


def keep(store: Store, submission_id: str, payloads: Sequence[Payload]) -> Kept | None:
    """Write the bytes to the disk, sealed; None if there is no such submission."""
    with store.database.reading() as session:
        submission = session.get(SubmissionRow, submission_id)
    if submission is None:
        return None
    seal = store.master.seal(submission.draft_id, submission.key)
    rows = tuple(payload_row(submission_id, payload) for payload in payloads)
    store.files.write_all(
        {
            row.object_name: seal.close(payload.content, row.object_name)
            for row, payload in zip(rows, payloads, strict=True)
        }
    )
    failpoint("append-stored")
    return Kept(submission_id, tuple(payloads), rows)


def queue(store: Store, session: Session, kept: Kept, by: str) -> bool:
    """Rows, deliveries and audit entry in the caller's transaction; False: submission is gone."""
    # The lock makes two that append at once take turns, and retention wait.
    if session.get(SubmissionRow, kept.submission_id, with_for_update=True) is None:
        return False
    now = store.now()
    for row, payload in zip(kept.rows, kept.payloads, strict=True):
        if _is_known(session, row):
            continue
        _assert_own_name(session, row, payload)
        session.add(row)
        session.flush()
        if payload.target:
            place = _next_place(session, kept.submission_id, payload.target)
            add_delivery(session, row, payload, now, place)
        audit.record(session, now, "appended", kept.submission_id, payload.output, by)
    session.flush()
    assert_written(store, [row.object_name for row in kept.rows])
    return True


def _is_known(session: Session, row: PayloadRow) -> bool:
    query = select(PayloadRow.sha256).where(
        PayloadRow.submission_id == row.submission_id, PayloadRow.output == row.output
    )
    known = session.exec(query).first()
    if known is not None and known != row.sha256:
        raise ValueError(f"the submission has another payload called {row.output}")
    return known is not None


def _assert_own_name(session: Session, row: PayloadRow, payload: Payload) -> None:
    if payload.target is None or not row.name.startswith(row.submission_id):
        return
    query = (
        select(PayloadRow.id)
        .join(DeliveryRow, col(DeliveryRow.payload_id) == col(PayloadRow.id))
        .where(PayloadRow.submission_id == row.submission_id, PayloadRow.name == row.name)
        .where(DeliveryRow.target == payload.target)
    )
    if session.exec(query).first() is not None:
        raise ValueError(f"the target already has a file called {row.name} of this submission")


def _next_place(session: Session, submission_id: str, target: str) -> int:
    newest = session.exec(
        select(func.max(DeliveryRow.ordinal)).where(
            DeliveryRow.submission_id == submission_id, DeliveryRow.target == target
        )
    ).one()
    return 0 if newest is None else newest + 1
