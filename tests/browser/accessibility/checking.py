"""All checks of one page as it is: a list of sentences, each with its rule in front."""

from collections.abc import Callable, Mapping
from typing import Final

from playwright.sync_api import Page

from tests.browser.accessibility import keyboard, layout
from tests.browser.accessibility.axe import run_axe
from tests.browser.accessibility.lint import lint

CHECKS: Final[Mapping[str, Callable[[Page], list[str]]]] = {
    "lint": lint,
    "reflow": layout.reflow,
    "large text": layout.text_twice_as_large,
    "spaced text": layout.spaced_text,
    "forced colours": layout.forced_colours,
    "keyboard": keyboard.walk,
}


def rules_of(found: list[str]) -> set[str]:
    """The rules in front of the sentences."""
    return {one.partition(":")[0] for one in found}


def axe(page: Page) -> list[str]:
    """What axe finds, and what it leaves open and nobody has decided."""
    found = run_axe(page)
    return [*found.violations, *(f"undecided: {rule}" for rule in found.open)]


def own(page: Page) -> list[str]:
    """Everything that axe does not see."""
    return [one for check in CHECKS.values() for one in check(page)]
