"""The limits of running a rule (R23): steps of loops, lengths of texts and lists."""

from collections.abc import Sequence
from typing import Any

MAX_STEPS = 10_000
MAX_ITEMS = 10_000
MAX_TEXT = 65_536


class RuleBudgetExceeded(Exception):  # it is a limit reached, not an error of ours
    """A rule would run too long or grow too large; the evaluation has no result."""


def rows(items: Sequence[Any] | None) -> Sequence[Any] | None:
    """The elements a loop goes through, if they are not too many."""
    if items is not None and len(items) > MAX_ITEMS:
        raise RuleBudgetExceeded("list")
    return items


def within_limit(text: str) -> str:
    """The text, if it is not too long."""
    if len(text) > MAX_TEXT:
        raise RuleBudgetExceeded("text")
    return text


class Budget:
    """The steps left to the loops of one rule; only made where loops stand inside loops."""

    __slots__ = ("left",)

    def __init__(self) -> None:
        self.left = MAX_STEPS

    def rows(self, items: Sequence[Any] | None) -> Sequence[Any] | None:
        """As `rows`, and counts them."""
        if items is not None:
            self.left -= len(items)
            if self.left < 0:
                raise RuleBudgetExceeded("steps")
        return items
