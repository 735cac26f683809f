"""One rule on its way to other engines."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any

from engine.rules.portable.build import called, chosen, compared, is_given, null
from engine.rules.portable.expansions import EXTREMES, OURS, ROUNDINGS, Expand, end_of_days
from engine.rules.portable.guards import Guards, told_by
from engine.rules.portable.names import EARLIEST, LATEST, portable_name
from engine.rules.print import print_tree
from engine.rules.scope import Root, Typed
from engine.rules.tree import (
    Between,
    Binding,
    Both,
    Call,
    Cell,
    Choose,
    Either,
    Filter,
    Input,
    Loop,
    Membership,
    Name,
    Node,
    Number,
    Path,
    Quantified,
    Test,
)
from engine.rules.types import DAYS, NUMBER, PARTIAL_DATE, plain


class Rewriting:
    """The same meaning in nodes that every engine knows; `reads` has the names that were met."""

    def __init__(self, typed: Typed) -> None:
        self._findings = typed.findings
        self._guards = Guards(typed.findings)
        self._guarded: set[Node] = set()
        self._answered: frozenset[str] = frozenset()
        self.reads: set[str] = set()

    def of(self, node: Node) -> Node:
        """Any part of the rule, with a guard around it where it meets null."""
        if node in self._guarded:
            return self._plain(node)
        needed = self._guards.needed(node) or self._sources(node)
        self._guarded.update(self._guards.chain(node), (node,))
        open_ends = [one for one in needed if print_tree(one) not in self._answered]
        if not open_ends:
            return self._plain(node)
        tests = tuple(is_given(self.of(one)) for one in open_ends)
        with_all = self._knowing(map(print_tree, open_ends), node)
        return chosen(tests[0] if len(tests) == 1 else Both(0, 0, tests), with_all, null())

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
                return compared(Input(0, 0), "!=", self.of(operand))
            case _:
                return self.of(test)

    def _sources(self, node: Node) -> tuple[Node, ...]:
        """A loop over a list that is not there is null; others make it empty."""
        match node:
            case Quantified(bindings=bindings) | Loop(bindings=bindings):
                sources: tuple[Node, ...] = tuple(one.source for one in bindings)
            case Filter(source=source):
                sources = (source,)
            case _:
                return ()
        return tuple(one for one in sources if self._is_open_root(one))

    def _is_open_root(self, node: Node) -> bool:
        known = self._findings.known.get(node)
        is_root = isinstance(self._findings.places.get(node), Root)
        return is_root and known is not None and known.may_be_null

    def _knowing(self, names: Iterable[str], node: Node) -> Node:
        """The part, where these names have a value."""
        before = self._answered
        self._answered = before | frozenset(names)
        try:
            return self.of(node)
        finally:
            self._answered = before

    def _plain(self, node: Node) -> Node:
        if self._is_partial(node):
            return self._part(node, LATEST)
        place = self._findings.places.get(node)
        if isinstance(place, Root):
            return self._root(place.name)
        match node:
            case Call():
                return self._call(node)
            case Both(parts=parts):
                return self._both(parts)
            case Choose(condition=condition, then=then, otherwise=otherwise):
                with_condition = self._knowing(told_by(condition), then)
                return chosen(self.of(condition), with_condition, self.of(otherwise))
            case Between(value=value, low=low, high=high):
                return self._between(node, value, low, high)
            case Membership(value=value, tests=tests) if any(map(_is_equation, tests)):
                return self._membership(self.of(value), tests)
            case _:
                return self._rebuilt(node)

    def _both(self, parts: tuple[Node, ...]) -> Node:
        """What the first part says is known to the next ones: engines stop at the first false."""
        known: list[str] = []
        made = []
        for part in parts:
            made.append(self._knowing(known, part))
            known.extend(told_by(part))
        return Both(0, 0, tuple(made))

    def _between(self, node: Node, value: Node, low: Node, high: Node) -> Node:
        """Two comparisons, if a null may come in: they bear it."""
        known = self._findings.known.get(node)
        if known is not None and not known.may_be_null:
            return self._rebuilt(node)
        one = self.of(value)
        return Both(0, 0, (compared(one, ">=", self.of(low)), compared(one, "<=", self.of(high))))

    def _membership(self, value: Node, tests: tuple[Node, ...]) -> Node:
        """`x in (= 1, != 2)` is not known everywhere: written as comparisons."""
        found: list[Node] = []
        for test in tests:
            if isinstance(test, Test):
                found.append(compared(value, test.operator, self.of(test.operand)))
            else:
                found.append(Membership(0, 0, value, (self.of(test),)))
        return found[0] if len(found) == 1 else Either(0, 0, tuple(found))

    def _root(self, full: str, suffix: str = "") -> Node:
        name, *parts = portable_name(full).split(".")
        if parts:
            parts[-1] += suffix
        else:
            name += suffix
        self.reads.add(name)
        tree: Node = Name(0, 0, name)
        for part in parts:
            tree = Path(0, 0, tree, part, 0)
        return tree

    def _call(self, node: Call) -> Node:
        matched = self._findings.calls.get(node)
        if matched is None:  # a literal: date("…"), duration("…")
            return self._rebuilt(node)
        if node.function in ("fruehestens", "spaetestens"):
            end = EARLIEST if node.function == "fruehestens" else LATEST
            return self._part(node.arguments[0].value, end)
        arguments = [one.value for one in node.arguments]
        if any(one.name for one in node.arguments):
            arguments = [one for one in matched.arguments if one is not None]
        values = [self.of(one) for one in arguments]
        expand = self._expansion(node, arguments)
        return called(node.function, *values) if expand is None else expand(values)

    def _expansion(self, node: Call, arguments: Sequence[Node]) -> Expand | None:
        """How the function is written out, if others lack it for these types."""
        if len(arguments) == 2:
            second = plain(self._findings.known[arguments[1]].type)
            if node.function == "frist ende" and second == DAYS:
                return end_of_days
            if isinstance(arguments[1], Number) and node.function in ROUNDINGS:
                return ROUNDINGS[node.function]
            if node.function in EXTREMES and second != NUMBER:
                return EXTREMES[node.function]
        return OURS.get(node.function)

    def _rebuilt(self, node: Node) -> Node:
        """The node with all nodes in it rewritten."""
        parts = {one.name: self._inner(getattr(node, one.name)) for one in fields(node)}
        made: Node = type(node)(**parts)
        return made

    def _inner(self, part: Any) -> Any:
        if isinstance(part, Binding):
            return Binding(0, 0, part.name, self.of(part.source))
        if isinstance(part, Node):
            return self.of(part)
        return tuple(map(self._inner, part)) if isinstance(part, tuple) else part

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
                return chosen(self.of(condition), *ends)
            case _:
                return self._rebuilt(node)


def _is_equation(test: Node) -> bool:
    return isinstance(test, Test) and test.operator in ("=", "!=")
