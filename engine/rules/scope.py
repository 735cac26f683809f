"""What a rule may name at its place, and what the checker finds out about each part of it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from engine.rules.functions import FUNCTIONS, Function
from engine.rules.functions.signature import Signature
from engine.rules.tree import Call, Node, Tree
from engine.rules.types import Type


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
    answered: frozenset[str] = frozenset()  # what stands here only if it is answered

    def inner(self, names: Mapping[str, Type]) -> "Scope":
        """The scope of a row: its names first, then these."""
        return replace(self, names=names, outer=self, owner=None)

    def binding(self, names: Mapping[str, Type], owner: Node) -> "Scope":
        """The scope inside a loop or filter."""
        return replace(self, names=names, outer=self, owner=owner)

    def knowing(self, answered: Iterable[str]) -> "Scope":
        """The same names, where some are known to be answered."""
        more = frozenset(answered)
        return self if more <= self.answered else replace(self, answered=self.answered | more)

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
class Known:
    """What is known of a part of a rule before it runs."""

    type: Type
    may_be_null: bool = False  # whatever guards stand around it: what the generated code relies on
    is_open: bool = False  # may be null in spite of the guards: what warnings rely on
    constant: object = NOT_CONSTANT

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
