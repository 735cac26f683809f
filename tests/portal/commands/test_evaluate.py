"""`vordruck evaluate`: what answers mean on a day."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.portal.commands.terminal import Said, vordruck

SHAPE = {"visible", "required", "problems", "warnings", "documents", "computed", "pages"}
WHOLE: dict[str, Any] = {
    "familienname": "Muster-Beispiel",
    "vornamen": "Erika",
    "geburtsdatum": "1990-11",
    "anschrift": {"strasse": "Erfundene Straße", "hausnummer": "1", "plz": "12345",
                  "ort": "Musterstadt"},
    "schwerbehindert": "nein",
    "parkzone": "a",
    "gueltig_ab": "2026-12-01",
    "dauer_monate": 12,
    "fahrzeuge": [{"kennzeichen": "MU-AB 123", "antrieb": "elektro", "eigenes_fahrzeug": "ja",
                   "fahrer": [{"name": "Max Muster"}]}],
    "richtigkeit": True,
}  # fmt: skip


def evaluated(answers: object, today: str = "2026-11-23", name: str = "musterprozess") -> Said:
    """Answers on standard input."""
    said = vordruck("evaluate", name, "-", "--today", today, given=json.dumps(answers))
    assert (0, "") == (said.code, said.err)
    return said


def fields(problems: list[dict[str, str]]) -> list[str]:
    """Where the problems are."""
    return [one["field"] for one in problems]


def test_a_whole_application_has_no_problems() -> None:
    """The documented shape, and every part of it."""
    assert {
        "visible": ["familienname", "vornamen", "geburtsdatum", "anschrift", "email",
                    "schwerbehindert", "parkzone", "gueltig_ab", "dauer_monate", "fahrzeuge",
                    "fahrzeuge[0].kennzeichen", "fahrzeuge[0].antrieb",
                    "fahrzeuge[0].eigenes_fahrzeug", "fahrzeuge[0].fahrer",
                    "fahrzeuge[0].fahrer[0].name", "richtigkeit"],
        "required": ["familienname", "vornamen", "geburtsdatum", "anschrift", "schwerbehindert",
                     "parkzone", "gueltig_ab", "dauer_monate", "fahrzeuge",
                     "fahrzeuge[0].kennzeichen", "fahrzeuge[0].antrieb",
                     "fahrzeuge[0].eigenes_fahrzeug", "fahrzeuge[0].fahrer[0].name",
                     "richtigkeit"],
        "problems": [],
        "warnings": [],
        "documents": [{"id": "ausweis_kopie", "required": True},
                      {"id": "fahrzeugschein", "required": True}],
        "computed": {"alter": 35},
        "pages": ["person", "ausweis", "abschluss"],
    } == evaluated(WHOLE).data  # fmt: skip


def test_problems_say_where_what_and_what_to_do() -> None:
    """Rows by number; the author's sentence where there is one."""
    rows = [*WHOLE["fahrzeuge"], {"kennzeichen": "falsch", "eigenes_fahrzeug": "nein"}]

    found = evaluated({**WHOLE, "fahrzeuge": rows, "gueltig_ab": "2026-11-22"}).data

    assert all({"field", "code", "message"} == one.keys() for one in found["problems"])
    assert [
        {"field": "gueltig_ab", "code": "check",
         "message": "Der Ausweis kann nicht in der Vergangenheit beginnen."},
        {"field": "fahrzeuge[1].kennzeichen", "code": "pattern",
         "message": "Bitte schreiben Sie das Kennzeichen wie im Beispiel, MU-AB 123."},
        {"field": "fahrzeuge[1].antrieb", "code": "missing",
         "message": "Wählen Sie eine Antwort aus."},
        {"field": "begruendung", "code": "missing", "message": "Füllen Sie dieses Feld aus."},
    ] == found["problems"]  # fmt: skip
    assert "fremdes_fahrzeug" in found["pages"]
    assert {"id": "einverstaendnis", "required": True} in found["documents"]


def test_warnings_are_apart() -> None:
    """They do not keep anybody from applying."""
    found = evaluated({**WHOLE, "geburtsdatum": "2012"}).data

    assert ([], ["geburtsdatum"]) == (found["problems"], fields(found["warnings"]))


