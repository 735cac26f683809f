"""Pictures of the portal, wide and narrow; UPDATE_PICTURES=1 puts them into docs/pictures."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import ROOT, NewPage
from tests.browser.fill import begin, fill_in, hand_in_papers, path_of, press, submit
from tests.portal.complete import answers_of, plans

pytestmark = pytest.mark.browser

PROCEDURE = "musterprozess"
WIDE, NARROW = 1280, 320


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where pictures go."""
    chosen = ROOT / "docs" / "pictures" if os.environ.get("UPDATE_PICTURES") else tmp_path
    chosen.mkdir(parents=True, exist_ok=True)
    return chosen


def take(page: Page, folder: Path, name: str) -> None:
    """The whole page at both widths; at 320 px nothing may stick out (WCAG 1.4.10)."""
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": 900})
        suffix = "" if width == WIDE else "-320"
        picture = folder / f"{name}{suffix}.png"
        page.screenshot(path=picture, full_page=True, animations="disabled")
        assert picture.stat().st_size > 5_000
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
    page.set_viewport_size({"width": WIDE, "height": 900})


def test_every_kind_of_page_is_pictured(new_page: NewPage, folder: Path) -> None:
    """Start, service, form, errors, rows, documents, summary, receipt."""
    procedure = plans()[PROCEDURE].procedure
    page = new_page()
    page.goto("/?lang=de")
    take(page, folder, "portal")
    page.goto(f"/p/{PROCEDURE}")
    take(page, folder, "service")
    begin(page, PROCEDURE, "de")
    take(page, folder, "form")
    page.locator("#f-familienname").fill("Muster-Beispiel")
    page.locator("#f-geburtsdatum-year").fill("90")
    page.locator("#f-schwerbehindert-1").check()
    press(page, "main button[value='next']")
    take(page, folder, "errors")
    fill_in(page, procedure, answers_of(PROCEDURE, "MP-voll"))
    assert path_of(page).endswith("/your-documents")
    take(page, folder, "documents")
    hand_in_papers(page)
    take(page, folder, "check-answers")
    press(page, "a[href$='ausweis?back=check-answers']")
    take(page, folder, "rows")
    page.go_back()
    submit(page)
    take(page, folder, "receipt")


def test_the_quick_check_is_pictured(new_page: NewPage, folder: Path) -> None:
    """Questions and result, in English."""
    page = new_page()
    page.goto(f"/p/{PROCEDURE}/quick-check?lang=en")
    page.locator("#f-hauptwohnung-1").check()
    for part, text in (("day", "1"), ("month", "1"), ("year", "2027")):
        page.locator(f"#f-einzug_am-{part}").fill(text)
    page.locator("#f-stellplatz-1").check()
    take(page, folder, "quick-check")
    press(page, "main button[value='next']")
    take(page, folder, "quick-check-result")


def test_an_error_page_is_pictured(new_page: NewPage, folder: Path) -> None:
    """What does not exist."""
    page = new_page()
    answer = page.goto("/gibt-es-nicht")
    assert answer is not None
    assert 404 == answer.status
    take(page, folder, "not-found")
