"""Faults planted in forms are found; sound forms are proved, and examples run as they say."""

from textwrap import indent

import pytest

from engine import Plan
from engine.prove.known import Known
from engine.prove.proof import Proof, Result
from engine.prove.proving import prove
from tests.engine.made import PROCEDURES, TODAY, page_of, plan_of, real_plan
from tests.engine.prove.asking import proofs, refuted

SOUND = """\
- {field: art, type: choice, label: Art, options: {a: A, b: B}, required: true}
- {field: alter, type: integer, label: Alter, min: 0, max: 120, required: true}
- field: grund
  type: text
  label: Grund
  show_if: art = "b"
  required_if: alter < 18
- field: beginn
  type: date
  label: Beginn
  valid_if: beginn >= stichtag
  message: Der Beginn liegt in der Vergangenheit.
- group: kinder
  label: Kinder
  repeat: {min: 0, max: 5}
  show_if: alter >= 16
  fields:
    - {field: geboren, type: date, label: Geboren, required: true}
    - {field: pflege, type: yes_no, label: Pflegekind, show_if: 'art = "a"'}
    - info: hinweis
      text: Bitte angeben.
      show_if: pflege = true
"""


def subjects(found: dict[str, list[Proof]]) -> dict[str, list[str]]:
    """The names of what is refuted."""
    return {code: [one.subject for one in several] for code, several in found.items()}


def test_a_sound_form_is_proved() -> None:
    """Nothing refuted, nothing left open."""
    assert {} == refuted(page_of(SOUND))


def test_a_field_that_can_never_be_shown_is_named() -> None:
    """No answer fulfils both conditions; what else the field says is not told besides."""
    text = SOUND.replace('show_if: art = "b"', 'show_if: art = "b" and alter > 120')

    found = subjects(refuted(page_of(text)))

    assert {"can-be-shown": ["grund"]} == found


def test_a_question_in_rows_that_can_never_be_shown_is_named() -> None:
    """Of all rows at once."""
    text = SOUND.replace("show_if: pflege = true", "show_if: pflege = true and alter < 16")

    found = subjects(refuted(page_of(text)))

    assert {"can-be-shown": ["kinder[].hinweis"]} == found


def test_a_dead_end_is_named_with_the_rules_that_make_it() -> None:
    """Whoever picks `b` has to be under 18 and over 20: so few rules that each one is needed."""
    text = (
        SOUND
        + """\
- field: nachweis
  type: text
  label: Nachweis
  show_if: art = "b"
  valid_if: alter < 18
  message: Nur für Minderjährige.
  required: true
- field: vertrag
  type: text
  label: Vertrag
  show_if: art = "b"
  valid_if: alter > 20
  message: Nur für Erwachsene.
  required: true
"""
    )
    found = refuted(page_of(text))

    assert {"can-be-submitted"} == set(found)
    assert {"grund", "nachweis", "vertrag"} == {one.subject for one in found["can-be-submitted"]}
    dead_end = next(one for one in found["can-be-submitted"] if one.subject == "nachweis")
    assert "because-of" == dead_end.reason
    assert {
        "nachweis: required",
        "nachweis: valid_if: alter < 18",
        "vertrag: required",
        "vertrag: valid_if: alter > 20",
        "alter: required",
    } == set(dead_end.values["what"].split("; "))


def test_a_form_that_can_never_be_submitted_is_one_fault() -> None:
    """The parts are told once, for the form."""
    text = (
        SOUND
        + """\
- field: ende
  type: date
  label: Ende
  required: true
  valid_if: ende < beginn and beginn < ende
  message: Unmöglich.
"""
    )
    found = refuted(page_of(text.replace("label: Beginn", "label: Beginn\n  required: true")))

    (whole,) = found["form-can-be-submitted"]
    assert "ende: required" in whole.values["what"]


def test_a_condition_that_is_always_true_is_named() -> None:
    """Where the field is shown, the condition holds already; one that waits for an answer fails."""
    text = SOUND.replace("required_if: alter < 18", 'required_if: art = "b"')
    assert {"condition-can-fail": ["grund: required_if"]} == subjects(refuted(page_of(text)))

    text = SOUND.replace("required_if: alter < 18", "required_if: alter >= 0 or alter < 0")
    assert {} == refuted(page_of(text))


def test_a_check_that_can_never_fail_is_named() -> None:
    """The limits of the field already say it."""
    text = (
        SOUND
        + """\
- field: gewicht
  type: integer
  label: Gewicht
  min: 10
  valid_if: gewicht >= 10
  message: Zu leicht.
"""
    )
    found = refuted(page_of(text))

    assert ["check-can-fail"] == list(found)


