"""The functions of rules as formulas, by their run-time names; None: it cannot be expressed.

What is not in the table (texts, patterns, numbers in texts) is an unknown to the solver.
"""

from collections.abc import Callable, Mapping
from typing import Any

from engine.prove import calendar, lists, numbers
from engine.prove.terms import both, equal, if_int, if_word, less, minus, plus, quotient, times
from engine.prove.terms import remainder as rest_of
from engine.prove.truth import as_truth, is_less
from engine.prove.values import (
    NOTHING,
    UNDECIDED,
    Day,
    Items,
    Nothing,
    Number,
    Partial,
    Span,
    Text,
    Truth,
    Value,
    all_of,
    chosen,
    decided,
    is_given,
    one_of,
    opposite,
)

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

Function = Callable[..., Value | None]


def _of(kinds: tuple[type, ...], make: Function, null: Value = NOTHING) -> Function:
    """A function that is null if an argument is, and defined for these kinds only."""

    def call(*arguments: Value | None) -> Value | None:
        given = [one for one in arguments if one is not None]
        if any(isinstance(one, Nothing) for one in given):
            return null
        fits = all(isinstance(one, kind) for one, kind in zip(given, kinds, strict=False))
        return make(*arguments) if fits else None

    return call


def _numbers(make: Function) -> Function:
    return _of((Number, Number), make)


def _sized(number: Function, span: Callable[[Span], Value]) -> Function:
    """Of a number or of a duration."""

    def call(one: Value) -> Value | None:
        if isinstance(one, Nothing):
            return NOTHING
        if isinstance(one, Number):
            return number(one)
        return span(one) if isinstance(one, Span) else None

    return call


def _rounding(how: Callable[[Number, int], Number]) -> Function:
    def call(value: Value, digits: Value | None = None) -> Value | None:
        if isinstance(value, Nothing) or isinstance(digits, Nothing):
            return NOTHING
        if not isinstance(value, Number):
            return None
        if digits is None:
            return how(value, 0)
        if not isinstance(digits, Number) or not isinstance(digits.term, int):
            return None
        whole = int(digits.term / digits.scale)
        return how(value, whole) if abs(whole) <= _MOST_DIGITS else None

    return call


_MOST_DIGITS = 30


def _spans(one: Span, other: Span) -> bool:
    return one.in_months is other.in_months


def _plus_duration(one: Span, other: Span) -> Value | None:
    there = both(one.given, other.given)
    return Span(there, plus(one.count, other.count), one.in_months) if _spans(one, other) else None


def _minus_duration(one: Span, other: Span) -> Value | None:
    there = both(one.given, other.given)
    return Span(there, minus(one.count, other.count), one.in_months) if _spans(one, other) else None


def _absolute_span(one: Span) -> Value:
    size = if_int(less(one.count, 0), times(-1, one.count), one.count)
    return Span(one.given, size, one.in_months)


def _years(one: Span) -> Value:
    below = times(-1, quotient(times(-1, one.count), 12))
    return Number(one.given, if_int(less(one.count, 0), below, quotient(one.count, 12)))


def _months(one: Span) -> Value:
    below = times(-1, rest_of(times(-1, one.count), 12))
    return Number(one.given, if_int(less(one.count, 0), below, rest_of(one.count, 12)))


def _named(words: tuple[str, ...], number: Callable[[Day], Any]) -> Function:
    def call(day: Day) -> Value:
        place = number(day)
        word: Any = words[-1]
        for index in reversed(range(len(words) - 1)):
            word = if_word(equal(place, index), words[index], word)
        return Text(day.given, word)

    return _of((Day,), call)


def _date_of(year: Number, month: Number, day: Number) -> Value | None:
    if any(one.scale != 1 or one.is_cut for one in (year, month, day)):
        return None
    exists = calendar.valid(year.term, month.term, day.term)
    there = both(year.given, month.given, day.given, exists)
    return Day(there, year.term, month.term, day.term)


def _age_on(born: Value, day: Value) -> Value | None:
    if isinstance(born, Nothing) or isinstance(day, Nothing):
        return NOTHING
    known = calendar.latest(born) if isinstance(born, Partial) else born
    if not isinstance(known, Day) or not isinstance(day, Day):
        return None
    return calendar.age_on(known, day)


