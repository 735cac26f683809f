"""`vordruck check`: what it finds, how it says so, and what it corrects."""

import os
import re
from pathlib import Path

import pytest

from tests.portal.commands.terminal import codes, vordruck

KEYS = {"code", "severity", "file", "line", "column", "end_line", "end_column", "message",
        "hints"}  # fmt: skip
WRONG = """\
procedure: probe
version: 2026.1.0
title: Probe
authority: {name: Stadt Beispiel}
recipients: {amt: {text: Das Amt, receives: [xoev, dms]}}
purposes:
  zweck:
    {text: Zum Entscheiden, legal_basis: § 1, recipients: [amt], retention: drafts, by_hand: true}
pages:
  - page: eins
    title: Eins
    purpose: zweck
    fields:
      - {field: alter, type: integr, label: Alter}
      - {field: alter, typ: text, label: Noch einmal}
"""
RIGHT = WRONG.replace("integr,", "integer,").replace("alter, typ:", "name, type:")


def _write(folder: Path, text: str, name: str = "probe.yaml") -> str:
    path = folder / name
    path.write_text(text, "utf-8")
    return str(path)


def test_all_definitions_are_checked_without_arguments() -> None:
    """And those of the repository have no mistakes."""
    said = vordruck("check", "--format", "json")

    assert (0, "") == (said.code, said.err)
    assert ([], []) == (said.data["diagnostics"], said.data["proofs"])


def test_how_much_of_the_message_is_mapped_is_told() -> None:
    """One line per procedure with a message; names only on request, and never as a finding."""
    said = vordruck("check", "verpflichtungserklaerung")
    assert said.code == 0
    [line] = [one for one in said.out.splitlines() if "OZG.Verpflichtungserklaerung" in one]
    assert "--unmapped" in line
    named = vordruck("check", "verpflichtungserklaerung", "--unmapped", "--language", "en").out
    assert "  gastgeber/privat: " in named
    assert "--unmapped" not in named


def test_unmapped_elements_are_lines_for_editors_and_data_for_programs() -> None:
    """The same paths in both; a procedure without a message says nothing."""
    [one] = vordruck("check", "verpflichtungserklaerung", "--format", "json").data["messages"]
    said = vordruck("check", "verpflichtungserklaerung", "--format", "line", "--unmapped").out
    paths = [line.rpartition(" ")[2] for line in said.splitlines() if ": unmapped: " in line]
    assert one["unmapped"] == paths
    assert one["mapped"] > 100
    assert one["message"] == "OZG.Verpflichtungserklaerung.130201"
    assert vordruck("check", "verpflichtungserklaerung", "--format", "line").out == ""
    assert vordruck("check", "musterprozess", "--format", "json").data["messages"] == []


def test_the_json_report_has_the_documented_shape(tmp_path: Path) -> None:
    """Editors and CI read it."""
    file = _write(tmp_path, WRONG)

    said = vordruck("check", file, "--format", "json")

    assert (1, "") == (said.code, said.err)
    assert {"diagnostics", "messages", "proofs", "reading", "unconfirmed"} == said.data.keys()
    assert {"unknown-field-type", "duplicate-name", "unknown-key", "missing-key"} >= set(
        codes(said)
    )
    for one in said.data["diagnostics"]:
        assert one.keys() == KEYS
        assert (one["file"], one["severity"]) == (file, "error")
        assert (one["line"], one["column"]) <= (one["end_line"], one["end_column"])
        assert one["message"]
        assert all(isinstance(hint, str) for hint in one["hints"])
    first = said.data["diagnostics"][0]
    assert ("unknown-field-type", 14, 30) == (first["code"], first["line"], first["column"])


