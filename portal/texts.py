"""Catalogues, read once: the product's texts, and the translations of every definition."""

from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from engine.model import Procedure
from engine.plan.messages import catalogue as about_answers
from engine.texts.catalogue import Catalogue
from renderers.html.words import NoSentences, Sentences, Words

LANGUAGES = ("de", "en")


class Texts:
    """Hands out words by language and procedure."""

    def __init__(self, definitions: Path, languages: Sequence[str] = LANGUAGES) -> None:
        self.languages = tuple(languages)
        self.locales = definitions / "locales"
        self.product = {language: _product(language) for language in self.languages}
        self._words = lru_cache(maxsize=256)(self._make)

    def words(self, language: str, procedure: Procedure | None = None) -> Words:
        """The words for one page."""
        return self._words(language, procedure.id if procedure else "")

    def _make(self, language: str, procedure_id: str) -> Words:
        return Words(
            language=language,
            product=self.product[language],
            german=self.product[self.languages[0]],
            definition=self._definition(language, procedure_id),
        )

    def _definition(self, language: str, procedure_id: str) -> Sentences:
        path = self.locales / language / "LC_MESSAGES" / f"{procedure_id}.po"
        if not procedure_id or not path.is_file():
            return NoSentences()
        return Catalogue.from_po(path.read_text("utf-8"), language)


def _product(language: str) -> Catalogue:
    """The sentences about answers, and those of pages."""
    pages = files("renderers") / "texts" / f"portal.{language}.po"
    return about_answers(language) | Catalogue.from_po(pages.read_text("utf-8"), language)
