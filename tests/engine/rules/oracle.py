"""A second, slow and obvious evaluator of trees: nothing is compiled, nothing is typed.

It shares no code with the product but the tree, so that both can only agree by being right.
"""

import calendar
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Any

from engine.rules import tree as t
from engine.rules.durations import Days, Months, parse_duration

_DIGITS = Context(prec=34, rounding=ROUND_HALF_EVEN)
Names = Mapping[str, Any]


def value(node: t.Node, names: Names) -> Any:
    """The value of a node; None is null."""
    return _RULES[type(node)](node, names)


def _both(node: t.Both, names: Names) -> bool | None:
    parts = [value(one, names) for one in node.parts]
    if False in parts:
        return False
    return None if None in parts else True


def _either(node: t.Either, names: Names) -> bool | None:
    parts = [value(one, names) for one in node.parts]
    if True in parts:
        return True
    return None if None in parts else False


def _compare(operator: str, left: Any, right: Any) -> bool | None:
    if operator == "=":
        return left is right if left is None or right is None else left == right
    if operator == "!=":
        return not _compare("=", left, right)
    if left is None or right is None:
        return None
    smaller, equal = bool(left < right), bool(left == right)
    return {
        "<": smaller,
        "<=": smaller or equal,
        ">": not smaller and not equal,
        ">=": not smaller,
    }[operator]


def _any(answers: list[bool | None]) -> bool | None:
    if True in answers:
        return True
    return None if None in answers else False


def _all(answers: list[bool | None]) -> bool | None:
    if False in answers:
        return False
    return None if None in answers else True


def _test(test: t.Node, left: Any, names: Names) -> bool | None:
    match test:
        case t.Test():
            return _compare(test.operator, left, value(test.operand, names))
        case t.Interval():
            above = _compare(">=" if test.low_closed else ">", left, value(test.low, names))
            below = _compare("<=" if test.high_closed else "<", left, value(test.high, names))
            return _all([above, below])
        case _:
            found = value(test, names)
            if isinstance(found, list):
                return any(one == left for one in found)
            return _compare("=", left, found)


def _membership(node: t.Membership, names: Names) -> bool | None:
    left = value(node.value, names)
    return _any([_test(test, left, names) for test in node.tests])


def _between(node: t.Between, names: Names) -> bool | None:
    left = value(node.value, names)
    low, high = value(node.low, names), value(node.high, names)
    return _all([_compare(">=", left, low), _compare("<=", left, high)])


def _choose(node: t.Choose, names: Names) -> Any:
    return value(node.then if value(node.condition, names) is True else node.otherwise, names)


def _arithmetic(node: t.Arithmetic, names: Names) -> Any:
    found = value(node.first, names)
    for sign, operand in node.rest:
        found = _step(sign, found, value(operand, names))
    return found


def _step(sign: str, left: Any, right: Any) -> Any:
    if left is None or right is None:
        return None
    if isinstance(left, Decimal):
        return {"+": _DIGITS.add, "-": _DIGITS.subtract, "*": _DIGITS.multiply}[sign](left, right)
    if isinstance(left, str):
        return left + right
    if isinstance(left, date) and isinstance(right, date):
        return Days((left - right).days)
    day, duration = (left, right) if isinstance(left, date) else (right, left)
    return _moved(day, duration.count * (1 if sign == "+" else -1), isinstance(duration, Months))


def _moved(day: date, count: int, by_months: bool) -> date | None:
    if not by_months:
        return day + timedelta(count)
    months = day.year * 12 + day.month - 1 + count
    year, month = months // 12, months % 12 + 1
    for number in range(day.day, 0, -1):
        if number <= calendar.monthrange(year, month)[1]:
            return date(year, month, number)
    return None


def _quantified(node: t.Quantified, names: Names) -> bool | None:
    (binding,) = node.bindings
    source = value(binding.source, names)
    if source is None:
        return None
    answers = [value(node.condition, {**names, binding.name: one}) for one in source]
    return _all(answers) if node.every else _any(answers)


def _filter(node: t.Filter, names: Names) -> Any:
    source = value(node.source, names)
    if source is None:
        return None
    return [one for one in source if value(node.condition, {**names, "item": one}) is True]


def _path(node: t.Path, names: Names) -> Any:
    of = value(node.of, names)
    if isinstance(of, date):
        return Decimal(getattr(of, node.name))
    return None if of is None else of.get(node.name)


def _call(node: t.Call, names: Names) -> Any:
    arguments = [value(one.value, names) for one in node.arguments]
    return _FUNCTIONS[node.function](*arguments)


def _not(one: bool | None) -> bool | None:
    return None if one is None else not one


_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "not": _not,
    "angegeben": lambda one: one is not None,
    "count": lambda one: None if one is None else Decimal(len(one)),
    "date": date.fromisoformat,
    "duration": parse_duration,
    "list contains": lambda items, one: None if items is None else one in items,
}

_RULES: Mapping[type[t.Node], Callable[[Any, Names], Any]] = {
    t.Number: lambda node, names: node.value,
    t.Text: lambda node, names: node.value,
    t.Flag: lambda node, names: node.value,
    t.Null: lambda node, names: None,
    t.Name: lambda node, names: names.get(node.name),
    t.Path: _path,
    t.Listing: lambda node, names: [value(one, names) for one in node.items],
    t.Both: _both,
    t.Either: _either,
    t.Comparison: lambda node, names: _compare(
        node.operator, value(node.left, names), value(node.right, names)
    ),
    t.Between: _between,
    t.Membership: _membership,
    t.Choose: _choose,
    t.Arithmetic: _arithmetic,
    t.Quantified: _quantified,
    t.Filter: _filter,
    t.Call: _call,
}
