"""Letters that an applicant asked for: their code, and word in time before a draft is deleted."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from portal.storage import letters
from portal.storage.holders import owned
from portal.storage.letters import LetterKind
from portal.storage.store import Store
from portal.storage.tables import DraftRow, ResumeCodeRow, SubmissionRow

MOST = 3  # letters with a code: an address of somebody else must not be flooded
NOTICE = timedelta(days=7)  # so long before a draft is deleted, at the latest (R46)
_EARLIER = timedelta(days=1)  # a letter takes its time
_BERLIN = ZoneInfo("Europe/Berlin")
_BATCH = 50
CONTINUE = "/continue"


def send_code(
    store: Store,
    draft_id: str,
    session_id: str,
    code: str,
    address: str,
    *,
    until: datetime,
    keep: bool,
) -> bool:
    """Queue a letter with the code; `keep` the address for notices. False: sent often enough."""
    with store.database.writing() as session:
        draft = owned(session, draft_id, session_id, for_update=True)
        row = session.get(ResumeCodeRow, draft_id)
        if draft is None or row is None or row.letters >= MOST:
            return False
        row.letters += 1
        if keep:
            seal = store.master.seal(draft.id, draft.key)
            row.address = seal.close(address.encode(), "address")
        session.add(row)
        params = {"path": CONTINUE, "code": code, "until": _day(until)}
        letters.queue(
            store,
            session,
            LetterKind.RESUME_CODE,
            address,
            draft.language,
            params,
            subject=draft_id,
        )
    store.bell.ring()
    return True


def address_for_news(store: Store, session: Session, draft_id: str) -> str | None:
    """Where the applicant wants to be written to, before and after submitting; None: nowhere."""
    row, draft = session.get(ResumeCodeRow, draft_id), session.get(DraftRow, draft_id)
    if row is None or draft is None or row.address is None:
        return None
    return store.master.seal(draft.id, draft.key).open(row.address, "address").decode()


def lead(period: timedelta) -> timedelta:
    """How long before the end a notice goes out; of a short period the second half."""
    return min(NOTICE + _EARLIER, period / 2)


def announce(store: Store, procedure_id: str, period: timedelta) -> int:
    """Queue a letter for every draft of a procedure that is deleted soon; each edit counts anew."""
    total = 0
    while found := _announce_some(store, procedure_id, period):
        total += found
    return total


def _announce_some(store: Store, procedure_id: str, period: timedelta) -> int:
    now = store.now()
    noticed = col(ResumeCodeRow.noticed_at)
    query = (
        select(ResumeCodeRow, DraftRow)
        .join(DraftRow, col(DraftRow.id) == col(ResumeCodeRow.draft_id))
        .where(DraftRow.procedure_id == procedure_id)
        .where(col(ResumeCodeRow.address).is_not(None))
        .where(col(DraftRow.updated_at) < now - period + lead(period))
        .where(noticed.is_(None) | (noticed < col(DraftRow.updated_at)))
        .where(col(DraftRow.id).not_in(select(SubmissionRow.draft_id)))
        .limit(_BATCH)
    )
    with store.database.writing() as session:
        found = session.exec(query).all()
        for row, draft in found:
            address = address_for_news(store, session, draft.id)
            row.noticed_at = max(now, draft.updated_at)
            session.add(row)
            if address is None:
                continue
            letters.queue(
                store,
                session,
                LetterKind.DRAFT_EXPIRING,
                address,
                draft.language,
                {"path": CONTINUE, "until": _day(draft.updated_at + period)},
                subject=draft.id,
            )
    return len(found)


def _day(moment: datetime) -> str:
    return moment.astimezone(_BERLIN).date().isoformat()
