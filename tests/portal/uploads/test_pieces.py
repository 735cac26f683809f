"""R38: files in pieces over a bad connection; nothing is lost, nothing stays behind."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from fastapi import FastAPI
from httpx2 import Response
from starlette.testclient import TestClient

from engine import Plan
from portal.storage import pieces, uploads
from portal.storage.pieces import STAY
from portal.uploads.pieces import PIECE
from portal.uploads.scanner import Scanner
from tests.portal.fill.test_application import begin, case_of, fill_in
from tests.portal.papers import PDF
from tests.portal.uploads import specimens
from tests.portal.uploads.scanners import fake_clamd, says
from tests.portal.visitor import Visitor

DOCUMENT = "ausweis_kopie"


class Sender:
    """What frontend/uploads.ts does, step by step."""

    def __init__(self, visitor: Visitor) -> None:
        self.client: TestClient = visitor.client
        self.here = visitor.path
        self.token = visitor.form().fields["_token"]
        self.draft = visitor.path.split("/")[4]

    def announce(self, name: str, size: int, **more: str) -> Response:
        """The first request."""
        fields = {"_token": self.token, "document": DOCUMENT, "name": name, "size": str(size)}
        return self.client.post(f"{self.here}/pieces", data={**fields, **more})

    def address(self, name: str, size: int, **more: str) -> str:
        """Where to send a file that was announced."""
        answer = self.announce(name, size, **more)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["address"])

    def send(self, address: str, start: int, content: bytes) -> Response:
        """A piece."""
        headers = {"X-Form-Token": self.token, "Upload-Offset": str(start)}
        return self.client.patch(address, content=content, headers=headers)

    def finish(self, address: str) -> Response:
        """The last request."""
        return self.client.post(address, headers={"X-Form-Token": self.token})

    def offset(self, address: str) -> int:
        """How much has arrived."""
        return int(self.client.head(address).headers["Upload-Offset"])

    def whole(self, name: str, content: bytes, **more: str) -> Response:
        """Everything without a fault on the way."""
        address = self.address(name, len(content), **more)
        for start in range(0, len(content), PIECE):
            assert self.send(address, start, content[start : start + PIECE]).status_code == 204
        return self.finish(address)


@pytest.fixture
def sender(app: FastAPI, visitor: Visitor, plan: Plan) -> Iterator[Sender]:
    """At the page of documents; the portal is put back afterwards."""
    before = app.state.portal
    fill_in(begin(visitor), plan.procedure, case_of(plan.procedure, "MP-voll"))
    assert visitor.path.endswith("/your-documents")
    yield Sender(visitor)
    app.state.portal = before


def kept(app: FastAPI, sender: Sender) -> list[tuple[str, bytes]]:
    """The draft's files."""
    session = sender.client.cookies["vordruck"]
    held = uploads.contents(app.state.portal.store, sender.draft, session)
    return [(one.name, content) for one, content in held]


def noisy_photo() -> bytes:
    """A picture of some pieces."""
    content = specimens.noise()
    assert len(content) > 2 * PIECE
    return content


def test_a_lost_connection_costs_one_piece(app: FastAPI, sender: Sender) -> None:
    """The server says where it stands; what came twice counts once."""
    content = noisy_photo()
    address = sender.address("ausweis.jpg", len(content), type="image/jpeg")
    assert sender.offset(address) == 0
    assert sender.send(address, 0, content[:PIECE]).status_code == 204
    again = sender.send(address, 0, content[:PIECE])  # its answer was lost
    assert (again.status_code, again.headers["Upload-Offset"]) == (409, str(PIECE))
    too_early = sender.send(address, 2 * PIECE, content[2 * PIECE :])
    assert (too_early.status_code, too_early.headers["Upload-Offset"]) == (409, str(PIECE))
    assert sender.finish(address).status_code == 409
    for start in range(sender.offset(address), len(content), PIECE):
        assert sender.send(address, start, content[start : start + PIECE]).status_code == 204
    assert kept(app, sender) == []
    assert sender.finish(address).json() == {"kept": True}
    assert [name for name, _ in kept(app, sender)] == ["ausweis.jpg"]
    assert sender.finish(address).json() == {"kept": True}  # its answer was lost
    assert len(kept(app, sender)) == 1
    assert sender.client.get(address).json()["kept"] is True


def test_nothing_of_the_pieces_stays_once_the_file_is_whole(app: FastAPI, sender: Sender) -> None:
    """Neither rows nor files of them."""
    sender.whole("pass.pdf", PDF)
    assert not any(one.endswith(".piece") for one in app.state.portal.store.files.names())


@pytest.mark.parametrize("share", [0, 1, 50, 99])
def test_a_broken_off_upload_leaves_nothing_after_its_time(
    app: FastAPI, sender: Sender, share: int
) -> None:
    """Swept an hour after the last piece; younger ones stay."""
    content = noisy_photo()
    address = sender.address("ausweis.jpg", len(content))
    end = len(content) * share // 100
    for start in range(0, end, PIECE):
        piece = content[start : min(start + PIECE, end)]
        if len(piece) >= pieces.LEAST_PIECE:
            assert sender.send(address, start, piece).status_code == 204
    store = app.state.portal.store
    pieces.sweep(store)
    assert sender.client.head(address).status_code == 200
    later = replace(store, now=lambda: app.state.portal.clock.now() + STAY + timedelta(seconds=1))
    assert pieces.sweep(later) >= 1
    assert sender.client.head(address).status_code == 404
    assert not any(one.endswith(".piece") for one in store.files.names())


