"""Functions that not every engine has, in terms of those that DMN 1.3 knows.

Each takes arguments that are rewritten already, and may rely on none of them being null where it
asks for a property: the guard around it sees to that.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from engine.rules.portable.build import (
    added,
    called,
    chosen,
    compared,
    duration,
    is_given,
    name,
    named,
    null,
    number,
    property_of,
)
from engine.rules.tree import Both, Either, Name, Node, Number, Path

Expand = Callable[[Sequence[Node]], Node]

_HALF = Decimal("0.5")


def _full_period(arguments: Sequence[Node]) -> Node:
    """`start <= day - duration`: right for 29 February, too (§ 187(2) BGB)."""
    start, span, day = arguments
    return compared(start, "<=", added(day, ("-", span)))


def _period_after_event(arguments: Sequence[Node]) -> Node:
    """`event + duration < day` (§ 187(1) BGB)."""
    event, span, day = arguments
    return compared(added(event, ("+", span)), "<", day)


def end_of_days(arguments: Sequence[Node]) -> Node:
    """`start + duration`: days are never cut."""
    start, span = arguments
    return added(start, ("+", span))


def _first_day_complete(arguments: Sequence[Node]) -> Node:
    """The end of the period; the day after it, where months were cut at their end."""
    start, span = arguments
    end = added(start, ("+", span))
    is_cut = compared(property_of(end, "day"), "<", property_of(start, "day"))
    return chosen(is_cut, added(start, ("+", span), ("+", duration("P1D"))), end)


def _age_on(arguments: Sequence[Node]) -> Node:
    """Years between, less one before the birthday; `years and months duration` rounds to 0."""
    birth, day = arguments
    earlier_month = compared(property_of(day, "month"), "<", property_of(birth, "month"))
    same_month = compared(property_of(day, "month"), "=", property_of(birth, "month"))
    earlier_day = compared(property_of(day, "day"), "<", property_of(birth, "day"))
    not_yet = Either(0, 0, (earlier_month, Both(0, 0, (same_month, earlier_day))))
    less = chosen(not_yet, number(1), number(0))
    return added(property_of(day, "year"), ("-", property_of(birth, "year")), ("-", less))


def _given(arguments: Sequence[Node]) -> Node:
    return is_given(arguments[0])


# What is not FEEL at all.
OURS: Mapping[str, Expand] = {
    "volle frist": _full_period,
    "frist nach ereignis": _period_after_event,
    "frist ende": _first_day_complete,
    "alter am": _age_on,
    "angegeben": _given,
}


def _rounding(below_zero: tuple[str, int], otherwise: tuple[str, int]) -> Expand:
    """A rounding that DMN 1.3 lacks: `floor` or `ceiling`, after so many halves were added."""

    def expand(arguments: Sequence[Node]) -> Node:
        value, scale = arguments
        assert isinstance(scale, Number)  # noqa: S101 - the caller has looked
        factor = Decimal(1).scaleb(int(scale.value))
        is_simple = isinstance(value, Name | Path)
        inner = value if is_simple else name("n")
        test = compared(inner, "<", number(0))
        result = chosen(test, _to(inner, factor, *below_zero), _to(inner, factor, *otherwise))
        if factor != 1:
            result = added(result, ("/", number(factor)))
        return result if is_simple else named(("n",), (value,), result)

    return expand


def _to(value: Node, factor: Decimal, function: str, halves: int) -> Node:
    term = value if factor == 1 else added(value, ("*", number(factor)))
    if halves:
        term = added(term, ("+" if halves > 0 else "-", number(_HALF)))
    return called(function, term)


# Younger than DMN 1.3. With a scale that is only known when the rule runs, they stay as they are.
ROUNDINGS: Mapping[str, Expand] = {
    "round up": _rounding(("floor", 0), ("ceiling", 0)),
    "round down": _rounding(("ceiling", 0), ("floor", 0)),
    "round half up": _rounding(("ceiling", -1), ("floor", 1)),
    "round half down": _rounding(("floor", 1), ("ceiling", -1)),
}

_SIGNS = {"max": (">", "<="), "min": ("<", ">=")}


def _extreme(function: str) -> Expand:
    sign, opposite = _SIGNS[function]

    def expand(arguments: Sequence[Node]) -> Node:
        one, other = arguments
        is_simple = isinstance(one, Name) and isinstance(other, Name)
        left, right = (one, other) if is_simple else (name("a"), name("b"))
        last = chosen(compared(left, opposite, right), right, null())
        result = chosen(compared(left, sign, right), left, last)
        return result if is_simple else named(("a", "b"), (one, other), result)

    return expand


# Of two dates or durations: some engines know the greater of numbers only.
EXTREMES: Mapping[str, Expand] = {function: _extreme(function) for function in _SIGNS}
