"""A story at two devices: saved, gone on elsewhere, both changed, nothing lost at the end.

The clock of the portal and those of the pages are moved by hand. Every page on the way is held
against axe-core's rules and what axe cannot see.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.fill import path_of, press
from tests.browser.serving import running
from tests.browser.test_invitation import is_flawless
from tests.portal.resume.people import WORD, Town, opened
from tests.portal.stores import VirtualClock

pytestmark = pytest.mark.browser
NARROW = 320


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Town, str]]:
    """A portal with its address; protected sessions last half an hour."""
    folder: Path = tmp_path_factory.mktemp("story")
    with opened(folder, VirtualClock(), public_url="") as one, running(one.app) as address:
        yield one, address


def _page(browser: Browser, address: str, width: int = 1280) -> Page:
    context = browser.new_context(
        base_url=address, viewport={"width": width, "height": 900}, locale="de"
    )
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.clock.install()
    return page


def _begin(page: Page) -> str:
    page.goto("/p/musterprozess")
    press(page, "form[action$='/form'] button")
    return path_of(page).rpartition("/")[0]


def _save(phone: Page, draft: str) -> str:
    """A word that is easily guessed, then a better one; the code is shown."""
    phone.goto(f"{draft}/saved-draft")
    is_flawless(phone)
    phone.fill("#word", "123456")
    press(phone, "button[value='code']")
    is_flawless(phone)
    phone.fill("#word", WORD)
    press(phone, "button[value='code']")
    is_flawless(phone)
    return phone.locator(".vd-reference").inner_text().strip()


def _come_back(library: Page, code: str) -> None:
    """The word is mistyped once."""
    library.goto("/")
    press(library, "a[href='/continue']")
    is_flawless(library)
    for word in ("roter Stuhl", WORD):
        library.fill("#code", code)
        library.fill("#word", word)
        press(library, "main button[value='next']")
        if word != WORD:
            is_flawless(library)


def _pass(one: Town, pages: list[Page], minutes: int) -> None:
    """Time goes by everywhere."""
    one.wait(minutes=minutes)
    for page in pages:
        page.clock.fast_forward(minutes * 60_000)


def test_saved_gone_on_elsewhere_both_changed_and_nothing_lost(
    town: tuple[Town, str], browser: Browser
) -> None:
    """Amina begins on her telephone and goes on in the library."""
    one, address = town
    phone, library = _page(browser, address, NARROW), _page(browser, address)
    draft = _begin(phone)
    code = _save(phone, draft)
    _come_back(library, code)
    for page in (phone, library):
        page.goto(f"{draft}/person")

    # Both fill in the same question.
    library.fill("[name=vornamen]", "Erfunda")
    press(library, "main button[value='later']")
    phone.fill("[name=vornamen]", "Fiktiva")
    press(phone, "main button[value='later']")
    assert "Schon gespeichert: Erfunda" in phone.locator("main").inner_text()
    is_flawless(phone)
    press(phone, "main form button[type='submit']")
    is_flawless(phone)
    phone.get_by_label("Gerade eingegeben: Fiktiva").check()
    press(phone, "main form button[type='submit']")
    assert path_of(phone).endswith("/saved-draft")

    # She is called away; a warning comes in time, the keyboard keeps the session.
    phone.goto(f"{draft}/person")
    phone.fill("[name=familienname]", "Beispielova")
    _pass(one, [phone], 27)
    warning = phone.get_by_role("dialog", name="Sind Sie noch da?")
    assert warning.is_visible()
    assert "fragen wir nach Ihrem Geheimwort" in warning.inner_text()
    assert phone.evaluate("document.activeElement.closest('dialog') !== null")
    with phone.expect_response(lambda response: response.url.endswith("/stay")):
        phone.keyboard.press("Enter")
    warning.wait_for(state="hidden")
    assert phone.input_value("[name=familienname]") == "Beispielova"

    # She does not come back in time: what she typed is saved, and nothing stays on the screen.
    with phone.expect_navigation(url="**/session-over?saved=1"):
        for _ in range(4):
            _pass(one, [phone], 10)
    assert "ist gespeichert" in phone.locator("main").inner_text()
    assert "Beispielova" not in phone.content()
    is_flawless(phone)
    phone.fill("#word", WORD)
    press(phone, "main button[value='next']")
    phone.goto(f"{draft}/person")
    assert phone.input_value("[name=familienname]") == "Beispielova"
    assert phone.input_value("[name=vornamen]") == "Fiktiva"
    for page in (phone, library):
        page.context.close()
