"""The Markdown that authors may use, as a short list of HTML elements; all else is text (R26)."""

import re
from collections.abc import Iterator

from markupsafe import Markup, escape

_BOLD = re.compile(r"\*\*(.+?)\*\*")
_LINK = re.compile(r"\[([^\[\]]+)\]\(([^()\s]+)\)")
_SAFE_TARGET = re.compile(r"(https?://[^\s\"'<>\\]+|mailto:[^\s\"'<>\\:]+)", re.IGNORECASE)
_BULLET = re.compile(r"\s*[-*] +(.*)")
_NUMBER = re.compile(r"\s*\d{1,3}[.)] +(.*)")


def to_html(text: str) -> Markup:
    """Paragraphs, lists, bold and links to http(s) and mailto."""
    return Markup("\n").join(_block(lines) for lines in _blocks(text))


def _blocks(text: str) -> Iterator[list[str]]:
    """Lines that belong together: until an empty line, or where a list begins or ends."""
    held: list[str] = []
    kind = ""
    for line in text.splitlines():
        here = _kind(line, kind)
        if held and here != kind:
            yield held
            held = []
        kind = here
        if here:
            held.append(line)
    if held:
        yield held


def _kind(line: str, before: str) -> str:
    if not line.strip():
        return ""
    if _BULLET.fullmatch(line):
        return "ul"
    if _NUMBER.fullmatch(line):
        return "ol"
    # An indented line carries on the item above it.
    return before if before in {"ul", "ol"} and line.startswith("  ") else "p"


def _block(lines: list[str]) -> Markup:
    kind = _kind(lines[0], "")
    if kind == "p":
        return Markup("<p>{}</p>").format(_inline(" ".join(line.strip() for line in lines)))
    pattern = _BULLET if kind == "ul" else _NUMBER
    items: list[str] = []
    for line in lines:
        match = pattern.fullmatch(line)
        if match:
            items.append(match[1])
        else:
            items[-1] += " " + line.strip()
    listed = Markup("").join(Markup("<li>{}</li>").format(_inline(item)) for item in items)
    return (Markup("<ul>{}</ul>") if kind == "ul" else Markup("<ol>{}</ol>")).format(listed)


def _inline(text: str) -> Markup:
    """Links first, so that bold may stand inside their text."""
    parts: list[Markup] = []
    at = 0
    for match in _LINK.finditer(text):
        if not _SAFE_TARGET.fullmatch(match[2]):
            continue
        parts.append(_bold(text[at : match.start()]))
        parts.append(
            Markup('<a class="kern-link" href="{}" rel="noopener noreferrer">{}</a>').format(
                match[2], _bold(match[1])
            )
        )
        at = match.end()
    parts.append(_bold(text[at:]))
    return Markup("").join(parts)


def _bold(text: str) -> Markup:
    parts: list[Markup] = []
    at = 0
    for match in _BOLD.finditer(text):
        parts.append(escape(text[at : match.start()]))
        parts.append(Markup("<strong>{}</strong>").format(match[1]))
        at = match.end()
    parts.append(escape(text[at:]))
    return Markup("").join(parts)
