"""Answers that somebody might give to the Quick Check, from a seed."""

import random
from datetime import date, timedelta
from decimal import Decimal

from engine import Plan
from engine.kinds import Kind
from engine.model import Field

_ROUNDS = 60


def guessed_answers(plan: Plan, seed: int, today: date) -> dict[str, object]:
    """Every question that is asked gets an answer that is accepted."""
    check = plan.procedure.quick_check
    assert check is not None
    dice = random.Random(seed)  # noqa: S311  # for variety, not for secrets
    fields = {one.id: one for one in check.questions}
    answers: dict[str, object] = {}
    for _ in range(_ROUNDS):
        problems = plan.check_questions(answers, today).problems
        if not problems:
            return answers
        for problem in problems:
            one = fields[problem.field.partition(".")[0]]
            answers[one.id] = _answer(one, dice, today)
    raise AssertionError(f"no answers for {plan.procedure.id}, seed {seed}: {problems}")


def _answer(one: Field, dice: random.Random, today: date) -> object:
    options = [option.value for option in one.options.options] if one.options else []
    match one.type.kind:
        case Kind.YES_NO:
            return dice.choice(["ja", "nein"])
        case Kind.CHOICE:
            return dice.choice(options)
        case Kind.CHOICES:
            return [dice.choice(options)]
        case Kind.DATE | Kind.PARTIAL_DATE:
            return (today - timedelta(days=dice.randint(-400, 12_000))).isoformat()
        case Kind.NUMBER:
            low = int(one.minimum) if isinstance(one.minimum, Decimal) else 0
            high = int(one.maximum) if isinstance(one.maximum, Decimal) else low + 60
            return str(dice.randint(low, high))
        case _:
            return "12345" if one.type.name == "postcode" else "Antwort"
