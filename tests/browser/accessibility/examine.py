"""What is asked of one state of a page: everything in the first mode, in others what can differ."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from playwright.sync_api import Page

from tests.browser.accessibility import keyboard, layout
from tests.browser.accessibility.axe import OF_THE_EYE, TAGS, Found, run_axe
from tests.browser.accessibility.lint import lint
from tests.browser.accessibility.modes import FIRST, MODES, THEMES, Mode, take_on


@dataclass(slots=True)
class Examiner:
    """Looks at states of pages; remembers what it has seen, and what is left to people."""

    in_all_modes: bool = True
    is_thorough: bool = False  # all of axe in every mode; else what themes and widths can change
    presses_keys: bool = True  # through every page that shows something new
    marks: dict[str, set[str]] = field(default_factory=lambda: {one: set() for one in THEMES})
    undecided: set[str] = field(default_factory=set)
    states: int = 0
    runs: int = 0  # of axe

    def everything(self, page: Page) -> list[str]:
        """In all modes; or in the first and, in turn, one of the others."""
        self.states += 1
        turn = MODES[1 + self.states % (len(MODES) - 1)]
        modes = MODES if self.in_all_modes else (FIRST, turn)
        found = [f"[{mode}] {one}" for mode in modes for one in self.in_mode(page, mode)]
        take_on(page, FIRST)
        return found

    def in_mode(self, page: Page, mode: Mode) -> list[str]:
        """In one mode: all of it in the first."""
        take_on(page, mode)
        is_first = mode == FIRST
        only = TAGS if is_first or self.is_thorough else OF_THE_EYE
        found = [*self._axe(page, only, mode), *self._of_mode(page, mode)]
        if is_first:
            for check in _IN_FIRST:
                found += check(page)
        return found

    def whole(self, page: Page, mode: Mode) -> list[str]:
        """All of axe and the rules of the page in any mode."""
        take_on(page, mode)
        return [*self._axe(page, TAGS, mode), *lint(page), *self._of_mode(page, mode)]

    def _axe(self, page: Page, only: tuple[str, ...], mode: Mode) -> Iterator[str]:
        kind = " in forced colours" if mode.theme == "forced" else ""
        result: Found = run_axe(page, only=only, kind=kind)
        self.runs += 1
        self.undecided |= set(result.undecided)
        yield from result.violations
        yield from (f"undecided: {rule}" for rule in result.open)

    def _of_mode(self, page: Page, mode: Mode) -> Iterator[str]:
        if mode.width == layout.NARROW:
            yield from layout.reflow(page)
        if mode.theme == "forced":
            yield from layout.what_forced_colours_lose(page)
        seen = self.marks[mode.theme]
        is_walked = mode == FIRST and self.is_thorough
        if (
            self.presses_keys
            and mode.width != layout.NARROW
            and (is_walked or keyboard.has_new_kinds(page, seen))
        ):
            yield from keyboard.walk(page, marks=seen)


_IN_FIRST: Final = (lint, layout.text_twice_as_large, layout.spaced_text)
