"""`vordruck diff`: two versions of a definition."""

from pathlib import Path

import pytest

from tests.portal.commands.terminal import vordruck


@pytest.fixture
def after(workshop: Path) -> Path:
    """A version with a rule that hits fewer people."""
    text = (workshop / "definitions" / "musterprozess.yaml").read_text("utf-8")
    path = workshop / "neu.yaml"
    path.write_text(text.replace('"gemietet", "eigen"', '"gemietet"'), "utf-8")
    return path


def test_the_same_version_ends_well() -> None:
    """Nothing to tell is no finding."""
    said = vordruck("diff", "musterprozess", "definitions/musterprozess.yaml")

    assert 0 == said.code
    assert "Es hat sich nichts geändert." in said.out


def test_a_difference_is_a_finding(after: Path) -> None:
    """With answers that show it."""
    said = vordruck("diff", "musterprozess", str(after), "--today", "2026-11-23")

    assert 1 == said.code
    assert "geändert: Regel »ergebnis.E02«" in said.out
    assert '"stellplatz": "eigen"' in said.out


def test_english(after: Path) -> None:
    """The report's language is chosen."""
    said = vordruck("diff", "musterprozess", str(after), "--language", "en")

    assert "outcome of the Quick Check: different" in said.out


def test_data(after: Path) -> None:
    """One JSON document."""
    said = vordruck("diff", "musterprozess", str(after), "--format", "json")

    assert "differs" == said.data["meaning"]["outcome"]["verdict"]
    assert ["changed"] == [one["action"] for one in said.data["changes"]]


def test_without_the_solver_it_says_so(after: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Differences are found all the same; that there are none cannot be said."""
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)

    said = vordruck("diff", "musterprozess", str(after), "--format", "json")

    meaning = said.data["meaning"]
    assert "differs" == meaning["outcome"]["verdict"]
    assert ("not_proved", "no-solver") == (
        meaning["visible"]["verdict"],
        meaning["visible"]["reasons"][0]["code"],
    )


def test_a_broken_version_is_reported(after: Path) -> None:
    """As `vordruck check` does."""
    after.write_text("procedure: [", "utf-8")

    said = vordruck("diff", "musterprozess", str(after))

    assert 1 == said.code
    assert "neu.yaml" in said.err
