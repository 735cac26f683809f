"""The picture of a place: its line, and signs under exactly the characters that are meant."""

import unicodedata
from collections.abc import Sequence

from engine.source import Span

WIDEST = 120
_CUT = "…"


def frame(span: Span, lines: Sequence[str] | None, label: str, sign: str, width: int) -> list[str]:
    """The lines of the picture; without the text of the file only the address."""
    pad = " " * (width + 1)
    shown = [f"{pad}--> {span}", f"{pad}|"]
    if lines is None or not 0 < span.start.line <= len(lines):
        return shown[:1] + ([f"{pad}= {label}"] if label else [])
    line = lines[span.start.line - 1].rstrip("\r")
    start = min(span.start.column - 1, len(line))
    end = span.end.column - 1 if span.end.line == span.start.line else len(line)
    end = max(min(end, len(line)), start + 1)
    text, start, end = _window(line, start, end)
    marks = " " * _cells(text[:start]) + sign * max(_cells(text[start:end]), 1)
    shown.append(f"{span.start.line:>{width}} | {_visible(text)}".rstrip())
    shown.append(f"{pad}| {marks} {label}".rstrip())
    shown.append(f"{pad}|")
    return shown


def _window(line: str, start: int, end: int) -> tuple[str, int, int]:
    """The part of a long line around the place."""
    if len(line) <= WIDEST:
        return line, start, end
    first = max(min(start - WIDEST // 3, len(line) - WIDEST), 0)
    last = min(first + WIDEST, len(line))
    before = _CUT if first else ""
    after = _CUT if last < len(line) else ""
    shift = len(before) - first
    text = before + line[first:last] + after
    return text, start + shift, min(end + shift, len(text))


def _visible(text: str) -> str:
    """No character may move the cursor or hide."""
    return "".join(_replaced(one) for one in text)


def _replaced(one: str) -> str:
    if one == "\t":
        return " "
    return "\ufffd" if unicodedata.category(one) in ("Cc", "Cf", "Cs") else one


def _cells(text: str) -> int:
    """How many columns a terminal needs for the text."""
    return sum(_cell(one) for one in text)


def _cell(one: str) -> int:
    if unicodedata.combining(one):
        return 0
    return 2 if unicodedata.east_asian_width(one) in "WF" else 1
