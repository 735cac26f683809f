"""The functions of the slow evaluator: each by its definition, with fractions and by counting."""

import calendar
import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal, DivisionByZero, InvalidOperation
from fractions import Fraction
from math import ceil, floor
from typing import Any

from engine.rules.durations import Days, Months, parse_duration
from engine.values import PartialDate

DIGITS = Context(prec=34, rounding=ROUND_HALF_EVEN)


def decimal(number: Fraction) -> Decimal:
    """A fraction with 34 digits."""
    return DIGITS.divide(Decimal(number.numerator), Decimal(number.denominator))


def divided(left: Decimal, right: Decimal) -> Decimal | None:
    """Nothing is divided by zero."""
    try:
        return DIGITS.divide(left, right)
    except (DivisionByZero, InvalidOperation):
        return None


def _to_scale(whole: Callable[[Fraction], int]) -> Callable[..., Decimal]:
    def rounded(number: Decimal, scale: Decimal = Decimal(0)) -> Decimal:
        unit = Fraction(10) ** int(-scale)
        return decimal(whole(Fraction(number) / unit) * unit)

    return rounded


def _away(number: Fraction) -> int:
    return ceil(number) if number > 0 else floor(number)


def _towards(number: Fraction) -> int:
    return floor(number) if number > 0 else ceil(number)


def _half(*, away: bool) -> Callable[[Fraction], int]:
    def nearest(number: Fraction) -> int:
        rest = abs(number) - floor(abs(number))
        size = floor(abs(number)) + (rest > Fraction(1, 2) or (away and rest == Fraction(1, 2)))
        return size if number > 0 else -size

    return nearest


def _modulo(dividend: Decimal, divisor: Decimal) -> Decimal | None:
    if divisor == 0:
        return None
    one, other = Fraction(dividend), Fraction(divisor)
    return decimal(one - other * floor(one / other))


def moved(day: date, count: int, *, by_months: bool) -> date | None:
    """The same day of another month, or its last one."""
    if not by_months:
        try:
            return day + timedelta(count)
        except OverflowError:
            return None
    months = day.year * 12 + day.month - 1 + count
    year, month = months // 12, months % 12 + 1
    if not 1 <= year <= 9999:
        return None
    for number in range(day.day, 0, -1):
        if number <= calendar.monthrange(year, month)[1]:
            return date(year, month, number)
    return None


def by(day: date, duration: Any, sign: int = 1) -> date | None:
    """A day plus or minus a duration."""
    return moved(day, sign * duration.count, by_months=isinstance(duration, Months))


def _full(start: date, duration: Any, day: date) -> bool | None:
    begin = by(day, duration, -1)
    return None if begin is None else start <= begin


def _after(event: date, duration: Any, day: date) -> bool | None:
    end = by(event, duration)
    return None if end is None else end < day


def _end(start: date, duration: Any) -> date | None:
    """The first day on which the whole period lies behind, found by looking at each."""
    day = by(start, duration)
    if day is None or isinstance(duration, Days):
        return day
    for _ in range(2):
        if _full(start, duration, day):
            return day
        day = moved(day, 1, by_months=False)
        assert day is not None
    raise AssertionError(start)


def _birthday(born: date, age: int) -> date:
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


def _age(birth: date | PartialDate, day: date) -> Decimal | None:
    born = birth.latest if isinstance(birth, PartialDate) else birth
    age = day.year - born.year + 1
    while _birthday(born, age) > day:
        age -= 1
    return Decimal(age)


def _months_between(start: date, end: date) -> Months:
    if end < start:
        return Months(-_months_between(end, start).count)
    count = 0
    while (start.year * 12 + start.month + count + 1, start.day) <= (
        end.year * 12 + end.month,
        end.day,
    ):
        count += 1
    return Months(count)


def _substring(text: str, start: Decimal, length: Decimal | None = None) -> str | None:
    first = int(start)
    if first == 0 or abs(first) > len(text) or (length is not None and int(length) < 1):
        return None
    rest = text[first - 1 :] if first > 0 else text[first:]
    return rest if length is None else rest[: int(length)]


def _text(value: Any) -> str:
    if isinstance(value, Decimal):
        text = f"{value:f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return "0" if text in ("-0", "") else text
    return str(value)


def _number(text: Any) -> Decimal | None:
    return Decimal(text) if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text) else None


def _of_all(combine: Callable[[list[Any]], Any]) -> Callable[..., Any]:
    """A function of a list or of its elements; nothing of an empty one or one with a gap."""

    def combined(*given: Any) -> Any:
        items = given[0] if len(given) == 1 and isinstance(given[0], list) else list(given)
        return None if not items or None in items else combine(items)

    return combined


def _sum(items: list[Decimal]) -> Decimal:
    total = Decimal(0)
    for one in items:
        total = DIGITS.add(total, one)
    return total


def _distinct(items: list[Any]) -> list[Any]:
    kept: list[Any] = []
    for one in items:
        if not any(one == other for other in kept):
            kept.append(one)
    return kept


def _date(*given: Any) -> date:
    return date.fromisoformat(given[0]) if len(given) == 1 else date(*map(int, given))


WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

# No value without every argument.
STRICT: Mapping[str, Callable[..., Any]] = {
    "modulo": _modulo,
    "abs": lambda one: type(one)(abs(one.count)) if isinstance(one, Months | Days) else abs(one),
    "floor": _to_scale(floor),
    "ceiling": _to_scale(ceil),
    "round up": _to_scale(_away),
    "round down": _to_scale(_towards),
    "round half up": _to_scale(_half(away=True)),
    "round half down": _to_scale(_half(away=False)),
    "count": lambda items: Decimal(len(items)),
    "string length": lambda text: Decimal(len(text)),
    "upper case": str.upper,
    "lower case": str.lower,
    "substring": _substring,
    "substring before": lambda text, part: text[: text.find(part)] if part in text else "",
    "substring after": lambda text, part: (
        text[text.find(part) + len(part) :] if part in text else ""
    ),
    "string": _text,
    "contains": lambda text, part: part in text,
    "starts with": lambda text, part: text[: len(part)] == part,
    "ends with": lambda text, part: (
        text[len(text) - len(part) :] == part if len(part) <= len(text) else False
    ),
    "matches": lambda text, pattern: re.search(pattern, text) is not None,
    "number": _number,
    "date": _date,
    "duration": parse_duration,
    "years and months duration": _months_between,
    "day of week": lambda day: WEEKDAYS[calendar.weekday(day.year, day.month, day.day)],
    "month of year": lambda day: calendar.month_name[day.month],
    "volle frist": _full,
    "frist nach ereignis": _after,
    "frist ende": _end,
    "alter am": _age,
    "fruehestens": lambda one: one.earliest,
    "spaetestens": lambda one: one.latest,
    "distinct values": _distinct,
}

# Of lists with gaps, or told apart from them.
LOOSE: Mapping[str, Callable[..., Any]] = {
    "angegeben": lambda one: one is not None,
    "sum": _of_all(_sum),
    "mean": _of_all(lambda items: divided(_sum(items), Decimal(len(items)))),
    "min": _of_all(min),
    "max": _of_all(max),
    "list contains": lambda items, one: None if items is None else one in items,
    "concatenate": lambda *lists: None if None in lists else [one for it in lists for one in it],
    "string join": lambda items, between="": (
        None if items is None else (between or "").join(one for one in items if one is not None)
    ),
}


def called(name: str, given: list[Any]) -> Any:
    """The value of a call; null in, null out, for all that is strict."""
    if name in LOOSE:
        return LOOSE[name](*given)
    return None if None in given else STRICT[name](*given)
