"""What the applicant sends after the application: answers and a withdrawal, each once.

The number of a reply is its idempotency key: it stands in the form, so that a second press finds
what the first one sent. Reply, payload, delivery and audit entry are one transaction.
"""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session, col, func, select

from portal.storage import appending, audit
from portal.storage.case_tables import ReplyRow
from portal.storage.faults import failpoint
from portal.storage.records import Payload
from portal.storage.sealing import Seal
from portal.storage.store import Store
from portal.storage.tables import PayloadRow, SubmissionRow


class ReplyKind(StrEnum):
    """What an applicant can send."""

    ANSWER = "answer"
    WITHDRAWAL = "withdrawal"


@dataclass(frozen=True, slots=True)
class Said:
    """What a reply holds."""

    kind: ReplyKind
    number: int
    answers: str | None  # id of the message (storage) it answers
    text: str = field(default="", repr=False)
    files: tuple[str, ...] = field(default=(), repr=False)  # their names


@dataclass(frozen=True, slots=True)
class SentReply:
    """A reply as it was sent."""

    id: str
    said: Said
    sent_at: datetime
    sha256: str  # of the message to the authority
    payload_id: str


def next_number(store: Store, submission_id: str) -> int:
    """The number of the next reply, for its form."""
    with store.database.reading() as session:
        return _newest(session, submission_id) + 1


def moment_of(store: Store) -> datetime:
    """The time of a reply that is being sent."""
    return store.now()


def send(store: Store, submission_id: str, said: Said, payload: Payload) -> SentReply | None:
    """Keep and queue a reply; the one that was sent under this number, if there is one.

    None: the case is gone, or the number is not the next one.
    """
    if (done := by_number(store, submission_id, said.number)) is not None:
        return done
    kept = appending.keep(store, submission_id, [payload])
    if kept is None:
        return None
    with store.database.writing() as session:
        submission = session.get(SubmissionRow, submission_id, with_for_update=True)
        if submission is None:
            return None
        known = _numbered(session, submission_id, said.number)
        if known is None and _newest(session, submission_id) + 1 != said.number:
            return None
        if known is None:
            if not appending.queue(store, session, kept, by="applicant"):
                return None
            seal = store.master.seal(submission.draft_id, submission.key)
            known = _row(store, seal, submission_id, said, kept.rows[0].id)
            session.add(known)
            action = f"{said.kind}-sent"
            number = str(said.number)
            audit.record(session, known.sent_at, action, submission_id, number, "applicant")
            failpoint("reply-before-commit")
    failpoint("reply-kept")
    store.bell.ring()
    return by_number(store, submission_id, said.number)


def of_case(store: Store, submission_id: str) -> list[SentReply]:
    """All replies of a case, newest first."""
    with store.database.reading() as session:
        submission = session.get(SubmissionRow, submission_id)
        rows = session.exec(
            select(ReplyRow, PayloadRow)
            .join(PayloadRow, col(PayloadRow.id) == col(ReplyRow.payload_id))
            .where(ReplyRow.submission_id == submission_id)
            .order_by(col(ReplyRow.number).desc())
        ).all()
    if submission is None:
        return []
    seal = store.master.seal(submission.draft_id, submission.key)
    return [_sent(seal, row, payload.sha256) for row, payload in rows]


def by_number(store: Store, submission_id: str, number: int) -> SentReply | None:
    """The reply of this number."""
    sent = of_case(store, submission_id)
    return next((one for one in sent if one.said.number == number), None)


def _newest(session: Session, submission_id: str) -> int:
    query = select(func.max(ReplyRow.number)).where(ReplyRow.submission_id == submission_id)
    return session.exec(query).one() or 0


def _numbered(session: Session, submission_id: str, number: int) -> ReplyRow | None:
    query = select(ReplyRow).where(
        ReplyRow.submission_id == submission_id, ReplyRow.number == number
    )
    return session.exec(query).first()


def _row(store: Store, seal: Seal, submission_id: str, said: Said, payload_id: str) -> ReplyRow:
    reply_id = secrets.token_hex(16)
    content = json.dumps({"text": said.text, "files": list(said.files)}, ensure_ascii=False)
    return ReplyRow(
        id=reply_id,
        submission_id=submission_id,
        number=said.number,
        kind=said.kind,
        answers=said.answers,
        payload_id=payload_id,
        content=seal.close(content.encode(), f"reply/{reply_id}"),
        sent_at=store.now(),
    )


def _sent(seal: Seal, row: ReplyRow, sha256: str) -> SentReply:
    held = json.loads(seal.open(row.content, f"reply/{row.id}"))
    files: Sequence[str] = held["files"]
    said = Said(ReplyKind(row.kind), row.number, row.answers, held["text"], tuple(files))
    return SentReply(row.id, said, row.sent_at, sha256, row.payload_id)
