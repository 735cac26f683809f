"""The Verpflichtungserklärung agrees with the fact sheet, worked out by hand, on random answers."""

import random
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.answers import read_answers, write_value
from engine.model import Field, QuickCheck
from tests.definitions.delivered import plan_of
from tests.definitions.sheets import quick_check_of
from tests.definitions.verpflichtung_by_hand import decide, documents, warnings

NAME = "verpflichtungserklaerung"
TODAY = date(2026, 11, 23)
PEOPLE = 3000
# Without these most people would be sent away by one of the first rules.
USUAL: dict[str, Any] = {
    "ve_gast_gruppe": "nein",
    "ve_visum": "ja",
    "ve_mittel": "nein",
    "ve_bezirk": "12346",
    "ve_alter": "ja",
    "ve_sgb": "nein",
    "ve_status": "deutsch",
    "ve_probezeit": "nein",
    "ve_zweck": "nein",
    "ve_art": "natuerliche_person",
}
NETS = ("0", "1587.40", "1789.99", "1990", "2750", "3229.99", "3790", "4866.30", "5019.99", "5020")


def _answer(chance: random.Random, question: Field) -> object:
    if question.id in USUAL and chance.random() < 0.9:
        return USUAL[question.id]
    match question.type.name:
        case "date":
            return (TODAY + timedelta(days=chance.choice((89, 90, 364, 365, 900)))).isoformat()
        case "postcode":
            return chance.choice(("12345", "12348"))
        case "money":
            if not question.required and chance.random() < 0.7:
                return None
            return chance.choice((*NETS, str(chance.randint(0, 700000) / 100)))
        case "integer":
            return chance.randint(0, 5)
        case "yes_no":
            return chance.choice(("ja", "nein"))
    assert question.options is not None
    return chance.choice([one.value for one in question.options.options])


def _person(chance: random.Random, quick_check: QuickCheck) -> dict[str, Any]:
    plan = plan_of(NAME)
    raw: dict[str, Any] = {one.id: _answer(chance, one) for one in quick_check.questions}
    raw["ve_gaeste"] = chance.choice((1, 1, 2, 3))
    asked = plan.question_state(read_answers(quick_check.questions, raw).answers, TODAY).visible
    return {name: raw[name] for name in raw if name in asked}


def test_tables_and_hand_agree() -> None:
    """The outcome is the same for every one of the random people; all outcomes and rules occur."""
    plan = plan_of(NAME)
    quick_check = quick_check_of(plan.procedure)
    chance = random.Random(68)  # noqa: S311 - the same people in every run
    seen: set[str] = set()
    hit: set[str] = set()
    for _ in range(PEOPLE):
        raw = _person(chance, quick_check)
        reading = read_answers(quick_check.questions, raw)
        assert reading.problems == (), raw
        found = plan.quick_check(reading.answers, TODAY)
        outcome = decide(raw, TODAY)
        assert found.outcome is not None
        assert found.outcome.id == outcome, (
            raw,
            {name: write_value(one) for name, one in found.decisions.items()},
        )
        seen.add(outcome)
        hit |= {rule for rule in found.hits if rule[0] == "P"}
    assert seen == {one.id for one in quick_check.outcomes}
    assert hit == {f"P{number:02d}" for number in range(1, 15)}


def _base() -> dict[str, Any]:
    cases = {one.id: one for one in plan_of(NAME).procedure.cases}
    return dict(cases["VE-voll"].given)


SECOND: dict[str, Any] = {
    "p2_familienname": "Muster",
    "p2_vornamen": "Max",
    "p2_geburtsdatum": "1980-01-01",
    "p2_staatsangehoerigkeit": "000",
    "p2_anschrift": {"strasse": "Weg", "hausnummer": "1", "plz": "12345", "ort": "Musterstadt"},
    "p2_ausweis_nummer": "X00000002",
    "p2_netto": "1800",
}
INCOMES = (
    "lohn", "selbstaendig", "rente", "alg1", "elterngeld", "miete", "kapital", "stipendium",
)  # fmt: skip
JOB = ("arbeitgeber", "beschaeftigt_seit", "befristet_bis", "probezeit", "netto_1", "netto_2",
       "netto_3")  # fmt: skip
