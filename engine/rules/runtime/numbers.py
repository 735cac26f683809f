"""Exact decimal numbers: 34 digits, halves to even, null instead of an overflow."""

import re
from collections.abc import Callable, Sequence
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)
from typing import Any, Generic, TypeVar

from engine.rules.durations import Days, Months

Key = TypeVar("Key")
Made = TypeVar("Made")

# decimal128, as FEEL asks for.
CONTEXT = Context(
    prec=34,
    rounding=ROUND_HALF_EVEN,
    Emin=-6143,
    Emax=6144,
    traps=[DivisionByZero, Overflow, InvalidOperation],
)
# Rounding to a scale never needs more digits than the number has, plus a carry.
_WIDE = Context(prec=80, Emin=-99_999, Emax=99_999, traps=[InvalidOperation])

_FAILURES = (DivisionByZero, Overflow, InvalidOperation)


class Constants(dict[Key, Made], Generic[Key, Made]):
    """Literals of rules, made once; bounded, because rules may come from outside."""

    LIMIT = 10_000

    def __init__(self, make: Callable[[Key], Made]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: Key) -> Made:
        value = self._make(key)
        if len(self) < self.LIMIT:
            self[key] = value
        return value


N: Constants[str, Decimal] = Constants(Decimal)


def add(left: Decimal | None, right: Decimal | None) -> Decimal | None:
    """`left + right`."""
    if left is None or right is None:
        return None
    try:
        return CONTEXT.add(left, right)
    except _FAILURES:
        return None


def subtract(left: Decimal | None, right: Decimal | None) -> Decimal | None:
    """`left - right`."""
    if left is None or right is None:
        return None
    try:
        return CONTEXT.subtract(left, right)
    except _FAILURES:
        return None


def multiply(left: Decimal | None, right: Decimal | None) -> Decimal | None:
    """`left * right`."""
    if left is None or right is None:
        return None
    try:
        return CONTEXT.multiply(left, right)
    except _FAILURES:
        return None


def divide(left: Decimal | None, right: Decimal | None) -> Decimal | None:
    """`left / right`; null if `right` is zero."""
    if left is None or right is None:
        return None
    try:
        return CONTEXT.divide(left, right)
    except _FAILURES:
        return None


def fold(value: Any, *steps: Any) -> Any:
    """A long chain of operations: function, operand, function, operand, …"""
    for step, operand in zip(steps[::2], steps[1::2], strict=True):
        value = step(value, operand)
    return value


def negate(value: Any) -> Any:
    """`-value`, of a number or a duration."""
    if value is None:
        return None
    if isinstance(value, Months | Days):
        return type(value)(-value.count)
    return CONTEXT.minus(value)


def absolute(value: Any) -> Any:
    """A number or duration without its sign."""
    if value is None:
        return None
    if isinstance(value, Months | Days):
        return type(value)(abs(value.count))
    return CONTEXT.abs(value)


def _rounded(value: Decimal | None, scale: Decimal | None, how: str) -> Decimal | None:
    if value is None or scale is None:
        return None
    digits = int(scale)
    if not -6111 <= digits <= 6176:
        return None  # the bounds of FEEL's decimal128
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and digits >= -exponent:
        return value
    try:
        return value.quantize(Decimal((0, (1,), -digits)), rounding=how, context=_WIDE)
    except InvalidOperation:
        return None


_ZERO = Decimal(0)


def floor(value: Decimal | None, scale: Decimal | None = _ZERO) -> Decimal | None:
    """Rounds to the smaller number."""
    return _rounded(value, scale, ROUND_FLOOR)


def ceiling(value: Decimal | None, scale: Decimal | None = _ZERO) -> Decimal | None:
    """Rounds to the greater number."""
    return _rounded(value, scale, ROUND_CEILING)


def round_up(value: Decimal | None, scale: Decimal | None) -> Decimal | None:
    """Rounds away from zero."""
    return _rounded(value, scale, ROUND_UP)


def round_down(value: Decimal | None, scale: Decimal | None) -> Decimal | None:
    """Rounds towards zero."""
    return _rounded(value, scale, ROUND_DOWN)


def round_half_up(value: Decimal | None, scale: Decimal | None) -> Decimal | None:
    """Rounds to the nearest, halves away from zero."""
    return _rounded(value, scale, ROUND_HALF_UP)


def round_half_down(value: Decimal | None, scale: Decimal | None) -> Decimal | None:
    """Rounds to the nearest, halves towards zero."""
    return _rounded(value, scale, ROUND_HALF_DOWN)


# A remainder needs the whole quotient, which may be longer than 34 digits.
_LONG = Context(prec=12_400, Emin=-99_999, Emax=99_999, traps=[DivisionByZero, InvalidOperation])


def modulo(dividend: Decimal | None, divisor: Decimal | None) -> Decimal | None:
    """The remainder, with the sign of the divisor; null for a divisor of zero."""
    if dividend is None or divisor is None or not divisor:
        return None
    rest = _LONG.remainder(dividend, divisor)
    if rest and (rest < 0) != (divisor < 0):
        rest = _LONG.add(rest, divisor)
    return CONTEXT.plus(rest)


def total(values: Sequence[Decimal | None] | None) -> Decimal | None:
    """The sum; null for an empty list or one with a null in it."""
    if not values:
        return None
    result: Decimal | None = _ZERO
    for value in values:
        result = add(result, value)
    return result


def mean(values: Sequence[Decimal | None] | None) -> Decimal | None:
    """The average; null for an empty list or one with a null in it."""
    return divide(total(values), Decimal(len(values or ())))


_NUMBER = re.compile(
    r"-?(?:[0-9]{1,400}(?:\.[0-9]{1,400})?|\.[0-9]{1,400})(?:[eE][+-]?[0-9]{1,4})?"
)


def number(text: Any) -> Decimal | None:
    """The number a text shows in FEEL's own notation."""
    if isinstance(text, Decimal):
        return text
    if text is None or not _NUMBER.fullmatch(text):
        return None
    try:
        return CONTEXT.create_decimal(text)
    except _FAILURES:
        return None


def number_with(text: str | None, grouping: str | None, decimal: str | None) -> Decimal | None:
    """The number a text shows with these signs for thousands and decimals."""
    if text is None or grouping not in (" ", ",", ".", None) or decimal not in (".", ",", None):
        return None
    if grouping is not None and grouping == decimal:
        return None
    if grouping:
        text = text.replace(grouping, "")
    if decimal == ",":
        text = text.replace(".", "?").replace(",", ".")
    return number(text)
