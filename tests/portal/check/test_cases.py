"""The pages of every Quick Check say what the engine decides, whatever is answered."""

import pytest

from tests.portal.check.test_quick_check import ask_until_done
from tests.portal.complete import plans
from tests.portal.conftest import TODAY
from tests.portal.form_values import question_values
from tests.portal.guessing import guessed_answers
from tests.portal.visitor import Visitor

WITH_CHECK = [name for name, plan in plans().items() if plan.procedure.quick_check]


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("procedure_id", WITH_CHECK)
def test_the_page_tells_the_outcome_that_the_engine_decides(
    visitor: Visitor, procedure_id: str, seed: int
) -> None:
    """Questions come as the answers bring them up; outcome and reasons are the engine's."""
    plan = plans()[procedure_id]
    check = plan.procedure.quick_check
    assert check is not None
    answers = guessed_answers(plan, seed, TODAY)
    visitor.open(f"/p/{procedure_id}/quick-check")
    ask_until_done(visitor, question_values(check.questions, answers))
    decided = plan.quick_check(plan.check_questions(answers, TODAY).values, TODAY)

    assert decided.outcome is not None
    assert visitor.heading() == decided.outcome.title.german
    shown = " ".join(visitor.page.text_content().split())
    for reason in decided.reasons:
        if reason.text:
            assert " ".join(reason.text.german.split()) in shown
