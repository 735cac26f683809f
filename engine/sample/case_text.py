"""Cases as lines of a definition, and where they stand in it."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from engine.answers.write import Json
from engine.sample.as_cases import MadeCase

Part: TypeAlias = "Json | Mapping[str, Json]"
WIDTH = 110
BEGIN = "# >>> erzeugt von `vordruck sample {id} {how} --store`; nicht von Hand ändern"
END = "# <<< erzeugt"
_BEGIN = re.compile(r"^ *# >>> erzeugt von `vordruck sample [a-z0-9_]+ (?P<how>[^`]*) --store`")
_PLAIN = re.compile(r"\w(?:[\w .\-]*[\w.\-])?")
_NOT_PLAIN = frozenset(("true", "false", "null", "yes", "no", "on", "off"))
_KEY = re.compile(r"[^\s#-]")


def case_lines(cases: Iterable[MadeCase], indent: int) -> Iterator[str]:
    """The cases as entries of the list `cases`."""
    edge, inner = " " * indent, " " * (indent + 2)
    for case in cases:
        yield f"{edge}- case: {case.id}"
        yield f"{inner}title: {scalar(case.title)}"
        yield f"{inner}on: {case.on}"
        if case.based_on:
            yield f"{inner}based_on: {case.based_on}"
        if case.answers:
            yield from _entry(case.key, case.answers, indent + 2)
        yield from _entry("expect", case.expect, indent + 2)


def _entry(key: str, value: Part, indent: int) -> Iterator[str]:
    """In one line if it fits, else one line per part."""
    edge = " " * indent
    short = f"{edge}{key}: {flow(value)}"
    if len(short) <= WIDTH or not isinstance(value, (Mapping, list)) or not value:
        yield short
        return
    yield f"{edge}{key}:"
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from _entry(name, part, indent + 2)
        return
    for one in value:
        if isinstance(one, Mapping) and len(flow(one)) + indent + 4 > WIDTH and one:
            lines = [line for name, part in one.items() for line in _entry(name, part, indent + 4)]
            yield f"{edge}  - {lines[0].lstrip()}"
            yield from lines[1:]
        else:
            yield f"{edge}  - {flow(one)}"


def flow(value: Part) -> str:
    """A value in one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {flow(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(one) for one in value) + "]"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return scalar(str(value))


def scalar(text: str) -> str:
    """A text; in quotes wherever YAML could read something else."""
    if _PLAIN.fullmatch(text) and text.casefold() not in _NOT_PLAIN:
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(one if one.isprintable() else f"\\u{ord(one):04x}" for one in quoted)


def without_made(text: str, how: str) -> str:
    """The definition without the cases that were stored in this way before."""
    kept: list[str] = []
    is_made = False
    for line in text.splitlines(keepends=True):
        begin = _BEGIN.match(line)
        if begin and begin["how"] == how:
            is_made = True
        if not is_made:
            kept.append(line)
        elif line.strip() == END:
            is_made = False
    return text if is_made else "".join(kept)


def with_made(text: str, procedure: str, how: str, cases: list[MadeCase]) -> str | None:
    """The definition with these cases at the end of its list; None if it has no block list."""
    lines = without_made(text, how).splitlines()
    at, indent = _end_of_cases(lines)
    if at is None:
        return None
    if not any(line.startswith("cases:") for line in lines):
        lines[at:at] = ["", "cases:"]
        at += 2
    edge = " " * indent
    block = [f"{edge}{BEGIN.format(id=procedure, how=how)}", *case_lines(cases, indent),
             f"{edge}{END}"]  # fmt: skip
    return "\n".join((*lines[:at], *block, *lines[at:])) + "\n"


def _end_of_cases(lines: list[str]) -> tuple[int | None, int]:
    """The line behind the last case, and how far cases are indented."""
    start = next((at for at, line in enumerate(lines) if line.startswith("cases:")), None)
    if start is None:
        return len(lines), 2
    if lines[start].partition("#")[0].rstrip() != "cases:":
        return None, 0  # written in one line, with brackets
    end, indent = start + 1, 2
    for at in range(start + 1, len(lines)):
        line = lines[at]
        if line.startswith("- ") or line[:1] in (" ", "\t"):
            end = at + 1
        elif _KEY.match(line):
            break
    first = next((line for line in lines[start + 1 : end] if line.lstrip().startswith("- ")), None)
    if first is not None:
        indent = len(first) - len(first.lstrip())
    while end > start + 1 and not lines[end - 1].strip():
        end -= 1
    return end, indent
