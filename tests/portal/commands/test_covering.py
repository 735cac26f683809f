"""`vordruck test --coverage` and `vordruck sample --cover`."""

from pathlib import Path

from tests.portal.commands.terminal import vordruck

TODAY = ("--today", "2026-11-23")
QUICK = ("sample", "musterprozess", "--cover", "--quick-check", *TODAY)
FORM = ("sample", "musterprozess", "--cover", *TODAY)


def test_coverage_is_told_as_table_with_places() -> None:
    """An author sees what is missing, and where."""
    said = vordruck("test", "musterprozess", "--coverage", *TODAY)

    assert said.code == 0
    assert "MC/DC" in said.out.splitlines()[0]
    assert "definitions/musterprozess.yaml:123: dauer_monate: limit highest" in said.out


def test_coverage_as_json_counts_and_names_what_is_missing() -> None:
    """For programs; the cases stand beside it as always."""
    data = vordruck("test", "musterprozess", "--coverage", "--format", "json", *TODAY).data
    (report,) = data["coverage"]

    assert data["failed"] == 0
    assert report["outcomes"] == {"seen": 3, "of": 3, "percent": 100}
    assert report["mcdc"]["seen"] < report["mcdc"]["of"]
    assert {"section", "subject", "what", "file", "line"} == set(report["missing"][0])


def test_without_the_option_nothing_is_said_of_coverage() -> None:
    """The contract of `test` stays."""
    assert set(vordruck("test", "musterprozess", "--format", "json").data) == {
        "cases", "failed", "passed",
    }  # fmt: skip


def test_sets_of_the_quick_check_come_with_their_outcome() -> None:
    """Every outcome is among them."""
    said = vordruck(*QUICK)

    assert said.code == 0
    assert {one["outcome"] for one in said.lines} == {"moeglich", "spaeter", "nicht_moeglich"}


def test_sets_of_the_form_say_whether_they_are_valid() -> None:
    """What is refused says for which question."""
    lines = vordruck(*FORM).lines

    assert {one["valid"] for one in lines} == {True, False}
    assert all(one["valid"] is (one["problems"] == []) for one in lines)


def test_stored_cases_are_clean_pass_and_are_stored_once(workshop: Path) -> None:
    """For form and Quick Check; storing again changes nothing."""
    path = workshop / "definitions" / "musterprozess.yaml"
    before = path.read_text("utf-8")
    for command in (FORM, QUICK):
        assert vordruck(*command, "--store").code == 0
    once = path.read_text("utf-8")

    assert vordruck(*QUICK, "--store").code == vordruck(*FORM, "--store").code == 0
    assert sorted(path.read_text("utf-8").splitlines()) == sorted(once.splitlines())
    assert once.startswith(before.rstrip())
    assert vordruck("check", "musterprozess", "--format", "json").data["diagnostics"] == []
    tested = vordruck("test", "musterprozess", "--format", "json").data
    assert tested["failed"] == 0
    assert tested["passed"] > 15
