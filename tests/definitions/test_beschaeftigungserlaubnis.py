"""The Beschäftigungserlaubnis holds everything the authority's fact sheet says about it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from engine.model import Procedure
from engine.model_outputs import MapDocument, MapNode, MapTree
from tests.definitions.delivered import plan_of
from tests.definitions.messages import PDF, application, files, message, pdf_upload, texts
from tests.definitions.sheets import (
    Sheet,
    asked,
    differences,
    document_as_in_sheet,
    missing_choices,
    page_of_row,
    quick_check_of,
    read_sheet,
    rule_ids,
)

NAME = "beschaeftigungserlaubnis"
CLERK = {
    "mitwirkung_verletzt",
    "selbst_zu_vertreten",
    "einreise_wegen_leistungen",
    "ausreise_massnahmen",
    "uma_ruecknahme",
    "asyl_ausgang",
}


@pytest.fixture(scope="module")
def sheet(shared: Path) -> Sheet:
    """Give the fact sheet."""
    return read_sheet(shared, NAME)


@pytest.fixture(scope="module")
def procedure() -> Procedure:
    """Give the definition."""
    return plan_of(NAME).procedure


def test_it_has_the_pages_of_the_sheet(sheet: Sheet, procedure: Procedure) -> None:
    """Ten pages in the sheet's order."""
    ids = [page.id for page in procedure.pages]
    assert ids == [page["key"] for page in sheet["pages"]]
    assert len(ids) == 10


def test_every_question_is_asked_on_its_page(sheet: Sheet, procedure: Procedure) -> None:
    """105 questions in 3 groups, none more, each on the page of the sheet."""
    assert page_of_row(procedure) == {row["id"]: row["page"] for row in sheet["fields"]}
    groups = [row for row in sheet["fields"] if row["type"] == "group"]
    assert (len(sheet["fields"]) - len(groups), len(groups)) == (105, 3)


def test_types_and_needs_are_those_of_the_sheet(sheet: Sheet, procedure: Procedure) -> None:
    """A question of another type would take other answers."""
    assert differences(sheet, procedure) == []


def test_every_choice_of_the_sheet_can_be_made(sheet: Sheet, procedure: Procedure) -> None:
    """The values in the sheet's options are the values of the form."""
    assert missing_choices(sheet, procedure) == []


def test_every_document_is_asked_for(sheet: Sheet, procedure: Procedure) -> None:
    """18 documents with formats, numbers of files and originals as in the sheet."""
    said = [
        {key: one[key] for key in ("id", "formats", "files", "original")}
        for one in sheet["documents"]
    ]
    assert [document_as_in_sheet(one) for one in procedure.documents] == said
    assert len(said) == 18


def test_the_clerk_has_questions_of_their_own(sheet: Sheet, procedure: Procedure) -> None:
    """19 questions online; what only the file tells is never asked there."""
    questions = quick_check_of(procedure).questions
    online = [one.id for one in questions if not one.internal]
    assert online == [one["id"] for one in sheet["precheck"]["questions"]]
    assert len(online) == 19
    assert {one.id for one in questions if one.internal} == CLERK


def test_every_rule_and_outcome_of_the_sheet_is_there(sheet: Sheet, procedure: Procedure) -> None:
    """26 rules in three blocks, seven outcomes."""
    ids = {one["id"] for one in sheet["precheck"]["rules"]}
    assert ids <= rule_ids(procedure)
    outcomes = [one.id for one in quick_check_of(procedure).outcomes]
    assert sorted(outcomes) == sorted(one["id"] for one in sheet["precheck"]["outcomes"])
    assert (len(ids), len(outcomes)) == (26, 7)


def test_the_cases_of_the_sheet_run_as_they_are_written(sheet: Sheet) -> None:
    """15 cases with the sheet's own spellings: outcome and first possible day."""
    today = date.fromisoformat(sheet["cases_today"])
    wrong = []
    for case in sheet["cases"]:
        result = asked(NAME, case["answers"], today)
        outcome = result.outcome.id if result.outcome else None
        earliest = result.earliest.isoformat() if result.earliest else None
        if {"outcome": outcome, "date": earliest} != case["expected"]:
            wrong.append(f"{case['id']}: {outcome} {earliest}")
    assert wrong == []
    assert len(sheet["cases"]) == 15


