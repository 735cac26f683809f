"""Uploads: the file is on the disk before the row that names it commits (R04)."""

import hashlib
import secrets

from sqlmodel import Session, select

from portal.storage import audit
from portal.storage.drafts import owner
from portal.storage.records import UploadRecord
from portal.storage.sealing import Seal
from portal.storage.store import Store
from portal.storage.tables import DraftRow, SubmissionRow, UploadRow


def add(
    store: Store,
    draft_id: str,
    session_id: str,
    document: str,
    row: int | None,
    name: str,
    media_type: str,
    content: bytes,
) -> UploadRecord | None:
    """Keep a file with a draft; None if the draft is foreign or submitted."""
    draft = _draft_of(store, draft_id, session_id)
    if draft is None:
        return None
    upload_id = secrets.token_hex(16)
    seal = store.master.seal(draft.id, draft.key)
    object_name = f"{upload_id}.upload"
    store.files.write(object_name, seal.close(content, object_name))
    kept = UploadRow(
        id=upload_id,
        draft_id=draft_id,
        document=document,
        row=row,
        name=seal.close(name.encode(), f"{object_name}.name"),
        media_type=media_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        object_name=object_name,
        created_at=store.now(),
    )
    with store.database.writing() as session:
        if _owned_open(session, draft_id, session_id) is not None:
            session.add(kept)
            audit.record(session, kept.created_at, "upload-added", upload_id, document)
            return _record(kept, seal)
    store.files.remove(object_name)
    return None


def of_draft(store: Store, draft_id: str, session_id: str) -> list[UploadRecord]:
    """The files of a draft in the order they came; empty for a foreign draft."""
    with store.database.reading() as session:
        draft = _owned(session, draft_id, session_id)
        rows = _rows(session, draft_id) if draft else []
    if draft is None:
        return []
    seal = store.master.seal(draft.id, draft.key)
    return [_record(row, seal) for row in rows]


def contents(store: Store, draft_id: str, session_id: str) -> list[tuple[UploadRecord, bytes]]:
    """The files of a draft with their bytes."""
    with store.database.reading() as session:
        draft = _owned(session, draft_id, session_id)
        rows = _rows(session, draft_id) if draft else []
    if draft is None:
        return []
    seal = store.master.seal(draft.id, draft.key)
    return [
        (_record(row, seal), seal.open(store.files.read(row.object_name), row.object_name))
        for row in rows
    ]


def remove(store: Store, draft_id: str, session_id: str, upload_id: str) -> bool:
    """Take a file back; False if there is none like that."""
    with store.database.writing() as session:
        if _owned_open(session, draft_id, session_id) is None:
            return False
        row = session.get(UploadRow, upload_id)
        if row is None or row.draft_id != draft_id:
            return False
        session.delete(row)
        audit.record(session, store.now(), "upload-removed", upload_id, row.document)
    store.files.remove(row.object_name)
    return True


def _rows(session: Session, draft_id: str) -> list[UploadRow]:
    query = select(UploadRow).where(UploadRow.draft_id == draft_id)
    rows = session.exec(query).all()
    return sorted(rows, key=lambda row: (row.created_at, row.id))


def _draft_of(store: Store, draft_id: str, session_id: str) -> DraftRow | None:
    with store.database.reading() as session:
        return _owned_open(session, draft_id, session_id)


def _owned(session: Session, draft_id: str, session_id: str) -> DraftRow | None:
    return session.exec(
        select(DraftRow)
        .where(DraftRow.id == draft_id)
        .where(DraftRow.session_hash == owner(session_id))
    ).first()


def _owned_open(session: Session, draft_id: str, session_id: str) -> DraftRow | None:
    draft = _owned(session, draft_id, session_id)
    submitted = session.exec(select(SubmissionRow.id).where(SubmissionRow.draft_id == draft_id))
    return None if submitted.first() else draft


def _record(row: UploadRow, seal: Seal) -> UploadRecord:
    name = seal.open(row.name, f"{row.object_name}.name").decode()
    return UploadRecord(row.id, row.document, row.row, name, row.media_type, row.size, row.sha256)
