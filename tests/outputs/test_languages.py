"""Whatever language an application was filled in: what the authority gets is German."""

import json

import pytest

from engine.texts.languages import LANGUAGES
from outputs.application import OutputFile
from outputs.building import build_all
from outputs.pdf.receipt import write_receipt
from tests.outputs.pdf.reading import text
from tests.outputs.plans import complete

NAMES = {
    "de_simple": "Leichte Sprache",
    "en": "Englisch",
    "tr": "Türkisch",
    "ar": "Arabisch",
    "uk": "Ukrainisch",
    "fr": "Französisch",
    "ru": "Russisch",
}
NOTE = "maßgeblich ist der deutsche Text"


def built(language: str) -> dict[str, OutputFile]:
    """All outputs, by their name in the table."""
    return {
        one.output: one for one in build_all(complete("musterprozess", language=language), None)
    }


def test_every_language_has_its_german_name() -> None:
    """The list here is that of the product."""
    assert set(NAMES) == set(LANGUAGES) - {"de"}


@pytest.mark.parametrize("language", NAMES)
def test_the_answers_are_the_same_in_every_language(language: str) -> None:
    """Of the data only the note of the language differs."""
    mine, german = built(language), built("de")
    data, expected = json.loads(mine["json"].content), json.loads(german["json"].content)

    assert data["submission"].pop("language") == language
    assert expected["submission"].pop("language") == "de"
    assert data == expected
    assert "familienname" in json.dumps(data)


@pytest.mark.parametrize("language", NAMES)
def test_pdf_and_filing_note_the_language(language: str) -> None:
    """With the sentence that the German text counts; a German one has nothing to note."""
    note = f"{NAMES[language]}; {NOTE}"
    mine = built(language)
    application = complete("musterprozess", language=language)
    receipt = write_receipt(application, list(mine.values()), None)

    assert note in " ".join(text(mine["pdf"].content).split())
    assert note in " ".join(text(receipt.content).split())
    assert note.encode() in mine["dms"].content
    assert NOTE not in text(built("de")["pdf"].content)
