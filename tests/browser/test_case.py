"""After the receipt, in Chromium: a question arrives, is answered, an appointment, a withdrawal.

In German without scripts; in Arabic on a phone with them, where axe-core looks at every page.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, FilePayload, Page
from starlette.testclient import TestClient

from outputs.xoev.returned import Kind
from portal.app import create_app
from portal.settings import Settings
from tests.browser.accessibility.lint import lint
from tests.browser.conftest import ROOT, TODAY
from tests.browser.fill import path_of, press
from tests.browser.serving import running
from tests.browser.test_invitation import is_flawless
from tests.portal.papers import paper_for
from tests.portal.status.people import Office, Person, apply
from tests.portal.visitor import Visitor

pytestmark = pytest.mark.browser
PHONE, DESK = 320, 1280


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[FastAPI, str]]:
    """A portal with its address; messages come into a folder of its own."""
    folder: Path = tmp_path_factory.mktemp("case")
    app = create_app(Settings(definitions=ROOT / "definitions", data=folder / "data", today=TODAY))
    with running(app) as address:
        yield app, address


def _at_the_receipt(
    browser: Browser, served: tuple[FastAPI, str], language: str, width: int, *, scripts: bool
) -> tuple[Page, Person]:
    """Somebody who has applied; how is the matter of other tests."""
    app, address = served
    person = apply(Visitor(TestClient(app)), language)
    context = browser.new_context(
        base_url=address,
        viewport={"width": width, "height": 900},
        java_script_enabled=scripts,
        locale=language,
    )
    context.set_default_timeout(10_000)
    cookies = [
        {"name": one.name, "value": str(one.value), "url": address}
        for one in person.visitor.client.cookies.jar
    ]
    context.add_cookies(cookies)  # type: ignore[arg-type]  # name, value, url are all it needs
    page = context.new_page()
    page.goto(person.visitor.path)
    return page, person


def _fits(page: Page) -> bool:
    """Nothing to be pushed sideways."""
    wide: bool = page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )
    return wide


def _looked_at(page: Page, *, scripts: bool) -> None:
    """No rule is broken."""
    if scripts:
        is_flawless(page)
    else:
        assert [] == lint(page)


@pytest.mark.parametrize(
    ("language", "width", "scripts"),
    [("de", DESK, False), ("ar", PHONE, True)],
    ids=["de-desk-no-scripts", "ar-phone"],
)
def test_the_story_of_a_case(
    browser: Browser,
    served: tuple[FastAPI, str],
    tmp_path: Path,
    language: str,
    width: int,
    scripts: bool,
) -> None:
    """From the receipt to the end, as one person sees it."""
    page, person = _at_the_receipt(browser, served, language, width, scripts=scripts)
    office = Office(served[0], tmp_path / "incoming")
    assert re.fullmatch(r"(\w{4}-){2}\w{4}", page.locator(".vd-code").inner_text().strip())
    press(page, "a[href^='/case/']")
    assert 1 == page.locator("li[aria-current='step']").count()
    _looked_at(page, scripts=scripts)
    assert _fits(page)

    office.write(person, Kind.QUESTION)
    page.reload()
    press(page, "a[href*='/message/']")
    official = page.locator("blockquote")
    assert ("de", "ltr") == (official.get_attribute("lang"), official.get_attribute("dir"))
    assert "Mietvertrags" in official.inner_text()
    assert language == page.locator("html").get_attribute("lang")
    _looked_at(page, scripts=scripts)
    press(page, "a[href$='/answer']")
    _looked_at(page, scripts=scripts)
    press(page, "button[value='send']")
    assert 1 == page.locator("#errors li").count()
    _looked_at(page, scripts=scripts)
    page.locator("#text").fill("Hier ist der Mietvertrag.")
    name, content = paper_for(".pdf")
    page.locator("#file").set_input_files(FilePayload(name=name, mimeType="", buffer=content))
    press(page, "button[value='send']")
    assert "/reply/1" in path_of(page)
    assert "Hier ist der Mietvertrag." in page.locator("main").inner_text()
    _looked_at(page, scripts=scripts)
    assert _fits(page)

    office.write(person, Kind.APPOINTMENT)
    page.goto(person.address)
    press(page, "a[href*='/message/']")
    with page.expect_download() as download:
        page.locator("a[href$='.ics']").click()
    assert b"BEGIN:VEVENT" in download.value.path().read_bytes()
    _looked_at(page, scripts=scripts)

    page.goto(person.address)
    press(page, "a[href$='/withdraw']")
    _looked_at(page, scripts=scripts)
    page.locator("#confirm").check()
    press(page, "button[value='withdraw']")
    assert "/reply/2" in path_of(page)
    press(page, "main .vd-actions a")
    assert person.address == path_of(page)
    assert 0 == page.locator("a[href$='/withdraw']").count()
    _looked_at(page, scripts=scripts)
    page.context.close()


def test_another_device_asks_for_number_and_code(
    browser: Browser, served: tuple[FastAPI, str]
) -> None:
    """With both the case is there; afterwards it can be closed again."""
    page, person = _at_the_receipt(browser, served, "de", DESK, scripts=True)
    page.context.close()
    context = browser.new_context(base_url=served[1], viewport={"width": PHONE, "height": 800})
    context.set_default_timeout(10_000)
    other = context.new_page()
    other.goto("/?lang=de")
    press(other, "a[href='/case']")
    is_flawless(other)
    press(other, "main button[value='next']")
    assert 2 == other.locator("#errors li").count()
    is_flawless(other)
    other.locator("#reference").fill(person.reference)
    other.locator("#code").fill(person.code.lower())
    press(other, "main button[value='next']")
    assert person.address == path_of(other)
    assert _fits(other)
    press(other, "form[action$='/leave'] button")
    other.goto(person.address)
    assert "Stand Ihres Antrags" not in other.locator("h1").inner_text()
    context.close()
