"""When each question, group and computed value has an answer: what warnings may rely on."""

from collections.abc import Iterable

from engine.model import Computed, Expression, Field, Group, Info, Item, Page
from engine.rules.answered import filled, operands
from engine.rules.facts import Asked
from engine.rules.scope import Typed
from engine.rules.tree import Node


def trees(*rules: Expression | None) -> tuple[Node, ...]:
    """The rules that are there and could be read."""
    return tuple(one.tree for one in rules if one is not None and one.tree is not None)


def asked_on(page: Page) -> dict[str, Asked]:
    """The names of a page; those inside of groups are `asked_in` their rows."""
    return dict(_each(page.items, trees(page.show_if)))


def asked_in(items: Iterable[Item]) -> dict[str, Asked]:
    """The names of a row; that the row is there needs no condition."""
    return dict(_each(items, ()))


def _each(items: Iterable[Item], around: tuple[Node, ...]) -> Iterable[tuple[str, Asked]]:
    for item in items:
        if isinstance(item, Info) or (isinstance(item, Field | Group) and _is_broken(item)):
            continue
        if isinstance(item, Computed):
            yield item.id, Asked(around)
        elif isinstance(item, Field):
            shown = around + trees(item.show_if)
            yield item.id, Asked(shown, () if item.internal else _needed(item, shown))
        else:
            shown = around + trees(item.show_if)
            yield item.id, Asked(shown, (shown,))
            yield filled(item.id), Asked(shown, _rows(item, shown))


def _is_broken(item: Field | Group) -> bool:
    """A condition that could not be read says nothing about when it holds."""
    rules = (item.show_if, item.required_if)
    return any(one is not None and one.tree is None for one in rules)


def _needed(field: Field, shown: tuple[Node, ...]) -> tuple[tuple[Node, ...], ...]:
    if field.required:
        return (shown,)
    return () if field.required_if is None else (shown + trees(field.required_if),)


def _rows(group: Group, shown: tuple[Node, ...]) -> tuple[tuple[Node, ...], ...]:
    if group.minimum > 0:
        return (shown,)
    return () if group.required_if is None else (shown + trees(group.required_if),)


def always(names: dict[str, Asked]) -> set[str]:
    """The names that a complete row always has."""
    return {name for name, asked in names.items() if () in asked.certain}


def made(typed: Typed, shown: tuple[Node, ...] = ()) -> Asked:
    """A value made by a rule."""
    gaps = typed.findings.known[typed.tree].staying
    is_told = all(one.name and one.guard.startswith("angegeben") for one in gaps)
    needs = frozenset(one.name for one in gaps) if is_told else None
    return Asked(shown, () if gaps else (shown,), operands(typed.tree), needs)
