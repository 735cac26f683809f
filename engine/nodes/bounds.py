"""What is refused before any parser sees it: size, encoding, characters, tabs (R22)."""

import re

from engine.diagnostics import Diagnostic, Fix
from engine.source import Position, Source, Span, whole_file

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 32
MAX_NODES = 60_000
_SHOWN = 20

# Characters that make a text look different from what it is, or that no YAML 1.2 file may hold.
# Line and paragraph separators are breaks for some parsers and text for others; the bidirectional
# controls can show a rule in another order than it is read.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
    "\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\uffff\ud800-\udfff\U000e0000-\U000e0fff]|\r(?!\n)"
)
_TAB = re.compile(r"^[ ]*\t[ \t]*(?=\S)", re.MULTILINE)


def source_from_bytes(name: str, data: bytes) -> tuple[Source | None, tuple[Diagnostic, ...]]:
    """The text of a file, or why it is none."""
    if len(data) > MAX_BYTES:
        return None, (too_large(name, len(data)),)
    if data.startswith(b"\xef\xbb\xbf"):
        return None, (Diagnostic("byte-order-mark", whole_file(name)),)
    try:
        return Source(name, data.decode("utf-8")), ()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        at = position_of(before, len(before))
        span = Span(name, at, Position(at.line, at.column + 1))
        return None, (Diagnostic("not-utf-8", span, {"byte": f"{data[error.start]:02X}"}),)


def refused(source: Source) -> tuple[Diagnostic, ...]:
    """Everything that keeps a text from being parsed at all."""
    name, text = source.name, source.text
    if len(text) > MAX_BYTES:
        return (too_large(name, len(text)),)
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > MAX_BYTES:
        return (too_large(name, size),)
    if text.startswith("\ufeff"):
        return (Diagnostic("byte-order-mark", whole_file(name)),)
    return (*_characters(source), *_tabs(source))


def position_of(text: str, offset: int) -> Position:
    """Line and column of an offset."""
    before = text.rfind("\n", 0, offset)
    return Position(text.count("\n", 0, offset) + 1, offset - before)


def too_large(name: str, size: int) -> Diagnostic:
    """What is said about a file of `size` bytes; who reads it need not read it all."""
    values = {"size": f"{size / MAX_BYTES:.1f}"}
    return Diagnostic("file-too-large", whole_file(name), values)


def _characters(source: Source) -> list[Diagnostic]:
    found = []
    for match in _FORBIDDEN.finditer(source.text):
        values = {"character": f"U+{ord(match[0]):04X}"}
        span = _span(source, match.start(), match.end())
        found.append(Diagnostic("forbidden-character", span, values, fix=Fix(span, "")))
        if len(found) == _SHOWN:
            break
    return found


def _tabs(source: Source) -> list[Diagnostic]:
    found = []
    for match in _TAB.finditer(source.text):
        span = _span(source, match.start(), match.end())
        fix = Fix(span, match[0].replace("\t", "  "))
        found.append(Diagnostic("tab-as-indentation", span, fix=fix))
        if len(found) == _SHOWN:
            break
    return found


def _span(source: Source, start: int, end: int) -> Span:
    first = position_of(source.text, start)
    return Span(source.name, first, Position(first.line, first.column + end - start))
