"""Bringing the database to the current shape with Alembic."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from portal.storage.database import Database

_FOLDER = Path(__file__).with_name("migrations")


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.attributes["connection"] = connection
    return config


def migrate(database: Database) -> str:
    """Run what is missing; the revision the database has now."""
    with database.engine.connect() as connection:
        command.upgrade(_config(connection), "head")
        connection.commit()
    return current(database) or ""


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
