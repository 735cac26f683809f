"""Three-valued logic: true, false, and null for undecided."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from engine.rules.durations import Days, Months
from engine.rules.runtime.far_dates import FarDate
from engine.values import PartialDate


@dataclass(frozen=True, slots=True)
class Range:
    """A range as a value, for lists of ranges."""

    low: Any
    high: Any
    low_closed: bool
    high_closed: bool


def all_of(*values: Any) -> bool | None:
    """`and`: false if one is false, undecided if one is not a yes/no."""
    result: bool | None = True
    for value in values:
        if value is False:
            return False
        if value is not True:
            result = None
    return result


def one_of(*values: Any) -> bool | None:
    """`or`: true if one is true, undecided if one is not a yes/no."""
    result: bool | None = False
    for value in values:
        if value is True:
            return True
        if value is not False:
            result = None
    return result


def negated(value: Any) -> bool | None:
    """`not`."""
    return None if value is None else not value


def is_given(value: Any) -> bool:
    """Whether there is an answer."""
    return value is not None


def first_of(*values: Any) -> Any:
    """The first value that is there."""
    return next((value for value in values if value is not None), None)


def lt(left: Any, right: Any) -> bool | None:
    """`<` of one type."""
    return None if left is None or right is None else left < right


def le(left: Any, right: Any) -> bool | None:
    """`<=` of one type."""
    return None if left is None or right is None else left <= right


def gt(left: Any, right: Any) -> bool | None:
    """`>` of one type."""
    return None if left is None or right is None else left > right


def ge(left: Any, right: Any) -> bool | None:
    """`>=` of one type."""
    return None if left is None or right is None else left >= right


_ORDERS = {"<": lt, "<=": le, ">": gt, ">=": ge}
_ORDERED = ("number", "text", "date", "months", "days")


def ordered(operator: str, left: Any, right: Any) -> bool | None:
    """A comparison whose types show only now; null if they differ or have no order."""
    kind = kind_of(left)
    if kind not in _ORDERED or kind != kind_of(right):
        return None
    return _ORDERS[operator](left, right)


def between(value: Any, low: Any, high: Any) -> bool | None:
    """Bounds included."""
    return all_of(ge(value, low), le(value, high))


def within(value: Any, interval: Range) -> bool | None:
    """Whether a value lies in a range; null if the kinds differ or a bound is missing."""
    above = ordered(">=" if interval.low_closed else ">", value, interval.low)
    below = ordered("<=" if interval.high_closed else "<", value, interval.high)
    return None if above is None or below is None else above and below


_KINDS: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (bool, "yes_no"),
    (str, "text"),
    ((Decimal, int), "number"),
    (date, "date"),
    (Months, "months"),
    (Days, "days"),
    (PartialDate, "partial_date"),
    ((list, tuple), "list"),
    (Mapping, "record"),
    (Range, "range"),
    (FarDate, "far_date"),
)


def kind_of(value: Any) -> str:
    """The kind of a value that is not known before running."""
    if value is None:
        return "null"
    return next((name for kind, name in _KINDS if isinstance(value, kind)), "record")


def same(left: Any, right: Any) -> bool | None:
    """`=` of any two values: null if the kinds differ and neither is null."""
    if left is None or right is None:
        return left is right
    kind = kind_of(left)
    if kind != kind_of(right):
        return None
    if kind == "list":
        if len(left) != len(right):
            return False
        return all_of(*(same(one, other) for one, other in zip(left, right, strict=True)))
    if kind == "record" and isinstance(left, Mapping) and isinstance(right, Mapping):
        if left.keys() != right.keys():
            return False
        return all_of(*(same(left[key], right[key]) for key in left))
    return bool(left == right)


def differ(left: Any, right: Any) -> bool | None:
    """`!=` of any two values."""
    return negated(same(left, right))
