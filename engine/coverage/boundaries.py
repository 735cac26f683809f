"""Where a rule turns: how far the two sides of a comparison, a period or an age are apart."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeAlias, cast

from engine.coverage.formula import Environment, part
from engine.rules import Days, Months, Typed, compile_expression, runtime
from engine.rules.print import print_tree
from engine.rules.tree import (
    Between,
    Binding,
    Call,
    Comparison,
    Filter,
    Interval,
    Loop,
    Membership,
    Name,
    Node,
    Quantified,
    Test,
    children,
)
from engine.rules.types import DATE, DAYS, MONTHS, NUMBER, plain

Value: TypeAlias = Callable[[Environment], Any]
Computed: TypeAlias = Callable[[str], Typed | None]  # the rule behind a name, if it is a rule
Unit: TypeAlias = Callable[[Typed], Decimal]  # the smallest step of a number
Limits: TypeAlias = Callable[[str], tuple[Decimal | None, Decimal | None]]


@dataclass(frozen=True, eq=False)
class Boundary:
    """`distance` counts steps (days, cents) from the point where the rule turns; 0 is on it."""

    rule: Typed
    node: Node
    measure: Callable[["Boundary"], Value]
    text: str
    is_day: bool
    distances: tuple[int, ...] = (-1, 0, 1)  # those that answers can have

    @cached_property
    def distance(self) -> Callable[[Environment], int | None]:
        """None where a side is not answered, or the sides are no whole steps apart."""
        found = self.measure(self)
        return lambda env: _whole(found(env))

    def value_of(self, node: Node) -> Value:
        """A side of the comparison."""
        typed = self.rule if node is self.rule.tree else part(self.rule, node)
        return compile_expression(typed)


@dataclass(frozen=True)
class Names:
    """What a name stands for at a place."""

    computed: Computed
    unit: Unit
    limits: Limits


def boundaries_of(typed: Typed, names: Names) -> Iterator[Boundary]:
    """Every boundary of a rule outside of its own loops, which see other names."""
    waiting = [typed.tree]
    while waiting:
        node = waiting.pop()
        yield from _at(_Sides(typed, node, names), node)
        waiting.extend(reversed(outside_of_loops(node)))


def outside_of_loops(node: Node) -> tuple[Node, ...]:
    """The nodes below that see the same names."""
    match node:
        case Quantified(bindings=bindings) | Loop(bindings=bindings):
            return bindings[:1]
        case Filter(source=source):
            return (source,)
        case Binding(source=source):
            return (source,)
        case _:
            return children(node)


def _at(sides: "_Sides", node: Node) -> Iterator[Boundary]:
    typed = sides.typed
    match node:
        case Comparison(operator=operator, left=left, right=right):
            yield from _compared(sides, operator, left, right)
        case Between(value=value, low=low, high=high):
            yield from _compared(sides, ">=", value, low)
            yield from _compared(sides, "<=", value, high)
        case Membership(value=value, tests=tests):
            for test in tests:
                yield from _tested(sides, value, test)
        case Call(function="volle frist"):
            yield Boundary(typed, node, _full_period, print_tree(node), is_day=True)
        case Call(function="frist nach ereignis"):
            yield Boundary(typed, node, _after_event, print_tree(node), is_day=True)


@dataclass(frozen=True)
class _Sides:
    typed: Typed
    node: Node
    names: Names

    def kind(self, node: Node) -> object:
        known = self.typed.findings.known.get(node)
        return None if known is None else plain(known.type)

    def is_fixed(self, node: Node) -> bool:
        return self.typed.findings.known[node].is_constant

    def number(self, node: Node) -> Decimal | None:
        """The number written there."""
        constant = self.typed.findings.known[node].constant
        is_number = isinstance(constant, Decimal)
        return constant if is_number and isinstance(constant, Decimal) else None

    def limits(self, node: Node) -> tuple[Decimal | None, Decimal | None]:
        """Between which numbers a side can be."""
        if isinstance(node, Call) and node.function in ("count", "string length"):
            return Decimal(0), None
        return self.names.limits(node.name) if isinstance(node, Name) else (None, None)


def _tested(sides: _Sides, value: Node, test: Node) -> Iterator[Boundary]:
    if isinstance(test, Interval):
        yield from _compared(sides, ">=" if test.low_closed else ">", value, test.low)
        yield from _compared(sides, "<=" if test.high_closed else "<", value, test.high)
    elif isinstance(test, Test):
        yield from _compared(sides, test.operator, value, test.operand)


_ORDERED = (NUMBER, DATE, MONTHS, DAYS)


def _compared(sides: _Sides, operator: str, left: Node, right: Node) -> Iterator[Boundary]:
    kind = sides.kind(left)
    if kind not in _ORDERED or kind != sides.kind(right):
        return
    if sides.is_fixed(left) and sides.is_fixed(right):
        return
    text = f"{print_tree(left)} {operator} {print_tree(right)}"
    for age, years, mirrored in ((left, right, False), (right, left, True)):
        rule, call = _age(sides, age)
        if rule is not None and call is not None:
            later = operator in (("<", ">=") if mirrored else (">", "<="))
            measure = _Age(rule, call, years, 1 if later else 0)
            yield Boundary(sides.typed, sides.node, measure, text, is_day=True)
            return
    step = Decimal(1)
    if kind == NUMBER:
        unit = sides.names.unit
        step = min(unit(part(sides.typed, left)), unit(part(sides.typed, right)))
    measured = _Difference(left, right, step)
    distances = tuple(_distances(sides, left, right, step))
    yield Boundary(sides.typed, sides.node, measured, text, kind == DATE, distances)


def _distances(sides: _Sides, left: Node, right: Node, step: Decimal) -> Iterator[int]:
    """Without those that the limits of a question forbid: a count is never below nothing."""
    for distance in (-1, 0, 1):
        for side, other, sign in ((left, right, 1), (right, left, -1)):
            number = sides.number(other)
            low, high = sides.limits(side)
            at = None if number is None else number + sign * distance * step
            if at is not None and ((low is not None and at < low)
                                   or (high is not None and at > high)):  # fmt: skip
                break
        else:
            yield distance


def _age(sides: _Sides, node: Node) -> tuple[Typed | None, Call | None]:
    """The call of `alter am` behind a node: written there, or behind a computed name."""
    if isinstance(node, Call) and node.function == "alter am":
        return sides.typed, node
    if isinstance(node, Name):
        rule = sides.names.computed(node.name)
        if rule is not None and isinstance(rule.tree, Call) and rule.tree.function == "alter am":
            return rule, rule.tree
    return None, None


@dataclass(frozen=True)
class _Difference:
    """Left minus right, in steps."""

    left: Node
    right: Node
    step: Decimal

    def __call__(self, boundary: Boundary) -> Value:
        left, right = boundary.value_of(self.left), boundary.value_of(self.right)
        step = self.step

        def measured(env: Environment) -> object:
            one, other = left(env), right(env)
            if one is None or other is None:
                return None
            if isinstance(one, date):
                return (one - other).days
            if isinstance(one, (Months, Days)):
                return one.count - other.count
            return (one - other) / step

        return measured


@dataclass(frozen=True)
class _Age:
    """Days since the birthday on which somebody is old enough."""

    rule: Typed
    call: Call
    years: Node
    more: int  # 1: the rule turns a year later (`alter > 16`)

    def __call__(self, boundary: Boundary) -> Value:
        arguments = _arguments(self.rule, self.call)
        birth, day = (compile_expression(part(self.rule, one)) for one in arguments)
        years = boundary.value_of(self.years)

        def measured(env: Environment) -> object:
            born, today, count = birth(env), day(env), years(env)
            if not isinstance(today, date) or born is None or count is None:
                return None
            latest = cast(date, getattr(born, "latest", born))
            birthday = runtime.first_day_complete(latest, Months(12 * (int(count) + self.more)))
            return None if birthday is None else (today - birthday).days

        return measured


def _full_period(boundary: Boundary) -> Value:
    """Days since the period was complete: the first day counts."""

    def measured(start: Any, duration: Any, day: Any) -> object:
        back = runtime.sub_months if isinstance(duration, Months) else runtime.sub_days
        begin = back(day, duration)
        return None if begin is None else (begin - start).days

    return _called(boundary, measured)


def _after_event(boundary: Boundary) -> Value:
    """Days since the period ended: the day of the event does not count."""

    def measured(event: Any, duration: Any, day: Any) -> object:
        on = runtime.add_months if isinstance(duration, Months) else runtime.add_days
        end = on(event, duration)
        return None if end is None else (day - end).days

    return _called(boundary, measured)


def _called(boundary: Boundary, measured: Callable[[Any, Any, Any], object]) -> Value:
    call = boundary.node
    assert isinstance(call, Call)  # noqa: S101 - made for calls only
    first, second, third = map(boundary.value_of, _arguments(boundary.rule, call))

    def measure(env: Environment) -> object:
        given = first(env), second(env), third(env)
        return None if None in given else measured(*given)

    return measure


def _arguments(typed: Typed, call: Call) -> list[Node]:
    """In the order of the parameters, however they were written."""
    return [one for one in typed.findings.calls[call].arguments if one is not None]


def _whole(steps: object) -> int | None:
    if isinstance(steps, Decimal):
        return int(steps) if steps == steps.to_integral_value() else None
    return steps if isinstance(steps, int) else None
