"""What is told is the least that would do: nothing can be left out, nothing less was missed."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal

import pytest

from engine import Plan
from engine.explain.candidates import candidates_of
from engine.explain.explanation import Explainer, Suggestion
from engine.explain.trials import DAY, Trials
from engine.values import Answers, Value
from tests.engine.explain.answers_made import random_answers
from tests.engine.explain.personas import persona
from tests.engine.made import PROCEDURES, TODAY, real_plan

SEEDS = 60
Moved = tuple[tuple[str, Value], ...]


def _lives(procedure: str) -> Iterator[tuple[str, Plan, Answers, date]]:
    """The cases of the definition, and answers by chance."""
    plan = real_plan(procedure)
    for case in plan.procedure.cases:
        if case.quick_check:
            _, given, day = persona(procedure, case.id)
            yield case.id, plan, _seen(plan, given, day), day
    for seed in range(SEEDS):
        answers = random_answers(plan, seed)
        if answers is not None:
            yield f"seed {seed}", plan, answers, TODAY


def _seen(plan: Plan, answers: Answers, day: date) -> Answers:
    """Without answers to questions that are not asked: these count for nothing."""
    shown = set(plan.question_state(answers, day).visible)
    return {name: value for name, value in answers.items() if name in shown}


def _rank(plan: Plan, outcome: str | None) -> int:
    check = plan.procedure.quick_check
    assert check is not None
    ranks = {one.id: 0 if one.reached else rank for rank, one in enumerate(check.outcomes)}
    return ranks.get(outcome or "", len(ranks))


def _until(moved: Mapping[str, Value], today: date) -> date:
    day = moved.get(DAY, today)
    assert isinstance(day, date)
    return day


def _nearer(one: Suggestion) -> Iterator[Moved]:
    """The same with one number or day a step closer to what it is now."""
    for place, change in enumerate(one.changes):
        name, after = one.moved()[place]
        match change.before, after:
            case Decimal() as before, Decimal():
                step = Decimal(1).scaleb(-(change.question.decimals or 0)) if change.question else 1
                if change.question is not None and change.question.type.name == "money":
                    step = Decimal("0.01")
                nearer: Value = after - step if after > before else after + step
            case date() as before, date():
                day = timedelta(days=1)
                nearer = after - day if after > before else after + day
            case _:
                continue
        if nearer != change.before:
            yield (*one.moved()[:place], (name, nearer), *one.moved()[place + 1 :])


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_nothing_can_be_left_out_and_no_step_saved(procedure: str) -> None:
    """One change less, or one number or day a step closer: the promised outcome is not there."""
    looked_at = 0
    for name, plan, answers, day in _lives(procedure):
        trials = Trials(plan, answers, day, left=10_000)
        for one in Explainer(plan).suggestions(answers, day):
            moved = one.moved()
            less = [moved[:at] + moved[at + 1 :] for at in range(len(moved))] if moved[1:] else []
            for tried in (*less, *_nearer(one)):
                trial = trials.of(tried)
                looked_at += 1
                is_enough = trial.is_complete and trial.outcome == one.outcome.id
                assert not is_enough, (name, moved, tried)
    assert looked_at > 5


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_no_single_change_that_helps_is_missed(procedure: str) -> None:
    """Every candidate that leads further up is told, or something that asks no more of anybody."""
    helped = 0
    for name, plan, answers, day in _lives(procedure):
        trials = Trials(plan, answers, day, left=10_000)
        now = _rank(plan, trials.base().outcome)
        told = [
            (dict(one.moved()), _rank(plan, one.outcome.id))
            for one in Explainer(plan).suggestions(answers, day)
        ]
        for move in candidates_of(plan).changes(trials):
            rank = _rank(plan, move.trial.outcome)
            if not move.trial.is_complete or rank >= now:
                continue
            helped += 1
            wait = _until(dict(move.answers), day)
            assert any(
                moved.keys() <= move.questions and reached <= rank and _until(moved, day) <= wait
                for moved, reached in told
            ), (name, move.answers)
    assert helped > 5
