"""Decimal arithmetic as formulas: whole numerators over constant denominators, so all is exact.

What 34 decimal digits could round (very long numbers, a division whose result is used further) is
not expressed but left unknown: a proof then stays a proof.
"""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from math import lcm

from engine.prove.terms import (
    Bool,
    Int,
    IntTerm,
    both,
    bounds,
    digest_of,
    either,
    equal,
    if_int,
    implies,
    int_var,
    less,
    no,
    plus,
    product,
    quotient,
    remainder,
    times,
)
from engine.prove.values import (
    NOTHING,
    Items,
    Nothing,
    Number,
    Unknown,
    Value,
    is_given,
    key_of,
    levelled,
    only_if,
    select,
)

_DIGITS = 10**34
_FEW_LEAVES = 16


def number_of(value: Decimal) -> Number:
    """A constant."""
    exact = Fraction(value)
    return Number(True, exact.numerator, exact.denominator)


def whole(value: Int, given: Bool = True) -> Number:
    """A whole number."""
    return Number(given, value)


def leaves(number: Int, most: int) -> list[tuple[Bool, int]] | None:
    """The constants a number is chosen from, each with its condition; None: it is no such thing."""
    if isinstance(number, int):
        return [(True, number)]
    if number.op != "ite":
        return None
    test, then, otherwise = number.args
    found: list[tuple[Bool, int]] = []
    for condition, part in ((test, then), (no(test), otherwise)):  # type: ignore[arg-type]  # a truth
        inside = leaves(part, most) if isinstance(part, (int, IntTerm)) else None
        if inside is None:
            return None
        found += [(both(condition, one), value) for one, value in inside]  # type: ignore[arg-type]
    return found if len(found) <= most else None


def _held(result: Number, reason: str) -> Value:
    """The result, if 34 digits hold it whatever the answers are."""
    low, high = bounds(result.term)
    if low is None or high is None or max(abs(low), abs(high)) >= _DIGITS:
        return Unknown(result.given, f"{reason}{digest_of(result.term).hex()}", reason)
    return result


def _is_free(one: Number, other: Number) -> bool:
    return not one.is_cut and not other.is_cut


def _unknown(sign: str, one: Number, other: Number) -> Unknown:
    key = f"{sign}{key_of(one, other)}"
    return Unknown(both(one.given, other.given), key, f"… {sign} …")


def add(one: Number, other: Number) -> Value:
    """`one + other`."""
    if not _is_free(one, other):
        return _unknown("+", one, other)
    left, right, scale = levelled(one, other)
    return _held(Number(both(one.given, other.given), plus(left, right), scale), "+")


def subtract(one: Number, other: Number) -> Value:
    """`one - other`."""
    return add(one, negate(other))


def negate(one: Number) -> Number:
    """`-one`."""
    return Number(one.given, times(-1, one.term), one.scale, one.is_cut)


def absolute(one: Number) -> Number:
    """Without its sign."""
    term = if_int(less(one.term, 0), times(-1, one.term), one.term)
    return Number(one.given, term, one.scale, one.is_cut)


def multiply(one: Number, other: Number) -> Value:
    """`one * other`: exact if one of them is a constant or chosen from a few."""
    if not _is_free(one, other):
        return _unknown("*", one, other)
    if leaves(other.term, _FEW_LEAVES) is None:
        one, other = other, one
    options = leaves(other.term, _FEW_LEAVES)
    given, scale = both(one.given, other.given), one.scale * other.scale
    if options is None:
        return _held(Number(given, _product(one.term, other.term), scale), "*")
    product = times(options[-1][1], one.term)
    for test, factor in reversed(options[:-1]):
        product = if_int(test, times(factor, one.term), product)
    return _held(Number(given, product, scale), "*")


def _product(one: Int, other: Int) -> Int:
    """An unknown number of which a few things are certain: sign, zero, bounds."""
    first, second = sorted((one, other), key=digest_of)
    corners = [
        None if left is None or right is None else left * right
        for left in bounds(first)
        for right in bounds(second)
    ]
    known = [corner for corner in corners if corner is not None]
    is_bounded = len(known) == len(corners)
    low, high = (min(known), max(known)) if is_bounded else (None, None)
    name = f"*{digest_of(first).hex()}{digest_of(second).hex()}"
    made = int_var(name, low, high, "… * …")
    is_zero = either(equal(first, 0), equal(second, 0))
    same_sign = either(both(less(0, first), less(0, second)), both(less(first, 0), less(second, 0)))
    made.exact = equal(made, product(first, second))
    made.facts = (
        *made.facts,
        implies(is_zero, equal(made, 0)),
        implies(no(is_zero), no(equal(made, 0))),
        implies(same_sign, less(0, made)),
        implies(both(no(is_zero), no(same_sign)), less(made, 0)),
    )
    return made


def divide(one: Number, other: Number) -> Value:
    """`one / other`, by a constant; null if it is zero."""
    options = leaves(other.term, _FEW_LEAVES)
    if options is None or not _is_free(one, other):
        return _unknown("/", one, other)
    there = both(one.given, other.given)
    found: Value = NOTHING
    for test, factor in reversed(options):
        found = select(test, _divided(one, there, Fraction(factor, other.scale)), found)
    return found


