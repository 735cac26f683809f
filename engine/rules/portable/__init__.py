"""Rules as other FEEL engines read them: plain FEEL of DMN 1.3 that means the same everywhere.

`setting.x` becomes the name `setting_x`; a partly known date becomes two names, `x_fruehestens` and
`x_spaetestens`; our functions are written out; where others give up at null, a guard stands.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from engine.rules.durations import Days, Months
from engine.rules.portable.build import compared
from engine.rules.portable.names import EARLIEST, FAMILY, LATEST, portable_name
from engine.rules.portable.rewriting import Rewriting
from engine.rules.print import print_tree
from engine.rules.scope import Typed
from engine.rules.tree import Cell, Flag, Node, Number, Text

__all__ = [
    "EARLIEST",
    "FAMILY",
    "LATEST",
    "Portable",
    "portable",
    "portable_cell",
    "portable_condition",
    "portable_name",
    "print_value",
]


@dataclass(frozen=True, slots=True)
class Portable:
    """A rule in plain FEEL, and the names that it reads, as they are called there."""

    text: str
    reads: frozenset[str]


def portable(typed: Typed) -> Portable:
    """A rule; null stays null."""
    rewriting = Rewriting(typed)
    return _done(rewriting, rewriting.of(typed.tree))


def portable_condition(typed: Typed) -> Portable:
    """A condition that is true or false: where it is undecided, false is spelt out."""
    rewriting = Rewriting(typed)
    tree = rewriting.of(typed.tree)
    if typed.may_be_null:
        tree = compared(tree, "=", Flag(0, 0, True))
    return _done(rewriting, tree)


def portable_cell(typed: Typed) -> Portable:
    """A cell of a table, in the unary tests of DMN 1.3: without `=`, `!=` and `?`, if possible."""
    rewriting = Rewriting(typed)
    tree = typed.tree
    cell = tree if isinstance(tree, Cell) else Cell(0, 0, (tree,), False)
    return _done(rewriting, rewriting.cell(cell))


def _done(rewriting: Rewriting, tree: Node) -> Portable:
    return Portable(print_tree(tree), frozenset(rewriting.reads))


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
