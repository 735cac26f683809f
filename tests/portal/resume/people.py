"""A portal with a mail server and a clock that is set by hand, and its applicants."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from fastapi import FastAPI
from lxml import html
from starlette.testclient import TestClient

from portal.app import create_app
from portal.settings import Settings
from portal.storage.store import Store
from tests.portal.stores import VirtualClock
from tests.portal.visitor import Visitor

ROOT = Path(__file__).resolve().parents[3]
PROCEDURE = "musterprozess"
WORD = "blauer Tisch"
CODE = re.compile(r"\b(?:[2-9A-Z]{4}-){3}[2-9A-Z]{4}\b")
Answers = Mapping[str, Sequence[str]]
PERSON: Answers = {
    "familienname": ["Beispielova"],
    "vornamen": ["Amina"],
    "geburtsdatum.day": ["30"],
    "geburtsdatum.month": ["11"],
    "geburtsdatum.year": ["1990"],
    "anschrift.strasse": ["Erfundener Weg"],
    "anschrift.plz": ["12345"],
    "anschrift.ort": ["Musterstadt"],
    "schwerbehindert": ["nein"],
}


@dataclass
class Town:
    """One portal; browsers come and go."""

    app: FastAPI
    clock: VirtualClock = field(default_factory=VirtualClock)

    @property
    def store(self) -> Store:
        """What it keeps."""
        found: Store = self.app.state.portal.store
        return found

    def browser(self) -> Visitor:
        """Another browser without scripts."""
        return Visitor(TestClient(self.app, raise_server_exceptions=False))

    def wait(self, **time: float) -> None:
        """Let time pass."""
        self.clock.advance(timedelta(**time))


def build(folder: Path, clock: VirtualClock, **settings: object) -> Town:
    """A portal of its own in an empty folder."""
    chosen: dict[str, object] = {
        "definitions": ROOT / "definitions",
        "data": folder / "data",
        "public_url": "http://testserver",
        **settings,
    }
    app = create_app(Settings().model_copy(update=chosen))
    object.__setattr__(app.state.portal.store, "now", clock)
    return Town(app, clock)


@contextmanager
def opened(folder: Path, clock: VirtualClock, **settings: object) -> Iterator[Town]:
    """The same, closed afterwards."""
    town = build(folder, clock, **settings)
    yield town
    town.store.close()


def begin(visitor: Visitor, procedure: str = PROCEDURE) -> Visitor:
    """On the first page of a new application."""
    visitor.open(f"/p/{procedure}")
    form = next(one for one in visitor.page.forms if (one.get("action") or "").endswith("/form"))
    visitor.press("", "", form=form)
    return visitor.open(f"{draft_of(visitor)}/person")


def draft_of(visitor: Visitor) -> str:
    """The address of the draft that the visitor is in."""
    found = re.match(r"/p/\w+/form/[0-9a-f]{32}", visitor.path)
    assert found, visitor.path
    return found[0]


def form_of_word(visitor: Visitor) -> html.FormElement:
    """The form with the word."""
    forms: list[html.FormElement] = list(visitor.page.forms)
    return next(one for one in forms if one.xpath(".//input[@name='word']"))


def save_with_code(visitor: Visitor, word: str = WORD) -> str:
    """Save, choose a word, and read the code."""
    visitor.open(f"{draft_of(visitor)}/saved-draft")
    visitor.press("_go", "code", {"word": [word]}, form=form_of_word(visitor))
    found = CODE.search(visitor.text)
    assert found, (visitor.status, visitor.errors())
    return found[0]


def come_back(visitor: Visitor, code: str, word: str = WORD, door: str = "/continue") -> Visitor:
    """Show code and word."""
    return visitor.open(door).press("_go", "next", {"code": [code], "word": [word]})