def test_one_line_each_for_editors(tmp_path: Path) -> None:
    """`file:line:column: code: what`."""
    file = _write(tmp_path, WRONG)

    said = vordruck("check", file, "--format", "line")

    assert said.code == 1
    shape = re.compile(rf"{re.escape(file)}:[0-9]+:[0-9]+: [a-z0-9-]+: .+")
    assert [] == [line for line in said.out.splitlines() if not shape.fullmatch(line)]
    assert f"{file}:14:30: unknown-field-type: " in said.out


def test_text_shows_the_place_and_where_to_read_more(tmp_path: Path) -> None:
    """The line, a sign under the word, the page of the code."""
    said = vordruck("check", _write(tmp_path, WRONG))

    assert "14 |       - {field: alter, type: integr, label: Alter}" in said.out
    assert "vordruck explain unknown-field-type" in said.out


def test_reports_in_english(tmp_path: Path) -> None:
    """In every form."""
    file = _write(tmp_path, "a: \tb\n" + WRONG)

    for form in ("text", "line", "json"):
        said = vordruck("check", file, "--language", "en", "--format", form)
        assert "unknown-field-type" in said.out
        assert not re.search("[äöüß»«]", said.out)


def test_fine_is_said_in_text_only(tmp_path: Path) -> None:
    """Programs want silence."""
    file = _write(tmp_path, RIGHT)

    assert "Keine Fehler in 1 Datei.\n" == vordruck("check", file).out
    assert "No mistakes in 1 file.\n" == vordruck("check", file, "--language", "en").out
    assert "" == vordruck("check", file, "--format", "line").out


def test_several_files_make_one_report(tmp_path: Path) -> None:
    """Ids and files mixed; a file named twice is checked once."""
    file, other = _write(tmp_path, WRONG), _write(tmp_path, "a: b", "b.yaml")

    once = vordruck("check", file, "--format", "json")
    said = vordruck("check", "musterprozess", other, file, file, "--format", "json")

    found = said.data["diagnostics"]
    assert said.code == 1
    assert {file, other} == {one["file"] for one in found}
    assert once.data["diagnostics"] == [one for one in found if one["file"] == file]


def test_a_procedure_is_named_as_its_author_would_type_it(workshop: Path) -> None:
    """From where the author stands."""
    path = workshop / "definitions" / "musterprozess.yaml"
    path.write_text(path.read_text("utf-8").replace("type: name", "type: nam", 1), "utf-8")

    (found,) = {one["file"] for one in vordruck("check", "--format", "json").data["diagnostics"]}

    assert "definitions/musterprozess.yaml" == found


def test_mistakes_in_shared_lists_are_told_once_with_their_line(workshop: Path) -> None:
    """However many procedures use the list."""
    path = workshop / "definitions" / "shared" / "staaten.yaml"
    path.write_text(path.read_text("utf-8") + "quatsch: 1\n", "utf-8")

    said = vordruck("check")

    assert said.code == 1
    assert 1 == said.out.count("staaten.yaml:")
    assert "| quatsch: 1" in said.out


def test_a_shared_list_can_be_checked_alone(workshop: Path) -> None:
    """It is no procedure, and is not taken for one."""
    path = workshop / "definitions" / "shared" / "staaten.yaml"
    assert 0 == vordruck("check", str(path)).code

    path.write_text(path.read_text("utf-8") + "quatsch: 1\n", "utf-8")
    assert ["unknown-key"] == codes(vordruck("check", str(path), "--format", "json"))


