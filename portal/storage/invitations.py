"""Invitations to fill in some pages of a draft: link and code, entries, and how far they are.

Of link and code only hashes are stored. The link alone opens nothing; the code is asked for in few
tries, counted before they are looked at, so that many at once are not more.
"""

import hashlib
import json
import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, select

from portal.storage import audit
from portal.storage.code_hashes import fits, hash_code
from portal.storage.drafts import draft_of, is_submitted, seal_answers, touch
from portal.storage.faults import failpoint
from portal.storage.holders import STAY, Entry, entered, entry_hash, owned
from portal.storage.records import Conflict, Invited
from portal.storage.store import Store
from portal.storage.tables import DraftRow, InvitationEntryRow, InvitationRow, UploadRow

TRIES = 5  # wrong codes in a row, then a pause
PAUSE = timedelta(minutes=15)
ALL_TRIES = 20  # then link and code are worth nothing any more
_ENTRIES = 20  # browsers at a time; the oldest one makes room
Answers = dict[str, object]
Strip = Callable[[Answers], tuple[Answers, Answers]]  # raw -> canonical and raw without the part


@dataclass(frozen=True, slots=True)
class Blocked:
    """Too many wrong codes; `until` is None if only a new link and code help."""

    until: datetime | None


@dataclass(frozen=True, slots=True)
class Wrong:
    """Not the code of this link."""

    left: int  # tries before the next pause


@dataclass(frozen=True, slots=True)
class Secrets:
    """Link and code before they are hashed."""

    link: str
    code: str

    def __repr__(self) -> str:
        return "Secrets()"


def of_draft(store: Store, draft_id: str, session_id: str) -> dict[str, Invited]:
    """The invitations of a draft of this session, by name."""
    with store.database.reading() as session:
        draft = owned(session, draft_id, session_id)
        rows = [] if draft is None else _all(session, draft_id)
    return {} if draft is None else {row.name: _invited(store, draft, row) for row in rows}


def invite(
    store: Store, draft_id: str, session_id: str, name: str, made: Secrets, valid_for: timedelta
) -> tuple[Invited, bool] | None:
    """A new invitation; the one there is, if there is one, and whether these are its secrets."""
    code_hash = hash_code(made.code)
    with store.database.writing() as session:
        draft = owned(session, draft_id, session_id, for_update=True)
        if draft is None or is_submitted(session, draft_id):
            return None
        now = store.now()
        row = _named(session, draft_id, name)
        if row is None:
            row = InvitationRow(
                id=secrets.token_hex(16),
                draft_id=draft_id,
                name=name,
                link_hash=_hash_link(made.link),
                code_hash=code_hash,
                created_at=now,
                expires_at=now + valid_for,
            )
            session.add(row)
            touch(session, draft, now)
            audit.record(session, now, "invited", row.id, name, "applicant")
    return _invited(store, draft, row), row.link_hash == _hash_link(made.link)


def renew(
    store: Store, draft_id: str, session_id: str, name: str, made: Secrets, valid_for: timedelta
) -> tuple[Invited, bool] | None:
    """Another link and code for the same invitation; the old ones and all entries end."""
    code_hash = hash_code(made.code)
    with store.database.writing() as session:
        draft = owned(session, draft_id, session_id, for_update=True)
        row = None if draft is None else _named(session, draft_id, name)
        if draft is None or row is None or is_submitted(session, draft_id):
            return None
        if row.link_hash != _hash_link(made.link):
            now = store.now()
            row.link_hash, row.code_hash = _hash_link(made.link), code_hash
            row.created_at, row.expires_at = now, now + valid_for
            row.tries, row.blocked_until = 0, None
            session.add(row)
            _end_entries(session, row.id)
            audit.record(session, now, "invitation-renewed", row.id, name, "applicant")
    return _invited(store, draft, row), True


