"""The database: SQLite by default, PostgreSQL by setting; refuses to run unsafely (R01, R02)."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection as SqliteConnection

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionError
from sqlmodel import Session

from portal.storage.files import make_folder
from portal.storage.places import network_file_system
from portal.storage.refusals import UnavailableError, UnsafeStorageError

__all__ = ["AUDIT_KEY", "BUSY_MILLISECONDS", "PRAGMAS", "Database", "UnsafeStorageError"]

PRAGMAS = {
    # WAL with FULL lost nothing in 3,000 simulated power cuts; WAL with NORMAL lost 509 of 1,000.
    "journal_mode": "wal",
    "synchronous": 2,  # FULL
    "foreign_keys": 1,
    "secure_delete": 1,
}
BUSY_MILLISECONDS = 10_000
AUDIT_KEY = "audit-key"  # where a session carries the key of the audit chain
_CHECKPOINT_MILLISECONDS = 500


class Database:
    """Hands out sessions; `writing` takes the write lock at once, `reading` never does."""

    def __init__(self, url: str, audit_key: bytes = b"") -> None:
        self.url = url
        self.is_sqlite = make_url(url).get_backend_name() == "sqlite"
        self.engine = _sqlite(url) if self.is_sqlite else _server(url)
        self._reader = self.engine.execution_options(reading=True)
        self._info = {AUDIT_KEY: audit_key}
        # SQLite's own waiting is by polling and unfair; the threads of one process queue here.
        self._turn = threading.Lock()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads."""
        with (
            _unavailable(),
            Session(self._reader, expire_on_commit=False, info=self._info) as session,
        ):
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction: committed at the end, rolled back on any exception. Never nested."""
        with (
            self._own_turn(),
            _unavailable(),
            Session(self.engine, expire_on_commit=False, info=self._info) as session,
            session.begin(),
        ):
            yield session

    @contextmanager
    def _own_turn(self) -> Iterator[None]:
        if not self.is_sqlite:
            yield
            return
        if not self._turn.acquire(timeout=BUSY_MILLISECONDS / 1000):
            raise UnavailableError("another writer of this process holds the database")
        try:
            yield
        finally:
            self._turn.release()

    def assert_safe(self) -> None:
        """Raise UnsafeStorageError unless commits survive a power cut (R01, R10)."""
        try:
            self._assert_local()
            with self.engine.connect() as connection:
                wrong = _wrong_pragmas(connection) if self.is_sqlite else _wrong_server(connection)
            if not wrong:
                self.prove_writable()
        except (DBAPIError, UnavailableError, OSError) as fault:
            cause = getattr(fault, "orig", None) or fault
            raise UnsafeStorageError(
                f"Die Datenbank lässt sich nicht öffnen oder nicht beschreiben "
                f"({type(cause).__name__}). Ist der Ordner vorhanden und beschreibbar, und ist "
                "noch Platz?"
            ) from fault
        if wrong:
            raise UnsafeStorageError(
                f"Die Datenbank hält Zusagen nicht: {', '.join(wrong)}. Liegt sie auf einem "
                "Netzlaufwerk? Vordruck startet so nicht."
            )

    def _assert_local(self) -> None:
        path = self.path
        if path is None:
            return
        make_folder(path.parent)
        if kind := network_file_system(path.parent):
            raise UnsafeStorageError(
                f"Der Ordner der Datenbank liegt auf einem Netzlaufwerk ({kind}). SQLite kann dort "
                "bestätigte Anträge verlieren. Setzen Sie VORDRUCK_DATA auf eine eigene Platte "
                "oder VORDRUCK_DATABASE auf einen PostgreSQL-Server."
            )

    @property
    def path(self) -> Path | None:
        """The database's file, if it is one."""
        name = make_url(self.url).database
        return Path(name) if self.is_sqlite and name and name != ":memory:" else None

    def prove_writable(self) -> None:
        """Commit something harmless; raises if that cannot be done now."""
        with self.writing() as session:
            connection = session.connection()
            if self.is_sqlite:
                # Opening tells nothing: SQLite opens a file it may only read without a word.
                held = connection.exec_driver_sql("PRAGMA user_version").scalar()
                connection.exec_driver_sql(f"PRAGMA user_version = {held or 0}")
            else:
                # Taking a transaction number is a write: a standby or read-only server refuses.
                connection.exec_driver_sql("SELECT pg_current_xact_id()")

    def forget_deleted(self) -> bool:
        """Empty the write-ahead log: deleted answers stay readable there until then (R48).

        False if readers are in the way; then the next housekeeping tries again.
        """
        if not self.is_sqlite:
            return True
        with self._own_turn(), self.engine.connect() as connection:
            raw = connection.connection.dbapi_connection
            cursor = raw.cursor() if raw else None
            if cursor is None:
                return False
            cursor.execute(f"PRAGMA busy_timeout={_CHECKPOINT_MILLISECONDS}")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            busy, *_ = cursor.fetchone() or (1,)
            cursor.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
            return busy == 0

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


@contextmanager
def _unavailable() -> Iterator[None]:
    try:
        yield
    except (OperationalError, InterfaceError, NoConnectionError) as fault:
        cause = getattr(fault, "orig", None) or fault
        raise UnavailableError(type(cause).__name__) from fault


def _server(url: str) -> Engine:
    # Parameters of a failed statement are answers; they must not reach a log (R52).
    return create_engine(url, pool_pre_ping=True, hide_parameters=True)


def _sqlite(url: str) -> Engine:
    engine = create_engine(
        url,
        connect_args={"timeout": BUSY_MILLISECONDS / 1000},
        hide_parameters=True,
        pool_size=10,
        max_overflow=30,
    )

    @event.listens_for(engine, "connect")
    def _open(connection: SqliteConnection, _record: object) -> None:
        # The driver's own transaction handling would start deferred transactions, which fail at
        # once with SQLITE_BUSY_SNAPSHOT when two writers meet.
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
        for name, value in PRAGMAS.items():
            connection.execute(f"PRAGMA {name}={value}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        reading = connection.get_execution_options().get("reading", False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


def _wrong_pragmas(connection: Connection) -> list[str]:
    wrong = []
    for name, wanted in PRAGMAS.items():
        held = connection.exec_driver_sql(f"PRAGMA {name}").scalar()
        if held != wanted:
            wrong.append(f"{name} = {held} statt {wanted}")
    waits = connection.exec_driver_sql("PRAGMA busy_timeout").scalar()
    if not isinstance(waits, int) or waits < 5000:
        wrong.append(f"busy_timeout = {waits} statt mindestens 5000")
    return wrong


def _wrong_server(connection: Connection) -> list[str]:
    wrong = []
    for name, good in (
        ("fsync", {"on"}),
        ("full_page_writes", {"on"}),
        ("synchronous_commit", {"on", "remote_write", "remote_apply"}),
        ("data_sync_retry", {"off"}),
    ):
        held = connection.exec_driver_sql(f"SHOW {name}").scalar()
        if held not in good:
            wrong.append(f"{name} = {held}")
    return wrong