def _truths(join: Callable[[list[Truth]], Truth]) -> Function:
    """`all`, `any`: over the elements of a list."""

    def call(items: Items) -> Value | None:
        if items.more is not False:
            return None
        neutral = decided(join([]).is_true)
        parts = [chosen(one.present, as_truth(one.value), neutral) for one in items.items]
        found = join(parts)
        return Truth(both(items.given, found.is_true), both(items.given, found.is_false))

    return _of((Items,), call, UNDECIDED)


def _contains(items: Value, value: Value) -> Value | None:
    if isinstance(items, Nothing):
        return UNDECIDED
    return lists.contains(items, value) if isinstance(items, Items) else None


def _concatenate(all_lists: Items) -> Value | None:
    inside = [one.value for one in all_lists.items]
    if any(isinstance(one, Nothing) for one in inside):
        return NOTHING
    found = [one for one in inside if isinstance(one, Items)]
    return lists.joined(found) if len(found) == len(inside) else None


def _number_from(value: Value) -> Value | None:
    return value if isinstance(value, Number | Nothing) else None


def _day_from(value: Value) -> Value | None:
    return value if isinstance(value, Day | Nothing) else None


def _smallest(items: Items) -> Value:
    return numbers.extreme(items, is_less)


def _greatest(items: Items) -> Value:
    return numbers.extreme(items, lambda one, best: is_less(best, one))


def _part(name: str) -> Function:
    return _of((Day,), lambda day: Number(day.given, getattr(day, name)))


FUNCTIONS: Mapping[str, Function] = {
    "absolute": _sized(numbers.absolute, _absolute_span),
    "add": _numbers(numbers.add),
    "add_days": _of((Day, Span), lambda day, span: calendar.moved(day, span, 1)),
    "add_months": _of((Day, Span), lambda day, span: calendar.moved(day, span, 1)),
    "age_on": _age_on,
    "any_true": _truths(one_of),
    "ceiling": _rounding(numbers.ceiling),
    "concatenate": _of((Items,), _concatenate),
    "count": _of((Items,), lists.count),
    "date_from": _day_from,
    "date_of": _of((Number, Number, Number), _date_of),
    "day": _part("day"),
    "day_of_week": _named(_WEEKDAYS, calendar.weekday),
    "days": _of((Span,), lambda span: Number(span.given, span.count)),
    "days_between": _of((Day, Day), calendar.days_between),
    "distinct_values": _of((Items,), lists.distinct),
    "divide": _numbers(numbers.divide),
    "earliest": _of((Partial,), calendar.earliest),
    "every_true": _truths(all_of),
    "first_day_complete": _of((Day, Span), calendar.first_day_complete),
    "floor": _rounding(numbers.floor),
    "full_period": _of((Day, Span, Day), calendar.full_period, UNDECIDED),
    "greatest": _of((Items,), _greatest),
    "is_given": lambda value: decided(is_given(value)),
    "latest": _of((Partial,), calendar.latest),
    "list_contains": _contains,
    "minus_duration": _of((Span, Span), _minus_duration),
    "modulo": _numbers(numbers.modulo),
    "month": _part("month"),
    "month_of_year": _named(_MONTHS, lambda day: plus(day.month, -1)),
    "months": _of((Span,), _months),
    "months_between": _of((Day, Day), calendar.months_between),
    "multiply": _numbers(numbers.multiply),
    "negated": lambda value: opposite(as_truth(value)),
    "number": _number_from,
    "period_after_event": _of((Day, Span, Day), calendar.period_after_event, UNDECIDED),
    "plus_duration": _of((Span, Span), _plus_duration),
    "round_down": _rounding(numbers.round_down),
    "round_half_down": _rounding(numbers.round_half_down),
    "round_half_up": _rounding(numbers.round_half_up),
    "round_up": _rounding(numbers.round_up),
    "smallest": _of((Items,), _smallest),
    "sub_days": _of((Day, Span), lambda day, span: calendar.moved(day, span, -1)),
    "sub_months": _of((Day, Span), lambda day, span: calendar.moved(day, span, -1)),
    "subtract": _numbers(numbers.subtract),
    "total": _of((Items,), numbers.total),
    "year": _part("year"),
    "years": _of((Span,), _years),
}
