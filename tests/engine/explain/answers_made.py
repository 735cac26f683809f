"""Answers to a Quick Check made by chance: complete, the same for the same seed."""

import random
from datetime import date, timedelta
from decimal import Decimal

from engine import Plan
from engine.kinds import Kind
from engine.model import Field
from engine.values import Answers, PartialDate, Value
from tests.engine.made import TODAY

_ROUNDS = 40


def random_answers(plan: Plan, seed: int) -> Answers | None:
    """Everything that is asked is answered and nothing is wrong; None if chance did not manage."""
    dice = random.Random(seed)  # noqa: S311 - chance for tests
    check = plan.procedure.quick_check
    assert check is not None
    answers: dict[str, Value] = {}
    for _ in range(_ROUNDS):
        state = plan.question_state(answers, TODAY)
        if not state.problems:
            return dict(state.values)
        wanted = {one.field.partition(".")[0] for one in state.problems}
        for question in check.questions:
            if question.id in wanted:
                answers[question.id] = _answer(question, dice)
    return None


def _answer(one: Field, dice: random.Random) -> Value:
    values = [option.value for option in one.options.options] if one.options else []
    match one.type.kind:
        case Kind.YES_NO:
            return dice.random() < 0.4
        case Kind.CHOICE:
            return dice.choice(values[: max(3, len(values) // 2)])
        case Kind.CHOICES:
            return (dice.choice(values),)
        case Kind.NUMBER:
            return Decimal(dice.choice([0, 1, 2, 5, 24, 36, 90, 100, 900, 2000]))
        case Kind.DATE:
            return TODAY - timedelta(days=dice.randrange(6000))
        case Kind.PARTIAL_DATE:
            return PartialDate(dice.randrange(1950, 2022), dice.randrange(1, 13), 15)
        case _:
            return "12345"


def day_before(day: date) -> date:
    """The day before."""
    return day - timedelta(days=1)
