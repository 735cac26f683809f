"""The Quick Check: asks, decides, gives reasons, keeps nothing."""

from collections.abc import Callable, Mapping, Sequence

import pytest

from engine import Plan
from tests.portal.complete import plans
from tests.portal.conftest import TODAY
from tests.portal.fill.test_application import first_page
from tests.portal.form_values import question_values
from tests.portal.guessing import guessed_answers
from tests.portal.visitor import Visitor

CHECK = "/p/musterprozess/quick-check"


def answered(visitor: Visitor, plan: Plan, case_id: str) -> Visitor:
    """The result for one of the definition's own cases."""
    check = plan.procedure.quick_check
    assert check is not None
    case = next(one for one in plan.procedure.cases if one.id == case_id)
    visitor.open(CHECK)
    return ask_until_done(visitor, question_values(check.questions, case.quick_check))


def ask_until_done(visitor: Visitor, values: Mapping[str, Sequence[str]]) -> Visitor:
    """Answer what is asked, and what the answers bring up, until there is a result."""
    for _ in range(12):
        visitor.press("_go", "next", values)
        assert visitor.status == 200, visitor.errors()
        if not visitor.page.xpath("//main//input[@name='_asked']/following-sibling::*"):
            break
    return visitor


@pytest.mark.parametrize(
    ("case_id", "heading", "told"),
    [
        ("MP-01", "Sie können einen Ausweis beantragen", "Füllen Sie jetzt den Antrag aus"),
        ("MP-02", "Sie können bald einen Ausweis bekommen", "01.01.2027"),
        ("MP-03", "Sie können keinen Ausweis bekommen", "§ 45 Abs. 1b StVO"),
    ],
)
def test_the_result_has_outcome_reasons_date_and_next_step(
    visitor: Visitor, plan: Plan, case_id: str, heading: str, told: str
) -> None:
    """As the definition's own cases say."""
    answered(visitor, plan, case_id)

    assert visitor.heading() == heading
    assert told in visitor.text


def test_whoever_may_not_apply_gets_no_button(visitor: Visitor, plan: Plan) -> None:
    """Only outcomes that allow it lead into the form."""
    answered(visitor, plan, "MP-03")
    assert "Antrag beginnen" not in visitor.text
    answered(visitor, plan, "MP-01")

    assert "Antrag beginnen" in visitor.text


def test_questions_that_an_answer_opens_are_asked_next(visitor: Visitor) -> None:
    """Announced, not called missing."""
    visitor.open(CHECK).press("_go", "next", {"hauptwohnung": ["ja"]})

    assert "weitere Fragen dazugekommen" in visitor.text
    assert {"hauptwohnung", "einzug_am", "stellplatz"} == visitor.asked()
    assert not visitor.errors()


def test_missing_answers_are_named(visitor: Visitor) -> None:
    """Like in the form: 422, summary, link."""
    visitor.open(CHECK).press("_go", "next")

    assert visitor.status == 422
    assert len(visitor.errors()) == 1


def test_nothing_is_kept(visitor: Visitor, plan: Plan) -> None:
    """No draft, and no cookie before the result page offers to apply."""
    response = visitor.client.get(CHECK)
    posted = visitor.client.post(
        CHECK,
        content="_asked=hauptwohnung&hauptwohnung=",
        headers={"content-type": "application/x-www-form-urlencoded"},
    )

    assert "set-cookie" not in response.headers
    assert "set-cookie" not in posted.headers


def test_answers_can_be_changed_and_the_language_switched(visitor: Visitor, plan: Plan) -> None:
    """The result page carries the answers in its form."""
    answered(visitor, plan, "MP-02")
    visitor.press("_language", "en")
    assert visitor.page.get("lang") == "en"
    assert "1 Jan 2027" in visitor.text
    visitor.press("_go", "edit")

    assert visitor.controls()["einzug_am.year"][0].get("value") == "2027"


def test_answers_are_taken_into_the_form_only_on_request(
    visitor: Visitor, new_visitor: Callable[[], Visitor]
) -> None:
    """The same ids: with one button they come along, with the other they do not."""
    plan = plans()["beschaeftigungserlaubnis"]
    check = plan.procedure.quick_check
    assert check is not None
    answers = next(
        found
        for found in (guessed_answers(plan, seed, TODAY) for seed in range(40))
        if (result := plan.quick_check(plan.check_questions(found, TODAY).values, TODAY)).outcome
        and result.outcome.may_apply
    )
    values = question_values(check.questions, answers)
    taken = []
    for one, button in ((visitor, "mit diesen"), (new_visitor(), "ohne diese")):
        one.open("/p/beschaeftigungserlaubnis/quick-check")
        ask_until_done(one, values)
        form = one.form_with(f"Antrag {button} Antworten beginnen")
        first_page(one.press("", "", form=form))
        chosen = one.page.xpath("//main//input[@checked] | //main//option[@selected]")
        taken.append(len(chosen))

    assert taken[0] > 0
    assert taken[1] == 0
