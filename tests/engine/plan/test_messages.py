import re

import pytest

from engine.answers import Problem
from engine.plan.messages import catalogue, german, sentence
from engine.texts.catalogue import LANGUAGES, places
from tests.engine.made import ROOT, TODAY, page_of

_MADE = re.compile(r"""(?:Complaint\(|Problem\([^,()]*,|code = |_nothing\([\w.]+,)\s*"([a-z-]+)""")


def _codes() -> set[str]:
    """Every code that a field type, the reader or the plan can give."""
    files = [path for name in ("fields", "answers", "plan")
             for path in (ROOT / "engine" / name).glob("*.py")]  # fmt: skip
    found = {code for path in files for code in _MADE.findall(path.read_text("utf-8"))}
    return found | {"unknown-country", "too-many-decimals"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_has_a_sentence(language: str) -> None:
    """In German, the source, and in English, which stands in for all others."""
    texts = catalogue(language)

    assert {"missing", "not-a-date", "too-many-rows", "not-rows"} <= _codes()
    assert {code for code in _codes() if not texts.get(f"problem.{code}")} == set()


def test_both_languages_insert_the_same_values() -> None:
    """A limit that is missing in one of them would be a riddle."""
    texts = [catalogue(language) for language in LANGUAGES]

    for code in _codes():
        assert len({places(one.get(f"problem.{code}") or "") for one in texts}) == 1, code


def test_sentences_say_what_to_do() -> None:
    """Per kind of question, with the values filled in."""
    plan = page_of("""
- {field: a, type: yes_no, label: A, required: true}
- {field: b, type: declaration, label: B, version: '1', required: true}
- {field: c, type: integer, label: C, max: 3}
- {field: d, type: name, label: D}
""")
    found = plan.check({"c": 4, "d": "Ali7"}, TODAY)

    assert [german(one) for one in found.problems] == [
        "Wählen Sie eine Antwort aus.",
        "Bestätigen Sie diese Erklärung.",
        "Geben Sie höchstens 3 ein.",
        "Löschen Sie das Zeichen 7 an der Stelle 4. Es ist hier nicht erlaubt.",
    ]
    assert sentence(found.problems[2], catalogue("pl")) == "Enter 3 or less."


def test_r26_what_is_inserted_is_not_read_again() -> None:
    """R26: a character that the applicant typed is no place to fill."""
    problem = Problem("d", "character-not-allowed", None,
                      {"character": "{position}", "position": "1"})  # fmt: skip

    assert "Zeichen {position} an der Stelle 1" in german(problem)
