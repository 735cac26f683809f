"""`date("…")`, `date(2026, 12, 31)` and `duration("…")` with literals are values themselves."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from engine.rules.checking import Checking
from engine.rules.durations import Days, Months, is_duration, parse_duration
from engine.rules.print import print_tree
from engine.rules.runtime.dates import date_from, date_of
from engine.rules.runtime.far_dates import FarDate, far_date, far_date_from
from engine.rules.scope import Known
from engine.rules.tree import Call, Node, Text
from engine.rules.types import DATE, DAYS, FAR_DATE, MONTHS

YEARS = range(1900, 2200)  # R24
_PARTS = ("year", "month", "day")


def literal(c: Checking, node: Call, known: Sequence[Known]) -> Known | None:
    """The value of the call; None if it is only known when it runs."""
    if node.function == "duration" and len(known) == 1:
        return _duration(c, node, node.arguments[0].value)
    if node.function == "date" and known:
        return _date(c, node, _by_name(node))
    return None


def _by_name(node: Call) -> Mapping[str, Node]:
    """The arguments of `date` by the names of its parameters."""
    if any(one.name for one in node.arguments):
        return {one.name: one.value for one in node.arguments}
    names = ("from",) if len(node.arguments) == 1 else _PARTS
    return {name: one.value for name, one in zip(names, node.arguments, strict=False)}


def _duration(c: Checking, node: Call, text: Node) -> Known:
    name = node.arguments[0].name
    if name not in ("", "from"):
        return c.report("unknown-argument", node, {"name": name, "allowed": "from"})
    if not isinstance(text, Text):
        # Which of the two kinds it is must be known before it runs: it decides what it may meet.
        return c.report("duration-malformed", text, {"found": print_tree(text)})
    found = parse_duration(text.value)
    if isinstance(found, Months):
        return Known(MONTHS, constant=found)
    if isinstance(found, Days):
        return Known(DAYS, constant=found)
    if is_duration(text.value):
        values = {"what": print_tree(node), "instead": 'duration("P30D")'}
        return c.report("not-in-subset", node, values)
    return c.report("duration-malformed", text, {"found": text.value})


def _date(c: Checking, node: Call, given: Mapping[str, Node]) -> Known | None:
    text = given.get("from")
    if isinstance(text, Text) and len(given) == 1:
        found: date | FarDate | None = date_from(text.value)
        return _day(c, text, text.value, found or far_date_from(text.value))
    if given.keys() != set(_PARTS) or len(node.arguments) != len(_PARTS):
        return None
    constants = [c.known[given[name]].constant for name in _PARTS]
    numbers = [one for one in constants if isinstance(one, Decimal)]
    if len(numbers) < len(_PARTS):
        return None
    found = date_of(*numbers)
    if found is None and all(one == int(one) for one in numbers):
        found = far_date(*map(int, numbers))
    return _day(c, node, print_tree(node), found)


def _day(c: Checking, node: Node, written: str, found: date | FarDate | None) -> Known:
    if found is None:
        return c.report("date-does-not-exist", node, {"found": written})
    if found.year not in YEARS and not c.is_foreign:
        values = {"found": written, "first": str(YEARS[0]), "last": str(YEARS[-1])}
        return c.report("date-out-of-range", node, values)
    kind = FAR_DATE if isinstance(found, FarDate) else DATE
    return Known(kind, constant=found)
