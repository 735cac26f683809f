"""Files that come in pieces, so that a lost connection costs one piece (R38).

Each piece is sealed and on the disk before its row commits, as every file (R04). What nobody goes
on with is forgotten after `STAY`; the key of a deleted draft is gone at once.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session, col, func, select

from portal.storage import audit
from portal.storage.drafts import is_submitted
from portal.storage.holders import Holder, may_have, owned
from portal.storage.orphans import assert_written
from portal.storage.records import Unfinished
from portal.storage.store import Store
from portal.storage.tables import DraftRow, UnfinishedUploadRow, UploadPieceRow, UploadRow

STAY = timedelta(hours=1)  # after the last piece
MOST_AT_ONCE = 10  # unfinished files of a draft
MOST_BYTES = 300_000_000  # of a draft, unfinished ones included
LEAST_PIECE = 16 * 1024  # unless it is the last one: pieces cost rows


@dataclass(frozen=True, slots=True)
class Announced:
    """A file of which the first piece is still to come."""

    document: str
    row: int | None
    name: str
    declared: str
    size: int
    replaces: str | None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The piece does not begin where the last one ended."""

    received: int


class FullError(Exception):
    """The draft has as much on its way, or as much at all, as one may have."""


def begin(store: Store, draft_id: str, holder: Holder, one: Announced) -> Unfinished | None:
    """Room for a file; None if draft or document are not the holder's."""
    with store.database.writing() as session:
        draft = owned(session, draft_id, holder, for_update=True)
        if draft is None or is_submitted(session, draft_id) or not may_have(holder, one.document):
            return None
        _assert_room(store, session, draft_id, one.size)
        made = secrets.token_hex(16)
        seal = store.master.seal(draft.id, draft.key)
        row = UnfinishedUploadRow(
            id=made,
            draft_id=draft_id,
            document=one.document,
            row=one.row,
            name=seal.close(one.name.encode(), f"{made}.name"),
            declared=one.declared[:100],
            size=one.size,
            replaces=one.replaces,
            updated_at=store.now(),
        )
        session.add(row)
    return _record(store, draft, row)


def find(store: Store, draft_id: str, holder: Holder, unfinished_id: str) -> Unfinished | None:
    """How far a file is."""
    with store.database.reading() as session:
        found = _held(session, draft_id, holder, unfinished_id)
    return None if found is None else _record(store, *found)


def add(
    store: Store, draft_id: str, holder: Holder, unfinished_id: str, start: int, content: bytes
) -> Unfinished | Elsewhere | None:
    """The next piece; one that came already changes nothing."""
    with store.database.reading() as session:
        found = _held(session, draft_id, holder, unfinished_id)
    if found is None:
        return None
    draft, row = found
    if start != row.received or start + len(content) > row.size:
        return Elsewhere(row.received)
    # A name of its own for every try: two requests for the same piece must not share a file.
    name = f"{secrets.token_hex(16)}.piece"
    seal = store.master.seal(draft.id, draft.key)
    store.files.write(name, seal.close(content, name))
    with store.database.writing() as session:
        found = _held(session, draft_id, holder, unfinished_id, for_update=True)
        if found is not None and found[1].received == start:
            row = found[1]
            row.received += len(content)
            row.updated_at = store.now()
            session.add(row)
            session.add(UploadPieceRow(object_name=name, unfinished_id=row.id, start=start))
            session.flush()
            assert_written(store, [name])
            return _record(store, draft, row)
    store.files.remove(name)
    return None if found is None else Elsewhere(found[1].received)


def content_of(store: Store, draft_id: str, holder: Holder, unfinished_id: str) -> bytes | None:
    """All of it, if all of it is there."""
    with store.database.reading() as session:
        found = _held(session, draft_id, holder, unfinished_id)
        if found is None or found[1].received != found[1].size:
            return None
        names = _names(session, unfinished_id)
    seal = store.master.seal(found[0].id, found[0].key)
    return b"".join(seal.open(store.files.read(name), name) for name in names)


