"""Deleting what was delivered and kept long enough; never what a target has not got (R12)."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Exists
from sqlmodel import Session, case, col, delete, exists, select
from sqlmodel.sql.expression import SelectOfScalar

from portal.storage import audit, case_codes, messages, supplements, transfers
from portal.storage.drafts import forget_beside
from portal.storage.faults import failpoint
from portal.storage.outbox import State
from portal.storage.store import Store
from portal.storage.tables import (
    DeliveryRow,
    DraftRow,
    PayloadRow,
    StepRow,
    SubmissionRow,
    TransferRow,
    UploadRow,
)
from portal.storage.transfers import ARCHIVE, ARCHIVED, OPEN, WITHDRAWN

_BATCH = 50
_MOMENT = timedelta(microseconds=1)


def procedures(store: Store) -> set[str]:
    """Ids of all procedures that submissions are kept of, those no longer offered included."""
    with store.database.reading() as session:
        return set(session.exec(select(SubmissionRow.procedure_id).distinct()))


def delete_delivered(
    store: Store, procedure_id: str, after: timedelta, *, archived: bool = False
) -> int:
    """Delete submissions that every target has since `after`, or that a named person released.

    `archived`: only those that an archive has, or does not want.
    """
    now = store.now()
    query = _deletable(procedure_id, now - after)
    if archived:  # what went to the archive does not make the period begin anew
        query = _deletable(procedure_id, now - after, now + _MOMENT).where(_offered(ARCHIVED))
    return _in_batches(store, query, _remove)


def to_be_offered(store: Store, procedure_id: str, after: timedelta) -> list[str]:
    """Submissions that could be deleted if an archive had been asked; a batch of them."""
    query = _deletable(procedure_id, store.now() - after).where(~_offered())
    with store.database.writing() as session:  # the query takes locks
        return [row.id for row in session.exec(query).all()]


def delete_uploads(store: Store, procedure_id: str, after: timedelta) -> int:
    """Delete the applicants' files of submissions that every target has since `after`."""
    has_files = exists().where(col(UploadRow.draft_id) == col(SubmissionRow.draft_id))
    query = _deletable(procedure_id, store.now() - after).where(has_files)
    return _in_batches(store, query, _remove_uploads)


def release(store: Store, submission_id: str, by: str) -> bool:
    """A named person answers for it that this submission need not be delivered any more."""
    with store.database.writing() as session:
        row = session.get(SubmissionRow, submission_id, with_for_update=True)
        if row is None or row.released_by:
            return False
        row.released_by = by
        session.add(row)
        audit.record(session, store.now(), "released", submission_id, actor=by)
    return True


def _deletable(
    procedure_id: str, limit: datetime, done_before: datetime | None = None
) -> SelectOfScalar[SubmissionRow]:
    """Old enough, and every target has had it long enough; one without a target stays."""
    done_at = case(
        (col(DeliveryRow.state) == State.ACKNOWLEDGED, col(DeliveryRow.acknowledged_at)),
        (col(DeliveryRow.state) == State.RELEASED, col(DeliveryRow.released_at)),
    )
    late = _delivery(done_at.is_(None) | (done_at >= (done_before or limit)))
    is_released = col(SubmissionRow.released_by).is_not(None)
    return (
        select(SubmissionRow)
        .where(SubmissionRow.procedure_id == procedure_id)
        .where(col(SubmissionRow.accepted_at) < limit)
        .where(is_released | (_delivery() & ~late))
        .where(~_transfer(col(TransferRow.state).in_(OPEN)))
        .limit(_BATCH)
        .with_for_update(skip_locked=True)
    )


def _delivery(*such: ColumnElement[bool]) -> Exists:
    return exists().where(col(DeliveryRow.submission_id) == col(SubmissionRow.id), *such)


def _transfer(*such: ColumnElement[bool]) -> Exists:
    return exists().where(col(TransferRow.submission_id) == col(SubmissionRow.id), *such)


def _offered(states: Sequence[str] = ()) -> Exists:
    """Whether there is an offer to an archive that was not withdrawn, or stands in `states`."""
    is_one = col(TransferRow.way) == ARCHIVE
    stands = col(TransferRow.state)
    return _transfer(is_one, stands.in_(states) if states else stands != WITHDRAWN)


def _in_batches(
    store: Store,
    query: SelectOfScalar[SubmissionRow],
    remove: Callable[[Session, SubmissionRow, datetime], Sequence[str]],
) -> int:
    """Short transactions, because others wait for them; files go after the rows."""
    total = 0
    while True:
        names: list[str] = []
        with store.database.writing() as session:
            rows = session.exec(query).all()
            for row in rows:
                names.extend(remove(session, row, store.now()))
        failpoint("rows-deleted")
        for name in names:
            store.files.remove(name)
        total += len(rows)
        if len(rows) < _BATCH:
            return total


def _remove(session: Session, row: SubmissionRow, now: datetime) -> Sequence[str]:
    names = [*_remove_uploads(session, row, None), *_payload_names(session, row.id)]
    names += messages.forget(session, row.id)
    names += transfers.forget(session, row.id)
    deliveries = select(DeliveryRow.id).where(DeliveryRow.submission_id == row.id)
    session.exec(delete(StepRow).where(col(StepRow.delivery_id).in_(deliveries)))
    session.exec(delete(DeliveryRow).where(col(DeliveryRow.submission_id) == row.id))
    session.exec(delete(PayloadRow).where(col(PayloadRow.submission_id) == row.id))
    case_codes.forget(session, row.id)
    supplements.forget(session, row.id)
    forget_beside(session, row.draft_id)
    session.exec(delete(DraftRow).where(col(DraftRow.id) == row.draft_id))
    session.delete(row)
    audit.record(session, now, "submission-deleted", row.id)
    return names


def _payload_names(session: Session, submission_id: str) -> Sequence[str]:
    query = select(PayloadRow.object_name).where(PayloadRow.submission_id == submission_id)
    return session.exec(query).all()


def _remove_uploads(session: Session, row: SubmissionRow, now: datetime | None) -> Sequence[str]:
    query = select(UploadRow.object_name).where(UploadRow.draft_id == row.draft_id)
    names = session.exec(query).all()
    session.exec(delete(UploadRow).where(col(UploadRow.draft_id) == row.draft_id))
    if now is not None:
        audit.record(session, now, "uploads-deleted", row.id, str(len(names)))
    return names
