"""Looks for answers that show a goal: one change at a time, kept if they are no further away."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.answers.problem import Problem
from engine.coverage.answers import REFUSED
from engine.coverage.behind import Behind
from engine.coverage.conditions import Condition, Role
from engine.coverage.goals import Goal
from engine.coverage.measure import Measure
from engine.model import Field, Group
from engine.plan import Evaluation
from engine.sample.build import Build
from engine.sample.dice import Dice
from engine.sample.draw import Draw
from engine.sample.hints import hints
from engine.sample.moves import Move, Moves
from engine.sample.reads import Reads
from engine.sample.sheet import Sheet
from engine.sample.shortfall import Judge, Shortfall
from engine.sample.spoken import Words
from engine.sample.tree import plain, row_of

MOST_PROBLEMS = 8  # in one set of answers that is to be refused: more would tell nobody anything
GOAL_WEIGHT = 4
_REFUSALS = (code for codes in REFUSED.values() for code in codes)
_MAY_STAND = frozenset({"check", "missing", *_REFUSALS})


@dataclass(frozen=True)
class _Standing:
    """How far answers are from the goal, and what else is wrong with them."""

    short: Shortfall
    wrong: tuple[Problem, ...]
    cost: float
    is_refused: bool


class Search:
    """One search per sheet; the same seed finds the same answers."""

    def __init__(self, sheet: Sheet, measure: Measure, seed: int) -> None:
        plan = sheet.plan
        self.sheet = sheet
        self.measure = measure
        self.dice = Dice(seed)
        trees = (typed.tree for typed in plan.checked.typed.values())
        district = plan.procedure.authority.district
        told = hints(plan.procedure, trees, sheet.today)
        self._reads = Reads(sheet.pages, plan.checked.typed, sheet.decisions)
        self._draw = Draw(self.dice, told, sheet.today, district)
        self._judge = Judge(Behind(plan), self._reads, self.dice)
        words = Words(plan, sheet.today)
        self._moves = Moves(sheet, self._reads, words, self._draw, self.dice)
        self._checks: Mapping[str, Condition] = {
            one.subject: one for one in measure.conditions if one.role is Role.ERROR
        }

    def fresh(self, optional: int, raw: Mapping[str, object] | None = None) -> Build:
        """Answers to begin with, by chance or from answers that are there."""
        return Build(self.sheet, self._reads, self._draw, self.dice, optional, raw)

    def distance(self, goal: Goal, state: Evaluation) -> float:
        """How far answers are from a goal."""
        return self._judge.goal(goal, self.sheet.seen(state)).cost

    def is_settled(self, state: Evaluation, *, refused: bool) -> bool:
        """Nothing is wrong but what is meant to be."""
        return not _wrong(state, refused)

    def reach(self, goal: Goal, build: Build, *, refused: bool, steps: int) -> bool:
        """Whether the answers were brought to show the goal, with nothing else wrong.

        Given up after so many steps that came no closer.
        """
        now = self._standing(goal, build.state, refused)
        least, patience = now.cost, steps
        while patience > 0:
            if now.short.is_met and not now.wrong:
                return True
            patience -= 1
            move = self._next(now, build.state)
            if move is None:
                if not now.short.obstacles and not now.wrong:
                    return False
                continue
            saved = build.saved()
            _make(move, build)
            then = self._standing(goal, build.state, refused)
            if then.cost < least:
                least, patience = then.cost, steps
            if then.cost <= now.cost or self.dice.chance(4):
                now = then
            else:
                build.back_to(saved)
        return now.short.is_met and not now.wrong

    def _standing(self, goal: Goal, state: Evaluation, refused: bool) -> _Standing:
        short = self._judge.goal(goal, self.sheet.seen(state))
        wrong = _wrong(state, refused)
        beside = len(state.problems) / (len(state.problems) + 30) if refused else 0.0
        # However much goes wrong on the way: less than the goal is worth.
        repairs = 3 * len(wrong) / (len(wrong) + 3)
        cost = GOAL_WEIGHT * short.cost + repairs + beside
        return _Standing(short, wrong, cost, refused)

    def _next(self, now: _Standing, state: Evaluation) -> Move | None:
        is_repair = now.short.is_met or (now.wrong and self.dice.chance(25))
        if is_repair and now.wrong:
            return self._repair(self.dice.one_of(now.wrong), state)
        if now.short.obstacles:
            obstacle = self.dice.one_of(now.short.obstacles)
            return self._moves.one(obstacle, state, may_be_missing=now.is_refused)
        return None

    def _repair(self, problem: Problem, state: Evaluation) -> Move | None:
        """A change that may make a problem go away."""
        condition = self._checks.get(problem.values.get("check", ""))
        if condition is not None and self.dice.chance(80):
            failing = []
            for spot in condition.where.asked(self.sheet.seen(state)):
                short = self._judge.formula(condition.formula, False, condition.where, spot)
                if not short.is_met:
                    failing.append(short)
            if failing:
                obstacles = self.dice.one_of(failing).obstacles
                return self._moves.one(self.dice.one_of(obstacles), state) if obstacles else None
        path = problem.field
        if plain(path) not in self._reads.items:
            path = row_of(path)[:-1]
        item = self._reads.items.get(plain(path))
        if isinstance(item, Group):
            return Move(path, max(item.minimum, 1), is_rows=True)
        if not isinstance(item, Field):
            return None
        if path not in state.required and self.dice.chance(20):
            return Move(path, None)
        return Move(path, self._draw.answer(item, plain(path)))


def _wrong(state: Evaluation, refused: bool) -> tuple[Problem, ...]:
    """Problems that may not stand."""
    if not refused:
        return state.problems
    others = tuple(one for one in state.problems if one.code not in _MAY_STAND)
    meant = [one for one in state.problems if one.code in _MAY_STAND]
    return (*others, *meant[MOST_PROBLEMS:])


def _make(move: Move, build: Build) -> None:
    if move.is_rows and isinstance(move.value, int):
        build.grow(move.path, move.value)
    else:
        build.put(move.path, move.value)
