"""A rule as read: frozen nodes that know their place in the text, before names and types count."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """Characters `start` to `end` (exclusive) of the text of the rule; compared by identity."""

    start: int
    end: int


Tree: TypeAlias = Node


@dataclass(frozen=True, slots=True, eq=False)
class Number(Node):
    """A number as written, exact."""

    value: Decimal


@dataclass(frozen=True, slots=True, eq=False)
class Text(Node):
    """A text in quotes, escapes resolved."""

    value: str


@dataclass(frozen=True, slots=True, eq=False)
class Flag(Node):
    """`true` or `false`."""

    value: bool


@dataclass(frozen=True, slots=True, eq=False)
class Null(Node):
    """`null`: not answered."""


@dataclass(frozen=True, slots=True, eq=False)
class Name(Node):
    """A name that stands alone or begins a path."""

    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Path(Node):
    """`of.name`; the name begins at `name_start`."""

    of: Node
    name: str
    name_start: int


@dataclass(frozen=True, slots=True, eq=False)
class Input(Node):
    """`?` in a cell: the value of the column."""


COLUMN = Input(0, 0)  # the column of any cell, where it is not written as `?`


@dataclass(frozen=True, slots=True, eq=False)
class Listing(Node):
    """`[a, b]`."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Interval(Node):
    """`[low..high]`; an open end excludes its bound."""

    low: Node
    high: Node
    low_closed: bool
    high_closed: bool


@dataclass(frozen=True, slots=True, eq=False)
class Negation(Node):
    """`-operand`."""

    operand: Node


@dataclass(frozen=True, slots=True, eq=False)
class Arithmetic(Node):
    """A chain of `+ -` or of `* /`, worked from the left; flat, so long sums stay shallow."""

    first: Node
    rest: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Both(Node):
    """`a and b and c`."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Either(Node):
    """`a or b or c`."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Comparison(Node):
    """`left operator right` with one of = != < <= > >=."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True, eq=False)
class Between(Node):
    """`value between low and high`, bounds included."""

    value: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True, eq=False)
class Test(Node):
    """`< operand` where the left side comes from outside: after `in`, or in a cell."""

    operator: str
    operand: Node


@dataclass(frozen=True, slots=True, eq=False)
class Membership(Node):
    """`value in (tests)`: true if one test accepts the value."""

    value: Node
    tests: tuple[Node, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Choose(Node):
    """`if condition then … else …`; an undecided condition takes the `else`."""

    condition: Node
    then: Node
    otherwise: Node


@dataclass(frozen=True, slots=True, eq=False)
class Binding(Node):
    """`name in source` of a loop."""

    name: str
    source: Node


@dataclass(frozen=True, slots=True, eq=False)
class Quantified(Node):
    """`some … satisfies` or `every … satisfies`."""

    every: bool
    bindings: tuple[Binding, ...]
    condition: Node


@dataclass(frozen=True, slots=True, eq=False)
class Loop(Node):
    """`for … in … return …`."""

    bindings: tuple[Binding, ...]
    result: Node


@dataclass(frozen=True, slots=True, eq=False)
class Filter(Node):
    """`source[condition]`; inside, `item` is the element at hand."""

    source: Node
    condition: Node


@dataclass(frozen=True, slots=True, eq=False)
class Argument(Node):
    """A value handed to a function, by position (`name` is "") or by name."""

    name: str
    value: Node


@dataclass(frozen=True, slots=True, eq=False)
class Call(Node):
    """`function(arguments)`; the function's name ends at `name_end`."""

    function: str
    arguments: tuple[Argument, ...]
    name_end: int


@dataclass(frozen=True, slots=True, eq=False)
class Cell(Node):
    """A cell of a decision table: any value (`-`), or tests of which one must hold, or none."""

    tests: tuple[Node, ...]
    negated: bool

    @property
    def accepts_all(self) -> bool:
        """Whether the cell is `-`."""
        return not self.tests


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly below, in the order of the text."""
    match node:
        case Path(of=inner) | Negation(operand=inner) | Test(operand=inner):
            return (inner,)
        case Argument(value=inner) | Binding(source=inner):
            return (inner,)
        case Listing(items=several) | Both(parts=several) | Either(parts=several):
            return several
        case Cell(tests=several):
            return several
        case Interval(low=low, high=high):
            return (low, high)
        case Arithmetic(first=first, rest=rest):
            return (first, *(operand for _, operand in rest))
        case Comparison(left=left, right=right):
            return (left, right)
        case Between(value=value, low=low, high=high):
            return (value, low, high)
        case Membership(value=value, tests=tests):
            return (value, *tests)
        case Choose(condition=condition, then=then, otherwise=otherwise):
            return (condition, then, otherwise)
        case Quantified(bindings=bindings, condition=condition):
            return (*bindings, condition)
        case Loop(bindings=bindings, result=result):
            return (*bindings, result)
        case Filter(source=source, condition=condition):
            return (source, condition)
        case Call(arguments=arguments):
            return arguments
        case _:
            return ()


def walk(tree: Node) -> Iterator[Node]:
    """The node and everything below it, without recursion."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(children(node)))


def height(tree: Node) -> int:
    """How deep the tree is nested; without recursion, so that any depth can be measured."""
    deepest = 0
    waiting = [(tree, 1)]
    while waiting:
        node, depth = waiting.pop()
        deepest = max(deepest, depth)
        waiting.extend((child, depth + 1) for child in children(node))
    return deepest
