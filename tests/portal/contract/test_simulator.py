"""The receiver for trials: over HTTP, and in a folder that our transport delivers to."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree
from starlette.testclient import TestClient

from outputs.xoev.reading import read_returned
from portal.contract.endpoint import app_of, watching
from portal.contract.simulator import ANSWERS, Answer, Simulator
from portal.delivery.transports.folder import PICKED_UP, Folder
from tests.portal.contract.packs import expected, judge_of, pack_of, sent

NOW = datetime(2026, 11, 23, 11, tzinfo=UTC)
MESSAGE = "beschaeftigungserlaubnis"
CASE = "3f0e8a52-0000-4000-8000-000000000001"


def _simulator(folder: Path, procedure: str = "musterprozess") -> Simulator:
    return Simulator(judge_of(procedure), folder, lambda: NOW)


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    """A receiver of the message of the Beschäftigungserlaubnis."""
    with TestClient(app_of(_simulator(tmp_path, MESSAGE))) as found:
        yield found


def _first(procedure: str, ending: str) -> bytes:
    return next(held for path, held in sent(procedure).items() if path.endswith(ending))


def test_a_right_message_is_taken_and_kept(client: TestClient, tmp_path: Path) -> None:
    """With size and checksum of what arrived, which is what counts as an acknowledgement."""
    content = _first(MESSAGE, ".xml")
    told = client.put("/eingang/a.xml", content=content)
    assert (200, True, "Angenommen.") == (
        told.status_code,
        told.json()["accepted"],
        told.json()["said"]["de"],
    )
    assert len(content) == told.json()["size"]
    assert content == (tmp_path / PICKED_UP / "a.xml").read_bytes()


def test_wrong_ones_are_refused_in_words(client: TestClient, tmp_path: Path) -> None:
    """422, with every reason in German and English; nothing is kept."""
    for one in expected(MESSAGE):
        content = pack_of(MESSAGE)[f"negative/{one['file']}"]
        told = client.post(f"/eingang/{one['file']}", content=content)
        assert 422 == told.status_code
        assert one["refusals"] == told.json()["refusals"]
    assert [] == list((tmp_path / PICKED_UP).iterdir())
    assert len(expected(MESSAGE)) == len(client.get("/").json())


def test_the_same_again_is_taken_again_and_another_is_not(client: TestClient) -> None:
    """As a real receiver should: by name and content."""
    content = _first(MESSAGE, ".xml")
    client.put("/eingang/a.xml", content=content)
    again = client.put("/eingang/a.xml", content=content)
    assert "Schon angenommen, nichts geändert." == again.json()["said"]["de"]
    other = client.put("/eingang/a.xml", content=content + b"\n")
    assert ["another-under-this-name"] == [one["code"] for one in other.json()["refusals"]]


@pytest.mark.parametrize("name", ["..%2Fa.xml", ".a.xml", "a%00.xml", "%2e%2e", "x" * 300])
def test_r27_a_name_that_is_a_path_touches_nothing(
    client: TestClient, tmp_path: Path, name: str
) -> None:
    """Refused, or not even an address."""
    told = client.put(f"/eingang/{name}", content=_first(MESSAGE, ".xml"))
    assert told.status_code in (307, 400, 404, 405, 422)
    held = {one.name for one in tmp_path.rglob("*") if one.is_file()}
    assert set() == held


def test_what_our_transport_delivers_is_answered_in_the_folder(tmp_path: Path) -> None:
    """Taken away into `abgeholt`, where a repetition still sees it; the answer lies beside."""
    simulator = _simulator(tmp_path)
    content = _first("musterprozess", "antrag.json")
    transport, key = Folder(tmp_path), f"{CASE}.fachverfahren"
    first = transport.send(key, "antrag.json", "application/json", content)
    (answer,) = simulator.scan()
    assert answer.is_taken
    assert first == transport.send(key, "antrag.json", "application/json", content)
    assert [] == simulator.scan()
    (tmp_path / "kaputt.json").write_bytes(content[:200])
    (tmp_path / ".unfertig.json").write_bytes(content[:200])
    (refused,) = simulator.scan()
    assert ["not-json"] == [one.code for one in refused.refusals]
    told = json.loads((tmp_path / ANSWERS / "kaputt.json.json").read_text("utf-8"))
    assert "Abgelehnt." == told["said"]["de"]
    assert (tmp_path / ".unfertig.json").exists()


def test_the_folder_is_watched(tmp_path: Path) -> None:
    """As long as it runs."""
    simulator = _simulator(tmp_path)
    (tmp_path / "a.json").write_bytes(b"[]")
    told: list[Answer] = []
    with watching(simulator, told.append, every=0.01):
        for _ in range(500):
            if told:
                break
            (tmp_path / ANSWERS).stat()
    (answer,) = told or simulator.scan()
    assert ["another-format"] == [one.code for one in answer.refusals]


@pytest.mark.parametrize(("kind", "message"), [("question", "130102"), ("status", "130104")])
def test_it_answers_like_an_authority(client: TestClient, kind: str, message: str) -> None:
    """Messages that our own inbox reads, naming the application and the message they answer."""
    content = _first(MESSAGE, ".xml")
    client.put("/eingang/a.xml", content=content)
    reply = client.get(f"/antworten/MUSTER-0001/{kind}")
    assert reply.status_code == 200
    root = etree.fromstring(reply.content)
    assert etree.QName(root).localname.endswith(message)
    returned = read_returned(reply.content, None)
    assert "MUSTER-0001" == returned.reference
    sent_id = etree.fromstring(content).findtext(".//nachrichtenUUID")
    assert sent_id is not None
    assert sent_id.encode() in reply.content or kind == "question"


def test_without_return_messages_there_are_none(tmp_path: Path) -> None:
    """Neither for a procedure that knows none, nor of a kind that nobody knows."""
    assert _simulator(tmp_path).reply("MUSTER-0001", "question") is None
    assert _simulator(tmp_path, MESSAGE).reply("MUSTER-0001", "greetings") is None
    assert _simulator(tmp_path, MESSAGE).reply("../x", "question") is None