def revoke(
    store: Store,
    draft_id: str,
    session_id: str,
    name: str,
    strip: Strip,
    documents: Collection[str],
) -> bool:
    """End an invitation; what was answered and handed in on its pages goes with it."""
    with store.database.writing() as session:
        draft = owned(session, draft_id, session_id, for_update=True)
        row = None if draft is None else _named(session, draft_id, name)
        if draft is None or row is None or is_submitted(session, draft_id):
            return False
        held = draft_of(store, draft)
        answers, raw = strip(held.raw)
        draft.answers = seal_answers(store.master.seal(draft.id, draft.key), answers, raw)
        touch(session, draft, store.now())
        names = _take_files(session, draft_id, documents)
        _end_entries(session, row.id)
        session.flush()
        session.delete(row)
        audit.record(session, store.now(), "invitation-revoked", row.id, name, "applicant")
    failpoint("rows-deleted")
    for one in names:
        store.files.remove(one)
    return True


def find(store: Store, link: str) -> tuple[Invited, str] | None:
    """The invitation behind a link and the digest of its definition; None if it is not in force."""
    with store.database.reading() as session:
        row = _linked(session, link)
        draft = None if row is None else session.get(DraftRow, row.draft_id)
    if row is None or draft is None or store.now() >= row.expires_at:
        return None
    return _invited(store, draft, row), draft.digest


def enter(store: Store, link: str, code: str) -> tuple[Invited, str] | Wrong | Blocked | None:
    """The invitation and the secret of a new entry, if link and code are right."""
    counted = _count_try(store, link)
    if not isinstance(counted, InvitationRow):
        return counted
    if not fits(code, counted.code_hash):
        if counted.blocked_until is not None or counted.tries >= ALL_TRIES:
            return Blocked(None if counted.tries >= ALL_TRIES else counted.blocked_until)
        return Wrong(TRIES - counted.tries % TRIES)
    secret = secrets.token_urlsafe(32)
    with store.database.writing() as session:
        row = session.get(InvitationRow, counted.id, with_for_update=True)
        # Another code, or none, in the meantime: what was right before is not right any more.
        if row is None or row.code_hash != counted.code_hash:
            return None
        draft = session.get_one(DraftRow, row.draft_id)
        now = store.now()
        row.tries, row.blocked_until = 0, None
        row.opened_at = row.opened_at or now
        session.add(row)
        _make_room(session, row.id)
        session.add(
            InvitationEntryRow(hash=entry_hash(secret), invitation_id=row.id, created_at=now)
        )
        audit.record(session, now, "invitation-entered", row.id, row.name, "invited")
    return _invited(store, draft, row), secret


def entry_of(store: Store, entry: Entry) -> Invited | None:
    """The invitation, if the entry is in force."""
    with store.database.reading() as session:
        row = entered(session, entry)
        draft = None if row is None else session.get(DraftRow, row.draft_id)
    return None if row is None or draft is None else _invited(store, draft, row)


def finish(
    store: Store, entry: Entry, expected_revision: int, agreed: Answers
) -> Invited | Conflict | None:
    """The invited person hands over; a second press changes nothing."""
    with store.database.writing() as session:
        draft, row = _behind_lock(session, entry)
        if row is None or draft is None:
            return None
        if row.done_at is not None:
            return _invited(store, draft, row)
        if is_submitted(session, draft.id):
            return None
        if draft.revision != expected_revision:
            return Conflict(draft_of(store, draft))
        row.done_at = store.now()
        row.agreed = store.master.seal(draft.id, draft.key).close(
            json.dumps(agreed, ensure_ascii=False, sort_keys=True).encode(), f"agreed/{row.id}"
        )
        session.add(row)
        touch(session, draft, store.now())
        audit.record(session, store.now(), "invitation-done", row.id, row.name, "invited")
    return _invited(store, draft, row)


def reopen(store: Store, entry: Entry) -> Invited | None:
    """What was handed over can be changed again, as long as nothing was submitted."""
    with store.database.writing() as session:
        draft, row = _behind_lock(session, entry)
        if row is None or draft is None or is_submitted(session, draft.id):
            return None
        if row.done_at is not None:
            row.done_at = row.agreed = None
            session.add(row)
            touch(session, draft, store.now())
            audit.record(session, store.now(), "invitation-reopened", row.id, row.name, "invited")
    return _invited(store, draft, row)


