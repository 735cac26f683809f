"""Why a part of the form is shown, hidden or needed: facts, and every condition with its values."""

import re
from datetime import date
from functools import cache
from typing import Any

import pytest

from engine import Plan
from engine.explain.form import Why, part_names, why_part
from engine.explain.speech import Speech
from tests.engine.made import plan_of

DAY = date(2026, 11, 23)
PROCEDURE = """\
pages:
  - page: person
    title: Person
    purpose: zweck
    fields:
      - {field: wohnt, type: yes_no, label: Wohnen Sie hier?, required: true}
      - {field: tage, type: integer, label: Tage, show_if: wohnt = true}
      - {field: grund, type: text, label: Grund, required_if: tage > 10}
      - {field: vermerk, type: text, label: Vermerk, internal: true}
      - {info: hinweis, text: Bitte melden., show_if: tage > 100}
      - {computed: lang, value: tage > 10, label: Lange hier}
      - {computed: doppelt, value: tage * 2}
  - page: familie
    title: Familie
    purpose: zweck
    show_if: wohnt = true
    fields:
      - group: kinder
        label: Kinder
        repeat: {min: 0, max: 3}
        show_if: tage > 1
        fields:
          - {field: alter, type: integer, label: Alter}
          - {field: schule, type: text, label: Schule, show_if: alter >= 6, required_if: alter < 18}
quick_check:
  title: Test
  questions:
    - {field: q_alt, type: yes_no, label: Sind Sie 18?, required: true}
    - {field: q_pass, type: yes_no, label: Haben Sie einen Pass?, show_if: q_alt = true}
  decisions: [{decision: ergebnis, value: 'if q_pass = true then "gut" else "offen"'}]
  result: ergebnis
  outcomes: [{outcome: gut, title: Gut}, {outcome: offen, title: Offen}]
documents:
  - {document: foto, title: Foto, formats: [jpg]}
  - {document: miete, title: Mietvertrag, required_if: tage > 10, formats: [pdf]}
  - {document: auskunft, title: Auskunft, optional_if: wohnt = true, formats: [pdf]}
  - {document: zeugnis, title: Zeugnis, each: kinder, required_if: alter >= 6, formats: [pdf]}
"""
HERE: dict[str, Any] = {"wohnt": True, "tage": 20, "kinder": [{"alter": 4}, {"alter": 9}]}
AWAY: dict[str, Any] = {"wohnt": False}


@cache
def _plan() -> Plan:
    return plan_of(PROCEDURE)


def _why(name: str, answers: dict[str, Any], language: str = "de") -> Why:
    plan = _plan()
    states = plan.check(answers, DAY, internal=True), plan.check_questions(answers, DAY)
    found = why_part(plan, *states, name, DAY, Speech(language))
    assert found is not None
    return found


def _said(name: str, answers: dict[str, Any]) -> list[str]:
    return [line for line in _why(name, answers).lines(Speech("de")) if line]


@pytest.mark.parametrize(
    ("name", "answers", "facts"),
    [
        ("wohnt", AWAY, ("»Wohnen Sie hier?« wird gefragt.", "Eine Antwort ist nötig.")),
        ("tage", AWAY, ("»Tage« wird nicht gefragt.",)),
        ("grund", HERE, ("»Grund« wird gefragt.", "Eine Antwort ist nötig.")),
        ("grund", {**HERE, "tage": 3}, ("»Grund« wird gefragt.", "Eine Antwort ist freiwillig.")),
        ("hinweis", HERE, ("Der Hinweis »Bitte melden.« wird nicht gezeigt.",)),
        ("person", AWAY, ("Die Seite »Person« wird gezeigt.",)),
        ("familie", AWAY, ("Die Seite »Familie« wird nicht gezeigt.",)),
        ("kinder", HERE, ("»Kinder« wird gefragt.",)),
        ("foto", AWAY, ("Die Unterlage »Foto« wird verlangt.",)),
        (
            "q_pass",
            {"q_alt": True},
            ("»Haben Sie einen Pass?« wird gefragt.", "Eine Antwort ist freiwillig."),
        ),
        ("q_pass", {"q_alt": False}, ("»Haben Sie einen Pass?« wird nicht gefragt.",)),
    ],
)
def test_what_is_so_is_said_first(
    name: str, answers: dict[str, Any], facts: tuple[str, ...]
) -> None:
    """Asked or not, needed or not; of what is hidden nothing is needed."""
    assert facts == _why(name, answers).facts


