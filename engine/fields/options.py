"""Looking up values of a code list."""

from functools import lru_cache
from typing import TYPE_CHECKING

from engine.fields.complaint import Complaint

if TYPE_CHECKING:
    from engine.model import CodeList, Field


@lru_cache(maxsize=512)
def positions(options: "CodeList") -> dict[str, int]:
    """value -> place in the list's order."""
    return {option.value: place for place, option in enumerate(options.options)}


@lru_cache(maxsize=512)
def labels(options: "CodeList") -> dict[str, str]:
    """value -> German label."""
    return {option.value: option.label.german for option in options.options}


@lru_cache(maxsize=64)
def names(options: "CodeList") -> dict[str, str]:
    """Every other spelling of a value that is not ambiguous: German label, ISO code (folded)."""
    found: dict[str, str] = {}
    ambiguous: set[str] = set()
    for option in options.options:
        for name in (option.label.german, option.iso):
            folded = (name or "").casefold()
            if found.setdefault(folded, option.value) != option.value:
                ambiguous.add(folded)
    return {name: value for name, value in found.items() if name and name not in ambiguous}


def find(raw: object, field: "Field", *, by_name: bool = False) -> str | Complaint:
    """The list's own value for what was given."""
    if not isinstance(raw, str) or field.options is None:
        return Complaint("unknown-choice")
    value = raw.strip()
    if value in positions(field.options):
        return value
    by_its_name = names(field.options).get(value.casefold()) if by_name else None
    return by_its_name or Complaint("unknown-country" if by_name else "unknown-choice")


def find_all(raw: object, field: "Field", *, by_name: bool = False) -> tuple[str, ...] | Complaint:
    """The list's own values, each once, in the list's order."""
    given = raw if isinstance(raw, (list, tuple)) else [raw]
    assert field.options is not None  # noqa: S101 - the loader gives every such field a list
    order = positions(field.options)
    if len(given) > len(order) + 100:
        return Complaint("unknown-choice")
    found: set[str] = set()
    for one in given:
        if one is None or one == "":
            continue
        value = find(one, field, by_name=by_name)
        if isinstance(value, Complaint):
            return value
        found.add(value)
    return tuple(sorted(found, key=order.__getitem__))


def label(value: object, field: "Field") -> str:
    """German label of one value."""
    known = labels(field.options) if field.options else {}
    return known.get(str(value), str(value))
