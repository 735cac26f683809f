"""The types of rules as types of DMN."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from engine.rules import (
    DATE,
    DAYS,
    MONTHS,
    NUMBER,
    PARTIAL_DATE,
    TEXT,
    YES_NO,
    Choice,
    ListOf,
    Record,
    Type,
)
from engine.rules.portable import EARLIEST, LATEST, print_value
from engine.rules.types import plain
from renderers.dmn.graph import ItemType

ANYTHING = "Any"
_SIMPLE: Mapping[Type, str] = {
    TEXT: "string",
    NUMBER: "number",
    YES_NO: "boolean",
    DATE: "date",
    PARTIAL_DATE: "date",
    MONTHS: "years and months duration",
    DAYS: "days and time duration",
}


class Types:
    """Names of types; those that DMN does not have are defined on the way, each once."""

    def __init__(self) -> None:
        self._names: dict[object, str] = {}
        self._made: dict[str, ItemType] = {}

    def needed(self, names: Iterable[str]) -> tuple[ItemType, ...]:
        """The definitions of these types and of their parts, parts before wholes."""
        used = set(names)
        for one in reversed(self._made.values()):
            if one.name in used:
                used |= {one.of, *(of for _, of in one.parts)}
        return tuple(one for one in self._made.values() if one.name in used)

    def name(self, kind: Type, hint: str) -> str:
        """The name of a type; `hint` is what it is first used for."""
        kind = plain(kind)
        match kind:
            case Choice(name=name, values=values):
                return self._choice(name, values)
            case ListOf(item=item):
                return self._collection(self.name(item, hint))
            case Record():
                return self._structure(kind, hint)
            case _:
                return _SIMPLE.get(kind, ANYTHING)

    def _choice(self, name: str, values: frozenset[str]) -> str:
        """Null is one of the values: else some engines refuse a question without an answer."""
        allowed = (*map(print_value, sorted(values)), print_value(None))
        return self._define((name, values), ItemType(f"t_{name}", "string", allowed))

    def _collection(self, item: str) -> str:
        base = item.removeprefix("t_").replace(" ", "_")
        return self._define(("list", item), ItemType(f"t_liste_{base}", item, is_collection=True))

    def _structure(self, kind: Record, hint: str) -> str:
        key = ("record", tuple(kind.fields))
        if key in self._names:
            return self._names[key]
        parts: list[tuple[str, str]] = []
        for name, part in kind.fields.items():
            of = self.name(part, f"{hint}_{name}")
            partial = plain(part) == PARTIAL_DATE
            suffixes = (EARLIEST, LATEST) if partial else ("",)
            parts.extend((name + suffix, of) for suffix in suffixes)
        return self._define(key, ItemType(f"t_{hint}", "", parts=tuple(parts)))

    def _define(self, key: object, made: ItemType) -> str:
        """Two lists of one name with different values get different names."""
        if key not in self._names:
            name, number = made.name, 1
            while name in self._made:
                number += 1
                name = f"{made.name}_{number}"
            self._made[name] = replace(made, name=name)
            self._names[key] = name
        return self._names[key]
