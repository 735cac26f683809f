"""What an author may write at a question is told: each key, in words."""

import pytest

from engine.explain.speech import Speech
from engine.handbook import build
from engine.handbook.structure import Table
from tests.engine.made import TODAY, page_of


def _held(field: str) -> list[str]:
    """What the book says of the only question of a form."""
    made = build(page_of(field), TODAY, Speech())
    (table,) = [
        block
        for chapter in made.chapters
        for section in chapter.walk()
        if section.anchor == "seite-eins"
        for block in section.blocks
        if isinstance(block, Table)
    ]
    return [line.text for line in table.rows[0][1]]


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ("type: integer, required: true", "Pflicht: ja"),
        ("type: integer", "Pflicht: nein"),
        ("type: integer, min: 1, max: 9", "Grenzen: mindestens 1; höchstens 9"),
        ("type: number, decimals: 2", "Grenzen: 2 Nachkommastellen"),
        ("type: date, min: 2026-01-01", "Grenzen: mindestens 01.01.2026"),
        ("type: text, max_length: 30", "Grenzen: höchstens 30 Zeichen"),
        ("type: text, help: Steht im Pass, hint: Kurz", "Hilfe: Steht im Pass"),
        ("type: text, example: QC-1", "Beispiel: QC-1"),
        ("type: text, was: vorher", "Hieß früher: vorher"),
        ("type: text, datatype: C", "Grenzen: Zeichen nach DIN 91379, Datentyp C"),
        ("type: date, prefill: stichtag", "Vorgeschlagen wird: der Tag der Entscheidung"),
        ("type: declaration, version: 2026-08", "Fassung des Textes: 2026-08"),
        ("type: integer, required_if: 1 = 1", "Pflicht, wenn: 1 ist 1"),
        (
            "type: date, valid_if: x <= stichtag, message: Zu spät",
            "Es muss gelten: »X« ist spätestens der Tag der Entscheidung",
        ),
        (
            "type: choice, options: {a: Haus, b: Hof}",
            "Antworten: Haus a; Hof b",
        ),
    ],
)
def test_every_key_of_a_question_is_told(keys: str, told: str) -> None:
    """In the words of the language, with the value."""
    assert told in _held(f"- {{field: x, label: X, {keys}}}"), _held(
        f"- {{field: x, label: X, {keys}}}"
    )


def test_the_purpose_names_paragraph_recipients_and_retention() -> None:
    """What R30 asks for, at every question."""
    held = _held("- {field: x, type: text, label: X}")

    assert "Zweck: T (§\u00a01) [zweck]" in held
    assert "Empfänger: amt · Aufbewahrung: drafts" in held