def test_the_day_decides() -> None:
    """`--today` is the day of decision."""
    assert {"alter": 36} == evaluated(WHOLE, "2026-12-01").data["computed"]
    assert ["gueltig_ab"] == fields(evaluated(WHOLE, "2026-12-02").data["problems"])


@pytest.mark.parametrize(
    "changed",
    [{"geburtsdatum": "00.11.1990"}, {"geburtsdatum": "11.1990"}, {"gueltig_ab": "01.12.2026"},
     {"schwerbehindert": False}, {"dauer_monate": "12"}, {"dauer_monate": 12.0},
     {"richtigkeit": "ja"}, {"email": None}, {"email": ""}, {"unbekannt": {"tief": [1]}},
     {"fremdes": None}],
)  # fmt: skip
def test_spellings_that_mean_the_same(changed: dict[str, object]) -> None:
    """German days, yes and no, numbers as text, nothing as null; strangers are dropped."""
    assert evaluated(WHOLE).data == evaluated({**WHOLE, **changed}).data


def test_a_file_a_byte_order_mark_and_standard_input_are_the_same(
    answers: Callable[..., str],
) -> None:
    """Editors on Windows write a mark."""
    text = json.dumps(WHOLE)
    wanted = evaluated(WHOLE).data

    for data in (text.encode(), b"\xef\xbb\xbf" + text.encode()):
        said = vordruck("evaluate", "musterprozess", answers(data), "--today", "2026-11-23")
        assert wanted == said.data


def test_answers_are_never_repeated_in_what_is_said() -> None:
    """R52: an answer that cannot be read may still be somebody's name."""
    canary = "Kanarienvogel-4711"
    odd = {key: [canary] for key in WHOLE} | {"fahrzeuge": {canary: canary}, canary: canary}

    said = evaluated(odd)
    bad = vordruck("evaluate", "musterprozess", "-", given=f'{{"a": "{canary}"')
    payload = vordruck("payload", "musterprozess", "-", "--out", "out", given=json.dumps(odd))
    asked = vordruck("quick-check", "musterprozess", "-", given=json.dumps({"einzug_am": canary}))

    assert (2, 1, 1) == (bad.code, payload.code, asked.code)
    for one in (said, bad, payload, asked):
        assert canary not in one.out + one.err


@pytest.mark.parametrize(
    "today",
    ["2026-02-30", "20261123", "2026-W48-1", "23.11.2026", "heute", "", "2026-11-23T00:00",
     "２０２６-11-23", "2026-13-01", "0000-00-00"],
)  # fmt: skip
def test_a_day_is_written_in_one_way(today: str) -> None:
    """YYYY-MM-DD; the example says so."""
    for command in ("evaluate", "quick-check"):
        said = vordruck(command, "musterprozess", "-", "--today", today, given="{}")
        assert (2, "") == (said.code, said.out)
        assert "YYYY-MM-DD" in said.err


@pytest.mark.usefixtures("ready")
@pytest.mark.parametrize("today", ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"])
@pytest.mark.parametrize("command", ["evaluate", "quick-check"])
@pytest.mark.parametrize(
    "name",
    ["musterprozess", "einbuergerung", "beschaeftigungserlaubnis", "verpflichtungserklaerung"],
)
def test_days_at_the_edges_are_answered(command: str, name: str, today: str) -> None:
    """Even where the calendar ends."""
    given = {
        "gueltig_ab": "2026-12-01", "qc_rechtmaessig_seit": "2018-03-01",
        "qc_geburtsdatum": "1988", "durchgehend_seit": "2025-01-10", "geburtsdatum": "1990-01",
    }  # fmt: skip
    said = vordruck(command, name, "-", "--today", today, given=json.dumps(given))

    assert said.data


def test_an_unknown_procedure_is_guessed() -> None:
    """Exit code 2, and what there is."""
    said = vordruck("evaluate", "musterproces", "-", given="{}")

    assert (2, "") == (said.code, said.out)
    assert "Meinten Sie »musterprozess«?" in said.err


def test_a_broken_definition_is_told_instead(tmp_path: Any) -> None:
    """Exit code 1: the file has findings."""
    path = tmp_path / "probe.yaml"
    path.write_text("procedure: probe\n", "utf-8")

    for command in ("evaluate", "quick-check"):
        said = vordruck(command, str(path), "-", given="{}")
        assert (1, "") == (said.code, said.out)
        assert "missing-key" in said.err
