"""Sentences of checks that name values: right ones, of the right row, in words."""

from datetime import date
from decimal import Decimal

import pytest

from engine import Source, prepare
from engine.load import SharedLists
from engine.plan.messages import german
from tests.engine.made import HEAD, plan_of

TODAY = date(2026, 11, 23)
FORM = """
settings:
  frist: {value: 1974-06-30, source: erfunden}
  lohn:
    - {value: 13.90, valid_from: 2026-01-01, source: erfunden}
    - {value: 1460.5, valid_from: 2027-01-01, source: erfunden}
pages:
  - page: eins
    title: Eins
    purpose: zweck
    fields:
      - field: tag
        type: date
        label: Tag
        valid_if: tag <= setting.frist
        message: Nur bis zum {setting.frist}, nicht am {tag}.
      - field: betrag
        type: money
        label: Betrag
        warn_if: betrag < mindestens
        warning: "{betrag} ist weniger als {mindestens}."
      - computed: mindestens
        value: wert am(setting.lohn, stichtag)
        type: money
        label: Mindestens
      - group: kinder
        label: Kinder
        repeat: {min: 0, max: 3}
        fields:
          - field: zahl
            type: integer
            label: Zahl
            valid_if: zahl < 3
            message: "{zahl} ist zu viel."
        checks:
          - check: viele
            warn_if: count(kinder) > 1
            message: Mehr als {setting.lohn}
            fields: [zahl]
"""


def _said(raw: dict[str, object], today: date = TODAY) -> dict[str, str]:
    state = plan_of(FORM).check(raw, today)
    return {one.field: german(one) for one in (*state.problems, *state.warnings)}


def test_days_of_settings_and_answers_are_written_out() -> None:
    """As German writes them where German is spoken."""
    said = _said({"tag": "1974-07-01"})

    assert said == {"tag": "Nur bis zum 30.06.1974, nicht am 01.07.1974."}


@pytest.mark.parametrize(("today", "least"), [(TODAY, "13,90 €"), (date(2027, 1, 1), "1.460,50 €")])
def test_amounts_are_those_of_the_day(today: date, least: str) -> None:
    """A money field knows that it is one; a computed value says so."""
    assert _said({"betrag": "1"}, today) == {"betrag": f"1,00 € ist weniger als {least}."}


def test_a_row_names_its_own_value() -> None:
    """And a check of the whole group is told at each row."""
    said = _said({"kinder": [{"zahl": 1}, {"zahl": 7}]})

    assert said == {"kinder[1].zahl": "Mehr als 13,9", "kinder[0].zahl": "Mehr als 13,9"}
    state = plan_of(FORM).check({"kinder": [{"zahl": 1}, {"zahl": 7}]}, TODAY)
    assert [german(one) for one in state.problems] == ["7 ist zu viel."]


def test_the_values_travel_beside_the_sentence() -> None:
    """Whoever shows it formats them: the sentence itself stays as it was translated."""
    (problem,) = plan_of(FORM).check({"tag": "1974-07-01"}, TODAY).problems

    assert problem.message is not None
    assert problem.message.german == "Nur bis zum {setting.frist}, nicht am {tag}."
    assert [(one.name, one.value) for one in problem.inserts] == [
        ("setting.frist", date(1974, 6, 30)),
        ("tag", date(1974, 7, 1)),
    ]
    (warning,) = plan_of(FORM).check({"betrag": "1"}, TODAY).warnings
    assert [(one.value, one.is_money) for one in warning.inserts] == [
        (Decimal(1), False),
        (Decimal("13.90"), True),
    ]


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("Mehr als {gibt_es_nicht}", "unknown-name"),
        ("Mehr als {zahl + 1}", "wrong-placeholder"),
        ("Mehr als {setting.liste}", "placeholder-not-a-value"),
        ("Mehr als {", "wrong-placeholder"),
    ],
)
def test_a_place_is_a_name_and_is_known(message: str, code: str) -> None:
    """Nothing is evaluated in a sentence, and nothing stays empty by a slip."""
    text = f"""
settings: {{liste: {{value: ["a"], source: erfunden}}}}
pages:
  - page: eins
    title: Eins
    purpose: zweck
    fields:
      - {{field: zahl, type: integer, label: Zahl, valid_if: zahl < 3, message: "{message}"}}
"""
    found = prepare(Source("beispiel.yaml", HEAD + text), SharedLists())[1]

    assert code in {one.code for one in found}


def test_only_a_number_is_an_amount() -> None:
    """`type: money` at a computed text is a slip."""
    text = """
pages:
  - page: eins
    title: Eins
    purpose: zweck
    fields:
      - {field: name, type: text, label: Name}
      - {computed: wert, value: name, type: money}
"""
    found = prepare(Source("beispiel.yaml", HEAD + text), SharedLists())[1]

    assert "wrong-result-type" in {one.code for one in found}
