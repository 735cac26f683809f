"""What is filed, before any system sees it."""

from dataclasses import replace
from datetime import date

import pytest

from engine.values import Answers, PartialDate
from outputs.dms.build import build_filing
from outputs.dms.filing import OPEN, RESTRICTED, Filing
from tests.outputs.dms.test_write import STAND_INS
from tests.outputs.plans import COMPLETE, complete, plan_of, real_plan
from tests.outputs.standards_folder import ROOT


def _filed(name: str) -> Filing:
    return build_filing(complete(name), STAND_INS)


def _bewohner(reference: str = "MU-2026-000123", **changed: object) -> Filing:
    made = complete("musterprozess", more=changed)
    return build_filing(replace(made, submission_id=reference), STAND_INS)


@pytest.mark.parametrize("name", sorted(COMPLETE))
def test_every_document_has_a_drawer_of_the_definition(name: str) -> None:
    """Nothing falls into a drawer that nobody declared, and the order is that of the plan."""
    output = real_plan(name).procedure.outputs.dms
    assert output is not None
    titles = [one.title for one in output.document_types]
    found = [one.type for one in _filed(name).documents]
    assert set(found) <= set(titles)
    assert found[: len(STAND_INS)] == ["01 Antrag"] * len(STAND_INS)


def test_the_same_person_has_one_akte() -> None:
    """However the name is spaced or capitalised; the Vorgänge are two."""
    first = _bewohner()
    second = _bewohner("MU-2026-000999", vornamen="ERIKA")
    assert first.akte.id == second.akte.id
    assert first.vorgang.id != second.vorgang.id
    assert {one.id for one in first.documents}.isdisjoint(one.id for one in second.documents)


def test_another_person_has_another_akte() -> None:
    """One letter or one day makes the difference, and words cannot move between the values."""
    keys = {
        _bewohner().akte.id,
        _bewohner(vornamen="Erik").akte.id,
        _bewohner(geburtsdatum="00.12.1990").akte.id,
        _bewohner(familienname="Muster-Beispiel Erika", vornamen="E").akte.id,
        _bewohner(familienname="Muster-Beispiel", vornamen="Erika E").akte.id,
    }
    assert len(keys) == 5


def test_without_values_to_find_it_by_every_application_has_its_own_akte() -> None:
    """`found_by` left out."""
    text = (ROOT / "definitions/musterprozess.yaml").read_text("utf-8")
    bare = text.replace("      found_by: [familienname, vornamen, geburtsdatum]\n", "")
    assert bare != text
    made = replace(complete("musterprozess"), plan=plan_of("musterprozess", bare))
    ids = {build_filing(replace(made, submission_id=one), ()).akte.id for one in ("A-1", "A-2")}
    assert len(ids) == 2


def test_the_akte_of_a_child_is_the_one_that_is_linked() -> None:
    """A child who is naturalised too: the Verweis is the id its own application would find."""
    links = _filed("einbuergerung").akte.links
    assert [one.title for one in links] == [
        "Miteinbürgerung: Muster-Beispiel, Lina, geboren 09.08.2017",
        "Miteinbürgerung: Muster-Beispiel, Noah, geboren 20.02.2022",
    ]
    parent = complete("einbuergerung")
    names: Answers = {
        "nur_ein_name": False,
        "familienname": "Muster-Beispiel",
        "vornamen": "Lina",
        "geburtsdatum": PartialDate(2017, 8, 9),
    }
    # Whether a child may apply alone is not asked here.
    evaluation = parent.plan.evaluate({**parent.evaluation.values, **names}, parent.today)
    child = replace(parent, evaluation=evaluation)
    own = build_filing(child, ())
    assert own.akte.id == links[0].id


def test_guests_are_linked_in_words_only() -> None:
    """Nobody knows whether a guest has an Ausländerakte, so the Verweis has no id."""
    links = _filed("verpflichtungserklaerung").akte.links
    assert links
    assert all(one.id is None and one.title.startswith("Gast: ") for one in links)


