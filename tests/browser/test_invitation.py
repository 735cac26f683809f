"""A story in two browsers: somebody invites their employer, both do their part, one application.

The employer has a small telephone. The pages of the invitation are held against axe-core's rules
and what axe cannot see; that all of it works without scripts is shown by tests/portal/invite.
"""

from collections.abc import Mapping

import pytest
from playwright.sync_api import Page

from tests.browser.accessibility.axe import run_axe
from tests.browser.accessibility.lint import lint
from tests.browser.conftest import NewPage
from tests.browser.fill import begin, fill_page, hand_in_papers, path_of, press, submit
from tests.portal.complete import answers_of, plans
from tests.portal.form_values import form_values, rows

pytestmark = pytest.mark.browser

PROCEDURE, CASE, INVITE = "beschaeftigungserlaubnis", "BE-voll", "invite-arbeitgeber"
NARROW = 320


def fill_on(page: Page, stop: str = "") -> None:
    """Pages of questions one after the other, up to a step."""
    procedure, answers = plans()[PROCEDURE].procedure, answers_of(PROCEDURE, CASE)
    values: Mapping[str, list[str]] = form_values(procedure, answers)
    names = {one.id for one in procedure.pages}
    while (here := path_of(page).rpartition("/")[2]) in names and here != stop:
        fill_page(page, values, rows(procedure, answers))
        fits(page)


def fits(page: Page) -> None:
    """Nothing sticks out (WCAG 1.4.10)."""
    width = (page.viewport_size or {"width": 0})["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width, path_of(page)


def is_flawless(page: Page) -> None:
    """No rule is broken, and nothing sticks out."""
    assert (path_of(page), run_axe(page).violations, lint(page)) == (path_of(page), (), [])


def invite(amina: Page) -> tuple[str, str]:
    """She fills in who she is, and invites her employer instead of filling in his pages."""
    begin(amina, PROCEDURE, "de")
    fill_on(amina)
    assert path_of(amina).endswith(INVITE)
    is_flawless(amina)
    press(amina, "button[value='invite']")
    is_flawless(amina)
    link = amina.locator(".vd-link-out").inner_text().strip()
    code = amina.locator(".vd-reference").inner_text().strip()
    press(amina, "main button[value='next']")
    assert path_of(amina).endswith("/abschluss")
    return link, code


def look_how_far_it_is(amina: Page) -> None:
    """She could take the invitation back, and does not."""
    press(amina, "main button[value='back']")
    assert "noch nicht geöffnet" in amina.locator("main").inner_text()
    is_flawless(amina)
    press(amina, "button[value='revoke']")
    is_flawless(amina)
    press(amina, "button[value='keep']")
    press(amina, "main button[value='next']")


def come_in(muster: Page, link: str, code: str) -> None:
    """He opens the link, mistypes the code once, and sees what it is about."""
    muster.goto(link)
    is_flawless(muster)
    muster.fill("#code", "XXXX-XXXX-XXXX")
    press(muster, "main button[value='next']")
    assert "Dieser Code passt nicht" in muster.locator("#errors").inner_text()
    is_flawless(muster)
    muster.fill("#code", code.lower())
    press(muster, "main button[value='next']")
    is_flawless(muster)
    seen = muster.locator("main").inner_text()
    assert "Beispielova-Muster" in seen
    assert "04.01.2027" in seen


def finish_her_part(amina: Page) -> None:
    """She can, but she cannot submit before he is done."""
    fill_on(amina)
    hand_in_papers(amina)
    assert "noch nicht fertig" in amina.locator("#errors").inner_text()
    assert amina.locator("button[value='submit']").count() == 0


def hand_over(muster: Page) -> None:
    """He hands in the contract, checks, and hands over; the page is his to print."""
    hand_in_papers(muster)
    is_flawless(muster)
    for secret in ("15.01.2025", "X00000000", "Iran", "Erfundene Straße", "Mai 1994"):
        assert secret not in muster.content()
    press(muster, "button[value='submit']")
    is_flawless(muster)
    assert "Ihre Angaben sind abgegeben" in muster.locator("h1").inner_text()


def test_an_employer_is_invited_and_both_parts_become_one_application(new_page: NewPage) -> None:
    """Amina applies for permission to work; Mr Muster of the restaurant declares the job."""
    amina, muster = new_page(), new_page(width=NARROW)

    link, code = invite(amina)
    look_how_far_it_is(amina)
    come_in(muster, link, code)
    press(muster, "main a.kern-btn")
    fill_on(muster)
    assert path_of(muster).endswith("/your-documents")
    finish_her_part(amina)
    hand_over(muster)

    # She reads what he declared, and submits.
    amina.reload()
    assert "Muster & Söhne Gastronomie GmbH" in amina.locator("main").inner_text()
    submit(amina)
    assert "/receipt/" in path_of(amina)

    # His page stays to be read, and can no longer be changed.
    press(muster, "form[action$='handed-over'] button")
    assert "schon abgesendet" in muster.locator("main").inner_text()
