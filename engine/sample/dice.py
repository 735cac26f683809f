"""Chance that can be repeated: the same seed throws the same numbers on every machine."""

from collections.abc import Sequence
from typing import TypeVar

_T = TypeVar("_T")
_MASK = (1 << 64) - 1


class Dice:
    """SplitMix64 (Steele, Lea, Flood 2014): three lines, no state but a number."""

    def __init__(self, seed: int) -> None:
        self._state = seed & _MASK

    def number(self, below: int) -> int:
        """From 0 to `below` - 1."""
        self._state = (self._state + 0x9E3779B97F4A7C15) & _MASK
        mixed = self._state
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _MASK
        return (mixed ^ (mixed >> 31)) % below

    def between(self, low: int, high: int) -> int:
        """From `low` to `high`, both included."""
        return low + self.number(high - low + 1)

    def chance(self, percent: int) -> bool:
        """True in so many cases of a hundred."""
        return self.number(100) < percent

    def one_of(self, things: Sequence[_T]) -> _T:
        """Any of the things."""
        return things[self.number(len(things))]

    def some_of(self, things: Sequence[_T], count: int) -> list[_T]:
        """So many of the things, in their order."""
        left = list(range(len(things)))
        taken = {left.pop(self.number(len(left))) for _ in range(min(count, len(things)))}
        return [thing for number, thing in enumerate(things) if number in taken]
