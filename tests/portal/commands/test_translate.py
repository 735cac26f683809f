"""`vordruck translate`, and what `check` and the portal make of catalogues."""

from datetime import date
from pathlib import Path

from starlette.testclient import TestClient

from portal.app import create_app
from portal.settings import Settings
from tests.portal.commands.terminal import vordruck

ENGLISH = Path("definitions/locales/en/LC_MESSAGES/musterprozess.po")
TURKISH = Path("definitions/locales/tr/LC_MESSAGES/musterprozess.po")


def codes() -> list[str]:
    """What `check` says."""
    report = vordruck("check", "musterprozess", "--format", "json").data
    return [one["code"] for one in report["diagnostics"]]


def test_a_language_is_begun_and_counted(workshop: Path) -> None:
    """A new catalogue has a place for every text; the report says what is left."""
    (workshop / TURKISH).unlink()
    said = vordruck("translate", "update", "musterprozess", "--language", "tr")

    assert said.code == 0
    assert "musterprozess (tr)" in said.err
    (row,) = vordruck(
        "translate", "status", "musterprozess", "--language", "tr", "--format", "json"
    ).data
    assert row["texts"] == row["missing"] > 80
    assert codes() == ["translation-incomplete"]
    assert workshop.joinpath(TURKISH).is_file()


def test_extract_writes_a_template(workshop: Path) -> None:
    """For whoever begins a language with a program of their own."""
    assert vordruck("translate", "extract", "musterprozess").code == 0
    assert 'msgid "Bewohnerparkausweis"' in (
        workshop / "definitions/locales/musterprozess.pot"
    ).read_text("utf-8")


def test_marking_is_counted(workshop: Path) -> None:
    """Signing off is one command; without a state it says so."""
    assert vordruck("translate", "mark", "musterprozess").code == 2
    vordruck("translate", "mark", "musterprozess", "--language", "en", "--state", "approved")
    table = vordruck("translate", "status", "musterprozess", "--language", "en").out
    head, row = (line.split() for line in table.splitlines())

    assert dict(zip(head, row, strict=True))["approved"] == row[head.index("texts")]
    assert workshop.joinpath(ENGLISH).read_text("utf-8").count("# vordruck: approved") > 80


def test_a_translation_may_not_change_links_or_break(workshop: Path) -> None:
    """It is told at the German text."""
    path = workshop / ENGLISH
    text = path.read_text("utf-8")
    path.write_text(
        text.replace('msgstr "Resident parking permit"', 'msgstr "[Permit](https://x.example)"', 1),
        "utf-8",
    )
    assert codes() == ["translation-links-differ"]
    path.write_text("Das ist kein Katalog", "utf-8")
    assert codes() == ["translation-unreadable"]
    assert vordruck("translate", "status", "musterprozess").code == 2


def test_unknown_languages_are_told_the_known_ones() -> None:
    """Nothing is written."""
    said = vordruck("translate", "update", "--language", "xx")

    assert said.code == 2
    assert "tr" in said.err


def test_a_language_is_offered_when_it_is_good_enough(workshop: Path) -> None:
    """The author's gate decides; below it the procedure is German, with no way to choose."""
    definition = workshop / "definitions/musterprozess.yaml"
    asked = definition.read_text("utf-8") + "\nlanguages: {en: approved}\n"
    assert "Resident parking permit" in _page(workshop)
    definition.write_text(asked, "utf-8")
    assert codes() == ["translation-incomplete"]
    refused = _page(workshop)
    assert "Resident parking permit" not in refused
    assert '<html lang="de"' in refused
    assert "lang=en" not in refused
    vordruck("translate", "mark", "musterprozess", "--language", "en", "--state", "approved")
    assert codes() == []
    assert "Resident parking permit" in _page(workshop)


def _page(workshop: Path) -> str:
    settings = Settings(
        definitions=workshop / "definitions", data=workshop / "data", today=date(2026, 11, 23)
    )
    with TestClient(create_app(settings)) as client:
        return client.get("/p/musterprozess?lang=en").text
