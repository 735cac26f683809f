"""Civil dates as formulas: order, months with clipping, days, ages; all of it exact.

The order of days is a linear key (`year * 372 + month * 31 + day`); the number of a day is needed
only where days are added or counted, and then the solver is told that both orders are one.
"""

from datetime import date
from itertools import pairwise

from engine.prove.numbers import leaves
from engine.prove.terms import (
    Bool,
    Int,
    IntTerm,
    at_most,
    both,
    bounds,
    digest_of,
    either,
    equal,
    if_int,
    int_var,
    less,
    minus,
    no,
    plus,
    quotient,
    remainder,
    times,
    within,
)
from engine.prove.values import Day, Number, Partial, Span, Truth, Unknown, Value, guarded, select

_FIRST, _LAST = 1, 9999
_FEW_LEAVES = 8
_WIDE = 2500  # years; beyond that centuries are counted, not listed


def day_of(value: date) -> Day:
    """A constant."""
    return Day(True, value.year, value.month, value.day)


def key(day: Day) -> Int:
    """Orders days."""
    return plus(times(372, day.year), times(31, day.month), day.day)


def before(one: Day, other: Day) -> Bool:
    """`one < other`, if both are there."""
    if isinstance(one.year, int) and isinstance(other.year, int) and one.year != other.year:
        return one.year < other.year
    return less(key(one), key(other))


def not_after(one: Day, other: Day) -> Bool:
    """`one <= other`, if both are there."""
    return no(before(other, one))


def same_day(one: Day, other: Day) -> Bool:
    """The same day, if both are there."""
    return both(
        equal(one.year, other.year), equal(one.month, other.month), equal(one.day, other.day)
    )


def _years(day: Day | Partial) -> tuple[int, int]:
    low, high = bounds(day.year)
    return max(low or _FIRST, _FIRST), min(_LAST if high is None else high, _LAST)


