"""Nobody is advised to lie, to break the law, or to do what is senseless for them."""

import pytest

from engine.explain.explanation import Explainer
from engine.values import Answers, Value
from tests.engine.explain.personas import persona
from tests.engine.made import TODAY, plan_of

QUICK_CHECK = """\
pages:
  - {page: eins, title: Eins, purpose: zweck, fields: [{field: ort, type: text, label: Ort}]}
quick_check:
  title: Test
  questions:
    - field: titel
      type: choice
      label: Titel
      options: {nichts: Nichts, karte: Karte, pass: Pass, urkunde: Urkunde}
      required: true
%s
    - {field: zweck, type: choice, label: Zweck, options: {a: A, b: B, c: C}, required: true,
       show_if: titel = "karte"%s}
  decisions:
    - decision: ergebnis
      hit_policy: first
      rules:
        - rule: R1
          if: titel = "karte" and zweck in ("b", "c")
          then: '"gut"'
        - {rule: R2, if: titel = "pass", then: '"auch_gut"'}
        - {rule: R3, if: titel = "urkunde", then: '"mittel"'}
      otherwise: '"schlecht"'
  result: ergebnis
  outcomes:
    - {outcome: gut, title: Gut, may_apply: true}
    - {outcome: auch_gut, title: Auch gut, may_apply: true%s}
    - {outcome: mittel, title: Mittel, may_apply: true}
    - {outcome: schlecht, title: Schlecht, may_apply: false}
"""


def _told(titel: str, instead: str, zweck: str = "", reached: str = "") -> list[dict[str, Value]]:
    changeable = f"      changeable: {instead}" if instead else ""
    explainer = Explainer(plan_of(QUICK_CHECK % (changeable, zweck, reached)))
    answers: Answers = {"titel": titel}
    return [dict(one.moved()) for one in explainer.suggestions(answers, TODAY) if one.is_better]


def test_an_answer_is_changed_only_into_what_stands_for_it() -> None:
    """From nothing to a document, but from a document to nothing else."""
    assert [{"titel": "urkunde"}] == _told("nichts", "{nichts: urkunde}")
    assert [] == _told("urkunde", "{nichts: [urkunde, pass]}")


def test_all_that_stand_for_an_answer_are_tried() -> None:
    """The best one is told."""
    assert [{"titel": "pass"}] == _told("nichts", "{nichts: [urkunde, pass]}")


def test_a_question_that_comes_up_takes_what_is_named_first() -> None:
    """Both b and c would do: the author says which one is the usual way."""
    assert [{"titel": "karte", "zweck": "b"}] == _told("nichts", "{nichts: karte}")
    assert [{"titel": "karte", "zweck": "c"}] == _told(
        "nichts", "{nichts: karte}", ", changeable: {a: c}"
    )


def test_a_question_that_comes_up_may_have_any_other_answer_as_well() -> None:
    """What is named for some answer may lead nowhere when the question is new."""
    assert [{"titel": "karte", "zweck": "b"}] == _told(
        "nichts", "{nichts: karte}", ", changeable: {b: a}"
    )


def test_whoever_has_reached_what_they_came_for_is_not_sent_on() -> None:
    """With `reached` two outcomes are equally good; without it one is better."""
    assert [{"titel": "karte", "zweck": "b"}] == _told("pass", "{pass: karte}")
    assert [] == _told("pass", "{pass: karte}", reached=", reached: true")


NEVER = [
    # Taking the passport of the state one fled from ends the protection (§ 72 AsylG).
    ("einbuergerung", "EB-09", {"qc_pass": "nationalpass_gueltig"}),
    # That somebody never did it would be a lie (§ 42 StAG).
    ("einbuergerung", "EB-Q-R12", {"qc_bestrebungen": "nie"}),
    ("einbuergerung", "EB-Q-R20", {"qc_bestrebungen": "nie"}),
    # Nobody becomes a guest worker of 1974.
    ("einbuergerung", "EB-17", {"qc_lu_ausnahme": "gastarbeiter_unverschuldet"}),
    ("einbuergerung", "EB-Q-R18", {"qc_lu_ausnahme": "gastarbeiter_unverschuldet"}),
    # A German parent cannot be naturalised once more.
    ("einbuergerung", "EB-49", {"qc_elternteil_antrag": "ja_antrag"}),
    # A stay for studies leads to no permanent right (§ 16b Abs. 4, § 9 AufenthG).
    ("einbuergerung", "EB-05", {"qc_titel": "unbefristet"}),
    # Who may not work may not work for themselves either (§ 4a Abs. 4, § 61 AsylG).
    ("beschaeftigungserlaubnis", "BE-11", {"stellen_art": "selbstaendig"}),
    ("beschaeftigungserlaubnis", "BE-13b", {"stellen_art": "selbstaendig"}),
    ("beschaeftigungserlaubnis", "BE-17", {"stellen_art": "selbstaendig"}),
    # There is no Ausbildungsduldung once measures have begun (§ 60c Abs. 2 Nr. 5 AufenthG).
    ("beschaeftigungserlaubnis", "BE-25", {"duldung_art": "p60c_ausbildung"}),
]


@pytest.mark.parametrize(("procedure", "case", "change"), NEVER)
def test_what_would_be_unlawful_or_absurd_is_never_told(
    procedure: str, case: str, change: dict[str, Value]
) -> None:
    """For these people it would change the result, and yet nobody may be advised so."""
    plan, answers, day = persona(procedure, case)
    told = [dict(one.moved()) for one in Explainer(plan).suggestions(answers, day)]

    assert not any(change.items() <= one.items() for one in told)


def test_years_of_waiting_are_not_told_to_save_a_form() -> None:
    """Work is possible now; that the Bundesagentur drops out in 2030 helps nobody today."""
    plan, answers, day = persona("beschaeftigungserlaubnis", "BE-07")

    assert not [one for one in Explainer(plan).suggestions(answers, day) if one.is_better]
