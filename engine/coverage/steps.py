"""What is behind a name: the rule of a computed value, and the smallest step of a number."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TypeVar

from engine.coverage.boundaries import Limits, Names
from engine.coverage.spot import World
from engine.fields.numerals import places
from engine.kinds import Kind
from engine.model import Computed, Decision, Expression, Field, Item, with_paths
from engine.plan import Plan
from engine.rules import Typed

_T = TypeVar("_T")
_ONE = Decimal(1)


class Steps:
    """Names of both worlds, by plain path."""

    def __init__(self, plan: Plan) -> None:
        self._typed = plan.checked.typed
        self._fields: dict[tuple[World, str], Field] = {}
        self._rules: dict[tuple[World, str], Expression] = {}
        for page in plan.procedure.pages:
            self._add(World.FORM, page.items)
        quick_check = plan.procedure.quick_check
        if quick_check is not None:
            self._add(World.QUICK_CHECK, quick_check.questions)
            self._decisions(quick_check.decisions)

    def names_at(self, world: World, row: str) -> Names:
        """All that boundaries want to know of names there."""
        return Names(
            self.computed_at(world, row), self.unit_at(world, row), self._limits_at(world, row)
        )

    def _limits_at(self, world: World, row: str) -> Limits:
        def limits(name: str) -> tuple[Decimal | None, Decimal | None]:
            found = _resolved(self._fields, world, row, name)
            ends = (found[1].minimum, found[1].maximum) if found else (None, None)
            low, high = (one if isinstance(one, Decimal) else None for one in ends)
            return low, high

        return limits

    def computed_at(self, world: World, row: str) -> Callable[[str], Typed | None]:
        """The rule behind a name that is read in a row."""

        def computed(name: str) -> Typed | None:
            rule = _resolved(self._rules, world, row, name)
            return None if rule is None else self._typed.get(rule[1])

        return computed

    def unit_at(self, world: World, row: str) -> Callable[[Typed], Decimal]:
        """The smallest step of what a rule reads there, through computed values."""
        return lambda typed: min(self._units(world, row, typed, frozenset()), default=_ONE)

    def _units(
        self, world: World, row: str, typed: Typed, seen: frozenset[str]
    ) -> frozenset[Decimal]:
        found: set[Decimal] = set()
        for name in typed.reads - seen:
            field = _resolved(self._fields, world, row, name)
            rule = _resolved(self._rules, world, row, name)
            if field is not None and field[1].type.kind is Kind.NUMBER:
                found.add(_ONE.scaleb(-places(field[1])))
            elif rule is not None:
                inner = self._typed[rule[1]]
                found |= self._units(world, rule[0], inner, seen | {name})
        return frozenset(found)

    def _add(self, world: World, items: tuple[Item, ...]) -> None:
        for path, item in with_paths(items):
            if isinstance(item, Field):
                self._fields[world, path] = item
            elif isinstance(item, Computed):
                self._rules[world, path] = item.value

    def _decisions(self, decisions: tuple[Decision, ...]) -> None:
        for one in decisions:
            if one.value is not None:
                self._rules[World.QUICK_CHECK, one.id] = one.value


def _resolved(
    known: Mapping[tuple[World, str], _T], world: World, row: str, name: str
) -> tuple[str, _T] | None:
    """The row's own first, then those around it; with the row in which it was found."""
    while True:
        found = known.get((world, row + name))
        if found is not None:
            return row, found
        if not row:
            return None
        row = row[: row.rfind(".", 0, -1) + 1]
