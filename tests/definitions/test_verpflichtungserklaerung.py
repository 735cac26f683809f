"""The Verpflichtungserklärung holds everything the authority's fact sheet says about it."""

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from engine.answers import read_answers
from engine.check import check
from engine.load import load
from engine.model import Procedure
from engine.plan import Plan, compile_plan
from engine.source import Source
from tests.definitions.delivered import FOLDER, plan_of, shared_lists
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

NAME = "verpflichtungserklaerung"
TODAY = date(2026, 11, 23)

# The message needs the given names apart; the sheet has one question for the whole name.
OWN_FIELDS = {"org_vertreter_vornamen": "organisation"}
# A second person, and the minors that the sheet counts in the same question.
OWN_QUESTIONS = {"ve_netto_zweite", "ve_unterhalt_zweite", "ve_gaeste_minderjaehrig"}

# The sheet's cases in short form -> the questions of the Quick Check.
SHORT = {
    "gast_gruppe": ("ve_gast_gruppe", {"drittstaat": "nein", "eu_ewr_ch_de": "ja"}),
    "visum": ("ve_visum", {}),
    "dauer": ("ve_dauer", {"kurz": "kurz_bis_90_tage", "lang": "lang_ueber_90_tage"}),
    "gast_eigene_mittel": ("ve_mittel", {}),
    "sgb": ("ve_sgb", {}),
    "status": ("ve_status", {"duldung": "fiktion_visum_gestattung_duldung"}),
    "art": ("ve_art", {"nat": "natuerliche_person", "jur": "juristische_person"}),
    "netto": ("ve_netto", {}),
    "u": ("ve_unterhalt", {}),
    "erw": ("ve_gaeste", {}),
    "kind": ("ve_gaeste_minderjaehrig", {}),
    "sicherheit": ("ve_sicherheit", {}),
    "netto2": ("ve_netto_zweite", {}),
    "u2": ("ve_unterhalt_zweite", {}),
    "alter": ("ve_alter", {"17": "nein"}),
}
# What the sheet's base persona says in words: of age, in the district, no probation.
PERSONA = {"ve_bezirk": "12345", "ve_alter": "ja", "ve_probezeit": "nein"}
BASE: dict[str, object] = {
    **PERSONA,
    "ve_gast_gruppe": "nein",
    "ve_dauer": "kurz_bis_90_tage",
    "ve_visum": "ja",
    "ve_mittel": "nein",
    "ve_art": "natuerliche_person",
    "ve_status": "deutsch",
    "ve_sgb": "nein",
    "ve_netto": 2400,
    "ve_unterhalt": 0,
    "ve_gaeste": 1,
    "ve_gaeste_minderjaehrig": 0,
}
GUESTS = ((1, 0), (2, 0), (3, 0), (2, 1), (2, 2))  # the columns of the sheet's table


@pytest.fixture(scope="module")
def sheet(shared: Path) -> Sheet:
    """Give the fact sheet."""
    return read_sheet(shared, NAME)


@pytest.fixture(scope="module")
def procedure() -> Procedure:
    """Give the definition."""
    return plan_of(NAME).procedure


@cache
def plan_with_table() -> Plan:
    """The definition as an authority would set it that decides by a table of net incomes."""
    text = (FOLDER / f"{NAME}.yaml").read_text("utf-8")
    by_table = text.replace(
        "bonitaet_verfahren: {value: pfaendung", "bonitaet_verfahren: {value: tabelle"
    )
    assert by_table != text
    procedure, _ = load(Source(f"{NAME}.yaml", by_table), shared_lists()[0])
    assert procedure is not None
    checked, _ = check(procedure)
    assert checked is not None
    return compile_plan(checked)


def outcome(plan: Plan, raw: dict[str, object]) -> str:
    """The outcome of the Quick Check."""
    reading = read_answers(quick_check_of(plan.procedure).questions, raw)
    assert (reading.problems, reading.dropped) == ((), ())
    found = plan.quick_check(reading.answers, TODAY).outcome
    assert found is not None
    return found.id


def test_it_has_the_pages_of_the_sheet(sheet: Sheet, procedure: Procedure) -> None:
    """Eight pages in the sheet's order."""
    ids = [page.id for page in procedure.pages]
    assert ids == [page["key"] for page in sheet["pages"]]
    assert len(ids) == 8


