"""Every sentence of a page in the reader's language, and what has none falls back to German."""

from dataclasses import dataclass, field
from typing import Protocol

from babel import Locale
from markupsafe import Markup, escape

from engine.model_parts import Text
from engine.texts.catalogue import fill
from engine.texts.languages import GERMAN, language
from renderers.html.markdown import to_html


class Sentences(Protocol):
    """A catalogue: product texts by key, authors' texts by place and German wording."""

    def get(self, context: str, german: str | None = None) -> str | None:
        """The text, or None where there is none."""

    def counted(self, key: str, number: int) -> str | None:
        """The form of a product text for this number, or None where there is none."""


class NoSentences:
    """The catalogue of a language that nobody translated."""

    def get(self, context: str, german: str | None = None) -> str | None:
        """Nothing."""
        return None

    def counted(self, key: str, number: int) -> str | None:
        """Nothing."""
        return None


@dataclass(frozen=True, slots=True)
class Said:
    """A text with the language it is in, if that is not the page's."""

    text: str
    language: str | None = None
    german: str = ""  # the German words, where they are to stand beside the translation

    def __str__(self) -> str:
        return self.text

    def __html__(self) -> Markup:
        if not self.german:
            return self._alone()
        beside = Markup('{} <span class="vd-german" lang="de" dir="ltr">{}</span>')
        return beside.format(self._alone(), self.german)

    @property
    def plain(self) -> "Said":
        """Without the German words: for places that are heard only, or are said a second time."""
        return Said(self.text, self.language)

    def beside(self, german: "Said") -> "Said":
        """With the German words, unless these are German already."""
        if self.language is not None or self.text == german.text:
            return self
        return Said(self.text, None, german.text)

    def _alone(self) -> Markup:
        if self.language is None:
            return escape(self.text)
        return Markup('<span lang="{}">{}</span>').format(self.language, self.text)


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """One language for one page: product texts, and the texts of one definition."""

    language: str
    product: Sentences
    german: Sentences  # product texts of last resort
    definition: Sentences = field(default_factory=NoSentences)
    in_german: "Words | None" = None  # the same words in German; None: these are German
    has_german: bool = False  # the German words stand beside every translation

    @property
    def beside(self) -> "Words | None":
        """The German words, if they are to stand beside these."""
        return self.in_german if self.has_german else None

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`, for the root element."""
        return language(self.language).direction

    @property
    def tag(self) -> str:
        """The language as HTML writes it."""
        return language(self.language).tag

    @property
    def locale(self) -> Locale:
        """The locale that shapes dates, numbers and names of states."""
        return language(self.language).locale

    def t(self, key: str, **values: object) -> str:
        """A product text; `{name}` is replaced plainly, and never looked at again."""
        text = self.product.get(key) or self.german.get(key) or key
        return fill(text, {name: str(value) for name, value in values.items()})

    def said(self, key: str, **values: object) -> Said:
        """A product text, with the German one if that is to stand beside it."""
        said = Said(self.t(key, **values))
        return said.beside(self.beside.said(key, **values)) if self.beside else said

    def has(self, key: str) -> bool:
        """Whether the product has such a text."""
        return bool(self.german.get(key))

    def count(self, key: str, number: int, **values: object) -> str:
        """The form for this number by the language's own rule, with `{number}`."""
        text = self.product.counted(key, number) or self.german.counted(key, number) or key
        return fill(text, {"number": str(number)} | {name: str(v) for name, v in values.items()})

    def text(self, text: Text) -> Said:
        """A sentence of the author, translated, or in German and marked as German."""
        if self.language == GERMAN:
            return Said(text.german)
        translated = self.definition.get(text.path, text.german)
        if not translated:
            return Said(text.german, GERMAN)
        return Said(translated).beside(Said(text.german)) if self.has_german else Said(translated)

    def markdown(self, text: Text) -> Markup:
        """A longer text of the author: paragraphs, lists, bold, links."""
        said = self.text(text)
        html = to_html(said.text)
        if said.language is not None:
            return Markup('<div lang="{}">{}</div>').format(said.language, html)
        if not said.german:
            return html
        beside = Markup('{}<div class="vd-german" lang="de" dir="ltr">{}</div>')
        return beside.format(html, to_html(said.german))