def test_a_condition_stands_with_its_truth_and_the_values_that_made_it() -> None:
    """Open is not false: nobody said how many days."""
    assert [
        "»Grund« wird gefragt.",
        "Eine Antwort ist nötig.",
        "Ist nötig, wenn:",
        "  [trifft zu] »Tage« ist größer als 10 – jetzt: »Tage« = 20",
    ] == _said("grund", HERE)
    assert "  [offen] »Tage« ist größer als 10 – jetzt: »Tage« = keine Angabe" in _said(
        "grund", AWAY
    )


def test_conditions_are_told_from_the_outside_in() -> None:
    """A field in a row hangs on the page, on the group, and on itself."""
    clauses = _why("kinder[1].schule", HERE).clauses

    assert ["shown.page", "shown.group", "shown.show_if", "shown.required_if"] == [
        one.key for one in clauses
    ]
    assert ["»Familie«", "»Kinder«", "", ""] == [one.what for one in clauses]
    assert {True} == {one.weighed.truth for one in clauses}


@pytest.mark.parametrize(
    ("path", "truth", "shown"), [("kinder[0].schule", False, "4"), ("kinder[1].schule", True, "9")]
)
def test_each_row_has_its_own_answers(path: str, truth: bool, shown: str) -> None:
    """The same question in two rows is two questions."""
    (clause,) = (one for one in _why(path, HERE).clauses if one.key == "shown.show_if")

    assert truth is clause.weighed.truth
    assert [shown] == [read.shown for read in clause.weighed.reads]


@pytest.mark.parametrize("name", ["schule", "kinder.schule", "kinder[].schule", "kinder[0].schule"])
def test_a_field_of_a_row_is_found_by_any_of_its_names(name: str) -> None:
    """Without a number it is the first row, whether there is one or not."""
    assert "kinder[0].schule" == _why(name, HERE).path
    assert "kinder[0].schule" == _why(name, AWAY).path


def test_a_computed_value_tells_how_it_came_about() -> None:
    """By its label, or by its id where it has none."""
    assert ("»Lange hier« = ja", "»Lange hier« wird berechnet: »Tage« ist größer als 10") == _why(
        "lang", HERE
    ).facts[:2]
    assert "doppelt = 40" == _why("doppelt", HERE).facts[0]
    assert "»Tage« = 20" in _why("doppelt", HERE).facts[2]


@pytest.mark.parametrize(
    ("name", "answers", "state", "key"),
    [
        ("miete", HERE, "wird verlangt", "shown.required_if"),
        ("miete", {**HERE, "tage": 3}, "wird nicht verlangt", "shown.required_if"),
        ("auskunft", HERE, "wird erbeten, darf aber fehlen", "shown.optional_if"),
        ("auskunft", AWAY, "wird nicht verlangt", "shown.optional_if"),
    ],
)
def test_a_document_is_needed_welcome_or_neither(
    name: str, answers: dict[str, Any], state: str, key: str
) -> None:
    """With its condition."""
    why = _why(name, answers)

    assert state in why.facts[0]
    assert [key] == [one.key for one in why.clauses]


def test_a_document_of_rows_says_so() -> None:
    """Its condition is told with the first row."""
    why = _why("zeugnis", HERE)

    assert "»Kinder«" in why.facts[1]
    assert [False] == [one.weighed.truth for one in why.clauses]


def test_for_programs_the_same_stands_as_data() -> None:
    """Keys without the prefix of the catalogue."""
    data = _why("tage", AWAY, "en").as_json()

    assert "tage" == data["path"]
    assert [
        {
            "of": "show_if",
            "what": "",
            "text": "“Wohnen Sie hier?” is “Yes”",
            "truth": False,
            "reads": {"wohnt": "“No”"},
            "points": [],
        }
    ] == data["conditions"]


def test_everything_that_can_be_asked_about_has_a_name_and_an_explanation() -> None:
    """In both languages, whatever was answered; what is not there has none."""
    plan = _plan()
    names = part_names(plan)

    assert {"person", "wohnt", "kinder", "kinder[0].schule", "hinweis", "miete", "q_pass"} <= set(
        names
    )
    for language in ("de", "en"):
        for answers in (HERE, AWAY, {}):
            for name in names:
                lines = list(_why(name, answers, language).lines(Speech(language)))
                assert lines
                assert not re.search(r"shown\.\w|[{}]", "\n".join(lines)), name
    states = plan.check({}, DAY), plan.check_questions({}, DAY)
    assert why_part(plan, *states, "gibt_es_nicht", DAY, Speech("de")) is None
