"""How far answers are from what is wished, and which leaves are in the way."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from engine.coverage.answers import REFUSED, shows
from engine.coverage.behind import Behind
from engine.coverage.boundaries import Boundary
from engine.coverage.conditions import Where
from engine.coverage.formula import All, Formula, Leaf, Without
from engine.coverage.goals import AnswerWish, Goal, ResultWish, RuleWish
from engine.coverage.spot import Seen, Spot, World
from engine.sample.dice import Dice
from engine.sample.reads import Reads
from engine.sample.tree import plain, value_at

DEEPEST = 12
NO_ROW = 20.0


@dataclass(frozen=True, eq=False)
class WrongLeaf:
    """A leaf that is to hold, or not, at a place."""

    leaf: Leaf
    holds: bool
    where: Where
    spot: Spot


@dataclass(frozen=True, eq=False)
class WrongStep:
    """A boundary that is too far away."""

    boundary: Boundary
    distance: int
    where: Where
    spot: Spot


@dataclass(frozen=True)
class NoRow:
    """A group without the rows that a condition is read in."""

    row: str  # "kinder[]."


@dataclass(frozen=True)
class WrongAnswer:
    """A question without the answer wished for."""

    wish: AnswerWish


Obstacle: TypeAlias = WrongLeaf | WrongStep | NoRow | WrongAnswer


@dataclass(frozen=True)
class Shortfall:
    """0: as wished."""

    cost: float
    obstacles: tuple[Obstacle, ...]

    @property
    def is_met(self) -> bool:
        """Whether nothing is in the way."""
        return self.cost == 0


_MET = Shortfall(0.0, ())


class Judge:
    """Judges answers by wishes."""

    def __init__(self, behind: Behind, reads: Reads, dice: Dice) -> None:
        self._behind = behind
        self._reads = reads
        self._dice = dice

    def goal(self, goal: Goal, seen: Seen) -> Shortfall:
        """What keeps the answers from showing the goal."""
        wish = goal.wish
        if isinstance(wish, RuleWish):
            return self._rule(wish, seen)
        if isinstance(wish, ResultWish):
            where = Where(World.QUICK_CHECK)
            formula = self._behind.outcome(wish.outcome)
            (spot,) = seen.spots("")
            return self.formula(formula, True, where, spot)
        return self._answer(wish, seen)

    def _rule(self, wish: RuleWish, seen: Seen) -> Shortfall:
        found = [self._at(wish, spot) for spot in wish.where.spots(seen)]
        if not found:
            row = wish.where.row or next(iter(_groups(wish.where, self._reads)), "")
            return Shortfall(NO_ROW, (NoRow(row),))
        return self._least(found)

    def _at(self, wish: RuleWish, spot: Spot) -> Shortfall:
        where = wish.where
        parts = [
            self.formula(one.formula, one.holds, where, spot, one.depth) for one in where.guards
        ]
        parts += [self.formula(one, holds, where, spot) for one, holds in wish.formulas]
        if wish.boundary is not None:
            parts.append(_step(wish.boundary, wish.distance, where, spot))
        return _sum(parts)

    def formula(
        self, formula: Formula, holds: bool, where: Where, spot: Spot, depth: int = -1,
        deep: int = 0,
    ) -> Shortfall:  # fmt: skip
        """What keeps a formula from holding, or from not holding."""
        if isinstance(formula, Without):
            return self.formula(formula.inner, not holds, where, spot, depth, deep)
        if isinstance(formula, Leaf):
            return self._leaf(formula, holds, where, spot, depth, deep)
        parts = (self.formula(one, holds, where, spot, depth, deep + 1) for one in formula.parts)
        if isinstance(formula, All) is holds:
            return _sum(parts)
        found = list(parts)
        return self._least(found) if found else Shortfall(NO_ROW, ())

    def _leaf(
        self, leaf: Leaf, holds: bool, where: Where, spot: Spot, depth: int, deep: int
    ) -> Shortfall:
        at = spot if depth < 0 else Spot(spot.levels[: depth + 1], spot.prefix)
        if leaf.holds(at.env) is holds:
            return _MET
        here = Shortfall(1.0, (WrongLeaf(leaf, holds, where, at),))
        if deep > DEEPEST:
            return here
        said = self._behind.leaf(leaf, holds=holds, world=where.world, row=where.row)
        if said is None:
            return here
        inner = self.formula(said.formula, said.holds, where, at, -1, deep + 1)
        return inner if inner.obstacles else here

    def _answer(self, wish: AnswerWish, seen: Seen) -> Shortfall:
        item = self._reads.items[wish.path]
        wished = (wish.kind, wish.value)
        values = seen.state.all_values
        if wish.kind == "limit" and wish.value in REFUSED:
            codes = REFUSED[wish.value]
            problems = seen.state.problems
            if any(plain(one.field) == wish.path and one.code in codes for one in problems):
                return _MET
        for path in seen.state.visible:
            if plain(path) != wish.path:
                continue
            if wished in shows(item, value_at(values, path)):  # type: ignore[arg-type]
                return _MET
        return Shortfall(1.0, (WrongAnswer(wish),))

    def _least(self, found: list[Shortfall]) -> Shortfall:
        """Of several equally short ways any one, so that no dead end is tried for ever."""
        cost = min(one.cost for one in found)
        return self._dice.one_of([one for one in found if one.cost == cost])


def _groups(where: Where, reads: Reads) -> Iterable[str]:
    for one in where.rounds:
        for path in reads.of_typed(one.source.typed, where.row):
            yield f"{path}[]."


def _step(boundary: Boundary, wished: int, where: Where, spot: Spot) -> Shortfall:
    distance = boundary.distance(spot.env)
    if distance == wished:
        return _MET
    wrong = WrongStep(boundary, wished, where, spot)
    if distance is None:
        return Shortfall(2.0, (wrong,))
    return Shortfall(1.0 + min(abs(distance - wished), 10**6) / 10**6, (wrong,))


def _sum(parts: Iterable[Shortfall]) -> Shortfall:
    cost = 0.0
    obstacles: list[Obstacle] = []
    for one in parts:
        cost += one.cost
        obstacles += one.obstacles
    return Shortfall(cost, tuple(obstacles)) if cost else _MET
