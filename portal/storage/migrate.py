"""Bringing the database to the current shape with Alembic."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from portal.storage.database import Database
from portal.storage.faults import failpoint
from portal.storage.refusals import UnsafeStorageError

_LOCK = 4_271_002  # PostgreSQL advisory lock: two processes starting together migrate in turn
_FOLDER = Path(__file__).with_name("migrations")


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.attributes["connection"] = connection
    return config


def migrate(database: Database) -> str:
    """Run what is missing, all of it or nothing; the revision the database has now."""
    with database.engine.connect() as connection:
        if database.is_sqlite:
            # Rebuilding a table drops the old one, and a drop would count as deleting its rows.
            # SQLite takes this setting outside of a transaction only.
            _pragma(connection, "foreign_keys=0")
        try:
            # Begun here, or Alembic would commit before the check.
            with connection.begin():
                _run(database, connection)
        finally:
            connection.invalidate()  # it would go back to the pool with its setting
    return current(database) or ""


def _run(database: Database, connection: Connection) -> None:
    if not database.is_sqlite:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    command.upgrade(_config(connection), "head")
    if database.is_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise UnsafeStorageError("Die Umstellung der Datenbank hätte Verweise zerrissen.")
    failpoint("before-migrated")


def _pragma(connection: Connection, setting: str) -> None:
    raw = connection.connection.dbapi_connection
    if raw is not None:
        raw.cursor().execute(f"PRAGMA {setting}")


def current(database: Database) -> str | None:
    """The database's revision; None before the first migration."""
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def is_current(database: Database) -> bool:
    """Whether nothing is missing."""
    with database.engine.connect() as connection:
        head = ScriptDirectory.from_config(_config(connection)).get_current_head()
        return MigrationContext.configure(connection).get_current_revision() == head


def assert_no_drift(database: Database) -> None:
    """Raise if the tables in code and the migrations have drifted apart."""
    with database.engine.connect() as connection:
        command.check(_config(connection))