def cancel(store: Store, draft_id: str, holder: Holder, unfinished_id: str) -> bool:
    """Forget a file that is on its way."""
    with store.database.writing() as session:
        found = _held(session, draft_id, holder, unfinished_id, for_update=True)
        if found is None:
            return False
        names = _forget(session, found[1])
    for name in names:
        store.files.remove(name)
    return True


def become(session: Session, unfinished_id: str, upload_id: str) -> list[str] | None:
    """In the transaction that keeps the whole file: the names of the pieces, which go.

    None: it has become one before, or is gone. The row stays a while, so that whoever did not hear
    the answer can ask again.
    """
    row = session.get(
        UnfinishedUploadRow, unfinished_id, with_for_update=True, populate_existing=True
    )
    if row is None or row.kept_as is not None:
        return None
    names = _take_pieces(session, row.id)
    row.kept_as = upload_id
    session.add(row)
    return names


def sweep(store: Store) -> int:
    """Forget what nobody went on with; how many."""
    names: list[str] = []
    with store.database.writing() as session:
        rows = session.exec(
            select(UnfinishedUploadRow)
            .where(col(UnfinishedUploadRow.updated_at) < store.now() - STAY)
            .with_for_update(skip_locked=True)
        ).all()
        for row in rows:
            names += _forget(session, row)
        if rows:
            audit.record(session, store.now(), "unfinished-swept", "file-store", str(len(rows)))
    for name in names:
        store.files.remove(name)
    return len(rows)


def _assert_room(store: Store, session: Session, draft_id: str, size: int) -> None:
    on_its_way = session.exec(
        select(func.count(), func.sum(UnfinishedUploadRow.size))
        .where(UnfinishedUploadRow.draft_id == draft_id)
        .where(col(UnfinishedUploadRow.kept_as).is_(None))
        .where(col(UnfinishedUploadRow.updated_at) >= store.now() - STAY)
    ).one()
    kept = session.exec(
        select(func.sum(UploadRow.size)).where(UploadRow.draft_id == draft_id)
    ).one()
    total = int(on_its_way[1] or 0) + int(kept or 0) + size
    if on_its_way[0] >= MOST_AT_ONCE or total > MOST_BYTES:
        raise FullError


def _held(
    session: Session, draft_id: str, holder: Holder, unfinished_id: str, *, for_update: bool = False
) -> tuple[DraftRow, UnfinishedUploadRow] | None:
    draft = owned(session, draft_id, holder, for_update=for_update)
    if draft is None or is_submitted(session, draft_id):
        return None
    row = session.get(
        UnfinishedUploadRow, unfinished_id, with_for_update=for_update, populate_existing=True
    )
    if row is None or row.draft_id != draft_id or not may_have(holder, row.document):
        return None
    return draft, row


def _forget(session: Session, row: UnfinishedUploadRow) -> list[str]:
    names = _take_pieces(session, row.id)
    session.delete(row)
    return names


def _take_pieces(session: Session, unfinished_id: str) -> list[str]:
    rows = session.exec(
        select(UploadPieceRow).where(UploadPieceRow.unfinished_id == unfinished_id)
    ).all()
    for row in rows:
        session.delete(row)
    session.flush()
    return [row.object_name for row in rows]


def _names(session: Session, unfinished_id: str) -> list[str]:
    query = select(UploadPieceRow.object_name).where(UploadPieceRow.unfinished_id == unfinished_id)
    return list(session.exec(query.order_by(col(UploadPieceRow.start))).all())


def _record(store: Store, draft: DraftRow, row: UnfinishedUploadRow) -> Unfinished:
    name = store.master.seal(draft.id, draft.key).open(row.name, f"{row.id}.name").decode()
    return Unfinished(
        row.id, row.document, row.row, name, row.declared, row.size, row.received, row.replaces,
        row.kept_as,
    )  # fmt: skip
