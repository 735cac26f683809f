import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text
from sqlmodel import select

from portal.storage import audit, drafts, submissions
from portal.storage.database import PRAGMAS, Database, UnsafeStorageError
from portal.storage.migrate import current, migrate
from portal.storage.places import network_file_system
from portal.storage.refusals import UnavailableError
from portal.storage.store import Store
from portal.storage.tables import AuditHeadRow
from tests.portal import postgres
from tests.portal.stores import (
    NEWEST,
    SESSION,
    VirtualClock,
    new_draft,
    open_store,
    payloads,
    submit,
)

ROOT = Path(__file__).resolve().parents[3]
ROUNDS = 500


def test_r01_every_connection_survives_a_power_cut(folder: Path) -> None:
    """WAL with FULL: the only usual setting that lost nothing in thousands of crash images."""
    database = Database(f"sqlite:///{folder / 'v.sqlite'}")
    database.assert_safe()
    with database.reading() as one, database.writing() as other:
        for session in (one, other):
            held = {
                name: session.connection().exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in (*PRAGMAS, "busy_timeout")
            }
            assert "wal" == held["journal_mode"]
            assert 2 == held["synchronous"]  # FULL
            assert 1 == held["foreign_keys"]
            assert 1 == held["secure_delete"]
            assert isinstance(held["busy_timeout"], int)
            assert 5000 <= held["busy_timeout"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("synchronous", "1"), ("journal_mode", "delete"), ("busy_timeout", "100")],
)
def test_r01_a_weaker_setting_is_refused(folder: Path, name: str, value: str) -> None:
    """What somebody tunes for speed must not start."""
    database = Database(f"sqlite:///{folder / 'v.sqlite'}")
    with database.engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        assert raw is not None
        raw.cursor().execute(f"PRAGMA {name}={value}")
    with pytest.raises(UnsafeStorageError, match=name):
        database.assert_safe()


@pytest.mark.parametrize("has_database", [False, True])
def test_r01_a_read_only_folder_stops_the_start_with_a_sentence(
    folder: Path, has_database: bool
) -> None:
    """Also with a database in it, which SQLite opens without a word."""
    if has_database:
        open_store(folder).close()
        (folder / "v.sqlite").rename(folder / "vordruck.sqlite")
        for path in folder.glob("v*"):
            path.chmod(0o444)
    folder.chmod(0o555)
    try:
        done = subprocess.run(
            [*_without_power(), sys.executable, "-m", "portal.cli", "migrate"],
            env={**os.environ, "VORDRUCK_DATA": str(folder)},
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
        )
    finally:
        folder.chmod(0o755)
    assert 0 != done.returncode
    assert "Ordner" in done.stderr
    assert "beschreib" in done.stderr
    assert "Traceback" not in done.stderr


def _without_power() -> list[str]:
    """What keeps root from writing where nobody may."""
    if os.geteuid() != 0:
        return []
    found = shutil.which("setpriv")
    if found is None:
        pytest.skip("runs as root, and setpriv is not there to give up root's power")
    return [found, "--bounding-set=-dac_override", "--inh-caps=-dac_override"]


def test_r01_a_network_drive_is_recognised() -> None:
    """The deepest mount counts; its kind decides."""
    mounts = "disk / ext4 rw 0 0\nsrv:/x /srv nfs4 rw 0 0\ndisk /srv/own\\040disk ext4 rw 0 0\n"
    assert "nfs4" == network_file_system(Path("/srv/vordruck"), mounts)
    assert network_file_system(Path("/srv/own disk/vordruck"), mounts) is None
    assert network_file_system(Path("/home"), mounts) is None


