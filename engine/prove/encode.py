"""Checked tree → formula: the same meaning as the generated Python, case by case."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from engine.prove import lists, numbers
from engine.prove.functions import FUNCTIONS
from engine.prove.terms import both
from engine.prove.truth import Truths
from engine.prove.values import (
    FALSE,
    NOTHING,
    TRUE,
    UNDECIDED,
    Day,
    Items,
    Nothing,
    Number,
    Row,
    Span,
    Text,
    Truth,
    Unknown,
    Value,
    any_truth,
    is_given,
    key_of,
    only_if,
    select,
    unknown_truth,
)
from engine.rules.checks.loops import ELEMENT
from engine.rules.durations import Days, Months
from engine.rules.scope import Known, Local, Root, Typed
from engine.rules.tree import (
    Arithmetic,
    Binding,
    Call,
    Choose,
    Filter,
    Input,
    Interval,
    Listing,
    Loop,
    Negation,
    Node,
    Path,
    Quantified,
)
from engine.rules.types import NULL, NUMBER, YES_NO, ListOf, Record, plain

# These take null for arguments behind the first.
_LENIENT = frozenset({"list_contains", "matches", "number_with", "split", "string_join"})
# The result of these is there whenever their arguments are.
_TOTAL = frozenset(
    {"concat", "contains", "ends_with", "lower_case", "starts_with", "string"}
    | {"string_length", "upper_case"}
)

Names = Callable[[str], Value]


def encode(typed: Typed, names: Names, column: Value = NOTHING) -> Value:
    """The value of a rule."""
    return Encoder(typed, names, column).whole()


def encode_truth(typed: Typed, names: Names, column: Value = NOTHING) -> Truth:
    """A condition."""
    return Encoder(typed, names, column).truth(typed.tree)


class Encoder(Truths):
    """One rule. `Truths` has its conditions."""

    def __init__(self, typed: Typed, names: Names, column: Value = NOTHING) -> None:
        self._typed = typed
        self._findings = typed.findings
        self._names = names
        self._column = column
        self._elements: dict[Node, Value] = {}

    def whole(self) -> Value:
        """The rule from its top."""
        if plain(self._typed.type) == YES_NO:
            return self.truth(self._typed.tree)
        return self.value(self._typed.tree)

    def known(self, node: Node) -> Known:
        """What the checker found out."""
        return self._findings.known[node]

    def value(self, node: Node) -> Value:
        """The value of any part."""
        known = self.known(node)
        if known.is_constant and not (plain(known.type) == NULL and known.constant is not None):
            return constant(known.constant)
        place = self._findings.places.get(node)
        if place is not None:
            return self._root(place.name) if isinstance(place, Root) else self._local(place)
        if plain(known.type) == YES_NO and not isinstance(node, Path | Input | Filter | Choose):
            return self.truth(node)
        return self._made(node)

    def _made(self, node: Node) -> Value:
        match node:
            case Input():
                return self._column
            case Path(of=of):
                return self._path(node, of)
            case Listing(items=items):
                if any(isinstance(one, Interval) for one in items):
                    return self.unknown(node, (), "[a..b]")
                return lists.of_values([self.value(one) for one in items])
            case Negation(operand=operand):
                return self._negation(node, self.value(operand))
            case Arithmetic():
                return self._arithmetic(node)
            case Choose(condition=condition, then=then, otherwise=otherwise):
                test = self.truth(condition).is_true
                return select(test, self.value(then), self.value(otherwise))
            case Loop(bindings=bindings, result=result):
                return self._loop(node, bindings, result)
            case Filter():
                return self._filter(node)
            case Call():
                return self.call(node)
            case _:
                return self.unknown(node, (), type(node).__name__.lower())

    def _root(self, name: str) -> Value:
        """A name of the plan; if it has none for `anschrift.plz`, the part of `anschrift`."""
        try:
            return self._names(name)
        except KeyError:
            family, _, part = name.rpartition(".")
            if not family:
                raise
            return lists.part(self._root(family), part)

    def _local(self, place: Local) -> Value:
        element = self._elements[place.owner]
        if isinstance(place.owner, Filter) and place.name != ELEMENT:
            return lists.part(element, place.name)
        return element

    def _path(self, node: Path, of: Node) -> Value:
        whole = self.value(of)
        match plain(self.known(of).type):
            case Record():
                return lists.part(whole, node.name)
            case ListOf():
                if isinstance(whole, Items):
                    return lists.parts(whole, node.name)
        return self.applied(node.name, node, [whole])

    def _negation(self, node: Node, value: Value) -> Value:
        match value:
            case Number():
                return numbers.negate(value)
            case Span():
                zero = Span(value.given, 0, value.in_months)
                return self.applied("minus_duration", node, [zero, value])
        return self.unknown(node, (value,), "-")

    def _arithmetic(self, node: Arithmetic) -> Value:
        result = self.value(node.first)
        for name, (_, operand) in zip(self._findings.steps[node], node.rest, strict=True):
            right = self.value(operand)
            if not name:
                result = NOTHING
            elif name.endswith("<"):
                result = self.applied(name[:-1], node, [right, result])
            else:
                result = self.applied(name, node, [result, right])
        return result

    def call(self, node: Call) -> Value:
        """A function of the run-time module."""
        matched = self._findings.calls[node]
        given = [None if one is None else self.value(one) for one in matched.arguments]
        arguments: list[Value | None] = list(given)
        for place, one in enumerate(matched.arguments):
            value = given[place]
            if one in matched.singles and value is not None:
                arguments[place] = Items(is_given(value), lists.of_values([value]).items)
        if matched.are_spread:
            spread = lists.of_values([one for one in arguments if one is not None])
            return self.applied(matched.signature.emit, node, [spread])
        return self.applied(matched.signature.emit, node, arguments)

    def applied(self, name: str, node: Node, arguments: list[Value | None]) -> Value:
        """A function of the run-time module on values; what it cannot express is unknown."""
        function = FUNCTIONS.get(name)
        is_free = not any(isinstance(one, Unknown) for one in arguments)
        found = function(*arguments) if function is not None and is_free else None
        if found is None:
            values = tuple(one for one in arguments if one is not None)
            needed = values[:1] if name in _LENIENT else values
            there = both(*(is_given(one) for one in needed))  # whatever is done to null is null
            is_total = name in _TOTAL
            return only_if(there, self.unknown(node, values, name, is_total=is_total))
        return found

    def unknown(
        self, node: Node, values: tuple[Value, ...], name: str, *, is_total: bool = False
    ) -> Value:
        """The same call of the same values is the same unknown; `is_total`: it is never null."""
        key, reason = f"{name}({key_of(*values)})", name.replace("_", " ")
        if not values:
            key += f"@{self._typed.tree.start}.{node.start}.{node.end}"
        if plain(self.known(node).type) == YES_NO:
            return unknown_truth(key, reason) if is_total else any_truth(key, reason)
        if is_total:
            return Unknown(True, key, reason)
        return Unknown(unknown_truth(f"{key}given", reason).is_true, key, reason)

    def quantified(self, node: Quantified) -> Truth:
        """`some` and `every`."""
        return self._bound_truth(node, node.bindings)

    def _bound_truth(self, node: Quantified, bindings: tuple[Binding, ...]) -> Truth:
        first, *rest = bindings
        source = self.value(first.source)
        if isinstance(source, Nothing):
            return UNDECIDED
        if not isinstance(source, Items):
            return self._unknown_truth(node, source)

        def test(element: Value) -> Truth:
            self._elements[first] = element
            return self._bound_truth(node, tuple(rest)) if rest else self.truth(node.condition)

        return (lists.every if node.every else lists.some)(source, test)

    def _unknown_truth(self, node: Node, source: Value) -> Truth:
        found = self.unknown(node, (source,), "some/every")
        return found if isinstance(found, Truth) else UNDECIDED

    def _loop(self, node: Loop, bindings: tuple[Binding, ...], result: Node) -> Value:
        first, *rest = bindings
        source = self.value(first.source)
        if isinstance(source, Nothing):
            return NOTHING
        if not isinstance(source, Items):
            return self.unknown(node, (source,), "for")

        def make(element: Value) -> Value:
            self._elements[first] = element
            return self._loop(node, tuple(rest), result) if rest else self.value(result)

        found = lists.each(source, make)
        return lists.flat(found) if rest else found

    def _filter(self, node: Filter) -> Value:
        source = self.value(node.source)
        if isinstance(source, Nothing):
            return NOTHING
        is_position = plain(self.known(node.condition).type) == NUMBER
        if not isinstance(source, Items) or is_position:
            return self.unknown(node, (source,), "[…]")

        def test(element: Value) -> Truth:
            self._elements[node] = element
            return self.truth(node.condition)

        return lists.keep(source, test)


def constant(value: object) -> Value:
    """A value that stands in a rule or setting."""
    match value:
        case None:
            return NOTHING
        case bool():
            return TRUE if value else FALSE
        case Decimal() | int():
            return numbers.number_of(Decimal(value))
        case str():
            return Text(True, value)
        case date():
            return Day(True, value.year, value.month, value.day)
        case Months(count=count):
            return Span(True, count, True)
        case Days(count=count):
            return Span(True, count, False)
        case tuple() | list():
            return lists.of_values([constant(one) for one in value])
        case Mapping():
            return Row(True, {name: constant(one) for name, one in value.items()})
        case _:
            raise TypeError(type(value).__name__)
