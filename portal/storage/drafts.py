"""Drafts: saved page by page, owned by a session, never silently overwritten."""

import json
import secrets
from datetime import datetime, timedelta

from sqlmodel import Session, col, select
from sqlmodel import delete as remove

from portal.storage import audit, doors, letters
from portal.storage.faults import failpoint
from portal.storage.holders import Holder, actor, held_by, owned, owner
from portal.storage.records import Conflict, Draft
from portal.storage.sealing import Seal
from portal.storage.store import Store
from portal.storage.tables import (
    DraftRow,
    InvitationEntryRow,
    InvitationRow,
    PromiseRow,
    SubmissionRow,
    UnfinishedUploadRow,
    UploadPieceRow,
    UploadRow,
)

_BATCH = 100


def create(store: Store, procedure_id: str, digest: str, session_id: str, language: str) -> Draft:
    """A new, empty draft of the published definition `digest`."""
    draft_id = secrets.token_hex(16)
    seal, wrapped = store.master.new_seal(draft_id)
    now = store.now()
    row = DraftRow(
        id=draft_id,
        procedure_id=procedure_id,
        digest=digest,
        session_hash=owner(session_id),
        language=language,
        key=wrapped,
        answers=seal_answers(seal, {}, {}),
        created_at=now,
        updated_at=now,
    )
    with store.database.writing() as session:
        session.add(row)
        audit.record(session, now, "draft-created", draft_id, digest, actor="applicant")
    return draft_of(store, row)


def load(store: Store, draft_id: str, holder: Holder) -> Draft | None:
    """The draft, if it is this holder's; None for unknown and foreign ones alike (R58)."""
    with store.database.reading() as session:
        row = owned(session, draft_id, holder)
    return None if row is None else draft_of(store, row)


def of_session(store: Store, session_id: str) -> list[Draft]:
    """The session's drafts that are not submitted, latest first."""
    with store.database.reading() as session:
        rows = session.exec(
            select(DraftRow)
            .where(held_by(session_id))
            .where(col(DraftRow.id).not_in(select(SubmissionRow.draft_id)))
            .order_by(col(DraftRow.updated_at).desc())
        ).all()
    return [draft_of(store, row) for row in rows]


def save(
    store: Store,
    draft_id: str,
    holder: Holder,
    expected_revision: int,
    answers: dict[str, object],
    raw: dict[str, object],
    *,
    language: str | None = None,
    digest: str | None = None,
) -> Draft | Conflict | None:
    """Store answers; Conflict if another tab saved in between; None if foreign or submitted."""
    with store.database.writing() as session:
        row = owned(session, draft_id, holder, for_update=True)
        if row is None or is_submitted(session, draft_id):
            return None
        if row.revision != expected_revision:
            return Conflict(draft_of(store, row))
        row.answers = seal_answers(store.master.seal(row.id, row.key), answers, raw)
        row.language = language or row.language
        touch(session, row, store.now())
        if digest and digest != row.digest:
            row.digest = digest
            audit.record(session, row.updated_at, "draft-moved", draft_id, digest)
        by = actor(holder)
        audit.record(session, row.updated_at, "draft-saved", draft_id, str(row.revision), by)
    return draft_of(store, row)


def touch(session: Session, row: DraftRow, now: datetime) -> None:
    """Note an edit, of answers or files: what was read before it may no longer be submitted."""
    row.revision += 1
    row.updated_at = max(now, row.updated_at)
    # A later edit must not go in under the time of an earlier attempt to submit.
    row.reserved_submission = row.reserved_at = None
    session.add(row)


def delete(store: Store, draft_id: str, session_id: str) -> bool:
    """Forget a draft and its files on the applicant's request."""
    with store.database.writing() as session:
        row = owned(session, draft_id, session_id, for_update=True)
        if row is None or is_submitted(session, draft_id):
            return False
        names = _remove(session, row)
        audit.record(session, store.now(), "draft-deleted", draft_id, actor="applicant")
    failpoint("rows-deleted")
    _remove_files(store, names)
    return True