def leave(store: Store, entry: Entry) -> None:
    """End an entry: this browser has to show link and code again."""
    with store.database.writing() as session:
        session.exec(
            delete(InvitationEntryRow).where(
                col(InvitationEntryRow.hash) == entry_hash(entry.secret)
            )
        )


def _count_try(store: Store, link: str) -> InvitationRow | Blocked | None:
    with store.database.writing() as session:
        row = _linked(session, link, for_update=True)
        now = store.now()
        if row is None or now >= row.expires_at:
            return None
        if row.tries >= ALL_TRIES:
            return Blocked(None)
        if row.blocked_until is not None and now < row.blocked_until:
            return Blocked(row.blocked_until)
        row.tries += 1
        row.blocked_until = now + PAUSE if row.tries % TRIES == 0 else None
        session.add(row)
        if row.blocked_until is not None:
            audit.record(session, now, "invitation-blocked", row.id, str(row.tries), "invited")
    return row


def _behind_lock(
    session: Session, entry: Entry
) -> tuple[DraftRow, InvitationRow | None] | tuple[None, None]:
    """The draft first, as everywhere: two who lock in different orders wait for each other."""
    found = entered(session, entry)
    if found is None:
        return None, None
    draft = session.get(DraftRow, found.draft_id, with_for_update=True)
    return (None, None) if draft is None else (draft, entered(session, entry))


def _make_room(session: Session, invitation_id: str) -> None:
    kept = (
        select(InvitationEntryRow)
        .where(InvitationEntryRow.invitation_id == invitation_id)
        .order_by(col(InvitationEntryRow.created_at).desc())
        .offset(_ENTRIES - 1)
    )
    for old in session.exec(kept).all():
        session.delete(old)


def forget_entries(store: Store) -> int:
    """Delete entries whose time is over."""
    with store.database.writing() as session:
        old = col(InvitationEntryRow.created_at) < store.now() - STAY
        return session.exec(delete(InvitationEntryRow).where(old)).rowcount


def _end_entries(session: Session, invitation_id: str) -> None:
    known = col(InvitationEntryRow.invitation_id) == invitation_id
    session.exec(delete(InvitationEntryRow).where(known))


def _take_files(session: Session, draft_id: str, documents: Collection[str]) -> list[str]:
    query = (
        select(UploadRow)
        .where(UploadRow.draft_id == draft_id)
        .where(col(UploadRow.document).in_(documents))
    )
    rows = session.exec(query).all()
    for row in rows:
        session.delete(row)
    return [row.object_name for row in rows]


def _all(session: Session, draft_id: str) -> list[InvitationRow]:
    query = select(InvitationRow).where(InvitationRow.draft_id == draft_id)
    return list(session.exec(query.order_by(col(InvitationRow.created_at))).all())


def _named(session: Session, draft_id: str, name: str) -> InvitationRow | None:
    return next((row for row in _all(session, draft_id) if row.name == name), None)


def _linked(session: Session, link: str, *, for_update: bool = False) -> InvitationRow | None:
    query = select(InvitationRow).where(InvitationRow.link_hash == _hash_link(link))
    return session.exec(query.with_for_update() if for_update else query).first()


def _hash_link(link: str) -> str:
    # A link is as long as a key, so that a plain hash is enough to find it and too little to use.
    return hashlib.sha256(f"invitation/{link}".encode()).hexdigest()


def _invited(store: Store, draft: DraftRow, row: InvitationRow) -> Invited:
    agreed = None
    if row.agreed is not None:
        seal = store.master.seal(draft.id, draft.key)
        agreed = json.loads(seal.open(row.agreed, f"agreed/{row.id}"))
    return Invited(
        id=row.id,
        draft_id=row.draft_id,
        name=row.name,
        created_at=row.created_at,
        expires_at=row.expires_at,
        opened_at=row.opened_at,
        done_at=row.done_at,
        is_locked=row.tries >= ALL_TRIES,
        agreed=agreed,
    )
