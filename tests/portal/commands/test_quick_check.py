"""`vordruck quick-check`: an outcome, why, and from when."""

import json
from pathlib import Path
from typing import Any

import pytest

from engine.kinds import Kind
from tests.definitions.delivered import plan_of
from tests.definitions.sheets import quick_check_of, read_sheet
from tests.portal.commands.terminal import Said, vordruck

TODAY = "2026-11-23"
SHEETS = ("einbuergerung", "beschaeftigungserlaubnis")


def asked(answers: object, name: str = "musterprozess", today: str = TODAY) -> Said:
    """Answers on standard input."""
    return vordruck("quick-check", name, "-", "--today", today, given=json.dumps(answers))


def test_the_result_has_the_documented_shape() -> None:
    """Other tools read it."""
    said = asked({"hauptwohnung": "ja", "einzug_am": "2027-01-01", "stellplatz": "kein"})

    assert (0, "") == (said.code, said.err)
    assert {
        "outcome": "spaeter",
        "reasons": [{"rule": "E03", "because": "§ 45 Abs. 1b StVO",
                     "text": "Der Ausweis gilt erst ab dem Einzug."}],
        "fulfilled": [
            {"rule": "V01", "because": "§ 45 Abs. 1b StVO",
             "text": "Sie wohnen mit Hauptwohnung in der Zone."},
            {"rule": "V02", "because": "Satzung über Parkausweise (erfunden)",
             "text": "Sie haben keinen eigenen Stellplatz."},
        ],
        "earliest": "2027-01-01",
        "decisions": {"schon_eingezogen": False, "fruehester_tag": "2027-01-01",
                      "erfuellt": ["wohnung", "stellplatz"], "ergebnis": "spaeter"},
    } == said.data  # fmt: skip


def test_the_day_decides() -> None:
    """`--today` is the day of decision."""
    given = {"hauptwohnung": True, "einzug_am": "01.01.2027", "stellplatz": "kein"}

    assert "moeglich" == asked(given, today="2027-01-01").data["outcome"]


def test_what_was_not_answered_is_said_beside_the_result() -> None:
    """The outcome stands; whoever asked learns what it does not know."""
    said = asked({"hauptwohnung": "ja"})

    assert said.code == 0
    assert {"outcome", "reasons", "fulfilled", "earliest", "decisions"} == said.data.keys()
    assert ["einzug_am", "stellplatz"] == [line.partition(":")[0] for line in said.err.splitlines()]


def test_an_answer_that_cannot_be_read_is_a_finding() -> None:
    """Exit code 1: the result was made without it."""
    said = asked({"hauptwohnung": "ja", "einzug_am": "irgendwann", "stellplatz": "kein"})

    assert said.code == 1
    assert "einzug_am: " in said.err
    assert said.data["decisions"]["schon_eingezogen"] is None


def test_what_is_not_asked_is_named(workshop: Path) -> None:
    """A slip in an id would otherwise go unseen."""
    said = asked({"hauptwohnung": "nein", "haupt\x1bwohnung": "ja"})

    assert said.code == 0
    assert "Danach wird nicht gefragt: haupt\\x1bwohnung\n" in said.err


def test_a_procedure_without_quick_check_says_so(tmp_path: Path) -> None:
    """Exit code 2."""
    path = tmp_path / "probe.yaml"
    path.write_text(
        "procedure: probe\nversion: 2026.1.0\ntitle: Probe\nauthority: {name: Stadt Beispiel}\n"
        "recipients: {amt: Amt}\n"
        "purposes: {zweck: {text: T, legal_basis: § 1, recipients: [amt], retention: drafts}}\n"
        "pages:\n  - page: eins\n    title: Eins\n    purpose: zweck\n"
        "    fields: [{field: a, type: text, label: A}]\n",
        "utf-8",
    )
    said = asked({}, str(path))

    assert (2, "") == (said.code, said.out)
    assert "Quick Check" in said.err


def _expected(case: dict[str, Any]) -> tuple[str, str | None]:
    return case["expected"]["outcome"], case["expected"]["date"]


def _found(said: Said) -> tuple[str, str | None]:
    assert said.code == 0, said.err
    return said.data["outcome"], said.data["earliest"]


@pytest.mark.usefixtures("ready")
@pytest.mark.parametrize("name", SHEETS)
def test_the_cases_of_the_fact_sheets_run_unchanged(shared: Path, name: str) -> None:
    """Answers object as it stands there; outcome and day as expected there."""
    sheet = read_sheet(shared, name)

    wrong = {}
    for case in sheet["cases"]:
        found = _found(asked(case["answers"], name, sheet["cases_today"]))
        if found != _expected(case):
            wrong[case["id"]] = (found, _expected(case))
    assert {} == wrong
    assert len(sheet["cases"]) >= 15


def _respelt(kind: Kind, value: Any) -> object:
    """The same answer as somebody else would write it."""
    match kind:
        case _ if value is None:
            return ""
        case Kind.YES_NO:
            return value == "ja"
        case Kind.NUMBER:
            return str(value)
        case Kind.DATE | Kind.PARTIAL_DATE if len(value) == 10:
            return ".".join(reversed(value.split("-")))
        case Kind.CHOICES:
            return list(reversed(value))
        case _:
            return value


@pytest.mark.usefixtures("ready")
@pytest.mark.parametrize("name", SHEETS)
def test_other_spellings_of_the_cases_mean_the_same(shared: Path, name: str) -> None:
    """German days, true and false, numbers as text, null for nothing, keys nobody asks for."""
    sheet = read_sheet(shared, name)
    kinds = {one.id: one.type.kind for one in quick_check_of(plan_of(name).procedure).questions}

    wrong = {}
    for case in sheet["cases"]:
        answers = {
            **dict.fromkeys(kinds),
            **{key: _respelt(kinds[key], value) for key, value in case["answers"].items()},
            "notiz": {"von": ["anderswo"]},
        }
        found = _found(asked(answers, name, sheet["cases_today"]))
        if found != _expected(case):
            wrong[case["id"]] = (found, _expected(case))
    assert {} == wrong
