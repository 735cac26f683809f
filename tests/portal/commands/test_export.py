"""`vordruck export`: decisions for other programs."""

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
    assert ["schon_eingezogen", "fruehester_tag", "ergebnis"] == names


def test_the_same_day_gives_the_same_bytes() -> None:
    """So that a changed file is a changed procedure."""
    typed = ("export", "musterprozess", "--today", "2026-11-23")

    assert vordruck(*typed).out == vordruck(*typed).out != ""


def test_values_of_law_are_those_of_the_day() -> None:
    """The minimum wage rises with the year."""
    typed = ("export", "beschaeftigungserlaubnis", "--part", "form", "--today")

    before, after = (vordruck(*typed, day).out for day in ("2026-12-31", "2027-01-01"))

    assert "<text>13.90</text>" in before
    assert "<text>13.90</text>" not in after


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
