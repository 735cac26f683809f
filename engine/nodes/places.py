"""From characters inside a value to characters in the file."""

from functools import lru_cache

from engine.nodes.node import Scalar, Style
from engine.source import Position, Span


def place(scalar: Scalar, start: int, end: int) -> Span:
    """Where the characters `start` to `end` of a scalar's text stand in the file.

    Exact for every style except double quotes with escapes longer than two characters: there
    the whole value is the place.

    >>> at = Position(3, 9)
    >>> whole = Span("a.yaml", at, Position(3, 17))
    >>> str(place(Scalar("it's x", whole, Style.SINGLE, "'it''s x'"), 5, 6))
    'a.yaml:3:16'
    """
    offsets = _offsets(scalar)
    if offsets is None or not 0 <= start <= end <= len(scalar.text):
        return scalar.span
    first = offsets[start]
    last = offsets[end - 1] + 1 if end > start else first
    return Span(scalar.span.file, _position(scalar, first), _position(scalar, last))


def _position(scalar: Scalar, offset: int) -> Position:
    start = scalar.span.start
    before = scalar.raw[:offset]
    lines = before.count("\n")
    if not lines:
        return Position(start.line, start.column + offset)
    return Position(start.line + lines, offset - before.rfind("\n"))


@lru_cache(maxsize=512)
def _offsets(scalar: Scalar) -> tuple[int, ...] | None:
    """For each character of the text (and its end) the offset in `raw`; None: cannot be told."""
    raw, text = scalar.raw, scalar.text
    if scalar.style is Style.PLAIN and raw == text:
        return tuple(range(len(text) + 1))
    found = _align(scalar)
    return None if found is None or len(found) != len(text) else (*found, found[-1] + 1)


def _align(scalar: Scalar) -> list[int] | None:
    """Walk text and raw side by side; blanks and line breaks may differ, all else must agree."""
    raw, found = scalar.raw, []
    at = _first_content(scalar)
    for wanted in scalar.text:
        if wanted.isspace():
            # Folding made one blank out of a line break and an indentation.
            found.append(min(at, len(raw) - 1))
            if at < len(raw) and raw[at] == wanted:
                at += 1
            continue
        at = _skip_blanks(raw, at, scalar.style)
        step = _step(raw, at, wanted, scalar.style)
        if step == 0:
            return None
        found.append(at)
        at += step
    return found or None


def _first_content(scalar: Scalar) -> int:
    if scalar.style is Style.PLAIN:
        return 0
    if scalar.style in (Style.LITERAL, Style.FOLDED):
        return scalar.raw.find("\n") + 1
    return 1


def _skip_blanks(raw: str, at: int, style: Style) -> int:
    while at < len(raw):
        if raw[at].isspace():
            at += 1
        elif style is Style.DOUBLE and raw.startswith(("\\\n", "\\\r\n"), at):
            at += 2
        else:
            break
    return at


def _step(raw: str, at: int, wanted: str, style: Style) -> int:
    """How many characters of the file stand for `wanted`; 0: something else stands there."""
    if style is Style.SINGLE and raw.startswith("''", at):
        return 2 if wanted == "'" else 0
    if style is Style.DOUBLE and raw.startswith("\\", at):
        return 2 if raw[at + 1 : at + 2] == wanted and wanted in '"\\/' else 0
    return 1 if raw[at : at + 1] == wanted else 0
