"""Deleting what was delivered and kept long enough; never what a target has not got (R12)."""

from datetime import timedelta

from sqlmodel import Session, col, select

from portal.storage import audit
from portal.storage.outbox import State
from portal.storage.store import Store
from portal.storage.tables import (
    DeliveryRow,
    DraftRow,
    PayloadRow,
    StepRow,
    SubmissionRow,
    UploadRow,
)


def delete_delivered(store: Store, procedure_id: str, after: timedelta) -> int:
    """Delete submissions older than `after` that every target has, or a named person released."""
    limit = store.now() - after
    names: list[str] = []
    with store.database.writing() as session:
        rows = session.exec(
            select(SubmissionRow)
            .where(SubmissionRow.procedure_id == procedure_id)
            .where(col(SubmissionRow.accepted_at) < limit)
        ).all()
        gone = [row for row in rows if row.released_by or _all_acknowledged(session, row.id)]
        for row in gone:
            names.extend(_remove(session, row))
            audit.record(session, store.now(), "submission-deleted", row.id)
    for name in names:
        store.files.remove(name)
    if gone and store.database.is_sqlite:
        _empty_the_log(store)
    return len(gone)


def _all_acknowledged(session: Session, submission_id: str) -> bool:
    open_ones = session.exec(
        select(DeliveryRow.id)
        .where(DeliveryRow.submission_id == submission_id)
        .where(DeliveryRow.state != State.ACKNOWLEDGED)
    )
    return open_ones.first() is None


def _remove(session: Session, row: SubmissionRow) -> list[str]:
    deliveries = session.exec(select(DeliveryRow).where(DeliveryRow.submission_id == row.id)).all()
    for delivery in deliveries:
        for step in session.exec(select(StepRow).where(StepRow.delivery_id == delivery.id)):
            session.delete(step)
        session.flush()
        session.delete(delivery)
    session.flush()
    payloads = session.exec(select(PayloadRow).where(PayloadRow.submission_id == row.id)).all()
    uploads = session.exec(select(UploadRow).where(UploadRow.draft_id == row.draft_id)).all()
    names = [one.object_name for one in payloads] + [one.object_name for one in uploads]
    for payload in payloads:
        session.delete(payload)
    for upload in uploads:
        session.delete(upload)
    session.flush()
    session.delete(row)
    draft = session.get(DraftRow, row.draft_id)
    if draft:
        session.delete(draft)
    return names


def _empty_the_log(store: Store) -> None:
    # Deleted answers stay readable in the -wal file until a truncating checkpoint.
    with store.database.engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        if raw is not None:
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
