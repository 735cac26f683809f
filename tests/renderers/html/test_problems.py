"""Sentences about answers in the reader's language, with the values they name."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from engine.answers.problem import Insert, Problem
from engine.model import Field, Group
from engine.model_parts import Text
from engine.plan.messages import catalogue as about_answers
from engine.source import whole_file
from engine.texts.catalogue import Catalogue
from renderers.html.problems import say
from renderers.html.shown import template_text
from renderers.html.words import Words
from tests.engine.made import page_of

MESSAGE = Text("x.message", "Nur {betrag} bis {setting.tag}", whole_file("x.yaml"))
ENGLISH = {("x.message", MESSAGE.german): ("Only {betrag} until {setting.tag}",)}
PROBLEM = Problem(
    "feld",
    "check",
    MESSAGE,
    {},
    "§ 1 MusterG",
    (
        Insert("betrag", None, True, Decimal("1460.5")),
        Insert("setting.tag", None, False, date(1974, 6, 30)),
    ),
)


def _words(language: str, texts: Mapping[tuple[str, str], tuple[str, ...]]) -> Words:
    empty = Catalogue(language, {})
    return Words(language, empty, empty, Catalogue(language, texts))


def test_values_are_written_as_the_reader_writes_them() -> None:
    """Amounts and days in German and in English."""
    german = say(PROBLEM, _words("de", {}))
    english = say(PROBLEM, _words("en", ENGLISH))

    assert str(german).replace("\xa0", " ") == "Nur 1.460,50 € bis 30.06.1974 (§ 1 MusterG)"
    assert str(english) == "Only €1,460.50 until 30 Jun 1974 (§ 1 MusterG)"


def test_a_sentence_that_stays_german_has_german_values() -> None:
    """A mix of two languages in one sentence is read wrongly."""
    said = say(PROBLEM, _words("en", {}))

    assert said.text.replace("\xa0", " ") == "Nur 1.460,50 € bis 30.06.1974 (§ 1 MusterG)"
    assert said.language == "de"


def test_what_is_not_answered_is_a_dash() -> None:
    """Not an empty hole in the sentence."""
    nothing = Problem("feld", "check", MESSAGE, {}, None, (Insert("betrag", None, True),))

    assert str(say(nothing, _words("de", {}))) == "Nur – bis {setting.tag}"


def test_titles_of_rows_are_in_the_readers_language() -> None:
    """An amount, a day and the label of a choice inside an author's template."""
    plan = page_of("""
- group: zeiten
  label: Zeiten
  repeat: {min: 0, max: 3, item: "{art}, {von} ({betrag})"}
  fields:
    - {field: von, type: date, label: von}
    - {field: betrag, type: money, label: Betrag}
    - {field: art, type: choice, label: Art, options: {duldung: Duldung, visum: Visum}}
""")
    (group,) = plan.procedure.pages[0].items
    assert isinstance(group, Group)
    assert group.item is not None
    values = {"art": "visum", "von": date(2026, 3, 1), "betrag": Decimal("1460.5")}
    label = next(one for item in group.items if isinstance(item, Field) and item.options
                 for one in item.options.options if one.value == "visum").label  # fmt: skip
    english = {(label.path, "Visum"): ("visa",)}

    said = template_text(group.item, values, group.items, _words("en", english))
    empty = template_text(group.item, {}, group.items, _words("en", english))

    assert said == "visa, 1 Mar 2026 (€1,460.50)"
    assert empty == ",  ()"


def test_a_name_in_another_script_is_answered_in_words() -> None:
    """How to write it, not which sign to delete."""
    values = {"character": "И", "position": "1", "kind": "script"}
    problem = Problem("name", "character-not-allowed", None, values)
    german = about_answers("de")

    assert str(say(problem, Words("de", german, german))) == (
        "Schreiben Sie hier mit lateinischen Buchstaben, so wie im Pass oder Ausweis. "
        "И ist kein lateinischer Buchstabe."
    )
