"""Complete, valid applications made from nothing but the definition; the same for the same seed."""

from collections.abc import Iterable, Iterator
from datetime import date

from engine.answers.write import Json, write_answers
from engine.coverage.spot import World
from engine.plan.plan import Plan
from engine.sample.build import Build
from engine.sample.dice import Dice
from engine.sample.draw import Draw
from engine.sample.hints import hints
from engine.sample.reads import Reads
from engine.sample.sheet import Sheet

MOST_ATTEMPTS = 20

__all__ = ["NoSampleFoundError", "samples"]


class NoSampleFoundError(LookupError):
    """No valid application was found: a dead end of the definition, or a rule too hard to hit."""


# Percent of optional questions that are answered, by turns: all, none, most, some.
_OPTIONAL = (100, 0, 70, 30)
_TRIES_PER_GOAL = 3


def samples(plan: Plan, *, today: date, seed: int = 0, count: int = 1) -> Iterator[dict[str, Json]]:
    """Canonical answers in their JSON form; options take turns, hidden questions are sought."""
    dice = Dice(seed)
    sheet = Sheet(plan, World.FORM, today)
    reads = Reads(sheet.pages, plan.checked.typed)
    trees = (typed.tree for typed in plan.checked.typed.values())
    district = plan.procedure.authority.district
    draw = Draw(dice, hints(plan.procedure, trees, today), today, district)
    goals = _Goals(reads)
    for number in range(count):
        optional = _OPTIONAL[number % len(_OPTIONAL)]
        build = _built(sheet, reads, draw, dice, optional, goals)
        goals.met(build.state.visible)
        yield write_answers(plan.procedure, build.state.values)


class _Goals:
    """Questions outside of groups that no application has shown yet."""

    def __init__(self, reads: Reads) -> None:
        self._open = {
            path: _TRIES_PER_GOAL
            for path, conditions in reads.conditions.items()
            if conditions and "[]" not in path
        }

    def next(self) -> str | None:
        """One that was not tried too often."""
        goal = next(iter(self._open), None)
        if goal is not None:
            tries = self._open.pop(goal) - 1
            if tries:
                self._open[goal] = tries
        return goal

    def met(self, paths: Iterable[str]) -> None:
        """These were shown."""
        for path in paths:
            self._open.pop(path, None)


def _built(
    sheet: Sheet,
    reads: Reads,
    draw: Draw,
    dice: Dice,
    optional: int,
    goals: _Goals,
) -> Build:
    for _ in range(MOST_ATTEMPTS):
        build = Build(sheet, reads, draw, dice, optional)
        goal = goals.next()
        if goal is not None:
            build.reach(goal)
        if build.mended():
            return build
    raise NoSampleFoundError(", ".join(sorted({one.field for one in build.state.problems})))
