"""The code that leads back to a draft, and the secret word that goes with it (R59).

Of both only hashes are stored. The code has 80 bits and finds the draft; the word is short, so its
tries are counted before they are looked at: many at once are not more. Unknown codes, wrong words
and locked codes answer alike and as slowly (R58).

    make     a code for a draft, or another one; the old one ends
    enter    code and word -> the draft is open in this browser, under a new session
    unlock   the word alone, in a browser that has a door already
    revoke   the code and all other doors end
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, select

from portal.storage import audit, doors
from portal.storage.code_hashes import fits, fits_nothing, hash_code
from portal.storage.drafts import is_submitted
from portal.storage.holders import owned, owner
from portal.storage.store import Store
from portal.storage.tables import DraftRow, ResumeCodeRow

TRIES = 5  # wrong words in a row, then a pause
PAUSE = timedelta(minutes=15)
ALL_TRIES = 20  # then the code is worth nothing any more


@dataclass(frozen=True, slots=True)
class Opened:
    """Code and word were right."""

    draft_id: str
    procedure_id: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Code and word were right, but they are another procedure's: nothing was opened."""

    procedure_id: str


@dataclass(frozen=True, slots=True)
class Submitted:
    """Code and word were right, but there is no draft to go on with any more."""


@dataclass(frozen=True, slots=True)
class CodeState:
    """What is known of a draft's code."""

    created_at: datetime
    letters: int  # that took it to the applicant
    writes: bool  # whether an address is kept for notices


def make(store: Store, draft_id: str, session_id: str, code: str, word: str) -> bool:
    """Give the draft this code and word; the same code once more changes nothing."""
    if is_code(store, draft_id, code):
        return True
    code_hash, word_hash = _hash(code), hash_code(word)
    with store.database.writing() as session:
        draft = owned(session, draft_id, session_id, for_update=True)
        if draft is None or is_submitted(session, draft_id):
            return False
        now = store.now()
        row = session.get(ResumeCodeRow, draft_id) or ResumeCodeRow(
            draft_id=draft_id, code_hash="", word_hash="", created_at=now
        )
        row.code_hash, row.word_hash, row.created_at = code_hash, word_hash, now
        row.tries, row.blocked_until, row.letters = 0, None, 0
        session.add(row)
        doors.open_door(session, draft_id, owner(session_id), now)
        audit.record(session, now, "resume-code-made", draft_id, actor="applicant")
    return True


def is_code(store: Store, draft_id: str, code: str) -> bool:
    """Whether this is the draft's code, asked by the portal itself; no try is counted."""
    row = _of_draft(store, draft_id)
    return row is not None and row.code_hash == _hash(code)


def state(store: Store, draft_id: str) -> CodeState | None:
    """What is known of the draft's code; None if it has none."""
    row = _of_draft(store, draft_id)
    if row is None:
        return None
    return CodeState(row.created_at, row.letters, row.address is not None)


def revoke(store: Store, draft_id: str, session_id: str) -> bool:
    """The code ends, and the draft is open in this browser only."""
    with store.database.writing() as session:
        draft = owned(session, draft_id, session_id, for_update=True)
        row = session.get(ResumeCodeRow, draft_id)
        if draft is None or row is None:
            return False
        draft.session_hash = owner(session_id)
        session.add(draft)
        doors.forget(session, draft_id)
        audit.record(session, store.now(), "resume-code-revoked", draft_id, actor="applicant")
    return True


def close_others(store: Store, draft_id: str, session_id: str) -> bool:
    """The draft is open in this browser only; the code stays."""
    with store.database.writing() as session:
        draft = owned(session, draft_id, session_id, for_update=True)
        if draft is None:
            return False
        doors.close_others(session, draft, session_id)
        audit.record(session, store.now(), "draft-closed-elsewhere", draft_id, actor="applicant")
    return True


