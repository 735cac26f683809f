"""`vordruck reply` and `vordruck inbox`: play the authority, see what fits no case."""

from pathlib import Path

import pytest
from fastapi import FastAPI

from outputs.xoev.reading import read_returned
from outputs.xoev.returned import Kind
from portal.parts import Portal
from portal.settings import Settings
from portal.storage import quarantine
from tests.portal.commands.terminal import vordruck
from tests.portal.status.people import apply
from tests.portal.visitor import Visitor


@pytest.fixture
def data(settings: Settings, monkeypatch: pytest.MonkeyPatch, app: FastAPI) -> Path:
    """The commands look at the portal of the tests."""
    monkeypatch.setenv("VORDRUCK_DATA", str(settings.data))
    monkeypatch.setenv("VORDRUCK_DEFINITIONS", str(settings.definitions))
    return settings.data


def test_reply_writes_a_message_about_the_application(visitor: Visitor, data: Path) -> None:
    """One file, whole, of the kind that was asked for; each call another message."""
    person = apply(visitor)
    for _ in range(2):
        done = vordruck("reply", person.reference.lower(), "--kind", "not-competent")
        assert 0 == done.code, done.err
    written = list((data / "incoming" / "fachverfahren").glob("*.xml"))
    found = [read_returned(one.read_bytes(), None) for one in written]

    assert [(Kind.NOT_COMPETENT, person.reference)] * 2 == [
        (one.kind, one.reference) for one in found
    ]
    assert 2 == len({one.message_id for one in found})
    for one in written:
        one.unlink()


def test_reply_says_what_it_cannot_do(data: Path) -> None:
    """No such application; no such status."""
    unknown = vordruck("reply", "AAAA-BBBB-CCCC")
    wrong = vordruck("reply", "AAAA-BBBB-CCCC", "--kind", "status", "--status", "99")

    assert (1, 2) == (unknown.code, wrong.code)
    assert "keinen Antrag" in unknown.err
    assert "01, 02" in wrong.err


def test_inbox_lists_and_settles(data: Path, app: FastAPI) -> None:
    """Under the name of who looked."""
    portal: Portal = app.state.portal
    noted = quarantine.add(portal.store, "fachverfahren", "x.xml", b"<x/>", "unknown-message")
    listed = vordruck("inbox", "list").data
    assert ("x.xml", "unknown-message") == next(
        (one["name"], one["why"]) for one in listed if one["id"] == noted.id
    )
    assert 2 == vordruck("inbox", "settle", noted.id).code
    assert 1 == vordruck("inbox", "retry", noted.id, "--by", "Erika Beispiel").code
    assert 0 == vordruck("inbox", "settle", noted.id, "--by", "Erika Beispiel").code
    assert noted.id not in {one["id"] for one in vordruck("inbox", "list").data}
