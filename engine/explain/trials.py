"""One set of answers tried: what comes out of it, and what would still have to be answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from engine.plan.plan import Plan
from engine.values import Answers, Value

MOST_TRIALS = 450  # of one search: it runs while somebody waits for a page
DAY = ""  # the "question" whose answer is the day of decision

Hits: TypeAlias = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """What came out; `missing` are required questions that a change brought up."""

    outcome: str | None
    hits: Hits
    decided: Mapping[str, object]
    missing: tuple[str, ...]
    is_wrong: bool  # some answer is not allowed that was before

    @property
    def is_complete(self) -> bool:
        """Whether the answers could be sent like this."""
        return not self.missing and not self.is_wrong

    @property
    def signature(self) -> tuple[str | None, Hits]:
        """What tells two trials apart."""
        return self.outcome, self.hits


@dataclass(frozen=True, slots=True)
class Move:
    """New answers to some questions, by id; `DAY` moves the day. None takes an answer away."""

    answers: tuple[tuple[str, Value], ...]
    trial: Trial

    @property
    def questions(self) -> frozenset[str]:
        """What is changed."""
        return frozenset(name for name, _ in self.answers)


class OutOfTrialsError(Exception):
    """The search has used up what it may."""


@dataclass(slots=True)
class Trials:
    """Tries answers against a plan, each once, and not too many."""

    plan: Plan
    answers: Answers
    today: date
    left: int = MOST_TRIALS
    _known: dict[object, Trial] = field(default_factory=dict)
    _old: frozenset[tuple[str, str]] | None = None  # problems of the answers as they are

    def base(self) -> Trial:
        """The answers as they are."""
        return self.of(())

    def of(self, moved: tuple[tuple[str, Value], ...]) -> Trial:
        """The answers with some of them replaced."""
        key = tuple((name, _hashable(value)) for name, value in moved)
        found = self._known.get(key)
        if found is None:
            if self.left <= 0:
                raise OutOfTrialsError
            self.left -= 1
            found = self._known[key] = self._run(moved)
        return found

    def move(self, moved: tuple[tuple[str, Value], ...]) -> Move:
        """The same, with what was moved."""
        return Move(moved, self.of(moved))

    def _run(self, moved: tuple[tuple[str, Value], ...]) -> Trial:
        answers, day = applied(self.answers, moved, self.today)
        state = self.plan.question_state(answers, day)
        decided, hits = self.plan.decide(state, day)
        check = self.plan.procedure.quick_check
        outcome = decided.get(check.result) if check is not None else None
        if self._old is None:
            before = state if not moved else self.plan.question_state(self.answers, self.today)
            self._old = frozenset((one.field, one.code) for one in before.problems)
        problems = [one for one in state.problems if (one.field, one.code) not in self._old]
        return Trial(
            outcome if isinstance(outcome, str) else None,
            hits,
            decided,
            tuple(one.field for one in problems if one.code == "missing"),
            any(one.code != "missing" for one in problems),
        )


def applied(
    answers: Answers, moved: tuple[tuple[str, Value], ...], today: date
) -> tuple[Answers, date]:
    """The answers and the day after a move."""
    found = dict(answers)
    for name, value in moved:
        if name == DAY and isinstance(value, date):
            today = value
        elif value is None:
            found.pop(name, None)
        else:
            found[name] = value
    return found, today


def _hashable(value: Value) -> object:
    return str(value) if isinstance(value, (dict, list)) else value
