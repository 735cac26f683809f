"""Texts that match an author's pattern, for the part of the notation that authors use."""

import re

from engine.fields.patterns import matches
from engine.sample.dice import Dice

MOST_REPEATS = 6
_REPEAT = re.compile(r"\{([0-9]+)(,([0-9]*))?\}|[?*+]")
_RANGE = re.compile(r"(.)-(.)|\\(.)|(.)", re.DOTALL)
_CLASSES = {"d": "0123456789", "w": "abcxyzABC019_", "s": " "}


def matching(pattern: str, dice: Dice) -> str | None:
    """A text that the whole pattern covers; None if the pattern says more than we read here."""
    try:
        made, rest = _choice(pattern, dice)
    except (ValueError, IndexError):
        return None
    return made if not rest and matches(pattern, made) else None


def _choice(pattern: str, dice: Dice) -> tuple[str, str]:
    """Alternatives up to the end or a closing bracket: one of them, and what follows."""
    made: list[str] = []
    text, rest = _sequence(pattern, dice)
    made.append(text)
    while rest.startswith("|"):
        text, rest = _sequence(rest[1:], dice)
        made.append(text)
    return dice.one_of(made), rest


def _sequence(pattern: str, dice: Dice) -> tuple[str, str]:
    text = ""
    while pattern and pattern[0] not in "|)":
        after = _atom(pattern, dice)[1]
        repeat = _REPEAT.match(after)
        for _ in range(_times(repeat, dice)):
            text += _atom(pattern, dice)[0]
        pattern = after[repeat.end() :] if repeat else after
    return text, pattern


def _atom(pattern: str, dice: Dice) -> tuple[str, str]:
    first = pattern[0]
    if first == "(":
        inside = pattern[3:] if pattern.startswith("(?:") else pattern[1:]
        text, rest = _choice(inside, dice)
        return text, rest[1:]
    if first == "[":
        end = pattern.index("]", 2)
        return dice.one_of(_members(pattern[1:end])), pattern[end + 1 :]
    if first == "\\":
        return dice.one_of(_CLASSES.get(pattern[1], pattern[1])), pattern[2:]
    if first == ".":
        return "x", pattern[1:]
    if first in "*+?{^$":
        raise ValueError(pattern)
    return first, pattern[1:]


def _members(inside: str) -> list[str]:
    if inside.startswith("^"):
        return [one for one in "abcdefghijklmnopqrstuvwxyz0123456789" if one not in inside]
    found: list[str] = []
    for first, last, escaped, single in _RANGE.findall(inside):
        if first:
            found += map(chr, range(ord(first), ord(last) + 1))
        else:
            found += _CLASSES.get(escaped, escaped) or single
    return found


def _times(repeat: re.Match[str] | None, dice: Dice) -> int:
    if repeat is None:
        return 1
    if repeat[1] is None:
        low, high = {"?": (0, 1), "*": (0, MOST_REPEATS), "+": (1, MOST_REPEATS)}[repeat[0]]
        return dice.between(low, high)
    low = int(repeat[1])
    if repeat[2] is None:
        return low
    high = int(repeat[3]) if repeat[3] else low + MOST_REPEATS
    return dice.one_of((low, high, dice.between(low, high)))
