"""Who stands before a draft: the session it belongs to, or an invited person with an entry."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeAlias

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from portal.storage.tables import DraftDoorRow, DraftRow, InvitationEntryRow, InvitationRow

STAY = timedelta(hours=12)  # after that the link and the code are asked for again


@dataclass(frozen=True, slots=True)
class Entry:
    """An invited person who has shown link and code; `at` is the time of the request."""

    invitation_id: str
    secret: str = field(repr=False)
    at: datetime
    documents: frozenset[str] = frozenset()  # the only files they may see, add or remove


Holder: TypeAlias = str | Entry  # a str is the id of a session


def owner(session_id: str) -> str:
    """What is stored of a session id: enough to compare, nothing to steal."""
    return hashlib.sha256(f"session/{session_id}".encode()).hexdigest()


def held_by(session_id: str) -> ColumnElement[bool]:
    """Of drafts: those that this session began, or was let into by a code."""
    own = owner(session_id)
    doors = select(DraftDoorRow.draft_id).where(DraftDoorRow.session_hash == own)
    return (col(DraftRow.session_hash) == own) | col(DraftRow.id).in_(doors)


def entry_hash(secret: str) -> str:
    """What is stored of an entry."""
    return hashlib.sha256(f"entry/{secret}".encode()).hexdigest()


def actor(holder: Holder) -> str:
    """How the audit trail calls them."""
    return "invited" if isinstance(holder, Entry) else "applicant"


def owned(
    session: Session, draft_id: str, holder: Holder, *, for_update: bool = False
) -> DraftRow | None:
    """The draft's row, if this holder may have it; `for_update`: to change it."""
    query = select(DraftRow).where(DraftRow.id == draft_id)
    if isinstance(holder, Entry):
        invitation = entered(session, holder)
        if invitation is None or invitation.draft_id != draft_id:
            return None
    else:
        query = query.where(held_by(holder))
    row = session.exec(query.with_for_update() if for_update else query).first()
    if for_update and isinstance(holder, Entry):
        # Asked again behind the draft's lock. What was handed over is opened again before it is
        # changed.
        invitation = entered(session, holder)
        if invitation is None or invitation.done_at is not None:
            return None
    return row


def entered(session: Session, entry: Entry) -> InvitationRow | None:
    """The invitation of an entry, while both are in force."""
    query = (
        select(InvitationRow)
        .join(InvitationEntryRow, col(InvitationEntryRow.invitation_id) == col(InvitationRow.id))
        .where(InvitationRow.id == entry.invitation_id)
        .where(InvitationEntryRow.hash == entry_hash(entry.secret))
        .where(col(InvitationEntryRow.created_at) > entry.at - STAY)
        .where(col(InvitationRow.expires_at) > entry.at)
        .execution_options(populate_existing=True)
    )
    return session.exec(query).first()


def may_have(holder: Holder, document: str) -> bool:
    """Whether files of a document are this holder's business."""
    return not isinstance(holder, Entry) or document in holder.documents
