"""Which texts are translated: a definition's by place and German wording, the product's by key."""

import dataclasses
from collections.abc import Iterator, Mapping
from functools import lru_cache

from engine.model import Expression, Option, Procedure
from engine.model_parts import Text
from engine.source import Span
from engine.texts.catalogue import Catalogue
from engine.texts.ledger import Wanted


def texts_of_definition(procedure: Procedure) -> list[Wanted]:
    """Every text, in the order of the file's blocks.

    Names of states with an ISO code are left out: Babel knows them.
    """
    return [
        Wanted(path, text.german, text.german)
        for path, text in texts_by_place(procedure).items()
        if text.german
    ]


@lru_cache(maxsize=8)
def texts_by_place(procedure: Procedure) -> Mapping[str, Text]:
    """Every text that is translated, by its place."""
    return {text.path: text for text in _texts(procedure, set())}


def texts_of_product(german: Catalogue) -> list[Wanted]:
    """Every key of a catalogue, in the order of its file."""
    return [
        Wanted("", key, " | ".join(forms), is_counted=len(forms) > 1)
        for key, forms in german.by_key()
    ]


def renamed_places(procedure: Procedure) -> Mapping[str, str]:
    """Present place of a field -> the one it had before: `was` names it."""
    return {
        f".{field.id}.": f".{field.was}."
        for _, field in procedure.fields()
        if field.was is not None
    }


def _texts(part: object, seen: set[int]) -> Iterator[Text]:
    """Every Text below a part: by its shape, so that a new block of the language is not missed."""
    if id(part) in seen:
        return
    seen.add(id(part))
    match part:
        case Text():
            yield part
        case Option(iso=str()) | Expression() | Span():
            return  # with nothing to translate in it
        case Mapping():
            for one in part.values():
                yield from _texts(one, seen)
        case tuple():
            for one in part:
                yield from _texts(one, seen)
        case _ if dataclasses.is_dataclass(part):
            for field in dataclasses.fields(part):
                yield from _texts(getattr(part, field.name), seen)
