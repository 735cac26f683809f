"""What to write instead of a comparison that has no result: the author's own words, mended."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from engine.rules.checking import Checking
from engine.rules.durations import is_duration
from engine.rules.print import print_tree, quoted
from engine.rules.runtime.dates import date_from
from engine.rules.tree import Arithmetic, Flag, Node, Number, Text
from engine.rules.types import DATE, MONTHS, Choice, Type, family, plain

_NUMBER = re.compile(r"-?[0-9]{1,30}([.,][0-9]{1,30})?")
_GERMAN_DAY = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_FLAGS = {"ja": "true", "true": "true", "wahr": "true", "nein": "false", "false": "false"}
_SPELLINGS = {True: ("ja", "true"), False: ("nein", "false")}


def period(c: Checking, operator: str, left: Node, right: Node) -> str | None:
    """`day - start >= P5Y` compares days with months; `volle frist` says what is meant."""
    sides = _days_and_months(c, left, right)
    if sides is None:
        sides = _days_and_months(c, right, left)
        operator = _TURNED.get(operator, "")
    if sides is None or operator not in _PERIODS:
        return None
    start, duration, day = map(print_tree, sides)
    return _PERIODS[operator].format(f"({start}, {duration}, {day})")


# The first day counts in "at least five years"; "more than five years" begins the day after.
_PERIODS = {
    ">=": "volle frist{}",
    "<": "not(volle frist{})",
    ">": "frist nach ereignis{}",
    "<=": "not(frist nach ereignis{})",
}
_TURNED = {">=": "<=", "<=": ">=", "<": ">", ">": "<"}


def _days_and_months(c: Checking, days: Node, months: Node) -> tuple[Node, Node, Node] | None:
    match days:
        case Arithmetic(first=day, rest=(("-", start),)):
            kinds = [plain(c.known[one].type) for one in (day, start, months)]
            return (start, months, day) if kinds == [DATE, DATE, MONTHS] else None
        case _:
            return None


def literal_as(node: Node, wanted: Type) -> str | None:
    """A literal as a value of another type, if it can only be meant so."""
    kind = plain(wanted)
    match node:
        case Text(value=text):
            made = _FROM_TEXT.get(family(kind))
            return None if made is None else made(text)
        case Number() if family(kind) == "text":
            return _known(quoted(print_tree(node)), kind)
        case Flag(value=flag) if isinstance(kind, Choice):
            return next((quoted(one) for one in _SPELLINGS[flag] if one in kind.values), None)
        case _:
            return None


def _known(text: str, kind: Type) -> str | None:
    """A value of a closed list must be one of it."""
    return text if not isinstance(kind, Choice) or text[1:-1] in kind.values else None


def _number(text: str) -> str | None:
    found = text.strip().replace(",", ".")
    return str(Decimal(found)) if _NUMBER.fullmatch(found) else None


def _date(text: str) -> str | None:
    german = _GERMAN_DAY.fullmatch(text)
    if german is not None:
        day, month, year = german.groups()
        text = f"{year}-{month:0>2}-{day:0>2}"
    return f'date("{text}")' if date_from(text) is not None else None


def _duration(text: str) -> str | None:
    return f'duration("{text}")' if is_duration(text) else None


_FROM_TEXT: Mapping[str, Callable[[str], str | None]] = {
    "number": _number,
    "date": _date,
    "months": _duration,
    "days": _duration,
    "yes_no": lambda text: _FLAGS.get(text.lower()),
}
