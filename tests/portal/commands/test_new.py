"""`vordruck new`: a procedure that works from its first minute."""

from pathlib import Path

import pytest

from engine.texts.ledger import read_ledger
from tests.portal.commands.terminal import vordruck

PROCEDURES = ("musterprozess", "einbuergerung", "beschaeftigungserlaubnis",
              "verpflichtungserklaerung")  # fmt: skip


def _english(workshop: Path, name: str) -> str:
    return (workshop / f"definitions/locales/en/LC_MESSAGES/{name}.po").read_text("utf-8")


@pytest.mark.parametrize("source", PROCEDURES)
def test_a_copy_checks_clean_and_its_cases_pass(workshop: Path, source: str) -> None:
    """In German and in English: the translations come along."""
    said = vordruck("new", "hundesteuer", "--from", source)

    assert (0, "") == (said.code, said.out)
    assert "definitions/hundesteuer.yaml ist angelegt" in said.err
    assert "vordruck check hundesteuer" in said.err
    assert 0 == vordruck("check", "hundesteuer").code
    tested = vordruck("test", "hundesteuer", "--format", "json")
    assert 0 == tested.code
    assert {"hundesteuer"} == {one["procedure"] for one in tested.data["cases"]}
    text = (workshop / "definitions" / "hundesteuer.yaml").read_text("utf-8")
    assert "\nprocedure: hundesteuer\n" in text
    copied, original = (read_ledger(_english(workshop, name)) for name in ("hundesteuer", source))
    assert copied == original
    assert f'"{source}"' not in _english(workshop, "hundesteuer")


def test_the_copy_can_be_used_at_once(workshop: Path) -> None:
    """Sample, evaluate, payload."""
    vordruck("new", "hundesteuer")
    sample = vordruck("sample", "hundesteuer", "--today", "2026-11-23")

    said = vordruck("payload", "hundesteuer", "-", "--output", "json", "--out", "out",
                    "--today", "2026-11-23", given=sample.out)  # fmt: skip

    assert 0 == said.code, said.err
    assert '"hundesteuer"' in Path(said.data["file"]).read_text("utf-8")


def test_a_definition_of_ones_own_may_be_the_source(workshop: Path) -> None:
    """By its file, too; here without translations."""
    own = workshop / "eigene.yaml"
    own.write_text(
        "procedure: eigene\nversion: 2026.1.0\ntitle: Probe\nauthority: {name: Stadt Beispiel}\n"
        "recipients: {amt: Amt}\n"
        "purposes: {zweck: {text: T, legal_basis: § 1, recipients: [amt], retention: drafts}}\n"
        "pages:\n  - page: eins\n    title: Eins\n    purpose: zweck\n"
        "    fields: [{field: a, type: text, label: A}]\n",
        "utf-8",
    )
    assert 0 == vordruck("new", "kopie", "--from", str(own)).code
    assert 0 == vordruck("check", "kopie").code


@pytest.mark.parametrize(
    "name",
    ["Hundesteuer", "hunde-steuer", "hunde steuer", "../evil", "/evil", "1a", "a", "", "ä1",
     "x" * 64, "a\n", "a.b", "\x1b[2Ja"],
)  # fmt: skip
def test_an_id_is_snake_case(workshop: Path, name: str) -> None:
    """It becomes a file name and an address; nothing else is made."""
    before = sorted(workshop.rglob("*"))

    said = vordruck("new", "--", name)

    assert (2, "") == (said.code, said.out)
    assert "hundesteuer" in said.err
    assert "\x1b" not in said.err
    assert before == sorted(workshop.rglob("*"))


def test_nothing_is_overwritten(workshop: Path) -> None:
    """Neither a definition nor a catalogue that is left over; and no half is made."""
    before = (workshop / "definitions" / "einbuergerung.yaml").read_bytes()
    left_over = workshop / "definitions/locales/en/LC_MESSAGES/hundesteuer.po"
    left_over.write_text("# mine", "utf-8")

    assert 2 == vordruck("new", "einbuergerung").code
    assert 2 == vordruck("new", "hundesteuer").code
    assert before == (workshop / "definitions" / "einbuergerung.yaml").read_bytes()
    assert "# mine" == left_over.read_text("utf-8")
    assert not (workshop / "definitions" / "hundesteuer.yaml").exists()


def test_the_source_must_be_there_and_without_mistakes(workshop: Path) -> None:
    """A copy of mistakes helps nobody."""
    assert 2 == vordruck("new", "hundesteuer", "--from", "nix").code

    (workshop / "kaputt.yaml").write_text("procedure: kaputt\n", "utf-8")
    said = vordruck("new", "hundesteuer", "--from", "kaputt.yaml")
    assert 1 == said.code
    assert "missing-key" in said.err
    assert not (workshop / "definitions" / "hundesteuer.yaml").exists()