def test_a_document_that_is_never_asked_for_is_named() -> None:
    """And one that always is, is not."""
    text = f"""\
pages:
  - page: eins
    title: Eins
    purpose: zweck
    fields:
{indent(SOUND, " " * 6)}
documents:
  - {{document: nie, title: Nie, required_if: 'art = "a" and art = "b"'}}
  - {{document: immer, title: Immer}}
  - {{document: manchmal, title: Manchmal, required_if: 'art = "a"'}}
"""
    found = subjects(refuted(plan_of(text)))

    assert ["nie"] == found["can-be-shown"]
    assert ["nie: required_if"] == found["condition-can-hold"]


def test_what_a_switch_of_the_authority_turns_off_is_no_fault() -> None:
    """With the switch turned, the field is shown; the report says which one it is."""
    text = f"""\
settings:
  religion: {{value: false, source: Behörde}}
pages:
  - page: eins
    title: Eins
    purpose: zweck
    fields:
{indent(SOUND, " " * 6)}
      - {{field: religion, type: text, label: Religion, show_if: setting.religion = true}}
"""
    found = {one.subject: one for one in proofs(plan_of(text)) if one.claim == "can-be-shown"}

    assert ("proved", "switched-off") == (found["religion"].result, found["religion"].reason)
    assert "setting.religion" == found["religion"].values["what"]


def test_what_depends_on_the_inside_of_texts_is_left_open_or_shown() -> None:
    """A pattern is unknown to the solver: a guess that the plan confirms is a proof, else open."""
    text = """\
- {field: nummer, type: text, label: Nummer, required: true}
- field: kasse
  type: text
  label: Kasse
  show_if: matches(nummer, "^[A-Z]{2}[0-9]{9}$")
"""
    found = {one.key: one for one in proofs(page_of(text))}

    kasse = found["can-be-shown kasse"]
    assert (Result.NOT_PROVED, "unknown") == (kasse.result, kasse.reason)
    assert "matches" == kasse.values["what"]
    assert "proved" == found["condition-can-fail kasse: show_if"].result


def test_more_rows_than_are_looked_at_prove_nothing() -> None:
    """A fault that would need a fourth row is left open, not denied."""
    text = """\
- group: kinder
  label: Kinder
  repeat: {min: 0, max: 9}
  fields:
    - {field: alter, type: integer, label: Alter, min: 0, max: 9, required: true}
- {field: viele, type: text, label: Viele, show_if: count(kinder) > 3}
- {field: grosse, type: text, label: Große, show_if: "count(kinder[item.alter = 9]) > 3"}
- {field: nie, type: text, label: Nie, show_if: count(kinder) > 9}
"""
    found = {one.subject: one for one in proofs(page_of(text)) if one.claim == "can-be-shown"}

    assert "proved" == found["viele"].result
    assert ("not_proved", "more-rows") == (found["grosse"].result, found["grosse"].reason)
    assert "refuted" == found["nie"].result


def _kept(plan: Plan) -> tuple[list[Proof], object]:
    known = Known()
    found = list(prove(plan, today=TODAY, known=known))
    return found, known.as_json()


def test_what_was_proved_is_known_the_next_time() -> None:
    """The same proofs, from what was kept; whatever else stands in the file is forgotten."""
    plan = page_of(SOUND.replace('show_if: art = "b"', 'show_if: art = "b" and alter > 120'))
    found, kept = _kept(plan)

    again = list(prove(plan, today=TODAY, known=Known.from_json(kept)))

    assert [(one.key, one.result, one.example) for one in found] == [
        (one.key, one.result, one.example) for one in again
    ]
    assert {} == Known.from_json({"version": -1, "replies": {"x": 1}}).replies
    assert [] == Known.from_json([1, 2]).examples


def test_what_was_kept_never_hides_a_change() -> None:
    """A condition that becomes impossible is refuted although the old one was proved."""
    _, kept = _kept(page_of(SOUND))
    changed = page_of(SOUND.replace('show_if: art = "b"', 'show_if: art = "b" and alter > 120'))

    again = prove(changed, today=TODAY, known=Known.from_json(kept))

    assert "grund" in {one.subject for one in again if one.result is Result.REFUTED}


@pytest.mark.parametrize("name", PROCEDURES)
def test_real_forms_are_proved(name: str) -> None:
    """Every field, page and document, every condition and check; nothing refuted or open."""
    found = prove(real_plan(name), today=TODAY)

    assert [] == [(one.key, one.reason) for one in found if one.result is not Result.PROVED]
    assert len(found) > 60