def test_the_lists_of_states_are_those_of_the_law(sheet: Sheet, procedure: Procedure) -> None:
    """A state too many or too few would open or close the labour market for its people."""
    staaten = next(one for one in procedure.fields() if one[0] == "staatsangehoerigkeiten")[1]
    assert staaten.options is not None
    names = {option.value: option.label.german for option in staaten.options.options}
    held = {one.id: one.on(date(2026, 11, 23)) for one in procedure.settings}
    for setting, key in (
        ("sichere_staaten", "anlage2"),
        ("sichere_staaten_eu", "eu_liste"),
        ("beitrittskandidaten", "kandidaten"),
    ):
        keys = held[setting]
        assert isinstance(keys, tuple)
        assert {names[key] for key in keys} == set(sheet["precheck"][key])


@pytest.mark.parametrize(
    ("since", "outcome", "earliest"),
    [
        ("2026-08-23", "B4_antrag_mit_ba", None),
        ("2026-08-24", "B7_spaeter", date(2026, 11, 24)),
        ("2026-08-31", "B7_spaeter", date(2026, 11, 30)),  # the day is clipped to the month
        ("2022-11-23", "B3_antrag_ohne_ba", None),  # four years: no consent, § 32 BeschV
        ("2022-11-24", "B4_antrag_mit_ba", None),
    ],
)
def test_waiting_periods_end_on_the_day(since: str, outcome: str, earliest: date | None) -> None:
    """Three months for the permission, four years without consent, to the day."""
    answers = {
        "status_art": "duldung",
        "eintrag_erwerb": "nur_mit_erlaubnis_abh",
        "staat": "Iran",
        "stellen_art": "beschaeftigung",
        "durchgehend_seit": since,
        "duldung_seit": since,
        "duldung_art": "p60a_2",
        "unterbringung": "eigene_wohnung",
        "pass_vorhanden": "ja",
        "vorherige_erlaubnis": "nein",
    }
    result = asked(NAME, answers, date(2026, 11, 23))
    assert result.outcome is not None
    assert (result.outcome.id, result.earliest) == (outcome, earliest)


@pytest.mark.parametrize(
    ("changed", "outcome"),
    [
        ({"staat": "Georgien", "asylantrag_datum": "2023-08-30"}, "B4_antrag_mit_ba"),
        ({"staat": "Georgien", "asylantrag_datum": "2023-08-31"}, "B5_nicht_moeglich"),
        ({"staat": "Türkei", "duldung_seit": "2025-05-06"}, "B4_antrag_mit_ba"),
        ({"staat": "Türkei", "duldung_seit": "2025-05-07"}, "B5_nicht_moeglich"),
        ({"staat": "Indien", "vorherige_erlaubnis": "ja_am_11_06_2026"}, "B4_antrag_mit_ba"),
        ({"staat": "Ghana", "asylantrag_datum": "2015-08-31"}, "B4_antrag_mit_ba"),
        ({"staat": "Ghana", "asylantrag_datum": None}, "B5_nicht_moeglich"),
        ({"staat": "Ghana", "asylantrag_datum": None, "uma_ruecknahme": "ja"}, "B4_antrag_mit_ba"),
        ({"staat": "Ghana", "asyl_ausgang": "ruecknahme_nach_rechtsauskunft"}, "B4_antrag_mit_ba"),
        ({"staat": "Ghana", "asyl_ausgang": "zurueckgenommen"}, "B5_nicht_moeglich"),
    ],
)
def test_bans_for_safe_states_have_their_exceptions(
    changed: dict[str, str | None], outcome: str
) -> None:
    """§ 60a(6) no. 3 with § 104(18) AufenthG: the transitional days decide."""
    answers = {
        "status_art": "duldung",
        "eintrag_erwerb": "nur_mit_erlaubnis_abh",
        "staat": "Iran",
        "stellen_art": "beschaeftigung",
        "durchgehend_seit": "2023-05-01",
        "duldung_seit": "2026-01-10",
        "duldung_art": "p60a_2",
        "asylantrag_datum": "2024-01-15",
        "asyl_ausgang": "abgelehnt",
        "unterbringung": "eigene_wohnung",
        "pass_vorhanden": "ja",
        "vorherige_erlaubnis": "nein",
    }
    if changed.get("asylantrag_datum", "") is None:
        changed = {**changed, "asyl_ausgang": None}
    result = asked(NAME, {**answers, **changed}, date(2026, 11, 23))
    assert result.outcome is not None
    assert result.outcome.id == outcome


