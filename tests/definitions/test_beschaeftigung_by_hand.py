"""The tables of the Beschäftigungserlaubnis agree with the fact sheet's rules on random people."""

import random
from datetime import date, timedelta
from typing import Any

from engine.answers import read_answers, write_value
from engine.model import Field, QuickCheck
from tests.definitions.beschaeftigung_by_hand import SAFE, SAFE_EU, decide
from tests.definitions.delivered import plan_of
from tests.definitions.sheets import quick_check_of

NAME = "beschaeftigungserlaubnis"
TODAY = date(2026, 11, 23)
PEOPLE = 3000
STATES = ("Iran", "Türkei", *sorted(SAFE | SAFE_EU))
# Days around which something changes: three and six months, four years, the transitional days.
EDGES = (
    date(2015, 8, 31),
    date(2022, 11, 23),
    date(2023, 8, 30),
    date(2025, 5, 6),
    date(2026, 5, 23),
    date(2026, 8, 23),
)
# Without these most people would be sent away by one of the first rules.
USUAL: dict[str, Any] = {
    "eintrag_erwerb": "nur_mit_erlaubnis_abh",
    "asyl_stand": "laeuft",
    "duldung_art": "p60a_2",
    "mitwirkung_verletzt": "nein",
    "selbst_zu_vertreten": "nein",
    "einreise_wegen_leistungen": "nein",
    "ausreise_massnahmen": "nein",
}
STATUS = ("duldung", "duldung", "aufenthaltsgestattung", "ankunftsnachweis", "aufenthaltstitel")


def _day(chance: random.Random) -> str:
    edge = chance.choice(EDGES) + timedelta(days=chance.randint(-1, 1))
    anywhere = TODAY - timedelta(days=chance.randint(0, 4500))
    return chance.choice((edge, edge, anywhere)).isoformat()


def _answer(chance: random.Random, question: Field) -> object:
    if question.id in USUAL and chance.random() < 0.8:
        return USUAL[question.id]
    if question.id == "status_art" and chance.random() < 0.8:
        return chance.choice(STATUS)
    if question.id == "asylantrag_datum" and not question.required and chance.random() < 0.2:
        return None
    match question.type.name:
        case "country":
            return chance.choice(STATES)
        case "date":
            return _day(chance)
        case "number" | "integer":
            return chance.choice((0, 23, 24, 35, 36, 139, 140, 141, None))
        case "yes_no":
            return chance.choice(("ja", "nein"))
    assert question.options is not None
    return chance.choice([one.value for one in question.options.options])


def _person(chance: random.Random, quick_check: QuickCheck) -> dict[str, Any]:
    """Answers to the questions that are asked, online and by the clerk."""
    plan = plan_of(NAME)
    raw: dict[str, Any] = {one.id: _answer(chance, one) for one in quick_check.questions}
    reading = read_answers(quick_check.questions, raw, internal=True)
    asked = plan.question_state(reading.answers, TODAY).visible
    clerk = {one.id for one in quick_check.questions if one.internal}
    return {name: raw[name] for name in raw if name in asked or name in clerk}


def test_tables_and_hand_agree() -> None:
    """Outcome and first possible day are the same for every one of the random people."""
    plan = plan_of(NAME)
    quick_check = quick_check_of(plan.procedure)
    chance = random.Random(26)  # noqa: S311 - the same people in every run
    seen: set[str] = set()
    hit: set[str] = set()
    for _ in range(PEOPLE):
        raw = _person(chance, quick_check)
        if raw["status_art"] == "aufenthaltsgestattung" and raw["asylantrag_datum"] is None:
            continue  # the answer is required there
        reading = read_answers(quick_check.questions, raw, internal=True)
        assert reading.problems == (), raw
        found = plan.quick_check(reading.answers, TODAY)
        outcome, earliest = decide(raw, TODAY)
        assert (found.outcome.id if found.outcome else None, found.earliest) == (
            outcome,
            earliest,
        ), (raw, {name: write_value(one) for name, one in found.decisions.items()})
        seen.add(outcome)
        hit |= set(found.hits)
    assert seen == {one.id for one in quick_check.outcomes}
    of_the_sheet = {rule.id for one in quick_check.decisions for rule in one.rules}
    assert of_the_sheet - hit == set()
