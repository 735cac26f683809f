"""Fresh databases for the parts of the campaign, and a PostgreSQL that can be pulled down."""

import contextlib
import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import create_engine, text

from tests.portal import postgres
from tests.portal.stores import open_store

MEMORY = Path("/dev/shm")  # noqa: S108 - fsync costs nothing there, and kill -9 is the same


class Sqlite:
    """A file for each part."""

    name = "sqlite"

    @contextlib.contextmanager
    def fresh(self, folder: Path) -> Iterator[str]:
        """The URL of an empty, migrated database."""
        open_store(folder).close()
        yield f"sqlite:///{folder / 'v.sqlite'}"

    @contextlib.contextmanager
    def locked(self, url: str) -> Iterator[None]:
        """Somebody else holds the whole database."""
        engine = create_engine(url)
        with engine.connect() as connection:
            raw = connection.connection.dbapi_connection
            assert raw is not None
            raw.cursor().execute("BEGIN EXCLUSIVE")
            yield
            raw.cursor().execute("ROLLBACK")
        engine.dispose()

    def close(self) -> None:
        """Nothing runs."""


class Postgres:
    """A server of our own, with its settings as delivered and a database for each part."""

    name = "postgresql"

    def __init__(self, where: Path | None = None) -> None:
        programs = postgres.programs()
        if programs is None:
            raise SystemExit("PostgreSQL is not installed (Debian's package postgresql).")
        in_memory = MEMORY if os.access(MEMORY, os.W_OK) else None
        self._folder = Path(tempfile.mkdtemp(prefix="vordruck-pg-", dir=where or in_memory))
        self._user = "postgres" if os.geteuid() == 0 else None
        if self._user:
            shutil.chown(self._folder, self._user)
        self._control: list[str | Path] = [
            *(programs / "pg_ctl", "-D", self._folder / "data", "-s", "-w")
        ]
        options = f"-k {self._folder} -c listen_addresses="
        self._start = [*self._control, "-l", self._folder / "log", "-o", options, "start"]
        self._call([*self._control, "init", "-o", "-U vordruck -A trust -E UTF8"])
        self._call(self._start)
        # Migrated once: every part begins with a copy of it.
        self._sql("CREATE DATABASE empty")
        with tempfile.TemporaryDirectory() as name:
            open_store(Path(name), url=self._url("empty")).close()

    @contextlib.contextmanager
    def fresh(self, folder: Path) -> Iterator[str]:
        """The URL of an empty, migrated database."""
        name = f"part_{secrets.token_hex(6)}"
        self._sql(f"CREATE DATABASE {name} TEMPLATE empty")
        yield self._url(name)
        self._sql(f"DROP DATABASE {name} WITH (FORCE)")

    @contextlib.contextmanager
    def locked(self, url: str) -> Iterator[None]:
        """Somebody else holds the tables that everybody needs."""
        engine = create_engine(url)
        with engine.begin() as connection:
            connection.execute(text("LOCK TABLE draft, delivery, audit_head IN EXCLUSIVE MODE"))
            yield
        engine.dispose()

    def crash(self) -> None:
        """Pull the plug of the server, and start it anew: it recovers from its log."""
        self._call([*self._control, "-m", "immediate", "restart", "-l", self._folder / "log"])

    def cut_connections(self) -> None:
        """Every connection but our own is gone."""
        self._sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname LIKE 'part_%'"
        )

    def close(self) -> None:
        """Stop the server and remove it."""
        self._call([*self._control, "-m", "fast", "stop"])
        shutil.rmtree(self._folder, ignore_errors=True)

    def _url(self, database: str) -> str:
        return f"postgresql+psycopg://vordruck@/{database}?host={self._folder}"

    def _sql(self, statement: str) -> None:
        engine = create_engine(self._url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()

    def _call(self, command: list[str | Path]) -> None:
        subprocess.run(
            command, user=self._user, cwd=self._folder, check=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip


Server = Sqlite | Postgres
