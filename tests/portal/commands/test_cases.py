"""`vordruck test`: the cases of definitions."""

from pathlib import Path

from tests.portal.commands.terminal import vordruck

PROCEDURES = ("beschaeftigungserlaubnis", "einbuergerung", "musterprozess",
              "verpflichtungserklaerung")  # fmt: skip
CASE_KEYS = {"procedure", "case", "title", "file", "line", "deviations"}


def _spoil(workshop: Path) -> Path:
    path = workshop / "definitions" / "musterprozess.yaml"
    text = path.read_text("utf-8").replace("outcome: spaeter, earliest: 2027-01-01",
                                           "outcome: moeglich, earliest: 2027-01-02")  # fmt: skip
    path.write_text(text, "utf-8")
    return path


def test_all_cases_of_the_repository_pass() -> None:
    """Every procedure has some."""
    said = vordruck("test", "--format", "json")

    assert said.code == 0
    assert {"cases", "failed", "passed"} == said.data.keys()
    assert (0, len(said.data["cases"])) == (said.data["failed"], said.data["passed"])
    assert set(PROCEDURES) == {one["procedure"] for one in said.data["cases"]}
    assert all(one.keys() == CASE_KEYS for one in said.data["cases"])


def test_a_case_that_comes_out_differently_is_shown(workshop: Path) -> None:
    """What was expected, what was found, and where the case stands."""
    path = _spoil(workshop)
    line = 1 + path.read_text("utf-8").split("\n").index("  - case: MP-02")

    said = vordruck("test", "musterprozess")

    assert said.code == 1
    assert f"definitions/musterprozess.yaml:{line}: MP-02: Der Einzug" in said.out
    assert "    outcome: erwartet moeglich, gefunden spaeter\n" in said.out
    assert "    earliest: erwartet 2027-01-02, gefunden 2027-01-01\n" in said.out
    assert "MP-01" not in said.out
    assert "4 Fälle bestanden, 1 nicht." in said.err


def test_one_line_per_deviation_for_editors(workshop: Path) -> None:
    """`file:line: case: deviation`."""
    _spoil(workshop)

    said = vordruck("test", "musterprozess", "--format", "line")

    assert 2 == len(said.out.splitlines())
    assert all("musterprozess.yaml:" in line and ": MP-02: " in line for line in
               said.out.splitlines())  # fmt: skip


def test_deviations_in_json(workshop: Path) -> None:
    """Exit code 1, and the case says why."""
    _spoil(workshop)

    said = vordruck("test", "musterprozess", "--format", "json")

    (failed,) = [one for one in said.data["cases"] if one["deviations"]]
    assert (1, 1, 4) == (said.code, said.data["failed"], said.data["passed"])
    assert ("musterprozess", "MP-02", 2) == (
        failed["procedure"], failed["case"], len(failed["deviations"]),
    )  # fmt: skip


def test_a_definition_with_mistakes_is_not_run(workshop: Path) -> None:
    """Its mistakes are shown instead."""
    path = workshop / "definitions" / "musterprozess.yaml"
    path.write_text(path.read_text("utf-8").replace("type: name", "type: nam", 1), "utf-8")

    said = vordruck("test", "musterprozess", "--format", "json")

    assert (1, "") == (said.code, said.out)
    assert "unknown-field-type" in said.err


def _beside(workshop: Path, outcome: str) -> Path:
    """A file of cases beside the Musterprozess, with one case."""
    path = workshop / "definitions" / "cases" / "musterprozess.yaml"
    path.parent.mkdir(exist_ok=True)
    case = f"{{case: MP-daneben, title: Daneben, based_on: MP-02, expect: {{outcome: {outcome}}}}}"
    path.write_text(f"procedure: musterprozess\ncases:\n  - {case}\n", "utf-8")
    return path


def test_cases_beside_the_definition_are_run(workshop: Path) -> None:
    """And named where they stand, with the definition's name or their own."""
    path = _beside(workshop, "moeglich")

    for name in ("musterprozess", str(path)):
        said = vordruck("test", name)
        assert said.code == 1
        assert "definitions/cases/musterprozess.yaml:3: MP-daneben: Daneben" in said.out


def test_mistakes_in_cases_beside_are_shown_and_mended(workshop: Path) -> None:
    """`check` shows the line of that file; `--fix` writes that file."""
    path = _beside(workshop, "moeglich")
    path.write_text(path.read_text("utf-8").replace("expect:", "expct:"), "utf-8")

    assert "cases/musterprozess.yaml:3:" in vordruck("check", "musterprozess").out
    vordruck("check", "musterprozess", "--fix")

    assert "expect:" in path.read_text("utf-8")
