"""Which sessions may open a draft, and for how long without showing the secret word again.

A draft belongs to the session that began it. A code with its word lets further sessions in; from
then on each of them has a door, which closes when nothing was done for a while. Behind a closed
door nothing is shown; the word opens it (portal/storage/resuming.py).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, select, update

from portal.storage.holders import owner
from portal.storage.store import Store
from portal.storage.tables import DraftDoorRow, DraftRow, ResumeCodeRow, SubmissionRow

_STEP = timedelta(minutes=1)  # noting every request would be a write for every page


@dataclass(frozen=True, slots=True)
class Passage:
    """Whether a session gets through to a draft that it may open."""

    is_open: bool
    until: datetime | None  # if nothing is done; None without a code: then it does not end


def pass_through(store: Store, draft_id: str, session_id: str, stay: timedelta) -> Passage:
    """Go through the door, if it is open, and keep it open."""
    now = store.now()
    with store.database.reading() as session:
        protected = session.get(ResumeCodeRow, draft_id) is not None
        door = session.get(DraftDoorRow, (owner(session_id), draft_id)) if protected else None
    if not protected:
        return Passage(True, None)
    if door is None or not _is_fresh(door.used_at, now, stay):
        return Passage(False, None)
    if abs(now - door.used_at) < _STEP:
        return Passage(True, door.used_at + stay)
    with store.database.writing() as session:
        open_door(session, draft_id, owner(session_id), now)
    return Passage(True, now + stay)


def _is_fresh(used_at: datetime, now: datetime, stay: timedelta) -> bool:
    # A time ahead comes from a clock that was set back; it must not hold a door open for long.
    return -stay < now - used_at < stay


def open_door(session: Session, draft_id: str, session_hash: str, at: datetime) -> None:
    """The session may open the draft from now on."""
    door = session.get(DraftDoorRow, (session_hash, draft_id))
    if door is None:
        door = DraftDoorRow(session_hash=session_hash, draft_id=draft_id, used_at=at)
    door.used_at = at
    session.add(door)


def close_others(session: Session, draft: DraftRow, session_id: str) -> None:
    """Only this session may open the draft."""
    own = owner(session_id)
    others = col(DraftDoorRow.session_hash) != own
    session.exec(delete(DraftDoorRow).where(col(DraftDoorRow.draft_id) == draft.id, others))
    draft.session_hash = own
    session.add(draft)


def rename(session: Session, old_session_id: str, new_session_id: str) -> None:
    """All that was the old session's is the new one's: ids change when somebody shows a secret."""
    old, new = owner(old_session_id), owner(new_session_id)
    for row in (DraftRow, DraftDoorRow, SubmissionRow):
        session.exec(update(row).where(col(row.session_hash) == old).values(session_hash=new))
    session.expire_all()


def forget(session: Session, draft_id: str) -> None:
    """Doors and code go with their draft."""
    session.exec(delete(DraftDoorRow).where(col(DraftDoorRow.draft_id) == draft_id))
    session.exec(delete(ResumeCodeRow).where(col(ResumeCodeRow.draft_id) == draft_id))


def closed(store: Store, session_id: str, stay: timedelta) -> set[str]:
    """The drafts of a session whose word is asked for first."""
    own, now = owner(session_id), store.now()
    with store.database.reading() as session:
        mine = select(DraftRow.id).where(DraftRow.session_hash == own)
        doors = session.exec(select(DraftDoorRow).where(DraftDoorRow.session_hash == own)).all()
        fresh = {one.draft_id for one in doors if _is_fresh(one.used_at, now, stay)}
        protected = session.exec(
            select(ResumeCodeRow.draft_id).where(
                col(ResumeCodeRow.draft_id).in_(mine)
                | col(ResumeCodeRow.draft_id).in_([one.draft_id for one in doors])
            )
        ).all()
    return set(protected) - fresh
