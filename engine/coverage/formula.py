"""Conditions as formulas over their leaves, each leaf a yes or no of its own.

Rules are three-valued; where a rule is read, two values are left: a question is shown if its rule
is *true*, an error stands if its rule is *false*. Carried down to the leaves, that reading makes
each of them "is true" or "is false", and the formula monotone: no leaf works against the result.
Whether a leaf decides on its own (masking MC/DC) can then be read off one set of answers.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeAlias

from engine.rules import Typed, compile_cell, compile_expression
from engine.rules.print import print_tree
from engine.rules.scope import Local, Root
from engine.rules.tree import (
    Both,
    Call,
    Cell,
    Either,
    Membership,
    Node,
    walk,
)

Environment: TypeAlias = Mapping[str, object]


@dataclass(frozen=True, eq=False)
class Leaf:
    """A part without `and`, `or`, `not`; it holds when its value is `wants`."""

    typed: Typed
    wants: bool
    column: str = ""  # of a cell: the name whose value it tests

    @cached_property
    def value(self) -> Callable[[Environment], object]:
        """The leaf's value; compiled when first asked for."""
        if self.column:
            accepts, column = compile_cell(self.typed), self.column
            return lambda env: accepts(env.get(column), env)
        return compile_expression(self.typed)

    def holds(self, env: Environment) -> bool:
        """Whether the value is the wanted one; undecided never is."""
        return self.value(env) is self.wants

    @property
    def text(self) -> str:
        """The leaf in the words of the language."""
        text = print_tree(self.typed.tree)
        return f"{self.column}: {text}" if self.column else text


@dataclass(frozen=True, eq=False)
class All:
    """Holds if every part does."""

    parts: "tuple[Formula, ...]"


@dataclass(frozen=True, eq=False)
class Some:
    """Holds if a part does."""

    parts: "tuple[Formula, ...]"


@dataclass(frozen=True, eq=False)
class Without:
    """Holds if the inner formula does not."""

    inner: "Formula"


Formula: TypeAlias = Leaf | All | Some | Without
ALWAYS, NEVER = All(()), Some(())


def formula_of(typed: Typed, *, wants: bool) -> Formula:
    """The rule where it is read as "is true" (`wants`) or as "is false"."""
    return _formula(typed, typed.tree, wants)


def cell_formula(typed: Typed, column: str) -> Formula:
    """A cell of a decision table: each of its tests is a leaf."""
    cell = typed.tree
    if not isinstance(cell, Cell) or len(cell.tests) < 2:
        return Leaf(typed, wants=True, column=column)
    singles = [replace(cell, tests=(test,)) for test in cell.tests]
    leaves = tuple(Leaf(part(typed, one, like=cell), wants=True, column=column) for one in singles)
    return All(leaves) if cell.negated else Some(leaves)


def _formula(typed: Typed, node: Node, wants: bool) -> Formula:
    match node:
        case Both(parts=parts) | Either(parts=parts):
            inner = tuple(_formula(typed, one, wants) for one in parts)
            return All(inner) if isinstance(node, Both) is wants else Some(inner)
        case Call(function="not", arguments=(argument,)):
            return _formula(typed, argument.value, not wants)
        case Membership(tests=tests) if len(tests) > 1:
            singles = [replace(node, tests=(test,)) for test in tests]
            inner = tuple(Leaf(part(typed, one, like=node), wants) for one in singles)
            return Some(inner) if wants else All(inner)
        case _:
            return Leaf(typed if node is typed.tree else part(typed, node), wants)


def part(typed: Typed, node: Node, *, like: Node | None = None) -> Typed:
    """A part of a rule as a rule of its own; `like` is the node that a new one was made from.

    Names that loops around the part bind come in from outside, like all others.
    """
    findings = typed.findings
    inside = frozenset(walk(node))
    places = dict(findings.places)
    reads: set[str] = set()
    for one in inside:
        place = places.get(one)
        if isinstance(place, Local) and place.owner not in inside:
            places[one] = Root(place.name)
            reads.add(place.name)
        elif isinstance(place, Root):
            reads.add(place.name)
    known = dict(findings.known)
    known[node] = known[like or node]
    made = replace(findings, known=known, places=places)
    found = known[node]
    return Typed(node, found.type, found.may_be_null, frozenset(reads), made, typed.is_foreign)


def leaves_of(formula: Formula) -> Iterator[Leaf]:
    """Every leaf, in the order of the text."""
    if isinstance(formula, Leaf):
        yield formula
        return
    for one in (formula.inner,) if isinstance(formula, Without) else formula.parts:
        yield from leaves_of(one)


def holds(formula: Formula, env: Environment) -> bool:
    """Whether the formula holds."""
    match formula:
        case Leaf():
            return formula.holds(env)
        case All(parts=parts):
            return all(holds(one, env) for one in parts)
        case Some(parts=parts):
            return any(holds(one, env) for one in parts)
        case Without(inner=inner):
            return not holds(inner, env)


def deciding(formula: Formula, truth: Mapping[Leaf, bool]) -> Iterator[Leaf]:
    """The leaves that decide alone: were one of them the other way, so would be the result."""
    match formula:
        case Leaf():
            yield formula
        case Without(inner=inner):
            yield from deciding(inner, truth)
        case All(parts=parts) | Some(parts=parts):
            neutral = isinstance(formula, All)
            odd = [one for one in parts if truth_of(one, truth) is not neutral]
            if not odd:
                for one in parts:
                    yield from deciding(one, truth)
            elif len(odd) == 1:
                yield from deciding(odd[0], truth)


def truth_of(formula: Formula, truth: Mapping[Leaf, bool]) -> bool:
    """Whether the formula holds, given which of its leaves do."""
    match formula:
        case Leaf():
            return truth[formula]
        case All(parts=parts):
            return all(truth_of(one, truth) for one in parts)
        case Some(parts=parts):
            return any(truth_of(one, truth) for one in parts)
        case Without(inner=inner):
            return not truth_of(inner, truth)


def is_fixed(leaf: Leaf) -> bool:
    """Whether no answer could change the leaf: `true`, an empty cell, a matter of settings."""
    if isinstance(leaf.typed.tree, Cell):
        return leaf.typed.tree.accepts_all
    if leaf.typed.findings.known[leaf.typed.tree].is_constant:
        return True
    return all(name == "stichtag" or name.startswith("setting.") for name in leaf.typed.reads)