def test_r01_a_network_drive_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says what to set instead."""
    monkeypatch.setattr("portal.storage.database.network_file_system", lambda _folder: "nfs4")
    with pytest.raises(UnsafeStorageError, match=r"nfs4.*VORDRUCK_DATA"):
        Database(f"sqlite:///{folder / 'v.sqlite'}").assert_safe()


def test_r02_reading_then_writing_never_meets_a_lock(store: Store) -> None:
    """Two threads count up in one row; with deferred transactions half of this would fail."""
    faults: list[BaseException] = []

    def count() -> None:
        try:
            for _ in range(ROUNDS):
                with store.database.writing() as session:
                    row = session.get_one(AuditHeadRow, audit.HEAD, with_for_update=True)
                    row.number += 1
                    session.add(row)
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=count) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [] == faults
    with store.database.reading() as session:
        assert 2 * ROUNDS == session.get_one(AuditHeadRow, audit.HEAD).number


def test_r02_two_processes_wait_for_each_other(folder: Path) -> None:
    """Another process holds the lock for a while: we wait, we do not fail."""
    store = open_store(folder)
    other = sqlite3.connect(folder / "v.sqlite", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    threading.Timer(0.4, lambda: other.execute("COMMIT")).start()
    assert new_draft(store)
    other.close()
    store.close()


def test_r02_a_lock_that_never_ends_is_unavailable_not_a_crash(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The web layer makes a page with 503 of it."""
    store = open_store(folder)
    store.close()  # connections opened from here on wait a shorter time
    monkeypatch.setattr("portal.storage.database.BUSY_MILLISECONDS", 200)
    other = sqlite3.connect(folder / "v.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(UnavailableError):
        new_draft(store)
    other.execute("ROLLBACK")
    other.close()
    assert new_draft(store)
    store.close()


def test_r09_a_full_disk_refuses_the_application_and_keeps_the_draft(folder: Path) -> None:
    """No receipt, no half row; with room again the same draft goes in."""
    store = open_store(folder)
    kept = [new_draft(store) for _ in range(3)]
    accepted = submit(store, kept[0])
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, usual[1]))
    try:
        for _ in range(3):
            with pytest.raises(UnavailableError):
                submissions.accept(store, kept[1], SESSION, 0, payloads)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
        signal.signal(signal.SIGXFSZ, handler)
    assert [accepted] == submissions.of_session(store, SESSION)
    assert drafts.load(store, kept[1], SESSION) is not None
    submit(store, kept[1])
    with store.database.reading() as session:
        assert "ok" == session.connection().execute(text("PRAGMA integrity_check")).scalar()
        assert audit.broken_link(session) is None
    store.close()


def test_r10_postgres_is_tested_when_there_is_one() -> None:
    """All tests of storage run on PostgreSQL as well; one that forgets is not accepted."""
    database = Database(postgres.url())
    database.assert_safe()
    with database.engine.connect() as connection:
        connection.execute(text("SET synchronous_commit = off"))
        connection.commit()
    with pytest.raises(UnsafeStorageError, match="synchronous_commit"):
        database.assert_safe()
    database.close()


def test_r48_emptying_the_log_leaves_nothing_to_read(folder: Path) -> None:
    """The write-ahead log is cut to nothing, unless a reader needs it still."""
    store = open_store(folder)
    log = folder / "v.sqlite-wal"
    new_draft(store)
    assert log.stat().st_size > 0
    with store.database.reading() as session:
        session.exec(select(AuditHeadRow)).all()
        new_draft(store)
        assert not store.database.forget_deleted()
    assert store.database.forget_deleted()
    assert 0 == log.stat().st_size
    store.close()


def test_r52_a_failed_statement_does_not_quote_its_values(folder: Path) -> None:
    """Parameters of a statement are answers; exceptions end up in logs."""
    store = open_store(folder)
    with pytest.raises(Exception, match="audit_head") as raised, store.database.writing() as one:
        one.connection().execute(
            text("INSERT INTO audit_head VALUES (1, 0, :value)"), {"value": "canary-8231"}
        )
    assert "canary-8231" not in str(raised.value)
    store.close()


def test_migrations_and_tables_say_the_same(store: Store) -> None:
    """A column in code that no migration makes would fail at the customer's."""
    from portal.storage.migrate import assert_no_drift

    assert_no_drift(store.database)


def test_migrating_twice_changes_nothing(folder: Path, clock: VirtualClock) -> None:
    """Every start migrates; the pool's connections keep their pragmas afterwards."""
    store = open_store(folder, clock)
    new_draft(store)
    assert NEWEST == migrate(store.database)
    store.database.assert_safe()
    assert 1 == len(drafts.of_session(store, SESSION))
    store.close()


def test_a_migration_that_tears_references_is_taken_back(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Foreign keys rest while tables are rebuilt; so they are looked at before the commit."""
    database = Database(f"sqlite:///{folder / 'v.sqlite'}")
    real = command.upgrade

    def torn(config: Config, revision: str) -> None:
        real(config, revision)
        config.attributes["connection"].exec_driver_sql(
            "INSERT INTO draft_door (session_hash, draft_id, used_at)"
            " VALUES ('s', 'no-such-draft', '2026-11-23')"
        )

    monkeypatch.setattr(command, "upgrade", torn)
    with pytest.raises(UnsafeStorageError, match="Verweise"):
        migrate(database)
    monkeypatch.undo()
    assert current(database) is None
    assert NEWEST == migrate(database)
    with database.reading() as session:
        assert 1 == session.connection().exec_driver_sql("PRAGMA foreign_keys").scalar()
    database.close()
