"""The database: SQLite by default, PostgreSQL by setting; refuses to run unsafely (R01, R02)."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection as SqliteConnection

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

PRAGMAS = {
    # WAL with FULL lost nothing in 3,000 simulated power cuts; WAL with NORMAL lost 509 of 1,000.
    "journal_mode": "wal",
    "synchronous": 2,  # FULL
    "foreign_keys": 1,
    "secure_delete": 1,
}
BUSY_MILLISECONDS = 10_000


class UnsafeStorageError(Exception):
    """The database cannot keep what we promise; the process must not start."""


class Database:
    """Hands out sessions; `writing` takes the write lock at once, `reading` never does."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.is_sqlite = make_url(url).get_backend_name() == "sqlite"
        self.engine = _sqlite(url) if self.is_sqlite else create_engine(url, pool_pre_ping=True)
        self._reader = self.engine.execution_options(reading=True)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads."""
        with Session(self._reader, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction: committed at the end, rolled back on any exception."""
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    def assert_safe(self) -> None:
        """Raise UnsafeStorageError unless commits survive a power cut (R01, R10)."""
        try:
            with self.engine.connect() as connection:
                wrong = _wrong_pragmas(connection) if self.is_sqlite else _wrong_server(connection)
        except DBAPIError as fault:
            raise UnsafeStorageError(
                f"Die Datenbank lässt sich nicht öffnen ({type(fault.orig).__name__}). Ist der "
                "Ordner vorhanden und beschreibbar?"
            ) from fault
        if wrong:
            listed = ", ".join(wrong)
            raise UnsafeStorageError(
                f"Die Datenbank hält Zusagen nicht: {listed}. Liegt sie auf einem Netzlaufwerk? "
                "Vordruck startet so nicht."
            )

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


def _sqlite(url: str) -> Engine:
    path = make_url(url).database
    if path and path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_MILLISECONDS / 1000})

    @event.listens_for(engine, "connect")
    def _open(connection: SqliteConnection, _record: object) -> None:
        # The driver's own transaction handling would start deferred transactions, which fail at
        # once with SQLITE_BUSY_SNAPSHOT when two writers meet.
        connection.isolation_level = None
        for name, value in PRAGMAS.items():
            connection.execute(f"PRAGMA {name}={value}")
        connection.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")

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
