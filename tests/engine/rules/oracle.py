"""A second, slow and obvious evaluator of trees: nothing is compiled, nothing is typed.

It shares no code with the product but the tree, so that both can only agree by being right.
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from engine.rules import tree as t
from engine.rules.durations import Days, Months
from tests.engine.rules.oracle_functions import DIGITS, by, called, divided

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
            if found is None and _is_list(test):
                return None
            return _compare("=", left, found)


def _is_list(node: t.Node) -> bool:
    """A list that is missing decides nothing; a missing single value equals another one."""
    match node:
        case t.Name(name=name):
            return name in ("zahlen", "kinder", "sprachen")
        case t.Path(of=of):
            return _is_list(of)
        case t.Call(function=function):
            return function in ("concatenate", "distinct values")
        case _:
            return isinstance(node, t.Loop | t.Filter)


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
    match left, right:
        case Decimal(), Decimal():
            return _SIGNS[sign](left, right)
        case str(), str():
            return left + right
        case date(), date():
            return Days(left.toordinal() - right.toordinal())
        case date(), _:
            return by(left, right, 1 if sign == "+" else -1)
        case _, date():
            return by(right, left)
        case _:
            return type(left)(left.count + (right.count if sign == "+" else -right.count))


_SIGNS: Mapping[str, Callable[[Decimal, Decimal], Decimal | None]] = {
    "+": DIGITS.add,
    "-": DIGITS.subtract,
    "*": DIGITS.multiply,
    "/": divided,
}


def _rows(bindings: tuple[t.Binding, ...], names: Names) -> list[Any] | None:
    """Every combination as names, nested; null where a list is null."""
    first, *rest = bindings
    source = value(first.source, names)
    if source is None:
        return None
    inner = [{**names, first.name: one} for one in source]
    return [_rows(tuple(rest), one) for one in inner] if rest else inner


def _quantified(node: t.Quantified, names: Names) -> bool | None:
    def asked(rows: Any) -> bool | None:
        if isinstance(rows, dict):
            return value(node.condition, rows)  # type: ignore[no-any-return]
        if rows is None:
            return None
        return (_all if node.every else _any)([asked(one) for one in rows])

    return asked(_rows(node.bindings, names))


def _loop(node: t.Loop, names: Names) -> list[Any] | None:
    rows = _rows(node.bindings, names)
    for _ in node.bindings[1:]:
        if rows is None or None in rows:
            return None
        rows = [one for inner in rows for one in inner]
    return None if rows is None else [value(node.result, one) for one in rows]


def _filter(node: t.Filter, names: Names) -> Any:
    source = value(node.source, names)
    if source is None:
        return None
    return [one for one in source if value(node.condition, {**names, "item": one}) is True]


def _path(node: t.Path, names: Names) -> Any:
    of = value(node.of, names)
    match of:
        case None:
            return None
        case list():
            return [None if one is None else one.get(node.name) for one in of]
        case Months(count=count):
            size = abs(count) // 12 if node.name == "years" else abs(count) % 12
            return Decimal(size if count >= 0 else -size)
        case Days(count=count):
            return Decimal(count)
        case date():
            return Decimal(getattr(of, node.name))
        case _:
            return of.get(node.name)


def _negation(node: t.Negation, names: Names) -> Any:
    found = value(node.operand, names)
    return None if found is None else -found


def _call(node: t.Call, names: Names) -> Any:
    arguments = [value(one.value, names) for one in node.arguments]
    match node.function:
        case "not":
            return None if arguments[0] is None else not arguments[0]
        case "all" | "any":
            items = arguments[0] if isinstance(arguments[0], list) else arguments
            if len(arguments) == 1 and arguments[0] is None:
                return None
            return (_all if node.function == "all" else _any)(items)
        case name:
            return called(name, arguments)


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
    t.Loop: _loop,
    t.Negation: _negation,
    t.Filter: _filter,
    t.Call: _call,
}
