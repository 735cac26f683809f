"""How a page behaves: error summary, keyboard, what comes and goes, right to left.

What every page must hold is in `accessibility/`.
"""

import pytest

from tests.browser.conftest import NewPage
from tests.browser.fill import begin, press

pytestmark = pytest.mark.browser

PROCEDURE = "musterprozess"


def test_the_error_summary_is_read_out_and_leads_to_the_controls(new_page: NewPage) -> None:
    """It has the focus, and each of its links moves the focus into the control."""
    page = new_page()
    begin(page, PROCEDURE, "de")
    press(page, "main button[value='next']")
    assert page.evaluate("document.activeElement.id") == "errors"
    links = page.locator("#errors a").all()
    assert len(links) == 5
    for link in links:
        target = (link.get_attribute("href") or "").removeprefix("#")
        link.click()
        assert page.evaluate("document.activeElement.id") == target


def test_the_keyboard_reaches_everything_in_reading_order(new_page: NewPage) -> None:
    """Skip link first; no control is left out, none is reached twice, none is covered."""
    page = new_page()
    begin(page, PROCEDURE, "de")
    order: list[tuple[int, str]] = []
    for _ in range(80):
        page.keyboard.press("Tab")
        place, name = page.evaluate(_FOCUSED)
        if place < 0 or (order and place == order[0][0]):
            break
        order.append((place, name))
    places = [place for place, _ in order]
    names = [name for _, name in order]
    wanted = ["familienname", "vornamen", "geburtsdatum.day", "anschrift.strasse", "email"]

    assert names[0].endswith("#main")
    assert places == sorted(set(places))
    assert [name for name in names if name in wanted] == wanted
    onward = len(names) - 1 - names[::-1].index("_go")  # the first one leads to the overview
    assert names.index("email") < names.index("schwerbehindert") < onward


_FOCUSED = """() => {
  const one = document.activeElement;
  const place = one === document.body ? -1 : [...document.querySelectorAll('*')].indexOf(one);
  return [place, one.name || one.href || one.tagName];
}"""


def test_a_page_can_be_filled_in_and_sent_with_the_keyboard_alone(new_page: NewPage) -> None:
    """Tab, type, space, Enter: Enter goes on, it does not switch the language."""
    page = new_page()
    begin(page, PROCEDURE, "de")
    page.locator("#f-familienname").focus()
    for text in ("Muster", "Erika", "", "", "1990", "Weg", "1", "", "12345", "Musterstadt"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.locator("#f-schwerbehindert-2").focus()
    page.keyboard.press("Space")
    page.locator("#f-vornamen").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert page.url.endswith("/ausweis")
    assert page.locator("html").get_attribute("lang") == "de"


def test_scripts_show_and_hide_what_hangs_on_an_answer(new_page: NewPage) -> None:
    """Yes brings the question, no takes it away; what is hidden is not sent."""
    page = new_page()
    begin(page, PROCEDURE, "de")
    ticks = page.locator("[name='merkzeichen']").first
    assert not ticks.is_visible()
    page.locator("#f-schwerbehindert-1").check()
    assert ticks.is_visible()
    assert ticks.is_enabled()
    page.locator("#f-schwerbehindert-2").check()
    assert not ticks.is_visible()
    assert not ticks.is_enabled()


def test_right_to_left_pages_mirror_without_sticking_out(new_page: NewPage, portal: str) -> None:
    """The mirrored style sheet holds for the same pages, at 320 px too."""
    page = new_page(width=320)
    page.goto("/?lang=de")
    page.route("**/portal.css*", lambda route: route.continue_(
        url=f"{portal}/static/portal.rtl.css"
    ))  # fmt: skip
    begin(page, PROCEDURE, "de")
    page.evaluate("document.documentElement.dir = 'rtl'")
    label = page.locator("label[for='f-familienname']").bounding_box()
    assert label is not None
    assert label["x"] + label["width"] > 270  # at the right edge, where reading starts
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
