"""Nodes that stand in no text."""

from decimal import Decimal

from engine.rules.tree import (
    Argument,
    Arithmetic,
    Binding,
    Call,
    Choose,
    Comparison,
    Filter,
    Listing,
    Loop,
    Name,
    Node,
    Null,
    Number,
    Path,
    Text,
)


def compared(left: Node, operator: str, right: Node) -> Node:
    """`left operator right`."""
    return Comparison(0, 0, operator, left, right)


def added(first: Node, *rest: tuple[str, Node]) -> Node:
    """`first + … - …`, or with `*` and `/`."""
    return Arithmetic(0, 0, first, rest)


def property_of(of: Node, name: str) -> Node:
    """`of.name`."""
    return Path(0, 0, of, name, 0)


def number(value: Decimal | int) -> Node:
    """A literal."""
    return Number(0, 0, Decimal(value))


def null() -> Node:
    """`null`."""
    return Null(0, 0)


def called(function: str, *values: Node) -> Node:
    """`function(values)`."""
    return Call(0, 0, function, tuple(Argument(0, 0, "", one) for one in values), 0)


def duration(text: str) -> Node:
    """`duration("…")`."""
    return called("duration", Text(0, 0, text))


def chosen(condition: Node, then: Node, otherwise: Node) -> Node:
    """`if … then … else …`."""
    return Choose(0, 0, condition, then, otherwise)


def is_given(value: Node) -> Node:
    """`value != null`."""
    return compared(value, "!=", null())


def named(names: tuple[str, ...], values: tuple[Node, ...], result: Node) -> Node:
    """`(for a in [value] return result)[1]`: FEEL's only way to give long terms a name."""
    bindings = tuple(
        Binding(0, 0, name, Listing(0, 0, (value,)))
        for name, value in zip(names, values, strict=True)
    )
    return Filter(0, 0, Loop(0, 0, bindings, result), number(1))


def name(text: str) -> Node:
    """A name."""
    return Name(0, 0, text)
