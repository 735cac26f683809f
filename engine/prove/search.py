"""Looking for answers with which something happens: the solver proposes, the plan decides."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, auto
from functools import cached_property

from engine.answers.write import Json
from engine.prove.law import is_day
from engine.prove.proof import Example
from engine.prove.solving import Assignment, Said, Session, Solver, cone, value_of
from engine.prove.terms import Bool, BoolTerm, alike, both, either, no
from engine.prove.world import Run, World

_ROUNDS = 4  # so often a guess about something unknown may be corrected
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SHORTEN = 400  # answers; beyond that an example stays as it was found


class Ended(Enum):
    """How a search ends."""

    FOUND = auto()
    NONE = auto()  # which is a proof
    OPEN = auto()


@dataclass(frozen=True, slots=True)
class Found:
    """The end of a search; `reason` is a code of the texts."""

    ended: Ended
    run: Run | None = None
    reason: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    assignment: Assignment = field(default_factory=dict)  # the solver's own view of the run


class Search:
    """Questions about one world."""

    def __init__(self, world: World, solver: Solver) -> None:
        self.world = world
        self._solver = solver

    def session(self, *, is_valid: bool) -> Session:
        """Questions about any answers, or about those that can be submitted."""
        return self._valid if is_valid else self._anything

    @cached_property
    def _anything(self) -> Session:
        return self._solver.session()

    @cached_property
    def _valid(self) -> Session:
        return self._solver.session(self.world.form.valid)

    def find(self, formula: Bool, happens: Callable[[Run], bool], session: Session) -> Found:
        """Answers with which it happens: on the day given and with few rows if there are such."""
        if formula is False:
            return Found(Ended.NONE)
        found = self._tried(formula, happens, session, self._usual)
        return found if found.ended is Ended.FOUND else self._tried(formula, happens, session, True)

    @property
    def _usual(self) -> Bool:
        return both(is_day(self.world.day, self.world.today), no(self.world.more_rows))

    def is_possible(self, formula: Bool, *, is_valid: bool) -> Said:
        """What the solver says of itself, where no plan can be run."""
        session = self.session(is_valid=is_valid)
        said = session.ask(formula, self._usual).said
        return said if said is Said.YES else session.ask(formula).said

    def _tried(
        self, formula: Bool, happens: Callable[[Run], bool], session: Session, usual: Bool
    ) -> Found:
        wrong: list[Bool] = []  # guesses about the unknown that the plan did not confirm
        guesses = [one for one in cone(formula) if one.reason and isinstance(one, BoolTerm)]
        for _ in range(_ROUNDS):
            reply = session.ask(formula, usual, *wrong)
            if reply.said is Said.NO and not wrong:
                return Found(Ended.NONE)
            if reply.said is not Said.YES:
                break
            for run in self.world.runs_of(reply.example):
                if happens(run):
                    return Found(Ended.FOUND, run, assignment=reply.example)
            if not guesses:
                break
            wrong.append(either(*(_differs(one, reply.example) for one in guesses)))
        return Found(Ended.OPEN, None, *_why_open(reply.said, formula))


def _differs(guess: BoolTerm, example: Assignment) -> Bool:
    return no(alike(guess, bool(value_of(guess, example))))


def _why_open(said: Said, formula: Bool) -> tuple[str, Mapping[str, str]]:
    if said is Said.UNDECIDED:
        return "time", {}
    reasons = dict.fromkeys(one.reason for one in cone(formula) if one.reason)
    known = [one for one in reasons if one != "more-rows"]
    if known:
        return "unknown", {"what": ", ".join(known)}
    return ("more-rows", {}) if reasons else ("not-confirmed", {})


def shortened(run: Run, happens: Callable[[Run], bool]) -> Run:
    """The same with as few answers as it takes: what an author reads must be to the point."""
    best = run
    if len(run.example.answers) <= _SHORTEN:
        for name in run.example.answers:
            rest = {key: one for key, one in best.example.answers.items() if key != name}
            best = _better(best, rest, happens)
    for name, value in best.example.answers.items():
        if isinstance(value, str) and _DAY.fullmatch(value):
            for day in _familiar(best.example.on):
                nearer = _better(best, {**best.example.answers, name: day}, happens)
                if nearer is not best:
                    best = nearer
                    break
    return best


def _better(best: Run, answers: Mapping[str, Json], happens: Callable[[Run], bool]) -> Run:
    changed = Run(best.plan, Example(best.example.on, best.example.about_form, answers))
    return changed if happens(changed) else best


def _familiar(today: date) -> Iterator[str]:
    """Days that people can picture, rather than the first that the calendar has."""
    for years in (0, 1, 5, 20, 40, -1):
        yield date(today.year - years, today.month, min(today.day, 28)).isoformat()
