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
    lines = Path("definitions/musterprozess.yaml").read_text("utf-8").splitlines()
    line = next(at for at, one in enumerate(lines, 1) if "field: dauer_monate" in one)
    assert f"definitions/musterprozess.yaml:{line}: dauer_monate: limit highest" in said.out


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


def test_what_is_missing_is_told_line_by_line() -> None:
    """For editors: file, line, subject, and what no case shows."""
    said = vordruck("test", "musterprozess", "--coverage", "--format", "line", *TODAY)

    assert said.code == 0
    assert said.out
    for line in said.out.splitlines():
        file, number, rest = line.split(":", 2)
        assert (file, number.isdigit()) == ("definitions/musterprozess.yaml", True)
        assert rest.count(": ") >= 1


def test_cases_to_be_pasted_are_those_that_would_be_stored(workshop: Path) -> None:
    """The same lines, indented as a list of cases is."""
    pasted = vordruck(*QUICK, "--as-cases").out
    assert vordruck(*QUICK, "--store").code == 0

    assert pasted.startswith("  - case: erzeugt-schnelltest-001\n")
    assert pasted in (workshop / "definitions" / "musterprozess.yaml").read_text("utf-8")


def test_storing_where_it_cannot_be_done_changes_nothing(workshop: Path) -> None:
    """A list of cases in brackets is left as it is, with what to do."""
    path = workshop / "definitions" / "musterprozess.yaml"
    text = path.read_text("utf-8")
    head = text[: text.index("\ncases:")]
    path.write_text(head + "\ncases: [{case: A, title: A, on: 2026-11-23, expect: {}}]\n", "utf-8")
    before = path.read_bytes()

    said = vordruck(*QUICK, "--store")

    assert (2, "") == (said.code, said.out)
    assert "zeilenweise" in said.err
    assert before == path.read_bytes()


def test_a_procedure_without_a_quick_check_has_no_answers_for_one(workshop: Path) -> None:
    """Told, not guessed."""
    path = workshop / "definitions" / "klein.yaml"
    path.write_text(
        "procedure: klein\nversion: 1.0.0\ntitle: Klein\nauthority: {name: Amt}\n"
        "recipients: {amt: {text: Das Amt, receives: [dms]}}\n"
        "purposes: {z: {text: Zum Entscheiden, legal_basis: § 1, recipients: [amt], "
        "retention: drafts, by_hand: true}}\n"
        "pages:\n  - page: eins\n    title: Eins\n    purpose: z\n"
        "    fields: [{field: ort, type: text, label: Ort}]\n",
        "utf-8",
    )

    said = vordruck("sample", "klein", "--cover", "--quick-check", *TODAY)

    assert (2, "") == (said.code, said.out)
    assert "keinen Quick Check" in said.err
