"""Rules asked of the solver: every answer is a variable that is then fixed to the value given."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from engine.prove.calendar import day_var, same_day
from engine.prove.encode import constant, encode
from engine.prove.solving import Said, Solver, cone
from engine.prove.terms import (
    Bool,
    alike,
    bool_var,
    both,
    equal,
    int_var,
    no,
    same_word,
    word_var,
)
from engine.prove.values import (
    NOTHING,
    Day,
    Item,
    Items,
    Number,
    Partial,
    Row,
    Span,
    Text,
    Truth,
    Value,
    is_given,
    same,
)
from engine.rules import Typed
from engine.rules.durations import Days, Months
from engine.values import PartialDate


class Fixed:
    """Values as variables, with the conditions that fix them."""

    def __init__(self) -> None:
        self.conditions: list[Bool] = []
        self._count = 0

    def variable(self, value: Any) -> Value:
        """A variable that can only be the value."""
        self._count += 1
        name = f"x{self._count}"
        if value is None:
            return NOTHING
        if isinstance(value, list | tuple):
            return self._items(name, list(value))
        if isinstance(value, Mapping):
            return Row(
                self._flag(name, True), {key: self.variable(one) for key, one in value.items()}
            )
        return self._scalar(name, value)

    def _flag(self, name: str, value: bool) -> Bool:
        flag = bool_var(f"{name}?")
        self.conditions.append(alike(flag, value))
        return flag

    def _items(self, name: str, values: list[Any]) -> Items:
        items = [
            Item(self._flag(f"{name}.{n}", True), self.variable(v)) for n, v in enumerate(values)
        ]
        gone = Item(self._flag(f"{name}.gone", False), items[0].value if items else NOTHING)
        return Items(self._flag(name, True), (*items, gone))

    def _scalar(self, name: str, value: Any) -> Value:
        given = self._flag(name, True)
        made: Value
        match value:
            case bool():
                truth = bool_var(name)
                self.conditions.append(alike(truth, value))
                return Truth(both(given, truth), both(given, no(truth)))
            case PartialDate():
                number = int_var(name, 1900, 2199)
                self.conditions.append(equal(number, value.year))
                return Partial(given, number, value.month or 0, value.day or 0)
            case Decimal():
                scale = 10 ** max(0, -int(value.as_tuple().exponent))
                most = max(10**9, abs(int(value)) + 1) * scale
                made = Number(given, int_var(name, -most, most), scale)
            case str():
                word = word_var(name, None)
                self.conditions.append(same_word(word, value))
                return Text(given, word)
            case date():
                day = day_var(name, 1900, 2199)
                self.conditions.append(same_day(day, Day(True, value.year, value.month, value.day)))
                return Day(given, day.year, day.month, day.day)
            case Months(count=count) | Days(count=count):
                number = int_var(name, -50_000, 50_000)
                self.conditions.append(equal(number, count))
                return Span(given, number, isinstance(value, Months))
            case _:
                raise TypeError(type(value).__name__)
        self.conditions.append(same(made, constant(value)).is_true)
        return made


def _named(known: Mapping[str, Value], name: str) -> Value:
    """As a plan names things: a part of a family or an address has no name of its own."""
    if name.partition(".")[0] in known and name not in known:
        raise KeyError(name)
    return known.get(name, NOTHING)


def possible_by_solver(
    rule: Typed, names: Mapping[str, Any], column: Any = None
) -> tuple[frozenset[object], bool]:
    """Which of true, false and None a condition can be; and whether something in it is unknown."""
    fixed = Fixed()
    known = {name: fixed.variable(value) for name, value in names.items()}
    found = encode(rule, partial(_named, known), fixed.variable(column))
    assert isinstance(found, Truth), found
    session = Solver().session(*fixed.conditions)
    options = {
        True: both(found.is_true, no(found.is_false)),
        False: both(found.is_false, no(found.is_true)),
        None: no(is_given(found)),
    }
    said = {value: session.ask(condition).said for value, condition in options.items()}
    assert Said.UNDECIDED not in said.values()
    has_unknown = any(one.reason for one in cone(found.is_true, found.is_false))
    return frozenset(value for value, one in said.items() if one is Said.YES), has_unknown


def agrees(rule: Typed, names: Mapping[str, Any], value: Any) -> tuple[bool, bool]:
    """Whether the rule can have the value, and whether it must; lists are not compared."""
    fixed = Fixed()
    known = {name: fixed.variable(one) for name, one in names.items()}
    found = encode(rule, partial(_named, known))
    equal_to = same(found, constant(value)).is_true
    session = Solver().session(*fixed.conditions)
    can = session.ask(equal_to).said is Said.YES
    return can, session.ask(no(equal_to)).said is Said.NO
