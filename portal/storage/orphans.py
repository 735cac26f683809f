"""Files without a row: left behind by a process that died between file and commit (R04)."""

from collections.abc import Iterable
from datetime import timedelta

from sqlmodel import Session, col, select

from portal.storage import audit
from portal.storage.case_tables import MessageRow
from portal.storage.refusals import UnavailableError
from portal.storage.store import Store
from portal.storage.tables import PayloadRow, TransferMessageRow, UploadPieceRow, UploadRow

UNDER_WAY = timedelta(hours=1)  # a younger file may belong to a request that still runs
_BATCH = 100


def assert_written(store: Store, names: Iterable[str]) -> None:
    """Raise unless the files are there; the last word before a commit that refers to them.

    Call it after the audit entry, which keeps a sweep out until the commit.
    """
    if not all(store.files.has(name) for name in names):
        raise UnavailableError("a file was swept away before its row was written")


def known_files(store: Store) -> set[str]:
    """Every file a row refers to."""
    with store.database.reading() as session:
        uploads = session.exec(select(UploadRow.object_name)).all()
        payloads = session.exec(select(PayloadRow.object_name)).all()
        pieces = session.exec(select(UploadPieceRow.object_name)).all()
        messages = session.exec(select(MessageRow.object_name)).all()
        travelled = session.exec(select(TransferMessageRow.object_name)).all()
    named = (name for name in travelled if name is not None)
    return {*uploads, *payloads, *pieces, *messages, *named}


def sweep(store: Store, older_than: timedelta = UNDER_WAY) -> int:
    """Remove half-written files and files no row refers to; how many."""
    seconds = older_than.total_seconds()
    removed = store.files.remove_unfinished(seconds)
    names = sorted(store.files.old_names(seconds) - known_files(store))
    for start in range(0, len(names), _BATCH):
        removed += _sweep_some(store, names[start : start + _BATCH])
    return removed


def _sweep_some(store: Store, names: list[str]) -> int:
    """In a transaction that keeps commits out: a row could appear while we look."""
    with store.database.writing() as session:
        audit.record(session, store.now(), "files-swept", "file-store", str(len(names)))
        gone = [name for name in names if name not in _referred(session, names)]
        for name in gone:
            store.files.remove(name)
    return len(gone)


def _referred(session: Session, names: list[str]) -> set[str]:
    uploads = session.exec(
        select(UploadRow.object_name).where(col(UploadRow.object_name).in_(names))
    ).all()
    payloads = session.exec(
        select(PayloadRow.object_name).where(col(PayloadRow.object_name).in_(names))
    ).all()
    pieces = session.exec(
        select(UploadPieceRow.object_name).where(col(UploadPieceRow.object_name).in_(names))
    ).all()
    messages = session.exec(
        select(MessageRow.object_name).where(col(MessageRow.object_name).in_(names))
    ).all()
    travelled = session.exec(
        select(TransferMessageRow.object_name).where(col(TransferMessageRow.object_name).in_(names))
    ).all()
    named = (name for name in travelled if name is not None)
    return {*uploads, *payloads, *pieces, *messages, *named}
