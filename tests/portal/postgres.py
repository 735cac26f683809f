"""A real PostgreSQL for the tests: the one whose URL is given, or one of their own in memory.

A server of our own is started from the programs that Debian's package `postgresql` brings, once
per test process, and ends with it. It keeps its settings as delivered, above all `fsync` and
`synchronous_commit`: a test of durability on a careless server would say nothing.
"""

import atexit
import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

GIVEN = os.environ.get("VORDRUCK_TEST_POSTGRES", "")
_MEMORY = Path("/dev/shm")  # noqa: S108 - fsync costs nothing there
_DEBIAN = Path("/usr/lib/postgresql")
_ABSENT = (
    "POSTGRESQL NOT TESTED: install Debian's postgresql, or set VORDRUCK_TEST_POSTGRES to a URL"
)


def url() -> str:
    """The server's URL; skips the test where there is no PostgreSQL."""
    found = programs()
    if not GIVEN and found is None:
        pytest.skip(_ABSENT)
    return GIVEN or _started(found)


@contextmanager
def schema() -> Iterator[str]:
    """The URL of an empty schema that goes away afterwards."""
    server = url()
    name = f"test_{secrets.token_hex(6)}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE SCHEMA {name}"))
    joint = "&" if "?" in server else "?"
    yield f"{server}{joint}options=-csearch_path%3D{name}"
    with engine.connect() as connection:
        connection.execute(text(f"DROP SCHEMA {name} CASCADE"))
    engine.dispose()


def programs() -> Path | None:
    """Where PostgreSQL's programs lie."""
    on_path = shutil.which("pg_ctl")
    found = sorted(_DEBIAN.glob("*/bin/pg_ctl")) or ([Path(on_path)] if on_path else [])
    return found[-1].resolve().parent if found else None


@cache
def _started(programs: Path) -> str:
    place = _MEMORY if os.access(_MEMORY, os.W_OK) else None
    folder = Path(tempfile.mkdtemp(prefix="vordruck-pg-", dir=place))
    # PostgreSQL refuses to run as root; its package has made a user for it.
    user = "postgres" if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user)
    # Registered first, so done last.
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    control: list[str | Path] = [programs / "pg_ctl", "-D", folder / "data", "-s", "-w"]
    start = [*control, "-l", folder / "log", "-o", f"-k {folder} -c listen_addresses="]
    _run([*control, "init", "-o", "-U vordruck -A trust -E UTF8"], user, folder)
    _run([*start, "start"], user, folder)
    # Open connections are cut: a test that failed may have left some.
    atexit.register(_run, [*control, "-m", "fast", "stop"], user, folder)
    return f"postgresql+psycopg://vordruck@/postgres?host={folder}"


def _run(command: list[str | Path], user: str | None, folder: Path) -> None:
    subprocess.run(
        command, user=user, cwd=folder, check=True, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
