"""What screen readers are told: the accessibility tree of each kind of page, reviewed like code.

`UPDATE_GOLDEN=1` writes the files in `names/` anew.
"""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.accessibility.modes import quiet_context
from tests.browser.accessibility.pages import PORTAL, PROCEDURE
from tests.browser.accessibility.walk import Walk
from tests.browser.serving import Served

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

FOLDER = Path(__file__).parent / "names"
KEPT = {
    "start": "start",
    "service": "service",
    "quick check errors": "quick-check-errors",
    "quick check result": "quick-check-result",
    "questions person errors": "questions-errors",
    "questions ausweis filled": "questions-rows",
    "papers errors": "papers-errors",
    "check answers": "check-answers",
    "receipt": "receipt",
}
# Numbers of drafts and references are drawn by lot, times are those of the run.
_DRAWN = re.compile(
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32,}"
    r"|\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){2}\b|\b\d{2}:\d{2}(?::\d{2})?\b"
)
_DAY = re.compile(r"\b\d{1,2}\. ?(?:\d{2}\.|[A-Z][a-zä]+ ?)\d{4}\b")
_NOT_CHOSEN = re.compile(r"^ *- option \"[^\n]*\"\n", re.MULTILINE)  # all states of the world


def test_names_and_roles_are_as_reviewed(browser: Browser, running: Served) -> None:
    """A lost name, role, state or description of a control shows as a difference."""
    page = quiet_context(browser, running.address, "de").new_page()
    walk = Walk(page, "musterprozess", "de", running.app)
    left = dict(KEPT)
    found = {}
    for stop in (PORTAL[0], *PROCEDURE):
        for state in stop.way(walk):
            if file := left.pop(f"{stop.name} {state}".strip(), None):
                tree = walk.page.locator("main").aria_snapshot()
                plain = _NOT_CHOSEN.sub("", f"{tree}\n")
                found[file] = _DAY.sub("…", _DRAWN.sub("…", plain))
    walk.page.context.close()
    if os.environ.get("UPDATE_GOLDEN"):
        FOLDER.mkdir(exist_ok=True)
        for file, tree in found.items():
            (FOLDER / f"{file}.txt").write_text(tree, "utf-8")

    assert {} == left
    assert {one.stem for one in FOLDER.glob("*.txt")} == set(found)
    for file, tree in found.items():
        assert (FOLDER / f"{file}.txt").read_text("utf-8") == tree, file
