"""Documents and warnings of the Beschäftigungserlaubnis agree with the sheet on random forms."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.definitions.beschaeftigung_form_by_hand import documents, warnings
from tests.definitions.delivered import plan_of

NAME = "beschaeftigungserlaubnis"
TODAY = date(2026, 11, 23)
WATCHED = {
    "dokument_gueltig_bis", "geburtsdatum", "beginn_geplant", "entgelt_brutto", "urlaub_tage",
    "kammer_eintragung",
}  # fmt: skip
WORK = (
    "beschaeftigung", "berufsausbildung", "einstiegsqualifizierung", "praktikum",
    "freiwilligendienst", "leiharbeit", "minijob",
)  # fmt: skip
TRAINING = {
    "ausbildungsberuf": "Köchin",
    "ausbildung_art": "betrieblich",
    "verguetung_1_jahr": "1000",
}
Draw = st.DrawFn


@st.composite
def forms(draw: Draw) -> dict[str, Any]:
    """A complete application, varied in what documents and warnings depend on."""
    cases = {one.id: one for one in plan_of(NAME).procedure.cases}
    a = dict(cases["BE-voll"].given)
    near = st.integers(-2, 2).map(timedelta)
    a["dokument_gueltig_bis"] = (TODAY + draw(near)).isoformat()
    a["geburtsdatum"] = (TODAY - timedelta(days=draw(st.integers(5480, 6800)))).isoformat()
    edges = st.sampled_from((TODAY + timedelta(days=21), date(2027, 1, 1)))
    a["beginn_geplant"] = max(TODAY, draw(edges) + draw(near)).isoformat()
    a["einreise_datum"] = "2022-11-20"
    a["durchgehend_seit"] = (date(2022, 11, 23) + draw(near)).isoformat()
    a["antrag_anlass"] = draw(st.sampled_from(("neue_stelle", "verlaengerung",
                                               "wechsel_arbeitgeber")))  # fmt: skip
    if a["antrag_anlass"] == "wechsel_arbeitgeber":
        a["bisherige_stelle_endet"] = "2026-12-31"
    a["antragsteller_rolle"] = draw(st.sampled_from(("beschaeftigte_person", "beratungsstelle")))
    a["duldung_art"] = draw(st.sampled_from(("p60a_2", "p60d_beschaeftigung")))
    a["pass_vorhanden"] = draw(st.sampled_from(("ja", "nein", "nein_beantragt")))
    if a["pass_vorhanden"] not in ("ja",):
        a["identitaet_bemuehungen"] = "Ich war bei der Botschaft."
    _work(a, draw)
    _employer(a, draw)
    return a


def _work(a: dict[str, Any], draw: Draw) -> None:
    a["stellen_art"] = draw(st.sampled_from(WORK))
    if a["stellen_art"] == "berufsausbildung":
        a |= TRAINING | {"kammer_eintragung": draw(st.sampled_from(("eingetragen", "nein")))}
    if a["stellen_art"] in ("berufsausbildung", "einstiegsqualifizierung"):
        a |= {"ausbildung_von": "2027-08-01", "ausbildung_bis": "2028-07-31"}
    if a["stellen_art"] == "praktikum":
        a["praktikum_art"] = draw(st.sampled_from(("pflichtpraktikum", "sonstiges")))
        a["praktikum_dauer_wochen"] = 10


def _employer(a: dict[str, Any], draw: Draw) -> None:
    a["ag_verwandt"] = draw(st.sampled_from((None, "nein", "ehegatte", "verwandt_1_grad")))
    a["ag_vollmacht"] = draw(st.sampled_from((None, "ja", "nein")))
    a["anforderung"] = draw(st.sampled_from(("helfer", "hochschule")))
    a["reglementiert"] = draw(st.sampled_from(("nein", "ja_liegt_vor")))
    a["tarif"] = draw(st.sampled_from(("nein", "ja")))
    if a["tarif"] == "ja":
        a["tarif_name"] = "TVöD"
    a["ueberlassung"] = draw(st.sampled_from(("ja", "nein")))
    if a["ueberlassung"] == "ja":
        a["entleiher"] = "Musterlager"
    a["sv_pflicht"] = draw(st.sampled_from(("ja", "minijob")))
    a["wochenstunden"] = draw(st.sampled_from(("9", "20", "40")))
    a["arbeitstage"] = draw(st.sampled_from(("2", "5", "6")))
    a["urlaub_tage"] = draw(st.sampled_from(("8", "19", "20", "23", "24")))
    a["entgelt_art"] = draw(st.sampled_from(("stunde", "monat", "jahr")))
    amounts = {
        "stunde": ("13.89", "13.90", "14.59", "14.60"),
        "monat": ("603", "603.01", "633", "633.01", "2408", "2531"),
        "jahr": ("7236", "7596.13", "28909", "30367"),
    }
    a["entgelt_brutto"] = draw(st.sampled_from(amounts[a["entgelt_art"]]))


@settings(max_examples=200, deadline=None)
@given(forms())
def test_documents_and_warnings_agree(a: dict[str, Any]) -> None:
    """What is asked for, what must be there, and what is warned about."""
    found = plan_of(NAME).check(a, TODAY)

    assert found.problems == ()
    assert {one.document: one.required for one in found.documents} == documents(a, TODAY)
    assert {one.field for one in found.warnings} & WATCHED == warnings(a, TODAY)
