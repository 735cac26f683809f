"""`vordruck export`: decisions for other programs."""

import re
from pathlib import Path

import pytest
from lxml import etree

from tests.portal.commands.terminal import vordruck

FORMS = ("bpmn", "svg")
MODEL = "{https://www.omg.org/spec/DMN/20191111/MODEL/}"


def test_the_file_goes_where_it_is_told(tmp_path: Path) -> None:
    """Nothing else is printed to where programs read."""
    path = tmp_path / "muster.dmn"

    said = vordruck("export", "musterprozess", "--as", "dmn", "--out", str(path))

    assert (0, "") == (said.code, said.out)
    root = etree.parse(str(path)).getroot()
    assert f"{MODEL}definitions" == root.tag
    names = [one.get("name") for one in root.iter(f"{MODEL}decision")]
    assert {"schon_eingezogen", "fruehester_tag", "ergebnis"} <= set(names)


def test_the_same_day_gives_the_same_bytes() -> None:
    """So that a changed file is a changed procedure."""
    typed = ("export", "musterprozess", "--today", "2026-11-23")

    assert vordruck(*typed).out == vordruck(*typed).out != ""


def test_values_of_law_are_those_of_the_day(workshop: Path) -> None:
    """A period that grows with the year is another file."""
    path = workshop / "definitions" / "musterprozess.yaml"
    dated = "".join(
        f"\n    - {{value: {value}, valid_from: {day}, source: Satzung}}"
        for value, day in (("P6M", "2026-01-01"), ("P7M", "2027-01-01"))
    )
    text = re.sub(r"\n  vorlauf: .*", f"\n  vorlauf:{dated}", path.read_text("utf-8"))
    text = text.replace("einzug_am <= stichtag", "einzug_am <= stichtag + setting.vorlauf")
    path.write_text(text, "utf-8")
    typed = ("export", "musterprozess", "--today")

    before, after = (vordruck(*typed, day).out for day in ("2026-12-31", "2027-01-01"))

    assert "P6M" in before
    assert "P6M" not in after
    assert "P7M" in after


def test_conditions_that_do_not_fit_are_named() -> None:
    """A row's condition holds once per row; DMN decides once."""
    said = vordruck("export", "einbuergerung", "--part", "form", "--today", "2026-11-23")

    assert 0 == said.code
    assert "kinder[].schule" in said.err
    assert "zeige_kinder" in said.out


def test_a_procedure_without_a_quick_check_is_told(workshop: Path) -> None:
    """What can be exported instead is said."""
    path = workshop / "definitions" / "musterprozess.yaml"
    text = path.read_text("utf-8")
    start, end = text.index("\nquick_check:"), text.index("\ndocuments:")
    head = text[:start] + text[end:]
    path.write_text(head[: head.index("\ncases:")] + "\n", "utf-8")

    said = vordruck("export", "musterprozess")

    assert 2 == said.code
    assert "--part form" in said.err


@pytest.mark.parametrize("which", ["ist", "soll"])
def test_processes_come_as_bpmn_and_as_a_picture(which: str) -> None:
    """The same steps in both."""
    typed = ("export", "musterprozess", "--process", which, "--as")

    model, picture = (etree.fromstring(vordruck(*typed, form).out.encode()) for form in FORMS)

    names = model.xpath("//*[local-name()='userTask' or local-name()='manualTask']/@name")
    said = " ".join("".join(picture.itertext()).split())
    assert names
    for name in names:
        assert name.split()[0] in said


def test_a_procedure_without_a_process_is_told(workshop: Path) -> None:
    """And where it would stand."""
    path = workshop / "definitions" / "musterprozess.yaml"
    text = path.read_text("utf-8")
    start = text.index("\n  ist:")
    path.write_text(text[:start] + text[text.index("\n  soll:") :], "utf-8")

    said = vordruck("export", "musterprozess", "--as", "svg", "--process", "ist")

    assert (2, "") == (said.code, said.out)
    assert "process: ist" in said.err


def test_the_handbook_comes_as_a_page_and_as_a_file(tmp_path: Path) -> None:
    """In both languages; the same definition gives the same bytes, whatever the day it is made."""
    path = tmp_path / "handbook.pdf"
    typed = ("export", "musterprozess", "--as", "handbook")

    page = vordruck(*typed, "--language", "en")
    written = vordruck(*typed, "--format", "pdf", "--out", str(path))

    assert (0, 0) == (page.code, written.code)
    assert '<html lang="en">' in page.out
    assert "Residents" in page.out or "parking" in page.out.lower()
    assert path.read_bytes().startswith(b"%PDF")
    assert page.out == vordruck(*typed, "--language", "en").out
    assert page.out != vordruck(*typed, "--language", "en", "--today", "2027-01-01").out


@pytest.mark.parametrize(
    "typed", [("--format", "pdf"), ("--language", "xx"), ("--today", "morgen")]
)
def test_what_cannot_be_made_is_told(typed: tuple[str, str]) -> None:
    """A PDF on the screen, a language without words, a day that is none."""
    said = vordruck("export", "musterprozess", "--as", "handbook", *typed)

    assert (2, "") == (said.code, said.out)
    assert typed[1].split("-")[-1] in said.err.lower()