def test_every_question_is_asked_on_its_page(sheet: Sheet, procedure: Procedure) -> None:
    """101 questions in 2 groups, each on the page of the sheet, and one of our own."""
    wanted = {row["id"]: row["page"] for row in sheet["fields"]}
    assert page_of_row(procedure) == wanted | OWN_FIELDS
    groups = [row for row in sheet["fields"] if row["type"] == "group"]
    assert (len(sheet["fields"]) - len(groups), len(groups)) == (101, 2)


def test_types_and_needs_are_those_of_the_sheet(sheet: Sheet, procedure: Procedure) -> None:
    """A question of another type would take other answers."""
    assert differences(sheet, procedure) == []


def test_every_choice_of_the_sheet_can_be_made(sheet: Sheet, procedure: Procedure) -> None:
    """The values in the sheet's options are the values of the form."""
    described_in_words = {"familienstand: as Einbürgerung"}
    assert set(missing_choices(sheet, procedure)) <= described_in_words


def test_every_document_is_asked_for(sheet: Sheet, procedure: Procedure) -> None:
    """21 documents with formats, numbers of files and originals as in the sheet."""
    said = [
        {key: one[key] for key in ("id", "formats", "files", "original")}
        for one in sheet["documents"]
    ]
    assert [document_as_in_sheet(one) for one in procedure.documents] == said
    assert len(said) == 21


def test_every_question_rule_and_outcome_is_there(sheet: Sheet, procedure: Procedure) -> None:
    """16 questions and three of our own, 14 rules, six outcomes."""
    questions = {one.id for one in quick_check_of(procedure).questions}
    wanted = {one["id"] for one in sheet["precheck"]["questions"]}
    assert questions == wanted | OWN_QUESTIONS
    ids = {one["id"] for one in sheet["precheck"]["rules"]}
    assert ids <= rule_ids(procedure)
    outcomes = [one.id for one in quick_check_of(procedure).outcomes]
    assert sorted(outcomes) == sorted(one["id"] for one in sheet["precheck"]["outcomes"])
    assert (len(wanted), len(ids), len(outcomes)) == (16, 14, 6)


def test_the_cases_of_the_sheet_come_out_right(sheet: Sheet) -> None:
    """Ten cases, their short form put into the questions of the Quick Check."""
    wrong = []
    for case in sheet["cases"]:
        raw: dict[str, object] = dict(PERSONA)
        for key, value in case["answers"].items():
            if key == "zweck":  # not asked here: all cases are neither admission nor hardship
                continue
            question, words = SHORT[key]
            raw[question] = words.get(str(value), value)
        if raw["ve_dauer"] == "lang_ueber_90_tage":
            raw["ve_zweck"] = "nein"
        found = asked(NAME, raw, date.fromisoformat(sheet["cases_today"])).outcome
        if found is None or found.id != case["expected"]:
            wrong.append(f"{case['id']}: {found and found.id}")
    assert wrong == []
    assert len(sheet["cases"]) == 10


def test_the_limits_of_the_sheet_are_hit_to_the_step(sheet: Sheet) -> None:
    """The smallest net income that is enough, for every number of dependants and guests."""
    wrong = []
    for dependants, *limits in sheet["precheck"]["min_net"]:
        for (adults, minors), limit in zip(GUESTS, limits, strict=True):
            net = Decimal(limit.replace(",", ""))
            raw = BASE | {
                "ve_unterhalt": int(dependants),
                "ve_gaeste": adults,
                "ve_gaeste_minderjaehrig": minors,
            }
            for plan in (plan_of(NAME), plan_with_table()):
                enough = outcome(plan, raw | {"ve_netto": str(net)})
                too_little = outcome(plan, raw | {"ve_netto": str(net - Decimal("0.01"))})
                if (enough[:2], too_little[:2]) != ("V5", "V6"):
                    wrong.append((dependants, adults, minors, enough, too_little))
    assert wrong == []


def test_the_limits_of_attachment_are_those_of_the_sheet(
    sheet: Sheet, procedure: Procedure
) -> None:
    """§ 850c ZPO as published for July 2026."""
    held = {one.id: one.on(TODAY) for one in procedure.settings}
    names = {"base": "frei", "first": "erste_person", "more": "weitere_person", "cap": "grenze"}
    assert {key: float(str(held[f"pfaendung_{name}"])) for key, name in names.items()} == sheet[
        "precheck"
    ]["pfaendung"]


