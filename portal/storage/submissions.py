"""Accepting an application: once per draft, whole or not at all (R03, R07, R08, R21).

Two short transactions with the slow work between them (R18): the first reserves the submission's
id and time, then the payloads are built and put on the disk, then the second writes submission,
payload rows, outbox rows and audit entry together. Whoever repeats a request builds the same
bytes for the same reservation; the unique draft id lets only one of them in. A reservation also
keeps the time of the first attempt: a crash at midnight does not cost the applicant the day.
"""

import hashlib
import json
import secrets
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from portal.storage import audit
from portal.storage.faults import failpoint
from portal.storage.holders import owned, owner
from portal.storage.orphans import assert_written
from portal.storage.outbox import add_delivery
from portal.storage.records import Payload, Receipt, StoredPayload
from portal.storage.refusals import DamagedError, UnavailableError, WrongKeyError
from portal.storage.store import Store
from portal.storage.tables import DefinitionRow, DraftRow, PayloadRow, SubmissionRow

Build = Callable[[str, str, datetime], Sequence[Payload]]  # submission id, reference, time -> bytes
RESERVATION = timedelta(minutes=10)
_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # nothing that looks like something else


@dataclass(frozen=True, slots=True)
class Changed:
    """The draft was saved again after the applicant read the summary: nothing was submitted."""


def accept(
    store: Store, draft_id: str, session_id: str, expected_revision: int, build: Build
) -> Receipt | Changed | None:
    """Accept a draft and queue its deliveries; the same receipt for every repetition.

    `build` makes the payloads from submission id, reference and time, the same bytes every time.
    None: no such draft of this session.
    """
    reserved = _reserve(store, draft_id, session_id, expected_revision)
    if not isinstance(reserved, DraftRow):
        return reserved
    submission_id, at = _reservation(reserved)
    payloads = build(submission_id, reference(submission_id), at)
    seal = store.master.seal(reserved.id, reserved.key)
    rows = [payload_row(submission_id, payload) for payload in payloads]
    store.files.write_all(
        {
            row.object_name: seal.close(payload.content, row.object_name)
            for row, payload in zip(rows, payloads, strict=True)
        }
    )
    failpoint("payloads-stored")
    receipt = _commit(store, reserved, session_id, rows, payloads)
    failpoint("after-commit")
    store.bell.ring()
    return receipt


def receipt_of_draft(store: Store, draft_id: str, session_id: str) -> Receipt | None:
    """The receipt, if the draft was accepted and belongs to the session."""
    with store.database.reading() as session:
        row = session.exec(
            select(SubmissionRow)
            .where(SubmissionRow.draft_id == draft_id)
            .where(SubmissionRow.session_hash == owner(session_id))
        ).first()
    return None if row is None else receipt_from(row)


def find(store: Store, submission_id: str, session_id: str) -> Receipt | None:
    """The receipt of a submission of this session."""
    with store.database.reading() as session:
        row = session.get(SubmissionRow, submission_id)
    if row is None or row.session_hash != owner(session_id):
        return None
    return receipt_from(row)


def draft_of(store: Store, submission_id: str, session_id: str) -> str | None:
    """The draft that became the submission, for the session that submitted it."""
    with store.database.reading() as session:
        row = session.get(SubmissionRow, submission_id)
    return row.draft_id if row and row.session_hash == owner(session_id) else None


def of_session(store: Store, session_id: str) -> list[Receipt]:
    """The session's submissions, latest first."""
    with store.database.reading() as session:
        rows = session.exec(
            select(SubmissionRow)
            .where(SubmissionRow.session_hash == owner(session_id))
            .order_by(col(SubmissionRow.accepted_at).desc())
        ).all()
    return [receipt_from(row) for row in rows]


def payloads_of(store: Store, submission_id: str) -> list[StoredPayload]:
    """What was stored with a submission."""
    with store.database.reading() as session:
        rows = session.exec(
            select(PayloadRow)
            .where(PayloadRow.submission_id == submission_id)
            .order_by(PayloadRow.output)
        ).all()
    return [stored(row) for row in rows]


def newest_payloads(
    store: Store, output: str, ending: str, most: int
) -> Iterator[tuple[str, bytes]]:
    """Reference and bytes of one kind of payload, newest cases first; damaged ones are left out."""
    query = (
        select(SubmissionRow.reference, PayloadRow.id)
        .join(PayloadRow, col(PayloadRow.submission_id) == col(SubmissionRow.id))
        .where(PayloadRow.output == output, col(PayloadRow.name).endswith(ending))
        .order_by(col(SubmissionRow.accepted_at).desc())
        .limit(most)
    )
    with store.database.reading() as session:
        found = session.exec(query).all()
    for reference_number, payload_id in found:
        try:
            yield reference_number, payload_bytes(store, payload_id)
        except DamagedError:
            continue


def payload_bytes(store: Store, payload_id: str) -> bytes:
    """The bytes of a payload, checked against the hash they were accepted with (R21).

    DamagedError if they are others; UnavailableError if the file cannot be read now.
    """
    with store.database.reading() as session:
        row = session.get_one(PayloadRow, payload_id)
        submission = session.get_one(SubmissionRow, row.submission_id)
    try:
        sealed = store.files.read(row.object_name)
    except OSError as fault:
        raise UnavailableError(f"stored payload: {type(fault).__name__}") from fault
    try:
        content = store.master.seal(submission.draft_id, submission.key).open(
            sealed, row.object_name
        )
    except WrongKeyError as fault:
        raise DamagedError("a stored payload was changed") from fault
    if (len(content), hashlib.sha256(content).hexdigest()) != (row.size, row.sha256):
        raise DamagedError("a stored payload is not the one that was accepted")
    return content


