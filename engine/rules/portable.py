"""Rules as other FEEL engines read them: our functions written out, names without our prefixes.

`setting.x` becomes the name `setting_x`; a partly known date becomes two names, `x_fruehestens` and
`x_spaetestens`. What is left is FEEL of DMN 1.3 and means the same everywhere.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from engine.rules.durations import Days, Months
from engine.rules.print import print_tree
from engine.rules.scope import Known, Root, Typed
from engine.rules.tree import (
    Argument,
    Arithmetic,
    Binding,
    Both,
    Call,
    Cell,
    Choose,
    Comparison,
    Either,
    Filter,
    Flag,
    Input,
    Listing,
    Loop,
    Membership,
    Name,
    Node,
    Null,
    Number,
    Path,
    Test,
    Text,
)
from engine.rules.types import DAYS, NUMBER, PARTIAL_DATE, plain

EARLIEST, LATEST = "_fruehestens", "_spaetestens"
FAMILY = "setting"


@dataclass(frozen=True, slots=True)
class Portable:
    """A rule in plain FEEL, and the names that it reads, as they are called there."""

    text: str
    reads: frozenset[str]


def portable(typed: Typed) -> Portable:
    """A rule; null stays null."""
    rewriting = _Rewriting(typed)
    return rewriting.done(rewriting.of(typed.tree))


def portable_condition(typed: Typed) -> Portable:
    """A condition that is true or false: where it is undecided, false is spelt out."""
    rewriting = _Rewriting(typed)
    tree = rewriting.of(typed.tree)
    if typed.may_be_null:
        tree = _comparison("=", tree, Flag(0, 0, True))
    return rewriting.done(tree)


def portable_cell(typed: Typed) -> Portable:
    """A cell of a table, in the unary tests of DMN 1.3: without `=`, `!=` and `?`, if possible."""
    rewriting = _Rewriting(typed)
    tree = typed.tree
    cell = tree if isinstance(tree, Cell) else Cell(0, 0, (tree,), False)
    return rewriting.done(rewriting.cell(cell))


def portable_name(full: str) -> str:
    """What a name of the plan is called outside; the parts of an address stay parts."""
    family, _, name = full.partition(".")
    return f"{FAMILY}_{name}" if family == FAMILY and name else full


class _Rewriting:
    """One rule on its way."""

    def __init__(self, typed: Typed) -> None:
        self._findings = typed.findings
        self._reads: set[str] = set()

    def done(self, tree: Node) -> Portable:
        return Portable(print_tree(tree), frozenset(self._reads))

    def of(self, node: Node) -> Node:
        """The same meaning in nodes that every engine knows."""
        if self._is_partial(node):
            return self._part(node, LATEST)
        place = self._findings.places.get(node)
        if isinstance(place, Root):
            return self._root(place.name)
        match node:
            case Call():
                return self._call(node)
            case Membership(value=value, tests=tests) if any(map(_is_equation, tests)):
                return self._membership(self.of(value), tests)
            case _:
                return self._rebuilt(node)

    def cell(self, cell: Cell) -> Node:
        """Tests of equality lose their sign; one of inequality turns the cell around."""
        match cell.tests:
            case (Test(operator="!=", operand=operand),) if not cell.negated:
                return Cell(0, 0, (self.of(operand),), True)
            case tests:
                return Cell(0, 0, tuple(map(self._test, tests)), cell.negated)

    def _test(self, test: Node) -> Node:
        match test:
            case Test(operator="=", operand=operand):
                return self.of(operand)
            case Test(operator="!=", operand=operand):
                return _comparison("!=", Input(0, 0), self.of(operand))
            case _:
                return self.of(test)

    def _membership(self, value: Node, tests: tuple[Node, ...]) -> Node:
        """`x in (= 1, != 2)` is not known everywhere: written as comparisons."""
        found: list[Node] = []
        for test in tests:
            if isinstance(test, Test):
                found.append(_comparison(test.operator, value, self.of(test.operand)))
            else:
                found.append(Membership(0, 0, value, (self.of(test),)))
        return found[0] if len(found) == 1 else Either(0, 0, tuple(found))

    def _root(self, full: str, suffix: str = "") -> Node:
        name, *parts = portable_name(full).split(".")
        if parts:
            parts[-1] += suffix
        else:
            name += suffix
        self._reads.add(name)
        tree: Node = Name(0, 0, name)
        for part in parts:
            tree = Path(0, 0, tree, part, 0)
        return tree

    def _call(self, node: Call) -> Node:
        matched = self._findings.calls.get(node)
        if matched is None:  # a literal: date("…"), duration("…")
            return self._rebuilt(node)
        given = [one for one in matched.arguments if one is not None]
        expand = _EXPANSIONS.get(node.function)
        if expand is not None:
            return expand(self, given)
        if node.function in _OPERATORS and len(node.arguments) == 2 and not self._is_number(node):
            return self._greater(node)
        if any(one.name for one in node.arguments):
            values = (Null(0, 0) if one is None else self.of(one) for one in matched.arguments)
            arguments = tuple(Argument(0, 0, "", one) for one in values)
            return Call(0, 0, node.function, arguments, 0)
        return self._rebuilt(node)

    def _rebuilt(self, node: Node) -> Node:
        """The node with all nodes in it rewritten."""
        made: Node = type(node)(
            **{f.name: self._inner(getattr(node, f.name)) for f in fields(node)}
        )
        return made

    def _inner(self, part: Any) -> Any:
        if isinstance(part, Node):
            return self.of(part)
        return tuple(map(self._inner, part)) if isinstance(part, tuple) else part

    # --- Partly known dates ---------------------------------------------------------------------

    def _is_partial(self, node: Node) -> bool:
        known = self._findings.known.get(node)
        return known is not None and plain(known.type) == PARTIAL_DATE

    def _part(self, node: Node, suffix: str) -> Node:
        """One end of a partly known date: a name of its own."""
        place = self._findings.places.get(node)
        if isinstance(place, Root):
            return self._root(place.name, suffix)
        match node:
            case Name(name=name):
                return Name(0, 0, name + suffix)
            case Path(of=of, name=name):
                return Path(0, 0, self.of(of), name + suffix, 0)
            case Choose(condition=condition, then=then, otherwise=otherwise):
                ends = self._part(then, suffix), self._part(otherwise, suffix)
                return Choose(0, 0, self.of(condition), *ends)
            case _:
                return self._rebuilt(node)

    # --- Our functions --------------------------------------------------------------------------

    def given(self, arguments: list[Node]) -> Node:
        """`x != null`."""
        return _comparison("!=", self.of(arguments[0]), Null(0, 0))

    def earliest(self, arguments: list[Node]) -> Node:
        """The first day it can be."""
        return self._part(arguments[0], EARLIEST)

    def latest(self, arguments: list[Node]) -> Node:
        """The last day it can be."""
        return self._part(arguments[0], LATEST)

    def full_period(self, arguments: list[Node]) -> Node:
        """`start <= day - duration`: right for 29 February, too."""
        start, duration, day = map(self.of, arguments)
        return _comparison("<=", start, _sum(day, "-", duration))

    def period_after_event(self, arguments: list[Node]) -> Node:
        """`event + duration < day`."""
        event, duration, day = map(self.of, arguments)
        return _comparison("<", _sum(event, "+", duration), day)

    def first_day_complete(self, arguments: list[Node]) -> Node:
        """The end of the period; the day after it, where months were cut at their end."""
        start, duration = map(self.of, arguments)
        end = _sum(start, "+", duration)
        if plain(self._known(arguments[1]).type) == DAYS:
            return end
        one_day = Call(0, 0, "duration", (Argument(0, 0, "", Text(0, 0, "P1D")),), 0)
        is_cut = _comparison("<", _property(end, "day"), _property(start, "day"))
        return Choose(0, 0, is_cut, Arithmetic(0, 0, start, (("+", duration), ("+", one_day))), end)

    def age_on(self, arguments: list[Node]) -> Node:
        """Years between, less one before the birthday; `years and months duration` rounds to 0."""
        birth, day = map(self.of, arguments)
        same_month = _comparison("=", _property(day, "month"), _property(birth, "month"))
        earlier_day = _comparison("<", _property(day, "day"), _property(birth, "day"))
        earlier_month = _comparison("<", _property(day, "month"), _property(birth, "month"))
        not_yet = Either(0, 0, (earlier_month, Both(0, 0, (same_month, earlier_day))))
        less = Choose(0, 0, not_yet, _whole(1), _whole(0))
        years = (("-", _property(birth, "year")), ("-", less))
        return Arithmetic(0, 0, _property(day, "year"), years)

    def _is_number(self, node: Node) -> bool:
        return plain(self._known(node).type) == NUMBER

    def _greater(self, node: Call) -> Node:
        """`max` and `min` of two dates: some engines know them for numbers only."""
        one, other = (self.of(argument.value) for argument in node.arguments)
        sign, opposite = _OPERATORS[node.function]
        names = (one, other)
        is_simple = isinstance(one, Name) and isinstance(other, Name)
        left, right = names if is_simple else (Name(0, 0, "a"), Name(0, 0, "b"))
        last = Choose(0, 0, _comparison(opposite, left, right), right, Null(0, 0))
        chosen = Choose(0, 0, _comparison(sign, left, right), left, last)
        if is_simple:
            return chosen
        # A loop over one value each gives the two long terms a name.
        bindings = (
            Binding(0, 0, "a", Listing(0, 0, (one,))),
            Binding(0, 0, "b", Listing(0, 0, (other,))),
        )
        return Filter(0, 0, Loop(0, 0, bindings, chosen), _whole(1))

    def _known(self, node: Node) -> Known:
        return self._findings.known[node]


_EXPANSIONS: Mapping[str, Callable[[_Rewriting, list[Node]], Node]] = {
    "angegeben": _Rewriting.given,
    "fruehestens": _Rewriting.earliest,
    "spaetestens": _Rewriting.latest,
    "volle frist": _Rewriting.full_period,
    "frist nach ereignis": _Rewriting.period_after_event,
    "frist ende": _Rewriting.first_day_complete,
    "alter am": _Rewriting.age_on,
}


_OPERATORS = {"max": (">", "<="), "min": ("<", ">=")}


def _is_equation(test: Node) -> bool:
    return isinstance(test, Test) and test.operator in ("=", "!=")


def _comparison(operator: str, left: Node, right: Node) -> Node:
    return Comparison(0, 0, operator, left, right)


def _sum(one: Node, sign: str, other: Node) -> Node:
    return Arithmetic(0, 0, one, ((sign, other),))


def _property(of: Node, name: str) -> Node:
    return Path(0, 0, of, name, 0)


def _whole(number: int) -> Node:
    return Number(0, 0, Decimal(number))


def print_value(value: object) -> str:
    """A value of the plan as a FEEL literal."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case Decimal() | int():
            return print_tree(Number(0, 0, Decimal(value)))
        case str():
            return print_tree(Text(0, 0, value))
        case date():
            return f'date("{value.isoformat()}")'
        case Months() | Days():
            return f'duration("{value}")'
        case tuple() | list():
            return f"[{', '.join(map(print_value, value))}]"
        case Mapping():
            inner = ", ".join(f"{name}: {print_value(one)}" for name, one in value.items())
            return f"{{{inner}}}"
        case _:
            raise TypeError(type(value).__name__)
