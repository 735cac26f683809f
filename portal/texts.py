"""Catalogues, read once: the product's texts, and the translations of every definition."""

from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from engine.model import Procedure
from engine.plan.messages import catalogue as about_answers
from engine.texts.catalogue import Catalogue, PseudoCatalogue
from engine.texts.extract import texts_of_definition
from engine.texts.languages import GERMAN, LANGUAGES, PSEUDO
from engine.texts.ledger import State, read_ledger, state_of
from renderers.html.words import NoSentences, Sentences, Words


class Texts:
    """Hands out words by language and procedure."""

    def __init__(self, definitions: Path, *, pseudo: bool = False) -> None:
        # Those that the product itself speaks.
        spoken = tuple(code for code in LANGUAGES if _pages(code).is_file())
        self.languages = (*spoken, PSEUDO) if pseudo else spoken
        self.locales = definitions / "locales"
        self.product = {language: _product(language) for language in self.languages}
        self._words = lru_cache(maxsize=256)(self._make)
        self._ready: dict[str, tuple[str, ...]] = {}

    def words(
        self, language: str, procedure: Procedure | None = None, *, has_german: bool = False
    ) -> Words:
        """The words for one page; `has_german`: the German ones beside every translation."""
        is_beside = has_german and language != GERMAN
        return self._words(language, procedure.id if procedure else "", is_beside)

    def offered(self, procedure: Procedure) -> tuple[str, ...]:
        """The languages in which the whole procedure is as good as its author asks for."""
        if procedure.digest not in self._ready:
            ready = (code for code in self.languages if self._is_ready(code, procedure))
            self._ready[procedure.digest] = tuple(ready)
        return self._ready[procedure.digest]

    def _is_ready(self, code: str, procedure: Procedure) -> bool:
        if code in (GERMAN, PSEUDO):
            return True
        path = self._path(code, procedure.id)
        is_wanted = not procedure.languages or code in procedure.languages
        if not is_wanted or not path.is_file():
            return False
        least = State(procedure.languages.get(code, State.MACHINE))
        ledger = read_ledger(path.read_text("utf-8"))
        return all(
            state_of(one, ledger).rank >= least.rank for one in texts_of_definition(procedure)
        )

    def _path(self, language: str, procedure_id: str) -> Path:
        return self.locales / language / "LC_MESSAGES" / f"{procedure_id}.po"

    def _make(self, language: str, procedure_id: str, has_german: bool) -> Words:
        return Words(
            language=language,
            product=self.product[language],
            german=self.product[GERMAN],
            definition=self._definition(language, procedure_id),
            in_german=None if language == GERMAN else self._words(GERMAN, procedure_id, False),
            has_german=has_german,
        )

    def _definition(self, language: str, procedure_id: str) -> Sentences:
        if language == PSEUDO:
            return self.product[PSEUDO]
        path = self._path(language, procedure_id)
        if not procedure_id or not path.is_file():
            return NoSentences()
        return Catalogue.from_po(path.read_text("utf-8"), language)


def _product(language: str) -> Catalogue:
    """The sentences about answers, and those of pages."""
    if language == PSEUDO:
        return PseudoCatalogue(_product(GERMAN))
    return about_answers(language) | Catalogue.from_po(
        _pages(language).read_text("utf-8"), language
    )


def _pages(language: str) -> Traversable:
    return files("renderers") / "texts" / f"portal.{language}.po"
