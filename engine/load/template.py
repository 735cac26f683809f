"""Texts with `{name}` places: a name or a path, and nothing else is ever evaluated (R26)."""

import re
from functools import partial

from engine.diagnostics import Findings
from engine.model import Expression, Template
from engine.nodes import Scalar, place
from engine.rules.parse import parse
from engine.source import Span

_PLACE = re.compile(r"\{([^{}]*)\}|[{}]")
_PATH = re.compile(r"\s*[^\W\d]\w*(\.[^\W\d]\w*)*\s*")


def read_template(scalar: Scalar, findings: Findings) -> Template:
    """The parts of a template; a place that is no name is reported and left out."""
    parts: list[str | Expression] = []
    text, done = scalar.text, 0
    for match in _PLACE.finditer(text):
        if match.start() > done:
            parts.append(text[done : match.start()])
        done = match.end()
        expression = _place(scalar, match, findings)
        if expression is not None:
            parts.append(expression)
    if done < len(text):
        parts.append(text[done:])
    return Template(tuple(parts), scalar.span)


def _place(scalar: Scalar, match: re.Match[str], findings: Findings) -> Expression | None:
    inside = match[1]
    if inside is None or not _PATH.fullmatch(inside):
        span = place(scalar, match.start(), match.end())
        findings.add("wrong-placeholder", span, {"text": match[0][:80]})
        return None
    start = match.start(1) + len(inside) - len(inside.lstrip())
    name = inside.strip()

    locate = partial(_locate, scalar, start)
    tree, found = parse(name, locate)
    findings.extend(found)
    return Expression(name, place(scalar, start, start + len(name)), tree, locate)


def _locate(scalar: Scalar, offset: int, start: int, end: int) -> Span:
    return place(scalar, offset + start, offset + end)
