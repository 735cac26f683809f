"""Documents and warnings of the Einbürgerung agree with the sheet on random complete forms."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.definitions.delivered import plan_of
from tests.definitions.einbuergerung_form_by_hand import documents, has_passport, warnings

NAME = "einbuergerung"
TODAY = date(2026, 11, 23)
WATCHED = {
    "war_deutsch", "titel_paragraf", "titel_gueltig_bis", "weitere_ehe_besteht", "sprach_niveau",
    "ermittlungen", "verurteilungen", "aufenthaltszeiten", "auslandsaufenthalte", "email",
}  # fmt: skip
CERTIFICATE = ("sprach_niveau", "sprach_anbieter", "sprach_zertifikat_nr", "sprach_datum")
TEST = ("test_punkte", "test_datum", "test_bescheinigung_nr")
Draw = st.DrawFn


def _base() -> dict[str, Any]:
    cases = {one.id: one for one in plan_of(NAME).procedure.cases}
    return dict(cases["EB-01-antrag"].given)


def _day(draw: Draw, low: int, high: int) -> str:
    return (TODAY + timedelta(days=draw(st.integers(low, high)))).isoformat()


@st.composite
def forms(draw: Draw) -> dict[str, Any]:
    """A complete application of an adult, varied in what documents and warnings depend on."""
    a = _base()
    born = draw(st.integers(16 * 366, 20 * 365))
    a["geburtsdatum"] = (TODAY - timedelta(days=born)).isoformat()
    a["rufname"] = None
    a["war_deutsch"] = draw(st.sampled_from(("nein", "elternteil", "weiss_nicht")))
    a["weitere_ehe_besteht"] = draw(st.sampled_from(("ja", "nein")))
    a["postfach_ja"] = draw(st.sampled_from(("ja", "nein")))
    a["email"] = draw(st.sampled_from((None, "a@beispiel.example")))
    a["gebuehr_ermaessigung"] = draw(st.sampled_from((None, "wenig Geld")))
    _papers(a, draw)
    _title(a, draw)
    _family(a, draw)
    _knowledge(a, draw)
    _income(a, draw)
    _penalties(a, draw)
    return a


def _papers(a: dict[str, Any], draw: Draw) -> None:
    kinds = st.sampled_from(("reisepass", "personalausweis_eu", "reiseausweis_fluechtling"))
    a["ausweise"] = []
    for kind in draw(st.lists(kinds, max_size=2, unique=True)):
        paper = {"art": kind, "nummer": "X1234567", "staat": "252", "ausgestellt_am": "2016-01-01"}
        if draw(st.booleans()):
            paper["gueltig_bis"] = _day(draw, -2, 2)
        a["ausweise"].append(paper)
    if not has_passport(a, TODAY):
        a |= {"kein_pass_grund": "Mein Staat stellt keinen aus."}


def _title(a: dict[str, Any], draw: Draw) -> None:
    title = draw(st.sampled_from(("niederlassungserlaubnis", "aufenthaltserlaubnis",
                                  "freizuegigkeit_eu_ewr", "keiner")))  # fmt: skip
    a["aufenthaltstitel_art"] = title
    if title == "aufenthaltserlaubnis":
        a["titel_paragraf"] = draw(st.sampled_from(("18b", "16b", "25_3", "25b")))
        a["titel_gueltig_bis"] = _day(draw, 88, 92)
    if title == "freizuegigkeit_eu_ewr":
        a["freizuegigkeit_grund"] = "arbeit"
    if title in ("freizuegigkeit_eu_ewr", "keiner"):
        del a["titel_erteilt_am"], a["titel_nummer"]
    first = date(2022, 5, 9) + timedelta(days=draw(st.integers(-2, 2)))
    times: list[dict[str, Any]] = [
        {"von": "2018-03-01", "bis": first.isoformat(), "titel": "visum_d"},
        {"von": "2022-05-10", "titel": "niederlassungserlaubnis"},
    ]
    if draw(st.booleans()):
        times[1]["bis"] = "2026-11-01"
    a["aufenthaltszeiten"] = times
    if draw(st.booleans()):
        a["ausland_ueber_6_wochen"] = "ja"
        left = date(2022, 1, 1)
        back = left + timedelta(days=draw(st.sampled_from((100, 183, 184, 547, 548, 913, 914))))
        stay = {"von": left, "bis": back, "staat": "252", "grund": "familie", "frist_abh": "ja"}
        a["auslandsaufenthalte"] = [{key: str(value) for key, value in stay.items()}]


def _family(a: dict[str, Any], draw: Draw) -> None:
    state = draw(st.sampled_from(("ledig", "verheiratet", "geschieden", "verwitwet")))
    a["familienstand"] = state
    if state == "verheiratet":
        cases = {one.id: one for one in plan_of(NAME).procedure.cases}
        spouse = dict(cases["EB-45-antrag"].given)
        a |= {key: value for key, value in spouse.items() if key.startswith(("ehe_", "partner_"))}
        a["getrennt_lebend"] = "nein"
        if draw(st.booleans()):
            a["partner_staatsangehoerigkeiten"] = ["252"]
            a["partner_miteinbuergerung"] = "nein"
        else:
            a["partner_staatsangehoerigkeiten"] = ["000", "252"]
    if state in ("geschieden", "verwitwet"):
        a["partner_deutsch_ende"] = "nein"
        end = draw(st.sampled_from(("scheidung", "aufhebung", "tod")))
        marriage = {"partner_name": "Max", "von": "2010", "bis": "2015", "aufloesung": end}
        if end == "scheidung":
            marriage["entscheidung_anerkannt"] = "ja"
        a["fruehere_ehen"] = [marriage]


def _knowledge(a: dict[str, Any], draw: Draw) -> None:
    language = draw(st.sampled_from(("zertifikat_b1_plus", "schulabschluss_de", "haerte_10_4a",
                                     "ausnahme_krankheit_alter", "noch_keiner")))  # fmt: skip
    a["sprachnachweis_art"] = language
    if language == "zertifikat_b1_plus":
        a["sprach_niveau"] = draw(st.sampled_from(("A2", "B1")))
    else:
        for name in CERTIFICATE:
            a.pop(name, None)
    if language in ("haerte_10_4a", "ausnahme_krankheit_alter"):
        a["ausnahme_begruendung"] = "Ich habe lange gelernt und schaffe es nicht."
    test = draw(st.sampled_from(("einbuergerungstest", "ausbildung_de", "noch_keiner",
                                 "ausnahme_krankheit_alter")))  # fmt: skip
    a["test_nachweis"] = test
    if test != "einbuergerungstest":
        for name in TEST:
            a.pop(name, None)


def _income(a: dict[str, Any], draw: Draw) -> None:
    work = st.sampled_from(("angestellt", "rente", "studium", "ausbildung", "haushalt"))
    a["erwerbsstatus"] = draw(st.lists(work, min_size=1, unique=True))
    if "angestellt" not in a["erwerbsstatus"]:
        del a["beschaeftigungen"]
    a["rentenversicherung"] = draw(st.sampled_from((["gesetzlich"], ["privat"], ["keine"])))
    a["wohnform"] = draw(st.sampled_from(("miete", "bei_familie")))
    if a["wohnform"] == "bei_familie":
        del a["wohnkosten_warm"], a["wohnflaeche"]
    if draw(st.booleans()):
        a |= {"unterhaltspflicht": "ja", "unterhalt_betrag": "100"}
    if draw(st.booleans()):
        kind = draw(st.sampled_from(("asylblg", "sgb12_hlu")))
        a |= {
            "leistungen_bezug": "ja",
            "leistungen": [{"art": kind, "von": "2025-01-01", "person": "ich"}],
        }
        if kind == "sgb12_hlu":
            reasons = ("vollzeit_20_24", "haerte_p8_2", "ehegatte_gastarbeiter")
            reason = draw(st.sampled_from(reasons))
            a |= {"vollzeit_monate_24": 20, "ausnahme_lebensunterhalt": reason}
            a["leistungsbezug_grund"] = "Kleiner Lohn"
            if reason == "ehegatte_gastarbeiter":
                a["gastarbeiter_einreise"] = "1975"


def _penalties(a: dict[str, Any], draw: Draw) -> None:
    if draw(st.booleans()):
        a |= {"ermittlungen": "ja", "ermittlungen_details": "Staatsanwaltschaft"}
    if draw(st.booleans()):
        fine = {"staat": "000", "gericht_az": "AG", "datum": "2020-01-01", "strafart": "geldstrafe",
                "menschenverachtend": "nein"}  # fmt: skip
        numbers = draw(st.sampled_from(((90,), (91,), (45, 45), (45, 46))))
        a |= {"verurteilung": "ja", "verurteilungen": [fine | {"tagessaetze": n} for n in numbers]}


@settings(max_examples=150, deadline=None)
@given(forms())
def test_documents_and_warnings_agree(a: dict[str, Any]) -> None:
    """What is asked for, what must be there, and what is warned about."""
    found = plan_of(NAME).check(a, TODAY)

    assert found.problems == ()
    assert {one.document: one.required for one in found.documents} == documents(a, TODAY)
    assert {one.field for one in found.warnings} & WATCHED == warnings(a, TODAY)