def test_a_definition_finds_the_shared_lists_beside_it(
    workshop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever the author stands."""
    monkeypatch.chdir("/")

    assert 0 == vordruck("check", str(workshop / "definitions" / "einbuergerung.yaml")).code


@pytest.mark.parametrize("name", ["probe.yml", "probe.txt", "probe", "pro be.yaml", "ü.yaml"])
def test_any_file_name_will_do(tmp_path: Path, name: str) -> None:
    """A path is a path, whatever it ends in."""
    assert 0 == vordruck("check", _write(tmp_path, RIGHT, name)).code


@pytest.mark.parametrize("name", ["\x1b[31m.yaml", "zwei\nzeilen.yaml", "\u202elmay.yaml"])
def test_odd_file_names_stay_one_harmless_line(tmp_path: Path, name: str) -> None:
    """No escape sequence reaches the terminal, no name breaks a report for editors."""
    file = _write(tmp_path, "a: b", name)

    for form in ("text", "line", "json"):
        said = vordruck("check", file, "--format", form)
        assert said.code == 1
        assert not re.search("[\x1b\u202e]|zwei\n", said.out)


def test_a_file_name_that_is_no_text_is_reported(tmp_path: Path) -> None:
    """File systems allow any bytes."""
    raw = os.fsencode(tmp_path) + b"/\xff\xfe.yaml"
    Path(os.fsdecode(raw)).write_text("a: b", "utf-8")

    said = vordruck("check", os.fsdecode(raw), "--format", "json")

    assert said.code == 1
    assert said.data["diagnostics"][0]["file"].endswith("/\\udcff\\udcfe.yaml")


def test_corrections_are_written(tmp_path: Path) -> None:
    """What has one right spelling is put right, the rest is reported; line ends stay."""
    wrong = RIGHT.replace("type: integer", "type: integr").replace("title: Probe", "titel: Probe")
    file = _write(tmp_path, wrong)
    Path(file).write_bytes(wrong.replace("\n", "\r\n").encode())
    Path(file).chmod(0o640)

    said = vordruck("check", file, "--fix")

    assert said.code == 0, said.out
    assert RIGHT.replace("\n", "\r\n").encode() == Path(file).read_bytes()
    assert 0o640 == Path(file).stat().st_mode & 0o777
    assert "korrigiert" in said.err
    assert [Path(file)] == list(tmp_path.iterdir())


def test_corrections_behind_corrections_are_made_too(tmp_path: Path) -> None:
    """A tab hides every other mistake; one run is enough."""
    wrong = RIGHT.replace("    title: Eins", "\t\ttitel: Eins").replace("integer", "integr")
    file = _write(tmp_path, wrong)

    vordruck("check", file, "--fix")

    assert "type: integer" in Path(file).read_text("utf-8")


def test_nothing_is_written_without_fix(tmp_path: Path) -> None:
    """Checking only looks."""
    file = _write(tmp_path, WRONG)

    vordruck("check", file)

    assert WRONG == Path(file).read_text("utf-8")


def test_a_file_that_is_fine_is_not_touched(tmp_path: Path) -> None:
    """Its time of change stays as it was."""
    file = _write(tmp_path, RIGHT)
    os.utime(file, (1, 1))

    assert 0 == vordruck("check", file, "--fix").code
    assert 1 == Path(file).stat().st_mtime


def test_what_may_not_be_written_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And the file is as it was."""
    file = _write(tmp_path, WRONG)

    def locked(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", locked)
    said = vordruck("check", file, "--fix")

    assert said.code == 2
    assert f"»{file}« ist gesperrt" in said.err
    assert WRONG == Path(file).read_text("utf-8")
    assert [Path(file)] == list(tmp_path.iterdir())


def test_reading_time_and_the_hardest_page_are_told() -> None:
    """In words, and for programs with the hardest sentences and where they stand."""
    [one] = vordruck("check", "einbuergerung", "--format", "json").data["reading"]
    pages = {page["page"]: page for page in one["pages"]}
    worst = max(one["pages"], key=lambda page: page["grade"] or 0)

    assert 10 <= one["minutes"] <= 30
    assert worst["grade"] <= one["limit"]
    assert pages["person"]["hardest"][0]["line"] > 1
    assert f"am schwersten ist die Seite {worst['page']}" in vordruck("check", "einbuergerung").out
    said = vordruck("check", "einbuergerung", "--language", "en").out
    assert f"the hardest page is {worst['page']}" in said
    assert "" == vordruck("check", "musterprozess", "--format", "line").out
