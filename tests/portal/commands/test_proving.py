"""`vordruck check --prove`: proofs, examples, exit codes, and what is kept between runs."""

from pathlib import Path

import pytest

from tests.portal.commands.terminal import vordruck


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def _broken(folder: Path) -> None:
    """A rule asks for what hides the question it also asks for."""
    path = folder / "definitions" / "musterprozess.yaml"
    text = path.read_text("utf-8")
    rule = """when: {schon_eingezogen: "false"}\n          then: '"spaeter"'"""
    assert rule in text
    impossible = rule.replace("when: {", 'when: {hauptwohnung: "false", ')
    path.write_text(text.replace(rule, impossible), "utf-8")


def test_a_sound_procedure_is_proved() -> None:
    """Exit code 0; every claim has a result."""
    said = vordruck("check", "musterprozess", "--prove", "--format", "json")

    assert (0, "") == (said.code, said.err)
    assert {"proved"} == {one["result"] for one in said.data["proofs"]}
    assert len(said.data["proofs"]) > 50


def test_a_fault_is_a_finding(workshop: Path) -> None:
    """Exit code 1, in words and as data."""
    _broken(workshop)

    said = vordruck("check", "musterprozess", "--prove", "--today", "2026-11-23")

    assert 1 == said.code
    assert "widerlegt[rule-can-hit]" in said.out
    assert "Das Ergebnis »spaeter« kann nie herauskommen" in said.out


WITHDRAWAL = """\
outputs:
  xoev:
    standard: xauslaender
    version: "26.11"
    message: OZG.Ruecknahme.130111
    map:
      antragsidentifikation: {$when: schwerbehindert = true, $value: submission.id}
      rueckkanalVorhanden: "false"
"""


def test_a_required_element_that_can_be_missing_is_a_finding(workshop: Path) -> None:
    """The shape of the message comes with the product; no schema is needed."""
    path = workshop / "definitions" / "musterprozess.yaml"
    text = path.read_text("utf-8")
    assert "\noutputs:\n" in text
    text = text.replace("receives: [dms", "receives: [xoev, dms")
    path.write_text(text.replace("outputs:\n", WITHDRAWAL, 1), "utf-8")

    said = vordruck("check", "musterprozess", "--prove", "--format", "json")

    assert (1, []) == (said.code, said.data["diagnostics"])
    found = {one["subject"]: one for one in said.data["proofs"] if "element" in one["code"]}
    assert found["rueckkanalVorhanden"]["result"] == "proved"
    missing = found["antragsidentifikation"]
    assert missing["result"] == "refuted"
    assert missing["example"].get("schwerbehindert") is not True


def test_without_the_option_nothing_is_claimed(workshop: Path) -> None:
    """A fault that only a proof shows is no finding of a plain check."""
    _broken(workshop)

    said = vordruck("check", "musterprozess", "--format", "json")

    assert (0, []) == (said.code, said.data["proofs"])


def test_what_was_proved_is_kept_and_used(workshop: Path, tmp_path: Path) -> None:
    """The second run says the same; a broken cache is as good as none."""
    first = vordruck("check", "musterprozess", "--prove", "--format", "json")
    (kept,) = (tmp_path / "cache" / "vordruck" / "proofs").glob("musterprozess-*.json")

    second = vordruck("check", "musterprozess", "--prove", "--format", "json")
    kept.write_text('{"version": 1, "replies": [1', "utf-8")
    third = vordruck("check", "musterprozess", "--prove", "--format", "json")

    assert first.data == second.data == third.data


def test_a_definition_with_mistakes_is_not_proved(workshop: Path) -> None:
    """The mistakes come first."""
    path = workshop / "definitions" / "musterprozess.yaml"
    path.write_text(path.read_text("utf-8").replace("type: yes_no", "type: yes_noo"), "utf-8")

    said = vordruck("check", "musterprozess", "--prove", "--format", "json")

    assert 1 == said.code
    assert said.data["diagnostics"]
    assert [] == said.data["proofs"]
