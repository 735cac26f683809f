"""A check that never failed proves nothing: each sees the fault that was put into a good page."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.accessibility import checking
from tests.browser.accessibility.lint import RULES, watch_clicks
from tests.browser.accessibility.mutants import FURTHER, PLANNED, Mutant
from tests.browser.accessibility.walk import NEXT
from tests.browser.fill import begin, press

pytestmark = pytest.mark.browser

_STYLE = """window.vdStyle = (rules) => { const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules); document.adoptedStyleSheets = [sheet]; };"""


@pytest.fixture(scope="module")
def good(browser: Browser, portal: str) -> Iterator[Page]:
    """A page of questions with errors, without a fault."""
    context = browser.new_context(
        base_url=portal, viewport={"width": 1280, "height": 900}, reduced_motion="reduce"
    )
    watch_clicks(context)
    context.add_init_script(_STYLE)
    page = context.new_page()
    begin(page, "musterprozess", "de")
    yield page
    context.close()


def _draw(page: Page) -> None:
    """The page as it was before; what a fault left in the window is gone with it."""
    page.goto(page.url)
    press(page, NEXT)


def test_the_page_that_faults_are_put_into_has_none(good: Page) -> None:
    """Else a check could fail for another reason."""
    _draw(good)
    assert [] == checking.axe(good)
    assert [] == checking.own(good)


def _sees(page: Page, rule: str) -> bool:
    """The checks one after the other, until one has it; the slow one last."""
    quick = [check for name, check in checking.CHECKS.items() if name != "keyboard"]
    is_of_keyboard = rule.startswith(("focus-", "keyboard-"))
    slow = [checking.CHECKS["keyboard"]] if is_of_keyboard else [checking.axe]
    return any(rule in checking.rules_of(check(page)) for check in (*quick, *slow))


@pytest.mark.parametrize("mutant", PLANNED, ids=lambda one: one.name)
def test_every_seeded_fault_of_the_plan_is_found(good: Page, mutant: Mutant) -> None:
    """15 of 15, by axe or by a check of ours."""
    _draw(good)
    good.evaluate(f"() => {{ {mutant.script} }}")
    assert _sees(good, mutant.seen_by)


@pytest.mark.parametrize("mutant", FURTHER, ids=lambda one: one.name)
def test_every_check_of_ours_fails_on_a_fault(good: Page, mutant: Mutant) -> None:
    """Beyond the plan: one for every rule."""
    _draw(good)
    good.evaluate(f"() => {{ {mutant.script} }}")
    assert _sees(good, mutant.seen_by)


def test_no_check_is_without_a_fault_that_it_has_seen() -> None:
    """Rules of the page and those of keyboard and layout, as their sources name them."""
    folder = Path(__file__).parent
    text = "".join((folder / name).read_text("utf-8") for name in ("keyboard.py", "layout.py"))
    named = set(re.findall(r'f?"([a-z]+-[a-z-]+): ', text))
    named |= set(re.findall(r'_told\(page, "([a-z-]+)"\)', text))
    seen = {one.seen_by for one in (*PLANNED, *FURTHER)}

    assert 15 == len(PLANNED)
    assert {"focus-seen", "reflow", "lost-icon", "keyboard-trap"} <= named
    assert set() == (named | set(RULES)) - seen
