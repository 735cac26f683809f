"""Messages of the authority: kept with the case's key, each once, whatever comes in twice.

    kept = messages.receive(store, Incoming(…))     Kept.NEW | KNOWN | OTHER | GONE
    messages.of_case(store, submission_id)          newest first
    messages.content(store, message_id)             the very bytes that came

The file is on the disk before the row that names it commits. The row, the audit entry and the
letter that there is news are one transaction; a message whose id is known changes nothing.
"""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session, col, delete, select

from portal.storage import audit, case_notices
from portal.storage.case_tables import CaseNoticeRow, MessageRow, ReplyRow
from portal.storage.faults import failpoint
from portal.storage.orphans import assert_written
from portal.storage.refusals import DamagedError, UnavailableError, WrongKeyError
from portal.storage.store import Store
from portal.storage.tables import SubmissionRow


class Kept(StrEnum):
    """What became of a message."""

    NEW = "new"
    KNOWN = "known"  # the very same came before
    OTHER = "other"  # another one came before under this id
    GONE = "gone"  # the case is no longer there


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message that was read and belongs to a case."""

    submission_id: str
    message_id: str
    kind: str
    created_at: datetime
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Message:
    """What is known of a message without opening it."""

    id: str
    message_id: str
    submission_id: str
    kind: str
    created_at: datetime
    received_at: datetime
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class Matched:
    """The case that a reference names."""

    submission_id: str
    digest: str  # of its definition


def match(store: Store, reference: str) -> Matched | None:
    """The submission with this reference number."""
    with store.database.reading() as session:
        query = select(SubmissionRow).where(SubmissionRow.reference == reference)
        row = session.exec(query).first()
    return None if row is None else Matched(row.id, row.digest)


def reference_of(store: Store, submission_id: str) -> str:
    """The number of a case; "" if it is gone."""
    with store.database.reading() as session:
        row = session.get(SubmissionRow, submission_id)
    return "" if row is None else row.reference


def receive(store: Store, incoming: Incoming) -> Kept:
    """Keep a message, and have the applicant told that there is news."""
    with store.database.reading() as session:
        known = _known(session, incoming)
        submission = session.get(SubmissionRow, incoming.submission_id)
    if known is not None:
        return known
    if submission is None:
        return Kept.GONE
    object_name = _object_name(incoming)
    seal = store.master.seal(submission.draft_id, submission.key)
    store.files.write(object_name, seal.close(incoming.content, object_name))
    failpoint("message-written")
    with store.database.writing() as session:
        # The lock lets the same message take its turn, and makes retention wait.
        if session.get(SubmissionRow, incoming.submission_id, with_for_update=True) is None:
            return Kept.GONE
        if (known := _known(session, incoming)) is not None:
            return known
        row = _row(store, incoming, object_name)
        session.add(row)
        session.flush()
        case_notices.tell(store, session, incoming.submission_id)
        detail = f"{row.kind} {row.message_id}"
        audit.record(session, row.received_at, "message-received", row.submission_id, detail)
        assert_written(store, [object_name])
        failpoint("message-before-commit")
    failpoint("message-kept")
    store.bell.ring()
    return Kept.NEW


def of_case(store: Store, submission_id: str) -> list[Message]:
    """All messages of a case, newest first."""
    with store.database.reading() as session:
        rows = session.exec(
            select(MessageRow)
            .where(MessageRow.submission_id == submission_id)
            .order_by(col(MessageRow.received_at).desc(), col(MessageRow.id))
        ).all()
    return [_message(row) for row in rows]


def find(store: Store, submission_id: str, message_id: str) -> Message | None:
    """One message of this case; unknown ones and those of other cases alike are None."""
    with store.database.reading() as session:
        row = session.get(MessageRow, message_id)
    return None if row is None or row.submission_id != submission_id else _message(row)


def content(store: Store, message_id: str) -> bytes:
    """The bytes as they came; DamagedError if they are others, UnavailableError if out of reach."""
    with store.database.reading() as session:
        row = session.get_one(MessageRow, message_id)
        submission = session.get_one(SubmissionRow, row.submission_id)
    seal = store.master.seal(submission.draft_id, submission.key)
    try:
        opened = seal.open(store.files.read(row.object_name), row.object_name)
    except OSError as fault:
        raise UnavailableError(f"stored message: {type(fault).__name__}") from fault
    except WrongKeyError as fault:
        raise DamagedError("a stored message was changed") from fault
    if (len(opened), hashlib.sha256(opened).hexdigest()) != (row.size, row.sha256):
        raise DamagedError("a stored message is not the one that came")
    return opened


def mark_read(store: Store, message: Message) -> None:
    """The applicant has opened it: when is on record, because deadlines may hang on it."""
    if message.read_at is not None:
        return
    with store.database.writing() as session:
        row = session.get(MessageRow, message.id, with_for_update=True)
        if row is None or row.read_at is not None:
            return
        row.read_at = store.now()
        session.add(row)
        audit.record(
            session, row.read_at, "message-read", row.submission_id, row.message_id, "applicant"
        )


def forget(session: Session, submission_id: str) -> Sequence[str]:
    """Messages, replies and the address for notices go with their case; the files to remove."""
    names = session.exec(
        select(MessageRow.object_name).where(MessageRow.submission_id == submission_id)
    ).all()
    for row in (ReplyRow, MessageRow, CaseNoticeRow):
        session.exec(delete(row).where(col(row.submission_id) == submission_id))
    return names


def _known(session: Session, incoming: Incoming) -> Kept | None:
    query = select(MessageRow).where(MessageRow.message_id == incoming.message_id)
    row = session.exec(query).first()
    if row is None:
        return None
    is_same = row.sha256 == hashlib.sha256(incoming.content).hexdigest()
    return Kept.KNOWN if is_same and row.submission_id == incoming.submission_id else Kept.OTHER


def _object_name(incoming: Incoming) -> str:
    """Follows from the message: whoever repeats what a killed process began writes one file."""
    digest = hashlib.sha256(incoming.content).hexdigest()
    rest = hashlib.sha256(f"{incoming.submission_id}/{digest}".encode()).hexdigest()
    return f"{incoming.submission_id[:8]}{rest[:24]}.message"


def _row(store: Store, incoming: Incoming, object_name: str) -> MessageRow:
    return MessageRow(
        id=secrets.token_hex(16),
        message_id=incoming.message_id,
        submission_id=incoming.submission_id,
        kind=incoming.kind,
        created_at=incoming.created_at,
        received_at=store.now(),
        size=len(incoming.content),
        sha256=hashlib.sha256(incoming.content).hexdigest(),
        object_name=object_name,
    )


def _message(row: MessageRow) -> Message:
    return Message(
        row.id,
        row.message_id,
        row.submission_id,
        row.kind,
        row.created_at,
        row.received_at,
        row.read_at,
    )
