"""What CI looks at of the campaign: every page once, every language, theme and width on each kind.

The whole product of pages and settings is the command `tests.browser.accessibility.campaign`.
"""

from collections.abc import Iterator
from itertools import cycle

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.accessibility.axe import OF_THE_EYE, run_axe
from tests.browser.accessibility.campaign import languages
from tests.browser.accessibility.examine import Examiner
from tests.browser.accessibility.layout import reflow
from tests.browser.accessibility.modes import FIRST, MODES, Mode, quiet_context, take_on
from tests.browser.accessibility.pages import PORTAL, PROCEDURE, Stop
from tests.browser.accessibility.walk import Walk
from tests.portal.complete import plans

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

SMALL = "musterprozess"
KINDS = {"reading", "questions", "papers", "answers", "receipt"}
# Each is gone through in one language; together these are left-to-right and right-to-left.
SPOKEN = {
    "beschaeftigungserlaubnis": "ar",
    "einbuergerung": "de",
    SMALL: "de",
    "verpflichtungserklaerung": "en",
}


def _walk(browser: Browser, address: str, procedure: str, language: str) -> Walk:
    return Walk(quiet_context(browser, address, language).new_page(), procedure, language)


def _states(walk: Walk, stops: tuple[Stop, ...]) -> Iterator[tuple[str, str]]:
    """Name and kind; of a page of questions the fullest states: with errors, and filled in."""
    for stop in stops:
        for state in stop.way(walk):
            if stop.name != "questions" or not state.endswith("empty"):
                yield f"{stop.name} {state}".strip(), stop.kind


@pytest.mark.parametrize("procedure", sorted(SPOKEN))
def test_every_page_of_every_procedure_is_free_of_faults(
    browser: Browser, portal: str, procedure: str
) -> None:
    """All of axe, in one mode after the other; in a language that has no text missing."""
    walk = _walk(browser, portal, procedure, SPOKEN[procedure])
    examiner, turn = Examiner(), cycle(MODES)
    stops = (*PORTAL, *PROCEDURE) if procedure == SMALL else PROCEDURE
    found = []
    for number, (name, _) in enumerate(_states(walk, stops)):
        if procedure == SMALL or "questions" not in name or number % 2:
            mode = next(turn)
            found += [f"{name} [{mode}]: {one}" for one in examiner.whole(walk.page, mode)]
            take_on(walk.page, FIRST)
    walk.page.context.close()

    assert [] == found


@pytest.mark.parametrize("language", languages())
def test_every_kind_of_page_is_legible_in_every_theme_and_width(
    browser: Browser, portal: str, language: str
) -> None:
    """Colours, targets and reflow of each kind of page, in all modes of a language."""
    walk = _walk(browser, portal, SMALL, language)
    left, found = set(KINDS), []
    for name, kind in _states(walk, PROCEDURE):
        if kind in left:
            left.discard(kind)
            found += [f"{name} [{mode}]: {one}" for mode in MODES for one in _seen(walk.page, mode)]
            take_on(walk.page, FIRST)
    walk.page.context.close()

    assert [] == found
    assert set() == left


def _seen(page: Page, mode: Mode) -> list[str]:
    take_on(page, mode)
    return [*run_axe(page, only=OF_THE_EYE).violations, *reflow(page)]


def test_the_table_of_pages_has_every_procedure_and_kind() -> None:
    """A procedure that is new is gone through as well."""
    assert set(plans()) == set(SPOKEN)
    assert KINDS == {one.kind for one in (*PORTAL, *PROCEDURE)}
