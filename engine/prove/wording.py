"""Texts for those that no rule speaks of: invented, different from each other, and readable."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from engine.model import Field, Procedure
from engine.prove.answers import is_other, reads
from engine.sample.dice import Dice
from engine.sample.draw import Draw
from engine.sample.hints import Hints

_TRIES = 12
_PARTS = {
    "strasse": ("Musterweg", "Erfundene Straße", "Am Beispiel"),
    "hausnummer": ("1", "2", "3 a"),
    "adresszusatz": ("Hinterhaus", "2. Stock"),
    "plz": tuple(f"{number:05d}" for number in range(12345, 12445)),
    "ort": ("Musterstadt", "Beispielhausen", "Bad Muster"),
    "staat": ("163", "997"),
}


class Wording:
    """Makes texts; one name stands for the same text in every field of an example."""

    def __init__(self, procedure: Procedure, today: date, literals: frozenset[str]) -> None:
        self._draw_for = (Hints((), (), ()), today, procedure.authority.district)
        self._literals = literals

    def worded(
        self, answers: Mapping[str, Any], fields: Mapping[str, Field], *, is_shared: bool
    ) -> dict[str, Any]:
        """The answers with texts instead of names; `fields` by plain path.

        Shared: a name stands for one text wherever it is. Else every place has its own, which fits
        it better, but is not equal to that of another place.
        """
        uses: dict[object, list[tuple[Field, str]]] = {}
        for number, (name, path, part) in enumerate(_others(answers, "")):
            uses.setdefault(name if is_shared else number, []).append((fields[path], part))
        texts: dict[object, str] = {}
        for key, wanted in uses.items():
            texts[key] = self._text(wanted, frozenset(texts.values()) | self._literals)
        counted = iter(range(len(uses)))
        return {
            field: _replaced(value, lambda one: texts[one if is_shared else next(counted)])
            for field, value in answers.items()
        }

    def _text(self, places: Sequence[tuple[Field, str]], taken: frozenset[str]) -> str:
        first = ""
        for candidate in self._candidates(places):
            first = first or candidate
            if candidate not in taken and all(_takes(*place, candidate) for place in places):
                return candidate
        return first or "Beispiel"

    def _candidates(self, places: Sequence[tuple[Field, str]]) -> Iterator[str]:
        for field, part in places:
            yield from _PARTS.get(part, ())
            if not part:
                draw = Draw(Dice(len(field.id)), *self._draw_for)
                for _ in range(_TRIES):
                    drawn = draw.answer(field, field.id)
                    if isinstance(drawn, str):
                        yield drawn
        yield from _PARTS["plz"][:_TRIES]
        for number in range(1, _TRIES):
            yield f"Beispiel {'I' * number}"


def _takes(field: Field, part: str, text: str) -> bool:
    """Parts of an address are read together, so that is left to the whole."""
    return bool(part) or reads(field, text)


def _others(answers: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, str, str]]:
    """Names, with the plain path of the field and the part of the address."""
    for key, value in answers.items():
        path = prefix + key
        if is_other(value):
            yield value, path, ""
        elif isinstance(value, Mapping):
            yield from ((one, path, part) for part, one in value.items() if is_other(one))
        elif isinstance(value, list):
            for row in value:
                if isinstance(row, Mapping):
                    yield from _others(row, f"{path}[].")


def _replaced(value: Any, text: Callable[[str], str]) -> Any:
    """In the order in which `_others` counts."""
    if is_other(value):
        return text(value)
    if isinstance(value, Mapping):
        return {key: _replaced(one, text) for key, one in value.items()}
    if isinstance(value, list):
        return [_replaced(one, text) for one in value]
    return value