def test_restricted_documents_are_read_by_fewer() -> None:
    """By the drawer, or because the document is confidential wherever it lies."""
    filed = _filed("verpflichtungserklaerung")
    by_type = {one.type: one for one in filed.documents}
    assert by_type["03 Bonität"].access == RESTRICTED
    assert by_type["01 Antrag"].access == OPEN
    open_to = dict(by_type["01 Antrag"].readers)
    closed_to = dict(by_type["03 Bonität"].readers)
    assert set(closed_to) <= set(open_to)
    assert closed_to["Sachbearbeitung"] == "eigene Fälle und benannte Vertretung"
    assert "Registratur" not in open_to
    assert by_type["02 Ausweis"].access == RESTRICTED  # v01 is confidential, its drawer is not


def test_payments_are_read_by_the_kasse_alone_of_all_that_cannot_read_the_rest() -> None:
    """A right on one drawer reaches that drawer and no other."""
    text = (ROOT / "definitions/einbuergerung.yaml").read_text("utf-8")
    moved = text.replace(
        "title: 14 Gebühr, documents: [d42]", "title: 14 Gebühr, documents: [d42, d01]"
    ).replace("documents: [d01, d02, d05", "documents: [d02, d05")
    assert moved != text
    plan = plan_of("einbuergerung", moved)
    filed = build_filing(replace(complete("einbuergerung"), plan=plan), STAND_INS)
    readers = {one.type: dict(one.readers) for one in filed.documents}
    assert "Kasse" in readers["14 Gebühr"]
    assert all("Kasse" not in held for kind, held in readers.items() if kind != "14 Gebühr")


def test_metadata_show_what_people_call_it() -> None:
    """Countries by name, groups by the titles of their rows; an empty one is for the clerk."""
    akte = dict(_filed("einbuergerung").akte.metadata)
    assert akte["Staatsangehörigkeit"] == "Marokko"
    assert akte["Geburtsdatum"] == "04.05.1988"
    vorgang = dict(_filed("verpflichtungserklaerung").vorgang.metadata)
    assert vorgang["Nummer des Vordrucks"] == ""
    assert vorgang["LeiKa"] == "99010005000000"
    document = dict(_filed("musterprozess").documents[0].metadata)
    assert document == {"Ersteller": "Muster-Beispiel", "Status": "eingegangen"}


def test_periods_are_those_in_force_on_the_day_of_decision() -> None:
    """A setting that changes takes its date along."""
    text = (ROOT / "definitions/einbuergerung.yaml").read_text("utf-8")
    old = "  aufbewahrung_sperrfrist: {value: P1Y, source: § 35a StAG; to be checked"
    later = text.replace(
        f"{old} by the authority}}",
        "  aufbewahrung_sperrfrist:\n"
        "    - {value: P1Y, source: alt}\n"
        "    - {value: P2Y, valid_from: 2027-01-01, source: neu}",
    )
    assert later != text
    plan = plan_of("einbuergerung", later)
    kept = {}
    for day in (date(2026, 12, 31), date(2027, 1, 1)):
        filed = build_filing(replace(complete("einbuergerung"), plan=plan, today=day), ())
        [rule] = [one for one in filed.retention if one.title == "Feststellung nach § 35a StAG"]
        kept[day.year] = rule.years, rule.event, rule.source
    assert kept == {
        2026: (1, "Ende der Sperrfrist", "alt"),
        2027: (2, "Ende der Sperrfrist", "neu"),
    }


def test_the_first_period_of_a_level_holds_until_somebody_decides() -> None:
    """Akte and Vorgang each have one, with what becomes of them."""
    filed = _filed("einbuergerung")
    akte, vorgang = filed.kept("akte"), filed.kept("vorgang")
    assert akte is not None
    assert (akte.years, akte.aussonderung) == (10, "bewerten")
    assert vorgang is akte
    assert filed.kept("dokument") is None