days = st.integers(0, 360).map(lambda number: TODAY + timedelta(days=number))


@st.composite
def forms(draw: st.DrawFn) -> dict[str, Any]:
    """A complete form, varied in everything that documents and warnings depend on."""
    a = _base()
    is_long = draw(st.booleans())
    a["einreise_geplant"] = draw(days).isoformat()
    if is_long:
        a["aufenthaltsdauer_art"] = "lang_ueber_90_tage"
        a["dauer_monate"] = draw(st.integers(4, 24))
        a |= {"wohnflaeche": "60", "personen_wohnung": 2}
        del a["ausreise_geplant"]
    else:
        stay = timedelta(days=draw(st.integers(1, 89)))
        a["ausreise_geplant"] = (date.fromisoformat(a["einreise_geplant"]) + stay).isoformat()
    a["zweck"] = draw(st.sampled_from(("besuch", "studium", "sprachkurs", "landesaufnahme_p23_1")))
    if a["zweck"] in ("studium", "sprachkurs"):
        a["bildungseinrichtung"] = "Musterschule"
    a["krankenversicherung_gast"] = draw(st.sampled_from(("vorhanden", "nein")))
    a["einkommensart"] = draw(st.lists(st.sampled_from(INCOMES), min_size=1, unique=True))
    _money(a, draw)
    if draw(st.booleans()):
        kin = draw(st.sampled_from(("ehegatte", "lebenspartner", "sonstige")))
        a |= SECOND | {"zweite_person_ja": "ja", "p2_verhaeltnis": kin}
    if draw(st.booleans()):
        a |= {
            "staatsangehoerigkeiten": ["439"],
            "aufenthaltstitel": "niederlassungserlaubnis",
        }
    return a


def _money(a: dict[str, Any], draw: st.DrawFn) -> None:
    cents = st.integers(0, 400_000).map(lambda number: f"{number / 100:.2f}")
    if "lohn" in a["einkommensart"]:
        end = draw(st.one_of(st.none(), st.integers(0, 900)))
        if end is not None:
            a["befristet_bis"] = (TODAY + timedelta(days=end)).isoformat()
        a["probezeit"] = draw(st.sampled_from(("ja", "nein")))
        a |= {f"netto_{number}": draw(cents) for number in (1, 2, 3)}
    else:
        for name in JOB:
            a.pop(name, None)
    if "selbstaendig" in a["einkommensart"]:
        a["gewinn_monat"] = draw(cents)
    if "rente" in a["einkommensart"]:
        a["rente_netto"] = draw(cents)
    a["pfaendung_insolvenz"] = draw(st.sampled_from(("ja", "nein")))
    for name in ("unterhalt_betrag", "kredite_monat"):
        a[name] = draw(st.sampled_from((None, "0", "0.01", "250")))
    a["sicherheit_art"] = draw(st.sampled_from(("keine", "sperrkonto", "kaution")))
    a["sicherheit_betrag"] = draw(st.sampled_from(("8999.99", "9000", "12000")))
    if a["sicherheit_art"] == "keine":
        del a["sicherheit_betrag"]


WATCHED = {"einreise_geplant", "netto_1", "befristet_bis", "probezeit", "pfaendung_insolvenz",
           "sicherheit_betrag"}  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(forms())
def test_documents_and_warnings_agree(a: dict[str, Any]) -> None:
    """What is asked for, what must be there, and what is warned about, for any complete form."""
    found = plan_of(NAME).check(a, TODAY)

    assert found.problems == ()
    assert {one.document: one.required for one in found.documents} == documents(a)
    assert {one.field for one in found.warnings} & WATCHED == warnings(a, TODAY)
