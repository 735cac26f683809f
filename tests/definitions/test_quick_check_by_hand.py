"""The decision tables agree with the fact sheet's order, worked out by hand, on random people."""

import random
from datetime import date
from typing import Any

from engine.answers import read_answers, write_value
from engine.model import Field, QuickCheck
from tests.definitions.delivered import plan_of
from tests.definitions.quick_check_by_hand import days_from, decide

TODAY = date(2026, 11, 23)
PEOPLE = 3000
# Without these most people would be sent away by one of the first rules.
USUAL: dict[str, Any] = {
    "qc_wohnsitz": "ja",
    "qc_deutsch_moeglich": "nein",
    "qc_pass": "nationalpass_gueltig",
    "qc_titel": "unbefristet",
    "qc_unterbrechung": "nein",
    "qc_leistungen": "nein",
    "qc_sprache": "b1_oder_mehr",
    "qc_test": "test_17_plus",
    "qc_tagessaetze": 0,
    "qc_freiheit_tage": 0,
    "qc_freiheit_nicht_erlassen": "nein",
    "qc_ermittlung": "nein",
    "qc_bekenntnis": "ja",
    "qc_bestrebungen": "nie",
    "qc_mehrehe": "nein",
    "qc_sperrfrist": "nein",
    "qc_staatsangehoerigkeit": ["andere"],
    "qc_kind_lebt_bei": "ja",
    "qc_elternteil_antrag": "ja_antrag",
}
EDGES = (365, 730, 731, 1095, 1096, 1097, 1825, 1826, 1827, 2192)


def _answer(chance: random.Random, question: Field) -> object:
    if question.id in USUAL and chance.random() < 0.9:
        return USUAL[question.id]
    if question.id == "qc_geburtsdatum":
        born = days_from(TODAY, chance.choice((chance.randint(0, 8000), chance.randint(0, 25000))))
        return chance.choice((born, born[:7], born[:4]))
    if question.type.name == "date":
        return days_from(TODAY, chance.choice((chance.choice(EDGES), chance.randint(0, 4000))))
    if question.type.name == "integer":
        return chance.choice((0, 90, 91, 111, 112, 548, 549, 913, 914))
    if question.type.name == "yes_no":
        return chance.choice(("ja", "nein"))
    assert question.options is not None
    values = [one.value for one in question.options.options]
    if question.type.name == "choices":
        return chance.sample(values, chance.randint(1, 2))
    return chance.choice(values)


def _person(chance: random.Random, quick_check: QuickCheck) -> dict[str, Any]:
    """Answers to the questions that are asked, one after the other."""
    plan = plan_of("einbuergerung")
    raw: dict[str, Any] = {one.id: _answer(chance, one) for one in quick_check.questions}
    asked = plan.question_state(read_answers(quick_check.questions, raw).answers, TODAY)
    return {name: raw[name] for name in asked.visible}


def test_tables_and_hand_agree() -> None:
    """Outcome and earliest date are the same for every one of the random people."""
    plan = plan_of("einbuergerung")
    quick_check = plan.procedure.quick_check
    assert quick_check is not None
    chance = random.Random(35)  # noqa: S311 - the same people in every run
    seen: set[str] = set()
    for _ in range(PEOPLE):
        raw = _person(chance, quick_check)
        reading = read_answers(quick_check.questions, raw)
        assert reading.problems == (), raw
        found = plan.quick_check(reading.answers, TODAY)
        outcome, earliest = decide(raw, TODAY)
        assert (found.outcome.id if found.outcome else None, found.earliest) == (
            outcome,
            earliest,
        ), (raw, {name: write_value(one) for name, one in found.decisions.items()})
        seen.add(outcome)
    assert seen == {one.id for one in quick_check.outcomes}