def is_leap(year: Int) -> Bool:
    """29 February exists."""
    low, high = bounds(year)
    fourth = equal(remainder(year, 4), 0)
    if low is None or high is None or high - low > _WIDE:
        century = both(equal(remainder(year, 100), 0), no(equal(remainder(year, 400), 0)))
        return both(fourth, no(century))
    skipped = [one for one in range(-(-low // 100) * 100, high + 1, 100) if one % 400]
    return both(fourth, *(no(equal(year, one)) for one in skipped))


def month_length(year: Int, month: Int) -> Int:
    """28 to 31."""
    short = either(*(equal(month, one) for one in (4, 6, 9, 11)))
    february = if_int(is_leap(year), 29, 28)
    return if_int(equal(month, 2), february, if_int(short, 30, 31))


def exists(day: Day) -> Bool:
    """Whether the calendar has such a day."""
    return both(within(1, day.month, 12), at_most(1, day.day), _fits(day))


def _fits(day: Day) -> Bool:
    return at_most(day.day, month_length(day.year, day.month))


def day_var(name: str, low: int, high: int, reason: str = "") -> Day:
    """Any day of these years."""
    year, month = int_var(f"{name}.y", low, high, reason), int_var(f"{name}.m", 1, 12)
    number = int_var(f"{name}.d", 1, 31)
    made = Day(True, year, month, number)
    number.facts = (*number.facts, _fits(made))
    return made


# --- Months -------------------------------------------------------------------------------------


def plus_months(day: Day, months: Int) -> Value:
    """`day + months`, cut to the end of the month."""
    options = leaves(months, _FEW_LEAVES)
    if options is not None:
        moved: Value = _plus_constant(day, options[-1][1])
        for test, count in reversed(options[:-1]):
            moved = select(test, _plus_constant(day, count), moved)
        return moved
    total = plus(times(12, day.year), day.month, months, -1)
    return _cut(day, quotient(total, 12), plus(remainder(total, 12), 1))


def _plus_constant(day: Day, months: int) -> Day:
    years, rest = divmod(months, 12)
    if not rest:
        return _cut(day, plus(day.year, years), day.month)
    wraps = less(12, plus(day.month, rest))
    year = plus(day.year, if_int(wraps, years + 1, years))
    return _cut(day, year, plus(day.month, if_int(wraps, rest - 12, rest)))


def _cut(day: Day, year: Int, month: Int) -> Day:
    low, high = bounds(year)
    is_inside = low is not None and high is not None and low >= _FIRST and high <= _LAST
    there = True if is_inside else within(_FIRST, year, _LAST)
    _, longest = bounds(day.day)
    if longest is not None and longest <= 28:
        return Day(both(day.given, there), year, month, day.day)
    last = month_length(year, month)
    cut = if_int(at_most(day.day, last), day.day, last)
    return Day(both(day.given, there), year, month, _bounded(cut, 1, 31))


def _bounded(number: Int, low: int, high: int) -> Int:
    """What we know better than the formula shows."""
    if isinstance(number, IntTerm):
        number.low, number.high = max(number.low or low, low), min(number.high or high, high)
    return number


def months_between(start: Day, end: Day) -> Span:
    """Whole months; negative if the second is earlier."""
    months = minus(plus(times(12, end.year), end.month), plus(times(12, start.year), start.month))
    less_one = both(less(0, months), less(end.day, start.day))
    one_more = both(less(months, 0), less(start.day, end.day))
    count = plus(months, if_int(less_one, -1, if_int(one_more, 1, 0)))
    return Span(both(start.given, end.given), count, True)


# --- Days ---------------------------------------------------------------------------------------


def ordinal(day: Day) -> Int:
    """The number of the day, counted from 1 January of year 1, as `date.toordinal` counts."""
    if isinstance(day.year, int) and isinstance(day.month, int) and isinstance(day.day, int):
        return date(day.year, day.month, day.day).toordinal()
    low, high = _years(day)
    before_year = plus(times(365, day.year), -365, quotient(plus(day.year, -1), 4))
    leap = both(less(2, day.month), is_leap(day.year))
    number = plus(before_year, _centuries(day.year), _before_month(day.month), day.day)
    number = plus(number, if_int(leap, 1, 0))
    name = f"#{digest_of(key(day)).hex()}"
    made = int_var(name, date(low, 1, 1).toordinal(), date(high, 12, 31).toordinal())
    made.facts = (*made.facts, equal(made, number))
    made.ordered_by = key(day)
    return made


def _centuries(year: Int) -> Int:
    """Leap days that the Gregorian calendar leaves out before the year."""
    low, high = bounds(year)
    if low is None or high is None or high - low > _WIDE:
        past = plus(year, -1)
        return minus(quotient(past, 400), quotient(past, 100))
    skipped = [one for one in range(-(-low // 100) * 100, high, 100) if one % 400]
    base = (low - 1) // 400 - (low - 1) // 100
    return plus(base, *(if_int(less(one, year), -1, 0) for one in skipped))


def _before_month(month: Int) -> Int:
    if isinstance(month, int):
        return date(2001, month, 1).toordinal() - date(2001, 1, 1).toordinal()
    starts = [date(2001, one, 1).toordinal() - date(2001, 1, 1).toordinal() for one in range(1, 13)]
    steps = enumerate((later - earlier for earlier, later in pairwise(starts)), 2)
    return plus(*(if_int(at_most(one, month), length, 0) for one, length in steps))


def plus_days(day: Day, days: Int) -> Value:
    """`day + days`."""
    if isinstance(days, int) and days == 0:
        return day
    fewest, most = bounds(days)
    name = f"+{digest_of(key(day)).hex()}{digest_of(days).hex()}"
    if fewest is None or most is None or not -1_000_000 < fewest <= most < 1_000_000:
        return Unknown(day.given, name, "+ P…D")
    low, high = _years(day)
    low, high = low + fewest // 365 - 1, high + most // 365 + 1
    if low < _FIRST or high > _LAST:
        return Unknown(day.given, name, "+ P…D")
    if all(isinstance(one, int) for one in (day.year, day.month, day.day, days)):
        return day_of(date.fromordinal(int_of(ordinal(day)) + int_of(days)))
    moved = day_var(name, low, high)
    assert isinstance(moved.day, IntTerm)  # noqa: S101 - just made as a variable
    moved.day.facts = (*moved.day.facts, equal(ordinal(moved), plus(ordinal(day), days)))
    return Day(day.given, moved.year, moved.month, moved.day)


def int_of(number: Int) -> int:
    """A constant as such."""
    assert isinstance(number, int)  # noqa: S101 - asked before
    return number


def days_between(later: Day, earlier: Day) -> Span:
    """`later - earlier`."""
    there = both(later.given, earlier.given)
    return Span(there, minus(ordinal(later), ordinal(earlier)), False)


def moved(day: Day, span: Span, sign: int) -> Value:
    """`day + span` or `day - span`."""
    count = times(sign, span.count)
    there = Day(both(day.given, span.given), day.year, day.month, day.day)
    return plus_months(there, count) if span.in_months else plus_days(there, count)


# --- The periods of law -------------------------------------------------------------------------


def full_period(start: Day, span: Span, day: Day) -> Truth | None:
    """§ 187(2) BGB: `start <= day - span`."""
    begin = moved(day, span, -1)
    if not isinstance(begin, Day):
        return None
    return guarded(both(start.given, begin.given), not_after(start, begin))


def period_after_event(event: Day, span: Span, day: Day) -> Truth | None:
    """§ 187(1) BGB: `event + span < day`."""
    end = moved(event, span, 1)
    if not isinstance(end, Day):
        return None
    return guarded(both(day.given, end.given), before(end, day))


def first_day_complete(start: Day, span: Span) -> Value:
    """The first day on which the full period is reached: a cut month goes on to the next day."""
    end = moved(start, span, 1)
    if not isinstance(end, Day) or not span.in_months:
        return end
    is_cut = less(end.day, start.day)
    if is_cut is False:
        return end
    is_december = equal(end.month, 12)  # never cut, but formulas do not know that
    following = Day(
        end.given,
        if_int(is_december, plus(end.year, 1), end.year),
        if_int(is_december, 1, plus(end.month, if_int(no(is_december), 1, 0))),
        1,
    )
    month = _bounded(following.month, 1, 12)
    return select(is_cut, Day(end.given, following.year, month, 1), end)


def age_on(born: Day, day: Day) -> Number:
    """Full years."""
    not_yet = either(
        less(day.month, born.month), both(equal(day.month, born.month), less(day.day, born.day))
    )
    years = minus(minus(day.year, born.year), if_int(not_yet, 1, 0))
    return Number(both(born.given, day.given), years)


# --- Partly known dates -------------------------------------------------------------------------


def partial_var(name: str, low: int, high: int) -> Partial:
    """Any partly known date of these years."""
    year, month = int_var(f"{name}.y", low, high), int_var(f"{name}.m", 0, 12)
    number = int_var(f"{name}.d", 0, 31)
    known = Day(True, year, month, number)
    number.facts = (*number.facts, either(equal(number, 0), both(less(0, month), _fits(known))))
    return Partial(True, year, month, number)


def earliest(of: Partial) -> Day:
    """The first day it can be."""
    month = if_int(equal(of.month, 0), 1, of.month)
    day = if_int(equal(of.day, 0), 1, of.day)
    return Day(of.given, of.year, _bounded(month, 1, 12), _bounded(day, 1, 31))


def latest(of: Partial) -> Day:
    """The last day it can be."""
    month = _bounded(if_int(equal(of.month, 0), 12, of.month), 1, 12)
    last = month_length(of.year, month)
    return Day(of.given, of.year, month, _bounded(if_int(equal(of.day, 0), last, of.day), 1, 31))


def weekday(day: Day) -> Int:
    """Monday is 0."""
    return remainder(plus(ordinal(day), 6), 7)


def valid(year: Int, month: Int, day: Int) -> Bool:
    """Whether three whole numbers are a day."""
    in_year = within(_FIRST, year, _LAST)
    return both(in_year, exists(Day(True, year, month, day)))
