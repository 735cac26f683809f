"""Cases of the real procedures as answers, completed where the author left something out."""

from datetime import date
from decimal import Decimal

from engine import Plan
from engine.answers import read_answers
from engine.cases import answers_of
from engine.kinds import Kind
from engine.values import Answers
from tests.engine.made import real_plan


def persona(procedure: str, case_id: str) -> tuple[Plan, Answers, date]:
    """Plan, canonical answers and day of a case; missing punishments are none."""
    plan = real_plan(procedure)
    case = next(one for one in plan.procedure.cases if one.id == case_id)
    check = plan.procedure.quick_check
    assert check is not None
    answers = dict(read_answers(check.questions, answers_of(plan, case)[0], internal=True).answers)
    for problem in plan.question_state(answers, case.on).problems:
        question = next(one for one in check.questions if one.id == problem.field)
        if question.type.kind in (Kind.YES_NO, Kind.NUMBER):
            answers[problem.field] = False if question.type.kind is Kind.YES_NO else Decimal(0)
    return plan, answers, case.on
