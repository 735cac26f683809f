"""Fixes that diagnostics propose, applied to the text."""

from collections.abc import Iterable

from engine.diagnostics import Diagnostic, Fix
from engine.source import Position, Source


def apply_fixes(source: Source, diagnostics: Iterable[Diagnostic]) -> str:
    """The text with every fix for this file; of two that overlap the first one counts."""
    starts = _line_starts(source.text)
    fixes = sorted(
        {one.fix for one in diagnostics if one.fix and one.fix.span.file == source.name},
        key=lambda fix: (fix.span, fix.text),
    )
    parts: list[str] = []
    done = 0
    for fix in fixes:
        start, end = _offsets(fix, starts, len(source.text))
        if start < done or (start == end and not fix.text):
            continue
        parts += [source.text[done:start], fix.text]
        done = max(end, start)
    return "".join([*parts, source.text[done:]])


def _line_starts(text: str) -> list[int]:
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return starts


def _offsets(fix: Fix, starts: list[int], length: int) -> tuple[int, int]:
    return _offset(fix.span.start, starts, length), _offset(fix.span.end, starts, length)


def _offset(position: Position, starts: list[int], length: int) -> int:
    if position.line > len(starts):
        return length
    return min(starts[position.line - 1] + position.column - 1, length)
