"""Conditions that a browser can follow by itself: one field of the same page and some values.

The server decides at every step; what this module finds only spares people a round trip.
"""

from dataclasses import dataclass

from engine.model import Expression
from engine.rules.tree import Comparison, Flag, Membership, Name, Path, Test, Text, Tree


@dataclass(frozen=True, slots=True)
class Trigger:
    """Shown while the field `path` has one of `values` (as posted: texts, `ja`, `nein`)."""

    path: str
    values: tuple[str, ...]


def trigger(condition: Expression | None, names: dict[str, str]) -> Trigger | None:
    """The condition as a trigger, if it is simple; `names`: field id -> path on this page."""
    if condition is None or condition.tree is None:
        return None
    match condition.tree:
        case Comparison(operator="=", left=left, right=right):
            return _trigger(left, (right,), names)
        case Membership(value=value, tests=tests):
            return _trigger(value, tests, names)
        case _:
            return None


def _trigger(field: Tree, values: tuple[Tree, ...], names: dict[str, str]) -> Trigger | None:
    path = _path(field, names)
    posted = [_posted(value) for value in values]
    if path is None or not posted or None in posted:
        return None
    return Trigger(path, tuple(value for value in posted if value is not None))


def _path(tree: Tree, names: dict[str, str]) -> str | None:
    if isinstance(tree, Name):
        return names.get(tree.name)
    if isinstance(tree, Path) and isinstance(tree.of, Name):
        return names.get(f"{tree.of.name}.{tree.name}")
    return None


def _posted(tree: Tree) -> str | None:
    match tree:
        case Text(value=value):
            return value
        case Flag(value=value):
            return "ja" if value else "nein"
        case Test(operator="=", operand=operand):
            return _posted(operand)
        case _:
            return None