def procedures(store: Store) -> set[str]:
    """Ids of all procedures that drafts are kept of, those no longer offered included."""
    with store.database.reading() as session:
        return set(session.exec(select(DraftRow.procedure_id).distinct()))


def expire(store: Store, procedure_id: str, after: timedelta) -> int:
    """Delete drafts of a procedure that nobody edited for `after` (§ 8a Abs. 3 OZG)."""
    limit = store.now() - after
    total = 0
    while gone := _expire_some(store, procedure_id, limit):
        total += gone
    return total


def _expire_some(store: Store, procedure_id: str, limit: datetime) -> int:
    """Delete a batch; short transactions, because others wait for them."""
    names: list[str] = []
    with store.database.writing() as session:
        rows = session.exec(
            select(DraftRow)
            .where(DraftRow.procedure_id == procedure_id)
            .where(col(DraftRow.updated_at) < limit)
            .where(col(DraftRow.id).not_in(select(SubmissionRow.draft_id)))
            .limit(_BATCH)
            .with_for_update(skip_locked=True)
        ).all()
        for row in rows:
            names.extend(_remove(session, row))
            audit.record(session, store.now(), "draft-expired", row.id)
    failpoint("rows-deleted")
    _remove_files(store, names)
    return len(rows)


def _remove(session: Session, row: DraftRow) -> list[str]:
    uploads = session.exec(select(UploadRow).where(UploadRow.draft_id == row.id)).all()
    names = [upload.object_name for upload in uploads]
    for upload in uploads:
        session.delete(upload)
    names += _forget_pieces(session, row.id)
    forget_beside(session, row.id)
    session.flush()
    session.delete(row)
    return names


def remove_row(session: Session, row: DraftRow) -> list[str]:
    """A draft, in the caller's transaction; the names of the files that go after it."""
    return _remove(session, row)


def _forget_pieces(session: Session, draft_id: str) -> list[str]:
    """What came of files that were still on their way."""
    unfinished = select(UnfinishedUploadRow.id).where(UnfinishedUploadRow.draft_id == draft_id)
    of_them = col(UploadPieceRow.unfinished_id).in_(unfinished)
    names = session.exec(select(UploadPieceRow.object_name).where(of_them)).all()
    session.exec(remove(UploadPieceRow).where(of_them))
    session.exec(remove(UnfinishedUploadRow).where(col(UnfinishedUploadRow.draft_id) == draft_id))
    return list(names)


def forget_beside(session: Session, draft_id: str) -> None:
    """Invitations, promises, code, doors and letters go with their draft."""
    session.exec(remove(PromiseRow).where(col(PromiseRow.draft_id) == draft_id))
    doors.forget(session, draft_id)
    letters.forget(session, draft_id)
    known = select(InvitationRow.id).where(InvitationRow.draft_id == draft_id)
    session.exec(remove(InvitationEntryRow).where(col(InvitationEntryRow.invitation_id).in_(known)))
    session.exec(remove(InvitationRow).where(col(InvitationRow.draft_id) == draft_id))


def _remove_files(store: Store, names: list[str]) -> None:
    for name in names:
        store.files.remove(name)


def is_handed_in(store: Store, draft_id: str) -> bool:
    """Whether the draft has become an application, whoever submitted it."""
    with store.database.reading() as session:
        return is_submitted(session, draft_id)


def is_submitted(session: Session, draft_id: str) -> bool:
    """Whether the draft has become an application."""
    found = session.exec(select(SubmissionRow.id).where(SubmissionRow.draft_id == draft_id))
    return found.first() is not None


def seal_answers(seal: Seal, answers: dict[str, object], raw: dict[str, object]) -> bytes:
    """Answers as they are stored."""
    text = json.dumps({"answers": answers, "raw": raw}, ensure_ascii=False, sort_keys=True)
    return seal.close(text.encode(), "answers")


def draft_of(store: Store, row: DraftRow) -> Draft:
    """The plain form of a row."""
    opened = store.master.seal(row.id, row.key).open(row.answers, "answers")
    held = json.loads(opened)
    return Draft(
        row.id,
        row.procedure_id,
        row.digest,
        row.language,
        held["answers"],
        held["raw"],
        row.revision,
        row.created_at,
        row.updated_at,
    )
