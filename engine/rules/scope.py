"""What a rule may name at its place, and what the checker finds out about each part of it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from engine.rules.answered import answered_if_false
from engine.rules.facts import Asked, Facts
from engine.rules.functions import FUNCTIONS, Function
from engine.rules.functions.signature import Signature
from engine.rules.tree import Call, Node, Tree
from engine.rules.types import Type

_DEPTH = 12  # values made of values made of …: beyond that nobody knows


@dataclass(frozen=True, slots=True)
class Scope:
    """Names with their types, innermost first.

    A name may be null unless its type is `Given`. A `Record` at the top level is a family of names
    (`setting.x`); names with dots may also be given as such.
    """

    names: Mapping[str, Type]
    functions: Mapping[str, Function] = field(default_factory=lambda: FUNCTIONS)
    outer: "Scope | None" = None
    owner: Node | None = None  # the loop or filter that binds these names
    is_foreign: bool = False  # FEEL from elsewhere: what FEEL makes null is null, not an error
    asked: Mapping[str, Asked] = field(default_factory=dict)  # when these names have an answer
    facts: Facts = field(default_factory=Facts)  # what holds where the rule counts

    def inner(self, names: Mapping[str, Type], asked: Mapping[str, Asked] | None = None) -> "Scope":
        """The scope of a row: its names first, then these."""
        facts = self.facts.without(names)
        return replace(self, names=names, outer=self, owner=None, asked=asked or {}, facts=facts)

    def binding(self, names: Mapping[str, Type], owner: Node) -> "Scope":
        """The scope inside a loop or filter."""
        facts = self.facts.without(names)
        return replace(self, names=names, outer=self, owner=owner, asked={}, facts=facts)

    def where(self, *conditions: Node, answered: Iterable[str] = ()) -> "Scope":
        """The same names, where conditions are true or something is answered."""
        facts = self.facts.learning(conditions, answered, self.asked_of)
        return replace(self, facts=facts)

    def where_not(self, condition: Node, known: "Known") -> "Scope":
        """The same names, where a condition is not true: behind `or`, in an `else`."""
        if known.gaps:  # it may just be undecided, which tells nothing
            return self
        return self.where(answered=answered_if_false(condition))

    def is_answered(self, name: str) -> bool:
        """Whether a name stands here only if it is answered."""
        return name in self.facts.answered

    def is_certain(self, name: str, depth: int = _DEPTH) -> bool:
        """Whether a name is answered here, once everything is complete."""
        found = self._asked_of(name)
        if found is None or found[0] != name:
            return False
        asked = found[1]
        if any(all(map(self.facts.hold, one)) for one in asked.certain):
            return True
        if asked.needs is None or not depth or not all(map(self.facts.hold, asked.shown)):
            return False
        return all(self.is_answered(one) or self.is_certain(one, depth - 1) for one in asked.needs)

    def asked_of(self, name: str) -> Asked | None:
        """When a name, or the whole it is a part of, has an answer."""
        found = self._asked_of(name)
        return None if found is None else found[1]

    def _asked_of(self, name: str) -> tuple[str, Asked] | None:
        first = name.partition(".")[0].partition("[")[0]
        scope: Scope | None = self
        while scope is not None:
            if first in scope.names:
                key = name if name in scope.asked else first
                return (key, scope.asked[key]) if key in scope.asked else None
            scope = scope.outer
        return None

    def find(self, name: str) -> "tuple[Type, Scope] | None":
        """The type of a name and the scope that has it."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.names:
                return scope.names[name], scope
            scope = scope.outer
        return None

    def every_name(self) -> Iterator[str]:
        """All names, innermost first."""
        scope: Scope | None = self
        while scope is not None:
            yield from scope.names
            scope = scope.outer


class NotConstant:
    """Says that a value is only known when the rule runs."""


NOT_CONSTANT = NotConstant()


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that may be missing where a rule reads it, in spite of all guards."""

    name: str  # as the author wrote it
    stays: bool  # even in a complete application
    guard: str  # a condition that rules it out


Gaps: TypeAlias = frozenset[Gap]
NO_GAPS: Gaps = frozenset()


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a part of a rule before it runs."""

    type: Type
    may_be_null: bool = False  # whatever guards stand around it: what the generated code relies on
    gaps: Gaps = NO_GAPS  # what makes it null in spite of the guards: what warnings rely on
    constant: object = NOT_CONSTANT
    item_gaps: Gaps = NO_GAPS  # of a list: what may be missing in its elements

    @property
    def staying(self) -> tuple[Gap, ...]:
        """The gaps that are there in a complete application, too."""
        return tuple(sorted((one for one in self.gaps if one.stays), key=lambda one: one.name))

    @property
    def is_constant(self) -> bool:
        """Whether the value is known."""
        return self.constant is not NOT_CONSTANT


@dataclass(frozen=True, slots=True)
class Root:
    """A name that the plan holds: `familienname`, `setting.wartezeit`."""

    name: str


@dataclass(frozen=True, slots=True)
class Local:
    """A name that a loop or filter binds; `part` of its element, if that is meant."""

    owner: Node
    name: str
    part: str | None = None


Place: TypeAlias = Root | Local


@dataclass(frozen=True, slots=True)
class Matched:
    """A call with the signature that fits, arguments in the order of its parameters."""

    function: Function
    signature: Signature
    arguments: tuple[Node | None, ...]
    are_spread: bool  # the elements of a list were given one by one
    singles: frozenset[Node] = frozenset()  # single values given where a list is wanted


@dataclass(frozen=True, slots=True)
class Findings:
    """All that the checker found out, by node."""

    known: Mapping[Node, Known]
    places: Mapping[Node, Place]
    calls: Mapping[Call, Matched]
    steps: Mapping[Node, tuple[str, ...]]  # run-time name of each step of an arithmetic chain


@dataclass(frozen=True, slots=True)
class Typed:
    """A checked rule: ready to be compiled, explained, proved."""

    tree: Tree
    type: Type
    may_be_null: bool
    reads: frozenset[str]  # full names: `familienname`, `setting.wartezeit`
    findings: Findings
    is_foreign: bool = False