def stored(row: PayloadRow) -> StoredPayload:
    """The plain form of a payload row."""
    return StoredPayload(row.id, row.output, row.name, row.media_type, row.size, row.sha256)


def reference(submission_id: str) -> str:
    """A number to read out on the phone, e.g. "K7Q4-M2XD-9PTA"; made from the random id."""
    number = int(hashlib.sha256(submission_id.encode()).hexdigest(), 16)
    letters = []
    for _ in range(12):
        number, index = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[index])
    text = "".join(letters)
    return f"{text[:4]}-{text[4:8]}-{text[8:]}"


def _reserve(
    store: Store, draft_id: str, session_id: str, expected_revision: int
) -> DraftRow | Receipt | Changed | None:
    with store.database.writing() as session:
        row = owned(session, draft_id, session_id, for_update=True)
        if row is None:
            return None
        if (done := _of_draft(session, draft_id)) is not None:
            return receipt_from(done)
        if row.revision != expected_revision:
            return Changed()
        # The clock may have been set back since the draft began (R07).
        now = max(store.now(), row.updated_at)
        stale = row.reserved_at is None or now - row.reserved_at > RESERVATION
        if stale or row.reserved_submission is None:
            row.reserved_submission = str(uuid.UUID(bytes=secrets.token_bytes(16), version=4))
            row.reserved_at = now
            session.add(row)
    failpoint("reserved")
    return row


def _reservation(row: DraftRow) -> tuple[str, datetime]:
    if row.reserved_submission is None or row.reserved_at is None:
        raise ValueError("the draft has no reservation")
    return row.reserved_submission, row.reserved_at


def _commit(
    store: Store,
    reserved: DraftRow,
    session_id: str,
    rows: list[PayloadRow],
    payloads: Sequence[Payload],
) -> Receipt | Changed | None:
    submission_id, at = _reservation(reserved)
    with store.database.writing() as session:
        draft = session.get(DraftRow, reserved.id, with_for_update=True)
        if draft is None:  # deleted by the applicant, or expired, while the payloads were built
            return None
        if (done := _of_draft(session, draft.id)) is not None:
            return receipt_from(done)
        if draft.revision != reserved.revision or draft.reserved_submission != submission_id:
            return Changed()
        submission = _submission_row(session, draft, submission_id, at, rows)
        # Of several browsers that may open the draft the one that submitted has the receipt.
        submission.session_hash = owner(session_id)
        session.add(submission)
        session.flush()
        failpoint("submission-written")
        session.add_all(rows)
        session.flush()
        failpoint("payloads-written")
        for row, payload in zip(rows, payloads, strict=True):
            add_delivery(session, row, payload, at)
        session.flush()
        failpoint("outbox-written")
        audit.record(session, at, "accepted", submission_id, submission.digest, "applicant")
        assert_written(store, [row.object_name for row in rows])
        failpoint("before-commit")
    return receipt_from(submission)


def _of_draft(session: Session, draft_id: str) -> SubmissionRow | None:
    return session.exec(select(SubmissionRow).where(SubmissionRow.draft_id == draft_id)).first()


def _submission_row(
    session: Session, draft: DraftRow, submission_id: str, at: datetime, rows: list[PayloadRow]
) -> SubmissionRow:
    definition = session.get_one(DefinitionRow, draft.digest)
    return SubmissionRow(
        id=submission_id,
        draft_id=draft.id,
        reference=reference(submission_id),
        procedure_id=draft.procedure_id,
        digest=draft.digest,
        definition_version=definition.version,
        session_hash=draft.session_hash,
        language=draft.language,
        key=draft.key,
        answers=draft.answers,
        payload_sha256=_hash_of_all(rows),
        accepted_at=at,
    )


def payload_row(submission_id: str, payload: Payload) -> PayloadRow:
    """The row of a payload; its names follow from the content, the same for every repetition."""
    digest = hashlib.sha256(payload.content).hexdigest()
    # The name follows from the content, so that repeating a request writes the same file; its
    # beginning from the submission, so that the files of one submission share a folder.
    rest = hashlib.sha256(f"{submission_id}/{payload.output}/{digest}".encode()).hexdigest()
    name = submission_id[:8] + rest[:24]
    return PayloadRow(
        id=name,
        submission_id=submission_id,
        output=payload.output,
        name=payload.name,
        media_type=payload.media_type,
        size=len(payload.content),
        sha256=digest,
        object_name=f"{name}.payload",
    )


def _hash_of_all(rows: list[PayloadRow]) -> str:
    parts = sorted((row.output, row.sha256) for row in rows)
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def receipt_from(row: SubmissionRow) -> Receipt:
    """The plain form of a submission's row."""
    return Receipt(
        row.id,
        row.reference,
        row.procedure_id,
        row.accepted_at,
        row.digest,
        row.definition_version,
        row.payload_sha256,
        row.language,
    )
