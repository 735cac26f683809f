"""Definitions broken on purpose: one small change each, as a tired author might make it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

_RULE = r"^ +(?:- )?(?:if|value|show_if|required_if|optional_if|valid_if): (?!>)"
Lines = list[str]
Found = Iterator[tuple[int, Lines]]  # the line, and the whole text with it changed


@dataclass(frozen=True, slots=True)
class Break:
    """What was done, where, and the text that came of it."""

    what: str
    line: int
    text: str


def breaks(text: str, of_each: int) -> Iterator[Break]:
    """For every way `of_each` of its places, spread over the whole definition."""
    head, mark, cases = text.partition("\ncases:")
    lines = head.split("\n")
    for what, way in WAYS.items():
        places = list(way(lines))
        for at in range(min(of_each, len(places))):
            line, changed = places[(2 * at + 1) * len(places) // (2 * of_each)]
            yield Break(what, line, "\n".join(changed) + mark + cases)


def _replaced(pattern: str, old: str, new: str, lines: Lines) -> Found:
    """Each line of that kind with the first `old` in it replaced."""
    for at, line in enumerate(lines):
        if re.search(pattern, line) and re.search(old, line):
            yield at + 1, [*lines[:at], re.sub(old, new, line, count=1), *lines[at + 1 :]]


def _without_block(pattern: str, lines: Lines) -> Found:
    """Each list item of that kind left out, with everything below it."""
    for at, line in enumerate(lines):
        if re.search(pattern, line):
            end = at + 1
            indent = len(line) - len(line.lstrip())
            while end < len(lines) and _is_below(lines[end], indent):
                end += 1
            yield at + 1, [*lines[:at], *lines[end:]]


def _is_below(line: str, indent: int) -> bool:
    return not line.strip() or len(line) - len(line.lstrip()) > indent


def _without_line(pattern: str, lines: Lines) -> Found:
    for at, line in enumerate(lines):
        if re.search(pattern, line):
            yield at + 1, [*lines[:at], *lines[at + 1 :]]


def _without_option(lines: Lines) -> Found:
    """Each line of a list of the definition."""
    begin = next((at for at, line in enumerate(lines) if line == "lists:"), len(lines))
    end = next(
        (at for at, line in enumerate(lines) if at > begin and re.match(r"[a-z]", line)), begin
    )
    for at in range(begin, end):
        if re.match(r" {4}\S+: ", lines[at]):
            yield at + 1, [*lines[:at], *lines[at + 1 :]]


def _required_too(lines: Lines) -> Found:
    """A question that may stay empty must be answered: also where nobody sees it."""
    for at, line in enumerate(lines):
        field = re.match(r"^( +)- field: \w+$", line)
        if field is None:
            continue
        indent = len(field[1])
        below = []
        for inner in lines[at + 1 :]:
            if not _is_below(inner, indent):
                break
            below.append(inner)
        keys = {one.strip().partition(":")[0] for one in below}
        if not keys & {"required", "required_if", "internal", "changeable"}:
            yield at + 1, [*lines[: at + 1], f"{field[1]}  required: true", *lines[at + 1 :]]


def _outcomes_mixed_up(lines: Lines) -> Found:
    """A rule leads where the rule above it leads."""
    results = [(at, line) for at, line in enumerate(lines) if re.match(r"^ +then: '\"", line)]
    for (_, above), (at, line) in pairwise(results):
        if above.strip() != line.strip():
            yield at + 1, [*lines[:at], above, *lines[at + 1 :]]


WAYS: dict[str, Callable[[Lines], Found]] = {
    "a rule is left out": partial(_without_block, r"^ +- rule: "),
    "a question is left out": partial(_without_block, r"^ +- field: qc?_?\w+$"),
    "the bound itself no longer counts": partial(_replaced, _RULE, r"([<>])= ", r"\1 "),
    "the bound itself counts as well": partial(_replaced, _RULE, r" ([<>]) ", r" \1= "),
    "and became or": partial(_replaced, _RULE, r" and ", " or "),
    "yes became no": partial(_replaced, _RULE, r"= true", "= false"),
    "a condition to be shown is left out": partial(_without_line, r"^ +show_if: (?!>)"),
    "a condition of a document is left out": partial(_without_line, r"^ {4}required_if: (?!>)"),
    "a question must be answered, seen or not": _required_too,
    "a question may stay empty": partial(_replaced, r"^ +required: true$", "true", "false"),
    "an option is left out": _without_option,
    "a value of a cell is left out": partial(
        _replaced, r"^ +(when: \{)?\w+: '\"", r"\"(\w+)\", ", ""
    ),
    "a number of the law is another": partial(
        _replaced, r"^  \w+: \{value: \d+,", r"value: (\d+)", r"value: 1\1"
    ),
    "a period of the law is another": partial(
        _replaced, r"^  \w+: \{value: P\d+[YM],", r"value: P(\d+)", r"value: P1\1"
    ),
    "rules lead to each other's outcome": _outcomes_mixed_up,
}
