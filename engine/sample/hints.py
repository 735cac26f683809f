"""Numbers, days and texts that rules speak of: where answers next to them make a difference."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from engine.model import Duration, Procedure
from engine.rules import parse_duration
from engine.rules.durations import Days, Months
from engine.rules.runtime import add_days, add_months
from engine.rules.tree import Call, Node, Number, Text, walk

OLDEST = 120


@dataclass(frozen=True, slots=True)
class Hints:
    """What to try, besides chance."""

    numbers: tuple[Decimal, ...]
    days: tuple[date, ...]
    texts: tuple[str, ...]


def hints(procedure: Procedure, trees: Iterable[Node], today: date) -> Hints:
    """Literals of all rules and values of all settings, and what lies right beside them."""
    values = [*_literals(trees), *_settings(procedure)]
    numbers = sorted({one for one in values if isinstance(one, Decimal)})
    spans = [one for one in values if isinstance(one, (Months, Days))]
    spans += [Months(12 * int(one)) for one in numbers if one == int(one) and 0 < one <= OLDEST]
    spans += [Months(count) for count in (1, 6, 12, 60, 240, 360, 480)] + [Days(7)]
    days = {one for one in values if isinstance(one, date)} | {today}
    for span in spans:
        days |= {_moved(today, span, 1), _moved(today, span, -1)}
    beside = {day + timedelta(days=step) for day in days for step in (-1, 0, 1)}
    leap = {date(year, 2, 29) for year in (1992, 2000, 2024)}
    return Hints(
        tuple(sorted({one + step for one in numbers for step in (-1, 0, 1)})),
        tuple(sorted(day for day in beside | leap if 1900 < day.year < 2200)),
        tuple(sorted({str(one) for one in values if isinstance(one, str)})),
    )


def _literals(trees: Iterable[Node]) -> Iterator[object]:
    for tree in trees:
        for node in walk(tree):
            if isinstance(node, (Number, Text)):
                yield node.value
            elif isinstance(node, Call) and node.function in ("date", "duration"):
                yield from _call(node)


def _call(node: Call) -> Iterator[object]:
    for argument in node.arguments:
        if not isinstance(argument.value, Text):
            continue
        text = argument.value.value
        if node.function == "duration":
            yield parse_duration(text)
        else:
            try:
                yield date.fromisoformat(text)
            except ValueError:
                continue


def _settings(procedure: Procedure) -> Iterator[object]:
    for setting in procedure.settings:
        for dated in setting.values:
            value = dated.value
            if isinstance(value, Duration):
                yield Months(value.months) if value.months else Days(value.days)
            elif isinstance(value, tuple):
                yield from value
            elif not isinstance(value, bool):
                yield value


def _moved(day: date, span: Months | Days, sign: int) -> date:
    if isinstance(span, Months):
        moved = add_months(day, Months(sign * span.count))
    else:
        moved = add_days(day, Days(sign * span.count))
    return moved if isinstance(moved, date) else day
