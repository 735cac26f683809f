"""The handbook in a browser: readable at every width, by everybody, and on paper."""

import os
from pathlib import Path

import pytest

from engine.explain.speech import Speech
from engine.handbook import build
from renderers.bpmn.graph import german
from renderers.handbook import pictures, write
from tests.browser.accessibility.axe import run_axe
from tests.browser.accessibility.lint import lint
from tests.browser.conftest import ROOT, NewPage
from tests.portal.complete import plans

pytestmark = pytest.mark.browser

PROCEDURE = "musterprozess"
# It is one document without the portal's frame, and quotes what the form says in any language.
OF_THE_PORTAL = ("skip-link", "landmarks", "title", "foreign-part")


@pytest.fixture
def address(tmp_path: Path) -> str:
    """The file, as it lies on a disk."""
    plan = plans()[PROCEDURE]
    day = plan.procedure.law_as_of
    assert day is not None
    book = build(plan, day, Speech())
    path = tmp_path / "handbook.html"
    path.write_bytes(write(book, pictures(book, plan.procedure, german)))
    return path.as_uri()


@pytest.mark.parametrize("width", [1280, 320])
def test_the_handbook_breaks_no_rule(new_page: NewPage, address: str, width: int) -> None:
    """axe finds nothing, nothing sticks out, and nothing is asked for from elsewhere."""
    page = new_page(width=width)
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    page.goto(address)

    assert () == run_axe(page).violations
    assert [] == [one for one in lint(page) if not one.startswith(OF_THE_PORTAL)]
    assert [address] == asked


def test_the_handbook_is_pictured(new_page: NewPage, address: str, tmp_path: Path) -> None:
    """A page of the form as the legal department sees it; `UPDATE_PICTURES=1` keeps it."""
    folder = ROOT / "docs" / "pictures" if os.environ.get("UPDATE_PICTURES") else tmp_path
    page = new_page(width=1100, height=1250, scripts=False)
    page.goto(f"{address}#seite-fremdes_fahrzeug")
    picture = folder / "handbook.png"
    page.screenshot(path=picture)

    assert picture.stat().st_size > 20_000