def test_the_message_names_host_and_guests(shared: Path) -> None:
    """130201 with a private host, the main guest, two more, and the instruction as PDF."""
    root = message(shared, application(NAME, "VE-voll", pdf_upload("v01"), pdf_upload("v04")))
    assert texts(root, "x:rechtsverbindlicheVE") == []  # nobody signed in: not binding
    host = "x:gastgeber/x:privat/"
    assert texts(root, host + "x:familienname/name") == ["Muster-Beispiel"]
    assert texts(root, host + "x:deutscheIdentifikation/x:artDesIdentifikationsdokuments") == ["01"]
    assert texts(root, host + "x:arbeitnehmerverhaeltnis/x:einkuenfte") == ["2900", "2900", "3100"]
    assert texts(root, host + "x:sonstigeEinkuenfte") == ["120"]
    assert texts(root, host + "x:regelmaessigeAusgaben") == ["1131"]
    assert texts(root, host + "x:nachweis/x:bezeichnung") == [
        "Personalausweis oder Reisepass der verpflichtenden Person",
        "Gehaltsabrechnungen der letzten 3 Monate",
    ]
    guest = "x:gast/"
    assert texts(root, guest + "x:aufenthaltVisum/x:cVisum/x:cVisum/code") == ["03"]
    assert texts(root, guest + "x:aufenthaltVisum//x:aufenthaltsdauer") == ["90"]
    assert texts(root, guest + "x:familienname/name") == ["Šarić"]
    assert texts(root, guest + "x:geburt/x:tagDerGeburt") == ["1955"]
    assert texts(root, guest + "x:anschrift/x:anschriftWieGastgeber") == ["true"]
    assert texts(root, guest + "x:anschriftAusland/anschriftzone/zeile.anschrift/inhalt") == [
        "Erfundene Allee 7",
        "00000 Beispielgrad",
    ]
    assert texts(root, guest + "x:beziehungZumGastgeber/code") == ["01"]
    more = guest + "x:weitereGaeste/"
    assert texts(root, more + "x:vorname/nichtVorhanden") == ["true"]
    assert texts(root, more + "x:beziehungZumGast/code") == ["01", "02"]
    assert texts(root, more + "x:staatsangehoerigkeit//code") == ["997", "998"]
    assert texts(root, more + "x:geschlecht//code") == ["x", "d"]
    assert files(root, "x:zusammenfassungBelehrung/x:dokument") == [PDF]


def test_an_organisation_is_a_host_of_its_own_kind(shared: Path) -> None:
    """`institutionell` with the seat and the person who acts for it."""
    root = message(shared, application(NAME, "VE-F1", pdf_upload("v16")))
    assert texts(root, "x:gastgeber/x:privat") == []
    host = "x:gastgeber/x:institutionell/"
    assert texts(root, host + "x:nameOrganisation") == ["Musterverein für Begegnung e. V."]
    assert texts(root, host + "x:vertretungsberechtigtePerson/x:vorname/name") == ["Max"]
    assert texts(root, host + "x:anschrift/strasse") == ["Vereinsweg"]


def test_a_host_from_abroad_is_named_by_the_residence_title(shared: Path) -> None:
    """The kind of title and the card, instead of a German identity document."""
    root = message(shared, application(NAME, "VE-F13", pdf_upload("v01")))
    host = "x:gastgeber/x:privat/"
    assert texts(root, host + "x:deutscheIdentifikation") == []
    title = host + "x:auslaendischeIdentifikation/"
    assert texts(root, title + "x:artDesAufenthaltstitels/code") == ["01"]
    assert texts(root, title + "x:nummerEAT") == ["X00000000"]


def test_a_long_stay_is_another_visa(shared: Path) -> None:
    """Studies ask for a national visa with the purpose of the training."""
    root = message(shared, application(NAME, "VE-F15", pdf_upload("v01")))
    stay = "x:gast/x:aufenthaltVisum/x:dVisum/"
    assert texts(root, stay + "x:dVisum/code") == ["01"]
    assert texts(root, stay + "x:ausbildungszweck/code") == ["02"]
    remarks = texts(root, "x:gast/x:sonstigeAnmerkungen")
    assert remarks == [
        "Zweck: Studium; Musterhochschule; Auslandsvertretung: Musterabad; Dauer in Monaten: 24"
    ]


def test_the_case_is_filed_with_the_host() -> None:
    """Aktenplan, Akte and Vorgang as the sheet says."""
    accepted = application(NAME, "VE-voll")
    dms = accepted.procedure.outputs.dms
    assert dms is not None
    assert dms.aktenplan == "33.20.07"
    akte = accepted.plan.text(dms.akte.title, accepted.environment)
    assert akte == "Muster-Beispiel, Erika"
    vorgang = accepted.plan.text(dms.vorgang.title, accepted.environment)
    assert vorgang == "Verpflichtungserklärung 2026-000123 vom 23.11.2026"
