"""The smallest set of answers it can find that shows every goal of a procedure.

Each goal that is still open gets a search of its own, from answers that come close to it; what was
found is then pushed on, so that it shows further open goals beside. In the end answers that the
others make superfluous are dropped. A goal that a search does not reach is not proved to be out of
reach: a solver can be asked (`solve`), and what it gives is only believed if it shows the goal.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from engine.answers.write import Json, write_answers
from engine.cases import answers_of
from engine.coverage.goals import Goal, Section, is_possible
from engine.coverage.measure import Measure
from engine.coverage.spot import World
from engine.plan import Evaluation, Plan
from engine.sample.build import Build
from engine.sample.search import Search
from engine.sample.sheet import Sheet
from engine.sample.shown import shown_answers

Raw: TypeAlias = Mapping[str, object]
Solve: TypeAlias = Callable[[Goal], Raw | None]  # answers that may show a goal, from elsewhere
Tell: TypeAlias = Callable[[int, int], None]  # goals met so far, of all

STEPS = 60  # without coming closer
_TRIES = 3
_SHORT_STEPS = 8
_MOST_MISSES = 20


@dataclass(frozen=True, eq=False)
class AnswerSet:
    """Answers of one world on one day, and what they show."""

    world: World
    today: date
    answers: Mapping[str, Json]
    state: Evaluation
    met: frozenset[int]

    @property
    def is_refused(self) -> bool:
        """Whether something is wrong with them, as it should be."""
        return bool(self.state.problems)


@dataclass(frozen=True, eq=False)
class Covering:
    """What was found, and what was not."""

    sets: tuple[AnswerSet, ...]
    met: frozenset[int]
    open: tuple[Goal, ...]
    ruled_out: tuple[Goal, ...]  # by settings, whatever the answers


def cover(
    plan: Plan,
    world: World,
    *,
    today: date,
    seed: int = 0,
    measure: Measure | None = None,
    solve: Solve | None = None,
    tell: Tell | None = None,
) -> Covering:
    """Sets of answers that together show as much as was found."""
    measure = measure or Measure(plan)
    return _Cover(Search(Sheet(plan, world, today), measure, seed), solve, tell).run()


class _Cover:
    def __init__(self, search: Search, solve: Solve | None, tell: Tell | None) -> None:
        self._search = search
        self._sheet = search.sheet
        self._measure = search.measure
        self._solve = solve
        self._tell = tell
        self._sets: list[AnswerSet] = []
        self._known: list[tuple[Mapping[str, Json], Evaluation]] = []  # where to begin
        self._goals = [
            one for one in self._measure.goals
            if one.world is self._sheet.world and one.section is not Section.UNDECIDED
        ]  # fmt: skip
        self._open = {one.number: one for one in self._goals}
        self._failures: Counter[int] = Counter()
        law = self._sheet.seen(self._sheet.check({})).spots("")[0].env
        self._ruled_out = frozenset(one.number for one in self._goals if not is_possible(one, law))

    def run(self) -> Covering:
        if not self._sheet.pages:
            return Covering((), frozenset(), (), ())
        self._learn()
        for optional in (100, 0):
            build = self._search.fresh(optional)
            if build.mended():
                self._take(build)
        for goal in self._goals:
            if not goal.is_refused:
                self._seek(goal, refused=False)
        for goal in self._goals:
            self._seek(goal, refused=True)
        for goal in tuple(self._open.values()):
            if goal.number not in self._ruled_out:
                self._ask(goal)
        sets = tuple(reduced(self._sets))
        met = frozenset(number for one in sets for number in one.met)
        missed = tuple(one for one in self._goals if one.number not in met)
        return Covering(
            sets,
            met,
            tuple(one for one in missed if one.number not in self._ruled_out),
            tuple(one for one in missed if one.number in self._ruled_out),
        )

    def _learn(self) -> None:
        """The author's own cases are good places to begin; they do not count as found."""
        plan = self._sheet.plan
        for case in plan.procedure.cases:
            questions, form = answers_of(plan, case)
            raw = form if self._sheet.world is World.FORM else questions
            if raw:
                state = self._sheet.check(raw)
                self._known.append((shown_answers(raw, self._sheet.asked(state)), state))

    def _seek(self, goal: Goal, *, refused: bool) -> None:
        is_open = goal.number in self._open and goal.number not in self._ruled_out
        for number in range(_TRIES if is_open else 0):
            build = self._begin(goal, number, refused)
            if self._search.reach(goal, build, refused=refused, steps=STEPS):
                self._push_on(build, refused)
                self._take(build)
                return
            self._failures[goal.number] += 1

    def _begin(self, goal: Goal, number: int, refused: bool) -> Build:
        """First what comes closest, then something new."""
        if number < 2 and self._known:
            closest = min(self._known, key=lambda one: (
                self._search.distance(goal, one[1]) + len(one[1].problems) * (not refused) / 4
            ))  # fmt: skip
            return self._search.fresh(50, closest[0])
        return self._search.fresh((100, 0)[number % 2])

    def _push_on(self, build: Build, refused: bool) -> None:
        """More open goals with the same answers, as long as that goes well."""
        shown = self._open.keys() & self._met(build)
        misses = 0
        for goal in self._near(build, refused):
            if misses >= _MOST_MISSES:
                return
            if goal.number in shown:
                continue
            saved = build.saved()
            reached = self._search.reach(goal, build, refused=refused, steps=_SHORT_STEPS)
            more = self._open.keys() & self._met(build) if reached else shown
            if len(more) > len(shown):
                shown, misses = more, 0
            else:
                build.back_to(saved)
                self._failures[goal.number] += 1
                misses += 1

    def _near(self, build: Build, refused: bool) -> list[Goal]:
        """Open goals, the closest first; those that were tried in vain come last."""
        goals = [
            one for one in self._open.values()
            if (refused or not one.is_refused) and one.number not in self._ruled_out
        ]  # fmt: skip
        far = {one.number: self._search.distance(one, build.state) for one in goals}
        return sorted(goals, key=lambda one: (
            self._failures[one.number], far[one.number], one.number
        ))  # fmt: skip

    def _met(self, build: Build) -> frozenset[int]:
        return self._measure.met(self._sheet.seen(build.state))

    def _take(self, build: Build) -> None:
        """Keep answers; they are evaluated anew, as whoever gets them would do."""
        state = build.state
        raw = shown_answers(build.tree.raw, self._sheet.asked(state))
        if not state.problems:
            items = [item for page in self._sheet.pages for item in page.items]
            raw = write_answers(items, state.values)
        self._keep(raw)

    def _keep(self, raw: Mapping[str, Json]) -> None:
        state = self._sheet.check(raw)
        met = self._measure.met(self._sheet.seen(state))
        if met & self._open.keys():
            self._sets.append(AnswerSet(self._sheet.world, self._sheet.today, raw, state, met))
        self._known.append((raw, state))
        for number in met:
            self._open.pop(number, None)
        if self._tell:
            self._tell(len(self._goals) - len(self._open), len(self._goals))

    def _ask(self, goal: Goal) -> None:
        raw = self._solve(goal) if self._solve and goal.number in self._open else None
        if raw is not None:
            self._keep(shown_answers(raw, self._sheet.asked(self._sheet.check(raw))))


def reduced(sets: Iterable[AnswerSet]) -> list[AnswerSet]:
    """Without those whose goals the others show; the order stays."""
    left = list(sets)
    counts: dict[int, int] = {}
    for one in left:
        for number in one.met:
            counts[number] = counts.get(number, 0) + 1
    for one in sorted(left, key=lambda one: (len(one.met), len(str(one.answers)))):
        if all(counts[number] > 1 for number in one.met):
            left.remove(one)
            for number in one.met:
                counts[number] -= 1
    return left
