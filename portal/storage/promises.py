"""Documents that the applicant says will follow: said for a draft, kept until it is submitted."""

from sqlmodel import select

from portal.storage import audit
from portal.storage.drafts import is_submitted, touch
from portal.storage.holders import Holder, actor, may_have, owned
from portal.storage.store import Store
from portal.storage.tables import PromiseRow

Promised = frozenset[tuple[str, int | None]]  # document and row
_NO_ROW = -1  # part of a key, where databases allow no NULL


def promise(store: Store, draft_id: str, holder: Holder, document: str, row: int | None) -> bool:
    """The document will follow; False if it is not the holder's to say. An edit like an answer."""
    with store.database.writing() as session:
        draft = owned(session, draft_id, holder, for_update=True)
        if draft is None or is_submitted(session, draft_id) or not may_have(holder, document):
            return False
        key = (draft_id, document, _NO_ROW if row is None else row)
        if session.get(PromiseRow, key) is None:
            session.add(PromiseRow(draft_id=key[0], document=key[1], row=key[2]))
            touch(session, draft, store.now())
            by = actor(holder)
            audit.record(session, store.now(), "document-follows", draft_id, document, by)
    return True


def of_draft(store: Store, draft_id: str, holder: Holder) -> Promised:
    """What will follow."""
    with store.database.reading() as session:
        if owned(session, draft_id, holder) is None:
            return frozenset()
        rows = session.exec(select(PromiseRow).where(PromiseRow.draft_id == draft_id)).all()
    return frozenset((one.document, None if one.row == _NO_ROW else one.row) for one in rows)
