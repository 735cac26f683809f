"""serve, work and migrate, as an operator uses them."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
import typer

from portal.commands.serving import migrate_database, serve_portal, work_deliveries
from portal.settings import Settings
from portal.storage import definitions, outbox
from portal.storage.database import Database
from portal.storage.definitions import StoredDefinition
from portal.storage.opening import open_store
from portal.storage.store import Store
from tests.portal.stores import DIGEST, NEWEST, PROCEDURE, submit

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def data(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty data folder, and settings that point to it; the log as it was afterwards."""
    place = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - only for speed
    folder = Path(tempfile.mkdtemp(prefix="vordruck-", dir=place))
    monkeypatch.setenv("VORDRUCK_DATA", str(folder))
    usual = structlog.get_config()
    yield folder
    structlog.configure(**usual)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def store(data: Path) -> Iterator[Store]:
    """The store in that folder, with a definition."""
    opened = open_store(Settings())
    definitions.publish(opened, StoredDefinition(DIGEST, PROCEDURE, "1.0", "id: probe", {}))
    yield opened
    opened.close()


def _start(*words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "portal.cli", *words],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )


def _arrived(data: Path) -> list[str]:
    return sorted(path.parent.name for path in (data / "deliveries").glob("*/*") if path.is_file())


def _wait_until_delivered(data: Path, number: int) -> None:
    end = time.monotonic() + 40
    while len(_arrived(data)) < number and time.monotonic() < end:
        time.sleep(0.05)
    assert number == len(_arrived(data))


def test_work_once_delivers_what_is_due_and_ends(data: Path, store: Store) -> None:
    """A second call finds nothing to do."""
    for _ in range(3):
        submit(store)
    assert 6 == work_deliveries(once=True)
    assert ["dms"] * 3 + ["fachverfahren"] * 3 == _arrived(data)
    assert 0 == work_deliveries(once=True)


def test_work_goes_on_with_a_broken_target(
    data: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As set by the operator, for a demonstration of what happens then."""
    monkeypatch.setenv("VORDRUCK_TARGETS", '{"dms": {"transport": "broken"}}')
    receipt = submit(store)
    assert 1 == work_deliveries(once=True)
    assert ["fachverfahren"] == _arrived(data)
    states = {one.target: one.state for one in outbox.states(store, receipt.submission_id)}
    assert {"dms": "pending", "fachverfahren": "acknowledged"} == states


def test_work_ends_when_told_to(data: Path, store: Store) -> None:
    """On SIGTERM it finishes and says how much it did."""
    submit(store)
    working = _start("work")
    _wait_until_delivered(data, 2)
    submit(store)
    _wait_until_delivered(data, 4)
    working.send_signal(signal.SIGTERM)
    _, told = working.communicate(timeout=20)
    assert 0 == working.returncode
    assert "4 Zustellungen" in told
    assert "Traceback" not in told


def test_serve_shows_its_address_delivers_and_ends_when_told_to(data: Path, store: Store) -> None:
    """One command for the whole: pages, worker and housekeeping."""
    submit(store)
    serving = _start("serve", "--demo", "--port", "0")
    assert serving.stderr is not None
    line = serving.stderr.readline()
    found = re.search(r"http://127\.0\.0\.1:\d+/", line)
    assert found, line + serving.stderr.read()
    with urllib.request.urlopen(found[0], timeout=30) as answer:  # noqa: S310 - our own address
        assert 200 == answer.status
        assert answer.headers.get("server") is None
    _wait_until_delivered(data, 2)
    serving.send_signal(signal.SIGTERM)
    _, told = serving.communicate(timeout=30)
    assert 0 == serving.returncode
    assert "Traceback" not in told
    assert '"event": "tidied"' in told


def test_serve_says_when_its_port_is_taken(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what to do."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(typer.Exit) as left:
            serve_portal(demo=True, host="127.0.0.1", port=port, today=None)
    assert 1 == left.value.exit_code
    assert f"Port {port}" in capsys.readouterr().err


def test_migrate_says_what_it_did(data: Path) -> None:
    """From nothing to the newest shape; again, nothing to do."""
    assert f"{NEWEST} (vorher: leer)" in migrate_database()
    assert "schon" in migrate_database()


@pytest.mark.parametrize("command", ["migrate", "work"])
def test_r01_unsafe_storage_is_a_sentence_and_exit_code_1(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """Nothing starts that could lose what it confirmed."""
    monkeypatch.setattr("portal.storage.database.network_file_system", lambda _folder: "nfs")
    with pytest.raises(typer.Exit) as left:
        migrate_database() if command == "migrate" else work_deliveries(once=True)
    assert 1 == left.value.exit_code
    assert "Netzlaufwerk (nfs)" in capsys.readouterr().err


def test_an_unknown_transport_is_a_sentence(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With those there are."""
    monkeypatch.setenv("VORDRUCK_TARGETS", '{"dms": {"transport": "pigeon"}}')
    with pytest.raises(typer.Exit):
        work_deliveries(once=True)
    assert "»pigeon«. Es gibt: folder, " in capsys.readouterr().err


def test_the_master_key_may_come_from_the_settings(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then none lies in the data folder, and another one does not open the store."""
    monkeypatch.setenv("VORDRUCK_MASTER_KEY", "ab" * 32)
    opened = open_store(Settings())
    definitions.publish(opened, StoredDefinition(DIGEST, PROCEDURE, "1.0", "id: probe", {}))
    submit(opened)
    opened.close()
    assert not (data / "master.key").exists()
    assert "ab" * 32 not in repr(Settings())
    monkeypatch.setenv("VORDRUCK_MASTER_KEY", "cd" * 32)
    with pytest.raises(typer.Exit):
        work_deliveries(once=True)
    assert Database(Settings().database_url).path == data / "vordruck.sqlite"
