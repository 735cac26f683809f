"""No code without words, no words without a code."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.check.names import AUTOCOMPLETE
from engine.nodes import Style
from engine.texts.catalogue import LANGUAGES, diagnostics, places
from engine.texts.pages import code_pages

ENGINE = Path(__file__).resolve().parents[2] / "engine"
RAISING = ("nodes", "load", "check", "rules")
# Literals of the same spelling that are something else.
OTHER = frozenset({*AUTOCOMPLETE, *(str(style) for style in Style), "utf-8", "utf-16"})
_CODE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)+(:[a-z]+)?")
PARTS = ("headline", "label", "why", "help", "note")


def _literals() -> Iterator[str]:
    for folder in RAISING:
        for path in sorted((ENGINE / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.value


LITERALS = {one for one in _literals() if _CODE.fullmatch(one) and one not in OTHER}
CODES = sorted(one for one in LITERALS if ":" not in one)
NOTES = sorted(one for one in LITERALS if ":" in one)


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    """`vordruck explain` knows whatever a report can name."""
    assert set(CODES) == set(code_pages())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_a_headline(language: str) -> None:
    """A report never shows a bare code."""
    catalogue = diagnostics(language)

    assert [] == [code for code in CODES if not catalogue.get(f"{code}:headline")]
    assert [] == [note for note in NOTES if not catalogue.get(note)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_used(language: str) -> None:
    """Sentences of codes that are gone would be translated for nothing."""
    known = {f"{code}:{part}" for code in CODES for part in PARTS} | set(NOTES)
    general = ("hint.", "report.", "shape:", "type:")

    left = [
        key
        for key in diagnostics(language).every_key()
        if key not in known and not key.startswith(general)
    ]

    assert [] == left


def test_both_languages_say_the_same() -> None:
    """The same keys with the same places: nothing is left out in one of them."""
    german, english = (diagnostics(language) for language in ("de", "en"))

    assert german.every_key() == english.every_key()
    assert [] == [
        key
        for key in sorted(german.every_key())
        if places(german.get(key) or "") != places(english.get(key) or "")
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_headline_is_short_and_calm(language: str) -> None:
    """One sentence of at most 80 characters without values, no shouting, no blame."""
    catalogue = diagnostics(language)
    headlines = {code: catalogue.get(f"{code}:headline") or "" for code in CODES}

    assert {} == {code: text for code, text in headlines.items() if len(text) > 80}
    assert {} == {code: text for code, text in headlines.items() if text.endswith("!")}
