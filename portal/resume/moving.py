"""Answers of one version of a definition in the form of another: renames are followed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from engine.model import Field, Group, Item, Procedure
from portal.fill.taking import Raw
from renderers.html.items import rows_of

Item_ = Field | Group


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of the answers; paths without row numbers: `kinder[].vornamen`."""

    raw: dict[str, object]
    names: Mapping[str, str]  # path in the first version -> path in the last one


def move_along(versions: Sequence[Procedure], raw: Raw) -> Moved:
    """Through several versions, one after the other: a name may have changed at each step."""
    names = {path: path for path in paths_of(versions[0])}
    moved = dict(raw)
    for old, new in pairwise(versions):
        step = _names(_items(old), _items(new), "", "")
        moved = _move(_items(old), _items(new), moved)
        names = {first: step[name] for first, name in names.items() if name in step}
    return Moved(moved, names)


def paths_of(procedure: Procedure) -> list[str]:
    """Every question and group of a version."""
    return [path for path, _ in with_paths(_items(procedure), "")]


def with_paths(items: Sequence[Item], prefix: str) -> Iterator[tuple[str, Item_]]:
    """Questions and groups with their paths, those in groups included."""
    for item in items:
        if isinstance(item, Field):
            yield f"{prefix}{item.id}", item
        elif isinstance(item, Group):
            yield f"{prefix}{item.id}", item
            yield from with_paths(item.items, f"{prefix}{item.id}[].")


def _items(procedure: Procedure) -> tuple[Item, ...]:
    return tuple(item for page in procedure.pages for item in page.items)


def _twins(old: Sequence[Item], new: Sequence[Item]) -> Iterator[tuple[Item_, Item_]]:
    """The same question in both: by name, else by the name it had before (`was`).

    On the way back to an older version it is the old item that says what the new one is called.
    """
    left = {one.id: one for one in old if isinstance(one, Field | Group)}
    found: list[tuple[Item_, Item_]] = []
    rest = [one for one in new if isinstance(one, Field | Group)]
    for name_of in (lambda one: one.id, lambda one: one.was, lambda one: _later(left, one.id)):
        waiting = []
        for item in rest:
            twin = left.pop(name_of(item) or "", None)
            if twin is None:
                waiting.append(item)
            else:
                found.append((twin, item))
        rest = waiting
    return ((one, two) for one, two in found if isinstance(one, Field) == isinstance(two, Field))


def _later(old: Mapping[str, Item_], name: str) -> str | None:
    return next((one.id for one in old.values() if one.was == name), None)


def _names(old: Sequence[Item], new: Sequence[Item], before: str, after: str) -> dict[str, str]:
    found = {}
    for one, other in _twins(old, new):
        found[f"{before}{one.id}"] = f"{after}{other.id}"
        if isinstance(one, Group) and isinstance(other, Group):
            inner = (f"{before}{one.id}[].", f"{after}{other.id}[].")
            found |= _names(one.items, other.items, *inner)
    return found


def _move(old: Sequence[Item], new: Sequence[Item], raw: Raw) -> dict[str, object]:
    moved: dict[str, object] = {}
    for one, other in _twins(old, new):
        if one.id not in raw:
            continue
        if isinstance(one, Group) and isinstance(other, Group):
            rows = rows_of(raw, one)
            moved[other.id] = [_move(one.items, other.items, row) for row in rows]
        else:
            moved[other.id] = raw[one.id]
    return moved
