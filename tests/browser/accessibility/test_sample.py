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
from tests.browser.accessibility.layout import NARROW, reflow
from tests.browser.accessibility.modes import FIRST, MODES, Mode, quiet_context, take_on
from tests.browser.accessibility.pages import PORTAL, PROCEDURE, Stop
from tests.browser.accessibility.walk import Walk
from tests.browser.serving import Served
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


EVERY_MODE = {"de", "ar"}


def _walk(browser: Browser, served: Served, procedure: str, language: str) -> Walk:
    page = quiet_context(browser, served.address, language).new_page()
    return Walk(page, procedure, language, served.app)


def _states(walk: Walk, stops: tuple[Stop, ...]) -> Iterator[tuple[str, str]]:
    """Name and kind; of a page of questions the fullest states: with errors, and filled in."""
    for stop in stops:
        for state in stop.way(walk):
            if stop.kind != "questions" or not state.endswith("empty"):
                yield f"{stop.name} {state}".strip(), stop.kind


@pytest.mark.parametrize("procedure", sorted(SPOKEN))
def test_every_page_of_every_procedure_is_free_of_faults(
    browser: Browser, running: Served, procedure: str
) -> None:
    """All of axe, in one mode after the other; of the long forms a third of their questions."""
    walk = _walk(browser, running, procedure, SPOKEN[procedure])
    # test_keyboard_only.py goes through the long forms with the keyboard.
    examiner, turn = Examiner(presses_keys=procedure == SMALL), cycle(MODES)
    stops = (*PORTAL, *PROCEDURE) if procedure == SMALL else PROCEDURE
    found = []
    for number, (name, kind) in enumerate(_states(walk, stops)):
        if procedure == SMALL or kind != "questions" or number % 3 == 0:
            mode = next(turn)
            found += [f"{name} [{mode}]: {one}" for one in examiner.whole(walk.page, mode)]
            take_on(walk.page, FIRST)
    walk.page.context.close()

    assert [] == found


@pytest.mark.parametrize("language", languages())
def test_every_kind_of_page_is_legible_in_every_language(
    browser: Browser, running: Served, language: str
) -> None:
    """Colours, targets and reflow of each kind of page: in every theme and width of two languages
    that stand for both directions; in the others where longer words show, on a telephone.
    """
    modes = MODES if language in EVERY_MODE else (Mode("light", NARROW),)
    walk = _walk(browser, running, SMALL, language)
    left, found = set(KINDS), []
    for name, kind in _states(walk, PROCEDURE):
        if kind in left:
            left.discard(kind)
            found += [f"{name} [{mode}]: {one}" for mode in modes for one in _seen(walk.page, mode)]
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
