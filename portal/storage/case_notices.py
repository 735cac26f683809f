"""Where the applicant wants to be told that there is news: an address, sealed, removable."""

from sqlmodel import Session

from portal.storage import audit, letters
from portal.storage.case_tables import CaseNoticeRow
from portal.storage.letters import LetterKind
from portal.storage.notices import address_for_news
from portal.storage.store import Store
from portal.storage.tables import ResumeCodeRow, SubmissionRow


def remember(store: Store, submission_id: str, address: str, language: str) -> bool:
    """Write to this address from now on; it comes from `portal.mail.addresses.read_address`."""
    with store.database.writing() as session:
        submission = session.get(SubmissionRow, submission_id, with_for_update=True)
        if submission is None:
            return False
        seal = store.master.seal(submission.draft_id, submission.key)
        sealed = seal.close(address.encode(), "notice-address")
        row = session.get(CaseNoticeRow, submission_id)
        if row is None:
            row = CaseNoticeRow(
                submission_id=submission_id,
                address=sealed,
                language=language,
                created_at=store.now(),
            )
        row.address, row.language = sealed, language
        session.add(row)
        audit.record(session, store.now(), "notices-wanted", submission_id, actor="applicant")
    return True


def forget_address(store: Store, submission_id: str) -> None:
    """No letters any more, about this case; letters that wait are not sent."""
    with store.database.writing() as session:
        submission = session.get(SubmissionRow, submission_id, with_for_update=True)
        row = session.get(CaseNoticeRow, submission_id)
        if row is not None:
            session.delete(row)
        kept = None if submission is None else session.get(ResumeCodeRow, submission.draft_id)
        if kept is not None:
            kept.address = None
            session.add(kept)
        letters.forget(session, submission_id)
        audit.record(session, store.now(), "notices-unwanted", submission_id, actor="applicant")


def address_of(store: Store, submission_id: str) -> str | None:
    """Where the applicant is written to; None: nowhere."""
    with store.database.reading() as session:
        found = _wanted(store, session, submission_id)
    return None if found is None else found[0]


def tell(store: Store, session: Session, submission_id: str) -> bool:
    """Queue the letter that there is news, in the transaction that brings it."""
    found = _wanted(store, session, submission_id)
    if found is None:
        return False
    address, language = found
    letters.queue(
        store,
        session,
        LetterKind.NEWS,
        address,
        language,
        {"path": "/case"},
        subject=submission_id,
    )
    return True


def _wanted(store: Store, session: Session, submission_id: str) -> tuple[str, str] | None:
    submission = session.get(SubmissionRow, submission_id)
    if submission is None:
        return None
    row = session.get(CaseNoticeRow, submission_id)
    if row is not None:
        seal = store.master.seal(submission.draft_id, submission.key)
        return seal.open(row.address, "notice-address").decode(), row.language
    before = address_for_news(store, session, submission.draft_id)
    return None if before is None else (before, submission.language)