def enter(
    store: Store, code: str, word: str, procedure_id: str, old_session: str, new_session: str
) -> Opened | Elsewhere | Submitted | None:
    """Open the draft for `new_session`, which takes over all that is the old one's.

    `procedure_id`: only a code of this procedure opens; "" takes any.
    """
    counted = _count_try(store, _hash(code))
    if counted is None:
        fits_nothing(word)
        return None
    if not fits(word, counted.word_hash):
        return None
    with store.database.writing() as session:
        row = _still(session, counted)
        if row is None:
            return None
        draft = session.get_one(DraftRow, row.draft_id)
        row.tries, row.blocked_until = 0, None
        session.add(row)
        if is_submitted(session, draft.id):
            return Submitted()
        if procedure_id not in {"", draft.procedure_id}:
            return Elsewhere(draft.procedure_id)
        _let_in(store, session, draft, old_session, new_session)
        return Opened(draft.id, draft.procedure_id)


def unlock(store: Store, draft_id: str, word: str, session_id: str) -> bool:
    """Open the door again, in a browser that may open the draft.

    It keeps its session: a page that is open in another window must still be able to be sent.
    """
    with store.database.reading() as session:
        row = session.get(ResumeCodeRow, draft_id)
        is_owned = owned(session, draft_id, session_id) is not None
    counted = _count_try(store, row.code_hash) if row is not None and is_owned else None
    if counted is None:
        fits_nothing(word)
        return False
    if not fits(word, counted.word_hash):
        return False
    with store.database.writing() as session:
        row = _still(session, counted)
        if row is None or owned(session, draft_id, session_id, for_update=True) is None:
            return False
        row.tries, row.blocked_until = 0, None
        session.add(row)
        doors.open_door(session, draft_id, owner(session_id), store.now())
        audit.record(session, store.now(), "draft-unlocked", draft_id, actor="applicant")
    return True


def _let_in(store: Store, session: Session, draft: DraftRow, old: str, new: str) -> None:
    session.flush()
    doors.rename(session, old, new)
    doors.open_door(session, draft.id, owner(new), store.now())
    audit.record(session, store.now(), "draft-resumed", draft.id, actor="applicant")


def _count_try(store: Store, code_hash: str) -> ResumeCodeRow | None:
    with store.database.reading() as session:
        row = _with(session, code_hash)
    if row is not None and _is_blocked(row, store.now()):
        return None
    if row is None:
        # A known code costs a commit here; an unknown one must not answer sooner.
        store.database.prove_writable()
        return None
    with store.database.writing() as session:
        row = session.get(ResumeCodeRow, row.draft_id, with_for_update=True)
        now = store.now()
        if row is None or row.code_hash != code_hash or _is_blocked(row, now):
            return None
        row.tries += 1
        row.blocked_until = now + PAUSE if row.tries % TRIES == 0 else None
        session.add(row)
        if row.blocked_until is not None:
            audit.record(session, now, "resume-blocked", row.draft_id, str(row.tries), "applicant")
    return row


def _is_blocked(row: ResumeCodeRow, now: datetime) -> bool:
    return row.tries >= ALL_TRIES or (row.blocked_until is not None and now < row.blocked_until)


def _still(session: Session, counted: ResumeCodeRow) -> ResumeCodeRow | None:
    """The row, unless code or word were changed in the meantime."""
    row = session.get(ResumeCodeRow, counted.draft_id, with_for_update=True)
    same = row is not None and (row.code_hash, row.word_hash) == (
        counted.code_hash,
        counted.word_hash,
    )
    return row if same else None


def _of_draft(store: Store, draft_id: str) -> ResumeCodeRow | None:
    with store.database.reading() as session:
        return session.get(ResumeCodeRow, draft_id)


def _with(session: Session, code_hash: str) -> ResumeCodeRow | None:
    return session.exec(select(ResumeCodeRow).where(ResumeCodeRow.code_hash == code_hash)).first()


def _hash(code: str) -> str:
    # As long as it is, a plain hash is enough to find it and too little to use.
    return hashlib.sha256(f"resume/{code}".encode()).hexdigest()
