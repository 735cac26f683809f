"""`changeable` of a question: a flag, or which answer may be proposed instead of which."""

import pytest

from engine.model import Field
from tests.engine.load.procedures import HEAD, loaded, mistakes

CHECK = """\
pages:
  - {{page: eins, title: Eins, fields: [{{field: ort, type: text, label: Ort}}]}}
quick_check:
  title: Test
  questions:
    - field: titel
      type: choice
      label: Titel
      options: {{nichts: Nichts, karte: Karte, urkunde: Urkunde}}
      {key}
    - {{field: zahl, type: integer, label: Zahl{number}}}
  decisions: [{{decision: ergebnis, value: '"gut"'}}]
  result: ergebnis
  outcomes: [{{outcome: gut, title: Gut}}]
"""


def _text(key: str, number: str = "") -> str:
    return HEAD + CHECK.format(key=f"changeable: {key}" if key else "required: true", number=number)


def _question(key: str) -> Field:
    check = loaded(_text(key)).quick_check
    assert check is not None
    return check.questions[0]


@pytest.mark.parametrize(
    ("key", "changeable", "instead"),
    [
        ("", True, None),
        ("false", False, None),
        ("{nichts: urkunde}", True, {"nichts": ("urkunde",)}),
        (
            "{nichts: [urkunde, karte], karte: urkunde}",
            True,
            {"nichts": ("urkunde", "karte"), "karte": ("urkunde",)},
        ),
    ],
)
def test_what_is_written_is_read(
    key: str, changeable: bool, instead: dict[str, tuple[str, ...]] | None
) -> None:
    """One answer needs no brackets; the order is the author's."""
    question = _question(key)

    assert (changeable, instead) == (question.changeable, question.instead)


@pytest.mark.parametrize(
    ("key", "code", "about"),
    [
        ("{nicht: urkunde}", "unknown-word", "nicht"),
        ("{nichts: [urkunde, urkunden]}", "unknown-word", "urkunden"),
        ("{nichts: {karte: urkunde}}", "wrong-shape", ""),
        ("[urkunde]", "wrong-shape", ""),
        ("vielleicht", "wrong-flag", "changeable"),
    ],
)
def test_what_is_no_answer_of_the_question_is_reported(key: str, code: str, about: str) -> None:
    """With the word that is wrong."""
    assert [(code, about)] == mistakes(_text(key))


def test_only_a_choice_says_what_stands_for_what() -> None:
    """A number has no list of answers."""
    assert [("wrong-shape", "")] == mistakes(_text("false", ", changeable: {1: 2}"))
