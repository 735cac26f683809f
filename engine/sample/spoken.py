"""What a leaf speaks of, also through computed values: the values that make a difference to it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from engine.coverage.boundaries import Boundary, boundaries_of
from engine.coverage.spot import World
from engine.coverage.steps import Steps
from engine.model import Duration, Setting
from engine.plan import Plan
from engine.rules import Typed
from engine.rules.tree import Call, Number, Text, walk

_T = TypeVar("_T")


@dataclass(frozen=True)
class Spoken:
    """Values in rules, each once, in the order of the text."""

    texts: tuple[str, ...]
    numbers: tuple[Decimal, ...]
    days: tuple[date, ...]
    boundaries: tuple[Boundary, ...]


class Words:
    """Looks leaves through; each once."""

    def __init__(self, plan: Plan, today: date) -> None:
        self._steps = Steps(plan)
        self._settings: Mapping[str, Setting] = {one.id: one for one in plan.procedure.settings}
        self._today = today
        self._known: dict[tuple[int, World, str], tuple[Typed, Spoken]] = {}

    def of(self, typed: Typed, world: World, row: str) -> Spoken:
        """What the leaf speaks of."""
        key = (id(typed), world, row)
        if key not in self._known:  # kept with its rule, so that the id stays the rule's own
            self._known[key] = (typed, self._made(typed, world, row))
        return self._known[key][1]

    def _made(self, typed: Typed, world: World, row: str) -> Spoken:
        names = self._steps.names_at(world, row)
        rules = [typed]
        for one in rules:
            behind = (names.computed(name) for name in sorted(one.reads))
            new = [rule for rule in behind if rule is not None]
            rules += [rule for rule in new if all(rule is not other for other in rules)]
        values = [value for one in rules for value in self._values(one)]
        edges = [edge for one in rules for edge in boundaries_of(one, names)]
        return Spoken(
            _each(one for one in values if isinstance(one, str)),
            _each(one for one in values if isinstance(one, Decimal)),
            _each(one for one in values if isinstance(one, date)),
            tuple(edges),
        )

    def _values(self, typed: Typed) -> Iterator[object]:
        for node in walk(typed.tree):
            if isinstance(node, (Number, Text)):
                yield node.value
            elif isinstance(node, Call) and node.function == "date":
                known = typed.findings.known.get(node)
                if known is not None and isinstance(known.constant, date):
                    yield known.constant
        for name in sorted(typed.reads):
            family, _, setting = name.partition(".")
            if family == "setting" and setting in self._settings:
                yield from _told(self._settings[setting], self._today)


def _told(setting: Setting, today: date) -> Iterator[object]:
    value = setting.on(today)
    value = setting.values[0].value if value is None else value
    if isinstance(value, tuple):
        yield from value
    elif not isinstance(value, (bool, Duration)):
        yield value


def _each(values: Iterable[_T]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys(values))