def test_the_message_carries_what_the_schema_has_room_for(shared: Path) -> None:
    """130101 takes the person, the stay and the files; the rest travels in the summary."""
    uploads = [pdf_upload("b01"), pdf_upload("b02"), pdf_upload("b05")]
    root = message(shared, application(NAME, "BE-voll", *uploads))
    assert texts(root, "x:grundDesAntrags/code") == ["05"]
    assert texts(root, "x:ersteinreisedatum") == ["2025-01-08"]
    assert texts(root, "x:grundDesAufenthalts/code") == ["05"]
    person = "x:angabenZurPerson/"
    assert texts(root, person + "x:vorname/name") == ["Amina Ǧamīla"]
    assert texts(root, person + "x:familienname/name") == ["Beispielova-Muster"]
    assert texts(root, person + "x:geburt/x:tagDerGeburt") == ["1994-05"]
    assert texts(root, person + "x:familienstand/x:familienstand/code") == ["NB"]
    assert texts(root, person + "x:staatsangehoerigkeit//code") == ["439"]
    assert texts(root, person + "x:anschrift/strasse") == ["Erfundene Straße"]
    assert texts(root, person + "x:anschrift/hausnummer") == ["12"]
    assert texts(root, person + "x:anschrift/hausnummerBuchstabeZusatzziffer") == ["a"]
    assert texts(root, person + "x:kommunikation/kennung") == [
        "amina@beispiel.example",
        "+49 30 0000001",
    ]
    assert files(root, person + "x:aufenthaltsdokument//x:dokument") == [PDF]
    assert files(root, "x:antragszusammenfassung//x:dokument") == [PDF]
    assert texts(root, "x:nachweis/x:bezeichnung") == [
        "Pass oder Passersatz, sonst Nachweis der Identität",
        "Arbeitsvertrag oder Vertragsentwurf / Stellenzusage",
    ]
    assert texts(root, "x:sonstigeAnmerkung") == ["Ich kann auch am Wochenende arbeiten."]


def test_a_single_name_is_the_family_name_of_the_message(shared: Path) -> None:
    """Who has one name has no given name: the message can say so."""
    root = message(shared, application(NAME, "BE-F8", pdf_upload("b01")))
    person = "x:angabenZurPerson/"
    assert texts(root, person + "x:familienname/name") == ["Rahman"]
    assert texts(root, person + "x:vorname/nichtVorhanden") == ["true"]


def test_every_document_travels_once(procedure: Procedure) -> None:
    """A document that the mapping forgets would never reach the authority."""
    output = procedure.outputs.xoev
    assert output is not None
    named = [document for document in _documents(output.tree) if document != "summary"]
    assert sorted(named) == [one.id for one in procedure.documents]


def _documents(node: MapNode) -> Iterator[str]:
    match node:
        case MapDocument():
            yield from node.documents
        case MapTree():
            for _, child in node.children:
                yield from _documents(child)
        case _:
            return


def test_the_case_is_filed_in_the_file_of_the_person() -> None:
    """Aktenplan, Akte and Vorgang as the sheet says."""
    accepted = application(NAME, "BE-voll")
    dms = accepted.procedure.outputs.dms
    assert dms is not None
    assert dms.aktenplan == "33.20.04"
    plan = accepted.plan
    akte = plan.text(dms.akte.title, accepted.environment)
    assert akte == "Beispielova-Muster, Amina Ǧamīla (Ausländerakte)"
    vorgang = plan.text(dms.vorgang.title, accepted.environment)
    assert vorgang == (
        "Beschäftigungserlaubnis, Muster & Söhne Gastronomie GmbH, Beginn 04.01.2027"
    )