def _divided(one: Number, given: Bool, divisor: Fraction) -> Value:
    if not divisor:
        return NOTHING
    term = times(divisor.denominator, one.term)
    if divisor < 0:
        term = times(-1, term)
    scale = one.scale * abs(divisor.numerator)
    rest = scale
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return _held(Number(given, term, scale, is_cut=rest != 1), "/")


# --- Rounding: of a division it is exact, because no half lies within 34 digits of a third ------


def floor(one: Number, digits: int) -> Number:
    """To the smaller number."""
    return _rounded(one, digits, lambda term, scale: quotient(term, scale))


def ceiling(one: Number, digits: int) -> Number:
    """To the greater number."""
    return _rounded(one, digits, _up)


def _up(term: Int, scale: int) -> Int:
    return times(-1, quotient(times(-1, term), scale))


def round_down(one: Number, digits: int) -> Number:
    """Towards zero."""
    return _rounded(one, digits, lambda term, scale: _by_sign(term, scale, quotient))


def round_up(one: Number, digits: int) -> Number:
    """Away from zero."""
    return _rounded(one, digits, lambda term, scale: _by_sign(term, scale, _up))


def round_half_up(one: Number, digits: int) -> Number:
    """Halves away from zero."""
    return _rounded(one, digits, lambda term, scale: _by_sign(term, scale, _half_up))


def round_half_down(one: Number, digits: int) -> Number:
    """Halves towards zero."""
    return _rounded(one, digits, lambda term, scale: _by_sign(term, scale, _half_down))


def _half_up(size: Int, scale: int) -> Int:
    return quotient(plus(times(2, size), scale), 2 * scale)


def _half_down(size: Int, scale: int) -> Int:
    return _up(plus(times(2, size), -scale), 2 * scale)


def _by_sign(term: Int, scale: int, how: Callable[[Int, int], Int]) -> Int:
    """What is done to the size of a number."""
    below_zero = times(-1, how(times(-1, term), scale))
    return if_int(less(term, 0), below_zero, how(term, scale))


def _rounded(one: Number, digits: int, how: Callable[[Int, int], Int]) -> Number:
    unit = Fraction(10) ** digits
    term, scale = times(unit.numerator, one.term), one.scale * unit.denominator
    result = times(unit.denominator, how(term, scale))
    return Number(one.given, result, unit.numerator)


def modulo(one: Number, other: Number) -> Value:
    """The remainder, with the sign of a constant divisor; null for zero."""
    if not isinstance(other.term, int) or not _is_free(one, other):
        return _unknown("modulo", one, other)
    if not other.term:
        return NOTHING
    scale = lcm(one.scale, other.scale)
    term, divisor = times(scale // one.scale, one.term), other.term * (scale // other.scale)
    if divisor > 0:
        return Number(one.given, remainder(term, divisor), scale)
    rest = remainder(times(-1, term), -divisor)
    return Number(one.given, times(-1, rest), scale)


# --- Lists of numbers ---------------------------------------------------------------------------


def total(numbers: Items) -> Value:
    """The sum; null for an empty list or one with a null in it."""
    values = [(one.present, one.value) for one in numbers.items]
    values = [(is_in, _as_number(value)) for is_in, value in values]
    known = [(is_in, value) for is_in, value in values if isinstance(value, Number)]
    if len(known) < len(values) or any(one.is_cut for _, one in known):
        return Unknown(_has_all(numbers), f"sum{key_of(numbers)}", "sum(…)")
    scale = lcm(*(one.scale for _, one in known)) if known else 1
    terms = [if_int(is_in, times(scale // one.scale, one.term), 0) for is_in, one in known]
    is_some = either(*(is_in for is_in, _ in known))
    all_given = both(*(implies(is_in, one.given) for is_in, one in known))
    found = _held(Number(both(numbers.given, is_some, all_given), plus(*terms), scale), "sum")
    return _unless_more(numbers, found, "sum")


def _as_number(value: Value) -> Value:
    return Number(False, 0) if isinstance(value, Nothing) else value


def _unless_more(numbers: Items, found: Value, name: str) -> Value:
    if numbers.more is False:
        return found
    key = f"{name}{digest_of(numbers.more).hex()}"
    key += "".join(digest_of(one.present).hex() for one in numbers.items)
    return select(numbers.more, Unknown(numbers.given, key, f"{name}(…)"), found)


def extreme(numbers: Items, is_better: Callable[[Value, Value], Bool | None]) -> Value:
    """The smallest or greatest element; null for an empty list or one with a null in it."""
    best: Value = NOTHING
    is_some: Bool = False
    has_all = _has_all(numbers)
    for one in numbers.items:
        better = True if isinstance(best, Nothing) else is_better(one.value, best)
        if better is None:
            return Unknown(has_all, f"extreme{key_of(numbers)}", "min/max(…)")
        takes = both(one.present, either(no(is_some), better))
        best = select(takes, one.value, best)
        is_some = either(is_some, one.present)
    return _unless_more(numbers, only_if(has_all, best), "min/max")


def _has_all(numbers: Items) -> Bool:
    """There is an element, and none is null."""
    is_some = either(*(one.present for one in numbers.items))
    all_given = both(*(implies(one.present, is_given(one.value)) for one in numbers.items))
    return both(numbers.given, is_some, all_given)
