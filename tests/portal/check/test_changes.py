"""The result page tells what would change the result: only what can be done, and only upwards."""

from engine import Plan
from tests.portal.check.test_quick_check import answered, ask_until_done
from tests.portal.form_values import question_values
from tests.portal.visitor import Visitor


def test_a_rented_space_is_named_as_what_stands_in_the_way(visitor: Visitor, plan: Plan) -> None:
    """Outcome, question, the answer that would help, and the one that was given."""
    check = plan.procedure.quick_check
    assert check is not None
    given = {"hauptwohnung": True, "einzug_am": "2020-02-01", "stellplatz": "gemietet"}
    visitor.open("/p/musterprozess/quick-check")
    ask_until_done(visitor, question_values(check.questions, given))

    assert visitor.heading() == "Sie können keinen Ausweis bekommen"
    assert "Was würde das Ergebnis ändern?" in visitor.text
    assert "„Nein“ statt „Ja, gemietet“" in visitor.text


def test_waiting_is_told_with_its_day(visitor: Visitor, plan: Plan) -> None:
    """Who moves in later learns from which day the result is another one."""
    answered(visitor, plan, "MP-02")

    assert "ab dem 01.01.2027" in visitor.text


def test_the_best_result_has_nothing_to_improve(visitor: Visitor, plan: Plan) -> None:
    """No heading without content."""
    answered(visitor, plan, "MP-01")

    assert "Was würde das Ergebnis ändern?" not in visitor.text


def test_the_list_is_english_on_an_english_page(visitor: Visitor, plan: Plan) -> None:
    """Sentences of the product and texts of the definition."""
    visitor.open("/p/musterprozess?lang=en")
    answered(visitor, plan, "MP-02")

    assert "What would change the result?" in visitor.text
    assert "from 1 Jan 2027" in visitor.text
