"""Every condition of a procedure: what it is for, where it is read, when it is asked at all."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from engine.coverage.boundaries import Boundary
from engine.coverage.formula import Formula, Leaf, holds
from engine.coverage.spot import Seen, Spot, World
from engine.model import Decision
from engine.source import Span


class Role(StrEnum):
    """What a condition is for; the words are those of the definition."""

    SHOWN = "show_if"
    REQUIRED = "required_if"
    OPTIONAL = "optional_if"
    ERROR = "valid_if"
    WARNING = "warn_if"
    VALUE = "value"
    RULE = "rule"
    BRANCH = "if"
    LOOP = "satisfies"


@dataclass(frozen=True, eq=False)
class Guard:
    """What must be so for a condition to be asked; read `depth` groups and loops deep."""

    formula: Formula
    holds: bool
    depth: int = 0

    def is_met(self, spot: Spot) -> bool:
        """Whether it is so here."""
        return holds(self.formula, spot.levels[self.depth]) is self.holds


@dataclass(frozen=True)
class Round:
    """A loop or filter around a condition; a filter (name "") binds `item` and its parts."""

    name: str
    source: Leaf


@dataclass(frozen=True, eq=False)
class Where:
    """The places at which a condition is read."""

    world: World
    row: str = ""  # "kinder[]."
    guards: tuple[Guard, ...] = ()
    rounds: tuple[Round, ...] = ()

    def spots(self, seen: Seen) -> Iterator[Spot]:
        """All places, whether the condition is asked there or not."""
        for spot in seen.spots(self.row):
            yield from _elements(spot, self.rounds)

    def asked(self, seen: Seen) -> Iterator[Spot]:
        """The places where it is asked."""
        for spot in self.spots(seen):
            if all(guard.is_met(spot) for guard in self.guards):
                yield spot

    def under(self, formula: Formula | None, *, holding: bool = True) -> "Where":
        """The same places where a formula holds, or does not."""
        if formula is None:
            return self
        guards = (*self.guards, Guard(formula, holding, self.depth))
        return Where(self.world, self.row, guards, self.rounds)

    def inside(self, loop: Round) -> "Where":
        """The elements of a loop at these places."""
        return Where(self.world, self.row, self.guards, (*self.rounds, loop))

    @property
    def depth(self) -> int:
        """How many groups and loops stand around."""
        return self.row.count("[].") + len(self.rounds)


def _elements(spot: Spot, rounds: tuple[Round, ...]) -> Iterator[Spot]:
    if not rounds:
        yield spot
        return
    first, *rest = rounds
    found = first.source.value(spot.env)
    for element in found if isinstance(found, (list, tuple)) else ():
        names: dict[str, object] = {first.name or "item": element}
        if not first.name and isinstance(element, Mapping):
            names = {**element, **names}
        yield from _elements(spot.inner(names, spot.prefix), tuple(rest))


@dataclass(frozen=True, eq=False)
class Condition:
    """One condition; `formula` holds when its consequence comes about."""

    role: Role
    subject: str  # path of the field, id of the check, the document, the decision and its rule
    formula: Formula
    whole: Leaf | None  # its value as such; None for rules of tables: cells have none together
    where: Where
    span: Span


@dataclass(frozen=True, eq=False)
class Edge:
    """A boundary in its place."""

    boundary: Boundary
    subject: str
    where: Where
    span: Span


@dataclass(frozen=True)
class Found:
    """All conditions and boundaries, in the order of the definition."""

    conditions: tuple[Condition, ...]
    edges: tuple[Edge, ...]
    otherwise: tuple[tuple[Decision, Where], ...]  # of tables, where no rule hits
