"""Uploads: the file is on the disk before the row that names it commits (R04)."""

import hashlib
import secrets
from dataclasses import dataclass

from sqlmodel import Session, col, select

from portal.storage import audit, pieces
from portal.storage.drafts import is_submitted, touch
from portal.storage.faults import failpoint
from portal.storage.holders import Holder, actor, may_have, owned
from portal.storage.orphans import assert_written
from portal.storage.records import UploadRecord
from portal.storage.sealing import Seal
from portal.storage.store import Store
from portal.storage.tables import DraftRow, SubmissionRow, UploadRow


class TooManyFilesError(Exception):
    """The document has all the files that it takes."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Under which conditions a file comes in."""

    most: int | None = None  # files of the same document and row
    replaces: str | None = None  # the upload that goes when this one comes
    scanned: bool = False  # a malware scanner called it clean
    unfinished: str | None = None  # the upload in pieces that it was


def add(
    store: Store,
    draft_id: str,
    holder: Holder,
    document: str,
    row: int | None,
    name: str,
    media_type: str,
    content: bytes,
    terms: Terms = Terms(),
) -> UploadRecord | None:
    """Keep a file with a draft; None if draft or document are not the holder's, or it is submitted.

    A file is an edit like an answer: the draft's revision goes up.
    """
    draft = _open_draft(store, draft_id, holder)
    if draft is None or not may_have(holder, document):
        return None
    upload_id = secrets.token_hex(16)
    seal = store.master.seal(draft.id, draft.key)
    object_name = f"{upload_id}.upload"
    store.files.write(object_name, seal.close(content, object_name))
    failpoint("upload-written")
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
        scanned=terms.scanned,
    )
    try:
        gone = _keep(store, kept, holder, terms)
    except TooManyFilesError:
        store.files.remove(object_name)
        raise
    if gone is None:
        store.files.remove(object_name)
        return None
    failpoint("upload-kept")
    for one in gone:
        store.files.remove(one)
    return _record(kept, seal)


def _keep(store: Store, kept: UploadRow, holder: Holder, terms: Terms) -> list[str] | None:
    """The files that go with it; None: it may not be kept."""
    gone: list[str] = []
    with store.database.writing() as session:
        draft = owned(session, kept.draft_id, holder, for_update=True)
        if draft is None or is_submitted(session, draft.id):
            return None
        if terms.unfinished is not None:
            finished = pieces.become(session, terms.unfinished, kept.id)
            if finished is None:  # it was taken in already, or cancelled
                return None
            gone += finished
        gone += _make_room(session, kept, terms)
        session.add(kept)
        touch(session, draft, store.now())
        audit.record(
            session, kept.created_at, "upload-added", kept.id, kept.document, actor(holder)
        )
        assert_written(store, [kept.object_name])
        failpoint("upload-before-commit")
    return gone


def _make_room(session: Session, kept: UploadRow, terms: Terms) -> list[str]:
    held = session.exec(
        select(UploadRow)
        .where(UploadRow.draft_id == kept.draft_id, UploadRow.document == kept.document)
        .where(UploadRow.row == kept.row)
    ).all()
    old = [one for one in held if one.id == terms.replaces]
    if terms.most is not None and len(held) - len(old) >= terms.most:
        raise TooManyFilesError
    for one in old:
        session.delete(one)
    return [one.object_name for one in old]


def of_draft(store: Store, draft_id: str, holder: Holder) -> list[UploadRecord]:
    """The files of a draft in the order they came; empty for a foreign draft."""
    return [record for record, _ in _held(store, draft_id, holder)]


def of_submission(store: Store, submission_id: str) -> list[UploadRecord]:
    """The files that came with an application, for whoever may see the case."""
    with store.database.reading() as session:
        submission = session.get(SubmissionRow, submission_id)
        if submission is None:
            return []
        rows = session.exec(select(UploadRow).where(UploadRow.draft_id == submission.draft_id))
        found = rows.all()
    seal = store.master.seal(submission.draft_id, submission.key)
    return [_record(row, seal) for row in found]


def contents(store: Store, draft_id: str, holder: Holder) -> list[tuple[UploadRecord, bytes]]:
    """The files of a draft with their bytes."""
    held = _held(store, draft_id, holder)
    return [(record, seal.open(store.files.read(name), name)) for record, (seal, name) in held]


def remove(store: Store, draft_id: str, holder: Holder, upload_id: str) -> bool:
    """Take a file back; False if there is none like that."""
    with store.database.writing() as session:
        draft = owned(session, draft_id, holder, for_update=True)
        if draft is None or is_submitted(session, draft_id):
            return False
        row = session.get(UploadRow, upload_id)
        if row is None or row.draft_id != draft_id or not may_have(holder, row.document):
            return False
        session.delete(row)
        touch(session, draft, store.now())
        by = actor(holder)
        audit.record(session, store.now(), "upload-removed", upload_id, row.document, by)
    failpoint("rows-deleted")
    store.files.remove(row.object_name)
    return True


def mark_scanned(store: Store, upload_id: str) -> None:
    """A scanner called a file clean that was kept before; no edit of the draft."""
    with store.database.writing() as session:
        row = session.get(UploadRow, upload_id, with_for_update=True)
        if row is not None:
            row.scanned = True
            session.add(row)


def _held(
    store: Store, draft_id: str, holder: Holder
) -> list[tuple[UploadRecord, tuple[Seal, str]]]:
    with store.database.reading() as session:
        draft = owned(session, draft_id, holder)
        if draft is None:
            return []
        rows = session.exec(
            select(UploadRow)
            .where(UploadRow.draft_id == draft_id)
            .order_by(col(UploadRow.created_at), col(UploadRow.id))
        ).all()
    seal = store.master.seal(draft.id, draft.key)
    mine = (row for row in rows if may_have(holder, row.document))
    return [(_record(row, seal), (seal, row.object_name)) for row in mine]


def _open_draft(store: Store, draft_id: str, holder: Holder) -> DraftRow | None:
    with store.database.reading() as session:
        draft = owned(session, draft_id, holder)
        return None if draft is None or is_submitted(session, draft_id) else draft


def _record(row: UploadRow, seal: Seal) -> UploadRecord:
    name = seal.open(row.name, f"{row.object_name}.name").decode()
    return UploadRecord(
        row.id, row.document, row.row, name, row.media_type, row.size, row.sha256, row.scanned
    )
