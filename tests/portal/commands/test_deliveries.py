"""vordruck deliveries, as an operator uses it."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import select
from typer.testing import CliRunner

from portal.cli import app
from portal.delivery.transports.transport import RefusedError
from portal.delivery.worker import Worker
from portal.settings import Settings
from portal.storage import breaker, definitions, outbox
from portal.storage.definitions import StoredDefinition
from portal.storage.opening import open_store
from portal.storage.outbox import State
from portal.storage.store import Store
from portal.storage.tables import AuditRow
from tests.portal.delivery.carriers import Told
from tests.portal.stores import DIGEST, PROCEDURE, SESSION, submit


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A store in an empty data folder that the settings point to."""
    place = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - only for speed
    folder = Path(tempfile.mkdtemp(prefix="vordruck-", dir=place))
    monkeypatch.setenv("VORDRUCK_DATA", str(folder))
    opened = open_store(Settings())
    definitions.publish(opened, StoredDefinition(DIGEST, PROCEDURE, "1.0", "id: probe", {}))
    yield opened
    opened.close()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def stuck(store: Store) -> str:
    """A delivery that its target refused."""
    receipt = submit(store)

    def refuse(_key: str, _content: bytes) -> None:
        raise RefusedError("http-422")

    Worker(store, {"dms": Told(refuse)}).deliver_next()
    return outbox.states(store, receipt.submission_id)[0].id


def _run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["deliveries", *words])
    assert "Traceback" not in result.output
    return result.exit_code, result.stdout


def _json(*words: str) -> list[dict[str, object]]:
    code, text = _run(*words, "--format", "json")
    assert 0 == code
    found = json.loads(text)
    return found if isinstance(found, list) else [found]


def test_list_shows_what_is_not_done_by_target_and_state(store: Store, stuck: str) -> None:
    """Oldest first; text for people, JSON for programs."""
    assert ["dms", "fachverfahren"] == sorted(str(one["target"]) for one in _json("list"))
    (one,) = _json("list", "--target", "dms", "--state", "rejected")
    assert (stuck, "http-422", 1) == (one["id"], one["answer"], one["attempts"])
    code, text = _run()
    assert 0 == code
    assert stuck in text
    assert SESSION not in text
    assert 2 == _run("list", "--state", "lost")[0]


def test_show_tells_the_journal_and_is_on_record(store: Store, stuck: str) -> None:
    """Reading about a case leaves a trace (R54)."""
    (one,) = _json("show", stuck, "--by", "Betrieb 3")
    journal = one["journal"]
    assert isinstance(journal, list)
    assert ["claimed", "sending", "rejected"] == [step["step"] for step in journal]
    assert "rejected" in _run("show", stuck)[1]
    assert 1 == _run("show", "nothing")[0]
    with store.database.reading() as session:
        rows = session.exec(select(AuditRow).where(AuditRow.action == "delivery-read")).all()
    assert "operator Betrieb 3" in {row.actor for row in rows}


def test_retry_and_release_change_one_delivery(store: Store, stuck: str) -> None:
    """Once; the second time there is nothing to do."""
    assert 0 == _run("retry", stuck, "--by", "Betrieb 3")[0]
    assert [] == _json("list", "--state", "rejected")
    assert 0 == _run("release", stuck, "--by", "Betrieb 3")[0]
    assert [stuck] == [one["id"] for one in _json("list", "--state", State.RELEASED)]
    assert 1 == _run("retry", stuck)[0]


def test_targets_are_paused_and_resumed(store: Store, stuck: str) -> None:
    """And show so."""
    assert 0 == _run("pause", "dms", "--by", "Betrieb 3")[0]
    seen = {one["target"]: one for one in _json("targets")}
    assert ("paused", "operator Betrieb 3") == (seen["dms"]["state"], seen["dms"]["paused_by"])
    assert ("closed", 1) == (seen["fachverfahren"]["state"], seen["fachverfahren"]["pending"])
    assert 1 == _run("pause", "dms")[0]
    assert 0 == _run("resume", "dms")[0]
    assert ["closed"] == [one.state for one in breaker.states(store)]
    assert 2 == _run("pause", "nowhere")[0]
    assert 2 == _run("pause")[0]
