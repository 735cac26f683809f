"""Texts by key, or by place and German wording; read from gettext catalogues."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from gettext import c2py
from importlib import resources
from io import StringIO
from typing import Self

from babel.messages.pofile import PoFileError, read_po

from engine.texts.languages import GERMAN, PSEUDO
from engine.texts.ledger import State, entry_of, first
from engine.texts.pseudo import pseudo

LANGUAGES = ("de", "en")
_FILES = ("diagnostics", "rules", "mapping")
_PLACE = re.compile(r"\{([a-z_][a-z0-9_]*(?:\.[a-z0-9_]+)*)\}")


class Catalogue:
    """The texts of one language. Fuzzy ones count as missing: their German has changed."""

    def __init__(
        self,
        language: str,
        texts: Mapping[tuple[str, str], tuple[str, ...]],
        form_of: Callable[[int], int] = lambda number: number != 1,
    ) -> None:
        self.language = language
        self._texts = dict(texts)
        self._form_of = form_of

    @classmethod
    def from_po(cls, text: str, language: str, least: State = State.MACHINE) -> Self:
        """A catalogue out of the text of a `.po` file; raises ValueError if it is none.

        Texts that are not as good as `least` are left out.
        """
        try:
            messages = read_po(StringIO(text), abort_invalid=True)
        except PoFileError as error:
            raise ValueError(str(error)) from error
        found = {}
        for message in messages:
            if message.id:
                entry = entry_of(message)
                if entry.is_at_least(least):
                    found[message.context or "", first(message.id)] = entry.forms
        return cls(language, found, c2py(messages.plural_expr))

    def __or__(self, other: "Catalogue") -> "Catalogue":
        return Catalogue(self.language, {**self._texts, **other._texts}, other._form_of)

    def get(self, context: str, german: str | None = None) -> str | None:
        """`get(key)` for texts of the product, `get(path, german)` for those of a definition."""
        found = self._texts.get(("", context) if german is None else (context, german))
        return found[0] if found else None

    def counted(self, key: str, number: int) -> str | None:
        """The form of a product text for this number, by the language's own rule."""
        forms = self._texts.get(("", key))
        return forms[min(self._form_of(abs(number)), len(forms) - 1)] if forms else None

    def by_key(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The product's texts with all their forms, in the order of the file."""
        return ((key, forms) for (context, key), forms in self._texts.items() if not context)

    def every_key(self) -> frozenset[str]:
        """The keys of the product's texts."""
        return frozenset(key for key, _ in self.by_key())


class PseudoCatalogue(Catalogue):
    """A language made up from German, for trials: whatever is asked for, it has."""

    def __init__(self, german: Catalogue) -> None:
        made = {key: tuple(map(pseudo, forms)) for key, forms in german._texts.items()}
        super().__init__(PSEUDO, made, german._form_of)

    def get(self, context: str, german: str | None = None) -> str | None:
        """The text of the product by its key, or the author's text."""
        return super().get(context) if german is None else pseudo(german)


@lru_cache(maxsize=32)
def product(*names: str, language: str) -> Catalogue:
    """The engine's own sentences; English stands in for languages without a catalogue."""
    if language == PSEUDO:
        return PseudoCatalogue(product(*names, language=GERMAN))
    found = Catalogue(language, {})
    for name in names:
        file = resources.files("engine.texts") / f"{name}.{language}.po"
        if not file.is_file():
            file = resources.files("engine.texts") / f"{name}.en.po"
        found |= Catalogue.from_po(file.read_text("utf-8"), language)
    return found


def diagnostics(language: str) -> Catalogue:
    """What the engine says to authors."""
    return product(*_FILES, language=language)


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put values into `{name}` places in one pass: nothing that is put in is looked at again."""
    return _PLACE.sub(lambda match: values.get(match[1], match[0]), text)


def places(text: str) -> frozenset[str]:
    """The names a text has places for."""
    return frozenset(_PLACE.findall(text))
