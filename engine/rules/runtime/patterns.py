"""Patterns of `matches` and `split`: XPath's, run in linear time by RE2 (R25)."""

from functools import lru_cache
from typing import Protocol

import re2

from engine.rules.runtime.budget import MAX_ITEMS, RuleBudgetExceeded
from engine.rules.runtime.pattern_text import NotReadable, translate


class _Found(Protocol):
    def start(self) -> int: ...
    def end(self) -> int: ...


class _Compiled(Protocol):
    def search(self, text: str) -> _Found | None: ...
    def finditer(self, text: str) -> "list[_Found]": ...


@lru_cache(maxsize=512)
def compiled(pattern: str, flags: str) -> _Compiled | None:
    """The pattern ready to run; None if it is not one, or would be too large."""
    try:
        text = translate(pattern, flags)
    except NotReadable:
        return None
    options = re2.Options()
    options.log_errors = False
    options.never_capture = True
    try:
        made: _Compiled = re2.compile(text, options)
    except re2.error:
        return None
    return made


def matches(text: str | None, pattern: str | None, flags: str | None = None) -> bool | None:
    """Whether the pattern occurs in the text; null if it cannot be read."""
    if text is None or pattern is None:
        return None
    ready = compiled(pattern, flags or "")
    return None if ready is None else ready.search(text) is not None


def split(text: str | None, delimiter: str | None) -> list[str] | None:
    """The parts between the places where the pattern matches; null if it matches nothing at all."""
    if text is None or delimiter is None:
        return None
    ready = compiled(delimiter, "")
    if ready is None or ready.search("") is not None:
        return None
    parts: list[str] = []
    last = 0
    for found in ready.finditer(text):
        parts.append(text[last : found.start()])
        last = found.end()
        if len(parts) > MAX_ITEMS:
            raise RuleBudgetExceeded("list")
    parts.append(text[last:])
    return parts
