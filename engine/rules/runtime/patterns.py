"""Patterns of `matches` and `split`: XPath's, run in linear time by RE2 (R25)."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Protocol

import re2

from engine.rules.runtime.back_references import BackReferences
from engine.rules.runtime.budget import MAX_ITEMS, RuleBudgetExceeded
from engine.rules.runtime.pattern_text import NotReadable, translate


class _Compiled(Protocol):
    def search(self, text: str) -> object | None: ...
    def finditer(self, text: str) -> Iterable[Any]: ...


@lru_cache(maxsize=512)
def compiled(pattern: str, flags: str) -> _Compiled | None:
    """The pattern ready to run; None if it is not one, or would be too large."""
    try:
        text = translate(pattern, flags)
    except NotReadable:
        return _with_references(pattern, flags)
    options = re2.Options()
    options.log_errors = False
    options.never_capture = True
    try:
        made: _Compiled = re2.compile(text, options)
    except re2.error:
        return None
    return made


def _with_references(pattern: str, flags: str) -> _Compiled | None:
    try:
        return BackReferences(pattern, flags)
    except NotReadable:
        return None


def is_plain(pattern: str, flags: str) -> bool:
    """Whether a pattern can be read and needs no back-references."""
    return compiled(pattern, flags) is not None and not isinstance(
        compiled(pattern, flags), BackReferences
    )


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
    if ready is None or isinstance(ready, BackReferences) or ready.search("") is not None:
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