def test_a_file_that_is_cancelled_is_forgotten_at_once(app: FastAPI, sender: Sender) -> None:
    """With its pieces."""
    content = noisy_photo()
    address = sender.address("ausweis.jpg", len(content))
    sender.send(address, 0, content[:PIECE])
    headers = {"X-Form-Token": sender.token}
    assert sender.client.delete(address, headers=headers).status_code == 204
    assert sender.client.head(address).status_code == 404
    assert not any(one.endswith(".piece") for one in app.state.portal.store.files.names())


@pytest.mark.parametrize(
    ("name", "size", "told"),
    [
        ("pass.pdf", 5_000_001, "höchstens 5 MB"),
        ("pass.pdf", 0, "leer"),
        ("IMG_0001.HEIC", 100, "JPEG"),
        ("setup.exe", 100, "PDF, JPG, PNG"),
    ],
)
def test_what_cannot_be_taken_is_told_before_anything_is_sent(
    sender: Sender, name: str, size: int, told: str
) -> None:
    """Nobody should pay for megabytes that are refused."""
    answer = sender.announce(name, size)
    assert answer.status_code == 422
    assert told in answer.json()["text"]


def test_a_file_that_turns_out_wrong_is_refused_and_forgotten(app: FastAPI, sender: Sender) -> None:
    """The same checks as for plain forms."""
    answer = sender.whole("pass.pdf", b"%PDF-1.7 nothing of the kind")
    assert answer.status_code == 422
    assert "beschädigt" in answer.json()["text"]
    assert kept(app, sender) == []
    assert not any(one.endswith(".piece") for one in app.state.portal.store.files.names())


def test_a_scanner_that_is_down_costs_a_repetition_and_not_the_file(
    app: FastAPI, sender: Sender
) -> None:
    """What has arrived need not travel again."""
    app.state.portal = replace(app.state.portal, scanner=Scanner("127.0.0.1:9", 0.5))
    address = sender.address("pass.pdf", len(PDF))
    sender.send(address, 0, PDF)
    answer = sender.finish(address)
    assert (answer.status_code, "noch einmal" in answer.json()["text"]) == (503, True)
    assert kept(app, sender) == []
    with fake_clamd(says(b"stream: OK\0")) as clamd:
        app.state.portal = replace(app.state.portal, scanner=Scanner(clamd, 5))
        assert sender.finish(address).status_code == 200
    assert [name for name, _ in kept(app, sender)] == ["pass.pdf"]


def test_a_file_replaces_another_only_when_it_is_there(app: FastAPI, sender: Sender) -> None:
    """Also where no further file would have room."""
    for name in ("a.pdf", "b.pdf"):
        assert sender.whole(name, PDF).status_code == 200
    full = sender.whole("c.pdf", PDF)
    assert (full.status_code, "alle Dateien" in full.json()["text"]) == (422, True)
    session = sender.client.cookies["vordruck"]
    store = app.state.portal.store
    old = uploads.of_draft(store, sender.draft, session)[0].id
    address = sender.address("d.pdf", len(PDF), replaces=old)
    assert [name for name, _ in kept(app, sender)] == ["a.pdf", "b.pdf"]
    sender.send(address, 0, PDF)
    sender.finish(address)
    assert [name for name, _ in kept(app, sender)] == ["b.pdf", "d.pdf"]


def test_r58_pieces_belong_to_their_session(
    sender: Sender, new_visitor: Callable[[], Visitor], plan: Plan
) -> None:
    """With the address alone, or with a token of one's own, nothing can be done."""
    content = noisy_photo()
    address = sender.address("ausweis.jpg", len(content))
    other = new_visitor()
    fill_in(begin(other), plan.procedure, case_of(plan.procedure, "MP-voll"))
    thief = Sender(other)
    own = address.replace(sender.draft, thief.draft)
    for one in (address, own):
        assert thief.client.get(one).status_code == 404
        assert thief.send(one, 0, content[:PIECE]).status_code == 404
        assert thief.finish(one).status_code == 404
        thief.client.delete(one, headers={"X-Form-Token": thief.token})
    assert sender.offset(address) == 0


def test_r60_no_piece_without_the_forms_token(sender: Sender) -> None:
    """Another site's page could not read it."""
    address = sender.address("pass.pdf", len(PDF))
    for method in ("PATCH", "POST", "DELETE"):
        headers = {"Upload-Offset": "0", "X-Form-Token": "0" * 64}
        assert sender.client.request(method, address, headers=headers).status_code == 403


def test_tiny_pieces_and_more_than_was_announced_are_refused(sender: Sender) -> None:
    """Each piece costs a row and a file."""
    content = noisy_photo()
    address = sender.address("ausweis.jpg", len(content))
    assert sender.send(address, 0, content[:100]).status_code == 400
    assert sender.send(address, 0, b"").status_code == 400
    small = sender.address("pass.pdf", 10)
    assert sender.send(small, 0, content[:PIECE]).status_code == 409
    assert sender.offset(small) == 0


def test_a_draft_has_a_bounded_number_of_files_on_their_way(sender: Sender) -> None:
    """Whoever announces without sending is stopped."""
    for _ in range(pieces.MOST_AT_ONCE):
        sender.address("pass.pdf", 100)
    answer = sender.announce("pass.pdf", 100)
    assert (answer.status_code, "schon sehr viel" in answer.json()["text"]) == (422, True)
