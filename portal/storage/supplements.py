"""Documents that follow an application: gathered like those of a draft, then sent once.

Files gather in a draft of their own, beside the application's: with its own key, kept by the same
functions, forgotten after the same time if nobody sends it. It belongs to a name that no session
has, so that no list of drafts shows it and no form opens it. Sent, it becomes a row here and a
delivery of the submission, in one transaction (R03); the draft goes.
"""

import json
import secrets
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session, col, delete, func, select

from portal.storage import appending, audit, drafts
from portal.storage.drafts import draft_of, seal_answers
from portal.storage.faults import failpoint
from portal.storage.holders import owned, owner
from portal.storage.records import Draft, Payload
from portal.storage.sealing import Seal
from portal.storage.store import Store
from portal.storage.tables import DraftRow, SubmissionRow, SupplementRow


@dataclass(frozen=True, slots=True)
class Told:
    """A file as the receipt names it."""

    title: str = field(repr=False)
    name: str = field(repr=False)
    row: int | None
    document: str


@dataclass(frozen=True, slots=True)
class Supplement:
    """Documents that were sent after the application."""

    number: int  # 1, 2, … of its submission
    sent_at: datetime
    sha256: str  # of what is delivered
    files: tuple[Told, ...] = field(repr=False)


def holder_of(submission_id: str, session_id: str) -> str:
    """Whose the draft is: this browser's, for this submission, and for nothing else."""
    return f"later/{submission_id}/{session_id}"


def find(store: Store, submission_id: str, session_id: str) -> Draft | None:
    """The files that this browser has gathered and not sent."""
    with store.database.reading() as session:
        row = _gathering(session, submission_id, session_id)
    return None if row is None else draft_of(store, row)


def preview(store: Store, submission_id: str) -> Draft:
    """The application's answers, for a page on which nothing was gathered yet."""
    with store.database.reading() as session:
        submission = session.get_one(SubmissionRow, submission_id)
    held = _answers(store, submission)
    at = submission.accepted_at
    return Draft(
        "",
        submission.procedure_id,
        submission.digest,
        submission.language,
        held["answers"],
        held["raw"],
        0,
        at,
        at,
    )


def begin(store: Store, submission_id: str, session_id: str) -> Draft | None:
    """The draft to gather in, made if there is none; None if the submission is gone."""
    if (found := find(store, submission_id, session_id)) is not None:
        return found
    draft_id = secrets.token_hex(16)
    seal, wrapped = store.master.new_seal(draft_id)
    with store.database.writing() as session:
        # The lock: two files that come at once gather in the same draft.
        submission = session.get(SubmissionRow, submission_id, with_for_update=True)
        if submission is None:
            return None
        row = _gathering(session, submission_id, session_id)
        if row is None:
            held = _answers(store, submission)
            row = DraftRow(
                id=draft_id,
                procedure_id=submission.procedure_id,
                digest=submission.digest,
                session_hash=owner(holder_of(submission_id, session_id)),
                language=submission.language,
                key=wrapped,
                answers=seal_answers(seal, held["answers"], held["raw"]),
                created_at=store.now(),
                updated_at=store.now(),
            )
            session.add(row)
            audit.record(session, row.created_at, "later-begun", submission_id, "", "applicant")
    return draft_of(store, row)


def send(
    store: Store,
    submission_id: str,
    session_id: str,
    gathered: Draft,
    payload: Payload,
    files: tuple[Told, ...],
    at: datetime,
) -> Supplement | None:
    """Queue what was gathered, once; None if a file came or went since, or it was sent before."""
    kept = appending.keep(store, submission_id, [payload])
    if kept is None:
        return None
    holder = holder_of(submission_id, session_id)
    with store.database.writing() as session:
        submission = session.get(SubmissionRow, submission_id, with_for_update=True)
        draft = owned(session, gathered.id, holder, for_update=True)
        if submission is None or draft is None or draft.revision != gathered.revision:
            return None
        if not appending.queue(store, session, kept, "applicant"):
            return None
        seal = store.master.seal(submission.draft_id, submission.key)
        row = SupplementRow(
            id=gathered.id,
            submission_id=submission_id,
            number=_next_number(session, submission_id),
            sent_at=at,
            sha256=kept.rows[0].sha256,
            files=_sealed(seal, gathered.id, files),
        )
        session.add(row)
        names = drafts.remove_row(session, draft)
        failpoint("append-before-commit")
    store.bell.ring()
    for name in names:
        store.files.remove(name)
    return Supplement(row.number, row.sent_at, row.sha256, files)


def of_submission(store: Store, submission_id: str) -> list[Supplement]:
    """What was sent after the application, in order."""
    with store.database.reading() as session:
        submission = session.get(SubmissionRow, submission_id)
        rows = session.exec(
            select(SupplementRow)
            .where(SupplementRow.submission_id == submission_id)
            .order_by(col(SupplementRow.number))
        ).all()
    if submission is None:
        return []
    seal = store.master.seal(submission.draft_id, submission.key)
    return [
        Supplement(row.number, row.sent_at, row.sha256, _opened(seal, row.id, row.files))
        for row in rows
    ]


def forget(session: Session, submission_id: str) -> None:
    """With their submission."""
    session.exec(delete(SupplementRow).where(col(SupplementRow.submission_id) == submission_id))


def _gathering(session: Session, submission_id: str, session_id: str) -> DraftRow | None:
    mine = owner(holder_of(submission_id, session_id))
    return session.exec(select(DraftRow).where(DraftRow.session_hash == mine)).first()


def _answers(store: Store, row: SubmissionRow) -> dict[str, dict[str, object]]:
    opened = store.master.seal(row.draft_id, row.key).open(row.answers, "answers")
    held: dict[str, dict[str, object]] = json.loads(opened)
    return held


def _next_number(session: Session, submission_id: str) -> int:
    newest = session.exec(
        select(func.max(SupplementRow.number)).where(SupplementRow.submission_id == submission_id)
    ).one()
    return (newest or 0) + 1


def _sealed(seal: Seal, supplement_id: str, files: tuple[Told, ...]) -> bytes:
    rows = [[one.title, one.name, one.row, one.document] for one in files]
    return seal.close(json.dumps(rows, ensure_ascii=False).encode(), f"later/{supplement_id}")


def _opened(seal: Seal, supplement_id: str, sealed: bytes) -> tuple[Told, ...]:
    return tuple(Told(*row) for row in json.loads(seal.open(sealed, f"later/{supplement_id}")))
