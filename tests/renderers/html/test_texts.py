"""Every sentence of the pages exists in both languages, and every key that is used exists."""

import re
from pathlib import Path

import pytest

from engine.plan.messages import catalogue as about_answers
from engine.texts.catalogue import Catalogue, places
from engine.values import ADDRESS_PARTS

ROOT = Path(__file__).resolve().parents[3]
FOLDERS = ("renderers", "portal/web", "portal/fill", "portal/check", "portal/start")
USED = re.compile(r"""\bt\(\s*["']([a-z_.0-9]+)["']\s*[,)]""")
MADE = {
    *(f"address.{part}" for part in ADDRESS_PARTS),
    *(f"date.{part}" for part in ("day", "month", "year")),
    *(f"footer.{name}" for name in ("imprint", "privacy", "accessibility", "feedback")),
    *(f"service.{name}" for name in ("who", "cost", "duration", "result")),
    *(f"documents.rules.{kind}" for kind in ("one", "many", "exactly", "range")),
}  # fmt: skip


def product(language: str) -> Catalogue:
    """The catalogue of a language."""
    path = ROOT / "renderers" / "texts" / f"portal.{language}.po"
    return Catalogue.from_po(path.read_text("utf-8"), language)


def test_both_languages_say_the_same_things_with_the_same_places() -> None:
    """A key without translation, or a lost place, shows here."""
    german, english = product("de"), product("en")

    assert german.every_key() == english.every_key()
    for key in german.every_key():
        assert places(german.get(key) or "") == places(english.get(key) or ""), key


def test_every_key_that_is_used_exists() -> None:
    """In templates and in code."""
    known = product("de").every_key() | about_answers("de").every_key()
    used = set(MADE)
    for folder in FOLDERS:
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in {".py", ".html"}:
                used |= set(USED.findall(path.read_text("utf-8")))

    assert len(used) > 100
    assert used <= known


@pytest.mark.parametrize(
    "reason",
    sorted(
        set(
            re.findall(
                r'Refusal\(\d+, "(\w+)"\)|\d{3}, "(\w+)", ""',
                "".join(one.read_text("utf-8") for one in (ROOT / "portal").rglob("*.py")),
            )
        )
    ),
    ids=str,
)
def test_every_refusal_has_a_page(reason: tuple[str, str]) -> None:
    """Title and text for each reason that code can give."""
    name = reason[0] or reason[1]
    for language in ("de", "en"):
        assert product(language).get(f"error.{name}.title"), name
        assert product(language).get(f"error.{name}.text"), name
