"""Texts by key, or by place and German wording; read from gettext catalogues."""

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from io import StringIO
from typing import Self

from babel.messages.pofile import PoFileError, read_po

LANGUAGES = ("de", "en")
_FILES = ("diagnostics", "rules", "mapping")
_PLACE = re.compile(r"\{([a-z_]+)\}")


class Catalogue:
    """The texts of one language. Fuzzy ones count as missing: their German has changed."""

    def __init__(self, language: str, texts: Mapping[tuple[str, str], str]) -> None:
        self.language = language
        self._texts = dict(texts)

    @classmethod
    def from_po(cls, text: str, language: str) -> Self:
        """A catalogue out of the text of a `.po` file; raises ValueError if it is none."""
        try:
            messages = read_po(StringIO(text), abort_invalid=True)
        except PoFileError as error:
            raise ValueError(str(error)) from error
        found = {}
        for message in messages:
            if message.id and message.string and not message.fuzzy:
                found[message.context or "", _first(message.id)] = _first(message.string)
        return cls(language, found)

    def __or__(self, other: "Catalogue") -> "Catalogue":
        return Catalogue(self.language, {**self._texts, **other._texts})

    def get(self, context: str, german: str | None = None) -> str | None:
        """`get(key)` for texts of the product, `get(path, german)` for those of a definition."""
        if german is None:
            return self._texts.get(("", context))
        return self._texts.get((context, german))

    def every_key(self) -> frozenset[str]:
        """The keys of the product's texts."""
        return frozenset(key for context, key in self._texts if not context)


@lru_cache(maxsize=16)
def product(*names: str, language: str) -> Catalogue:
    """The engine's own sentences; English stands in for languages without a catalogue."""
    spoken = language if language in LANGUAGES else "en"
    found = Catalogue(spoken, {})
    for name in names:
        file = resources.files("engine.texts") / f"{name}.{spoken}.po"
        found |= Catalogue.from_po(file.read_text("utf-8"), spoken)
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


def _first(one: "str | tuple[str, ...] | list[str]") -> str:
    return one if isinstance(one, str) else one[0]
