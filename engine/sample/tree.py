"""Raw answers under construction, by path: `kinder[0].vornamen`."""

import re
from collections.abc import Mapping
from typing import Any

_ROW = re.compile(r"\[[0-9]+\]")
_STEP = re.compile(r"([^.\[]+)(?:\[([0-9]+)\])?")


class Tree:
    """Nested raw answers that can be changed at a path and put back."""

    def __init__(self, raw: Mapping[str, object] | None = None) -> None:
        self.raw: dict[str, Any] = _copied(raw or {})

    def put(self, path: str, value: object) -> None:
        """Answer a question; None takes the answer away."""
        place, name = _place(self.raw, path)
        if place is None:
            return
        if value is None:
            place.pop(name, None)
        else:
            place[name] = value

    def rows(self, path: str, count: int) -> None:
        """A group gets so many rows; those that are there stay."""
        place, name = _place(self.raw, path)
        if place is not None:
            rows = place.get(name) or []
            place[name] = [*rows[:count], *({} for _ in range(count - len(rows)))]

    def copied(self) -> "Tree":
        """The same answers, to be changed apart."""
        return Tree(self.raw)


def _copied(raw: Any) -> Any:
    if isinstance(raw, Mapping):
        return {name: _copied(value) for name, value in raw.items()}
    return [_copied(one) for one in raw] if isinstance(raw, list) else raw


def value_at(values: Mapping[str, object], path: str) -> object:
    """The value at the path, or None."""
    place, name = _place(values, path)
    return None if place is None else place.get(name)


def _place(values: Any, path: str) -> tuple[Any, str]:
    """The mapping that holds the last name of the path; None if there is none."""
    *outer, last = _STEP.findall(path)
    place = values
    for name, number in outer:
        place = place.get(name)
        if number:
            rows = place if isinstance(place, list) else []
            place = rows[int(number)] if int(number) < len(rows) else None
        if not isinstance(place, Mapping):
            return None, last[0]
    return place, last[0]


def plain(path: str) -> str:
    """`kinder[].vornamen` for any row."""
    return _ROW.sub("[]", path) if "[" in path else path


def row_of(path: str) -> str:
    """The row around a path with its dot: `kinder[0].`; "" outside of groups."""
    return path[: path.rfind(".") + 1]
