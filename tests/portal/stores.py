"""Stores for tests: a clock that is set by hand, applications that say nothing about anybody."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory

from portal.storage import definitions, drafts, migrations, submissions
from portal.storage.database import Database
from portal.storage.definitions import StoredDefinition
from portal.storage.migrate import migrate
from portal.storage.records import Payload, Receipt
from portal.storage.sealing import MasterKey
from portal.storage.store import Clock, Store, utc_now
from tests.portal import postgres

PROCEDURE = "probe_verfahren"
DIGEST = "d" * 64
SESSION = "session-of-somebody"
KEY = bytes(range(32))
START = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
NEWEST = str(ScriptDirectory(str(Path(migrations.__file__).parent)).get_current_head())  # migration
_MEMORY = Path("/dev/shm")  # noqa: S108 - fsync costs nothing there, and kill -9 is the same


@dataclass
class VirtualClock:
    """A clock that stands still until it is told otherwise."""

    at: datetime = field(default=START)

    def __call__(self) -> datetime:
        """The time it is."""
        return self.at

    def advance(self, by: timedelta) -> None:
        """Move on, or back."""
        self.at += by


def open_store(
    folder: Path, now: Clock = utc_now, url: str = "", *, migrated: bool = True
) -> Store:
    """A store with the tables and one published definition; opened again, the same store."""
    path = folder / "v.sqlite"
    if migrated and not url and not path.exists():
        path.write_bytes(_empty_database())
    store = Store.open(url or f"sqlite:///{path}", folder / "files", MasterKey(KEY), now)
    if url or not migrated:
        migrate(store.database)
    definitions.publish(store, StoredDefinition(DIGEST, PROCEDURE, "1.0", "id: probe", {}))
    return store


@cache
def _empty_database() -> bytes:
    """Migrated once for all tests: it takes longer than most of them."""
    with tempfile.TemporaryDirectory() as name:
        database = Database(f"sqlite:///{name}/v.sqlite")
        migrate(database)
        assert database.forget_deleted()
        database.close()
        return Path(name, "v.sqlite").read_bytes()


def payloads(submission_id: str, reference: str, at: datetime) -> Sequence[Payload]:
    """Two payloads that follow from id and time alone, as real ones do."""
    body = f"{submission_id} {reference} {at.isoformat()} ".encode()
    return [
        Payload("xoev", "nachricht.xml", "application/xml", b"<a>" + body * 60, "fachverfahren"),
        Payload("dms", "abgabe.zip", "application/zip", b"PK" + body * 200, "dms"),
        Payload("pdf", "antrag.pdf", "application/pdf", b"%PDF" + body * 20, None),
    ]


def new_draft(store: Store, session: str = SESSION) -> str:
    """An empty draft of the session."""
    return drafts.create(store, PROCEDURE, DIGEST, session, "de").id


def submit(store: Store, draft_id: str | None = None) -> Receipt:
    """An accepted application."""
    draft = draft_id or new_draft(store)
    receipt = submissions.accept(store, draft, SESSION, 0, payloads)
    assert isinstance(receipt, Receipt)
    return receipt


@pytest.fixture
def folder() -> Iterator[Path]:
    """An empty folder, in memory if there is such a place."""
    place = _MEMORY if os.access(_MEMORY, os.W_OK) else None
    path = Path(tempfile.mkdtemp(prefix="vordruck-", dir=place))
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture
def clock() -> VirtualClock:
    """Monday morning."""
    return VirtualClock()


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest, folder: Path, clock: VirtualClock) -> Iterator[Store]:
    """A store on each database, with the virtual clock."""
    if request.param == "sqlite":
        opened = open_store(folder, clock)
        yield opened
        opened.close()
        return
    with postgres.schema() as url:
        opened = open_store(folder, clock, url)
        yield opened
        opened.close()
