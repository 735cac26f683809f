"""Flat paths and nested answers: `kinder[0].vornamen` is what forms send and problems name."""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import TypeAlias

Raw: TypeAlias = object

MOST_ROWS = 1000
DEEPEST = 4  # group, group inside, part of an address

_STEP = re.compile(r"([^\[\].]+)(?:\[([0-9]{1,4})\])?")


def flatten(answers: Mapping[str, Raw]) -> dict[str, Raw]:
    """Every answer by its path; rows and parts of addresses are opened, other lists are not."""
    return dict(_leaves(answers, ""))


def unflatten(flat: Mapping[str, Raw]) -> dict[str, Raw]:
    """Nested answers. Missing rows close up; a path that is none stays a key, to be dropped."""
    tree = _Branch()
    for path, value in flat.items():
        steps = _steps(path)
        if steps is None or not _put(tree, steps, value):
            tree[path] = value
    return _nested(tree)


class _Branch(dict[str | int, Raw]):
    """Names, or rows by number, while paths are still coming in."""

    def __init__(self, has_rows: bool = False) -> None:
        super().__init__()
        self.has_rows = has_rows


def _leaves(answers: Mapping[str, Raw], prefix: str) -> Iterator[tuple[str, Raw]]:
    for key, value in answers.items():
        path = f"{prefix}{key}"
        if isinstance(value, Mapping):
            yield from _leaves(value, f"{path}.")
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            for number, row in enumerate(value):
                if isinstance(row, Mapping):
                    yield from _leaves(row, f"{path}[{number}].")
        else:
            yield path, value


def _steps(path: str) -> list[str | int] | None:
    parts = path.split(".", DEEPEST + 1)
    if len(parts) > DEEPEST:
        return None
    steps: list[str | int] = []
    for part in parts:
        found = _STEP.fullmatch(part)
        if found is None:
            return None
        steps.append(found[1])
        if found[2] is not None:
            steps.append(int(found[2]))
    too_far = any(isinstance(step, int) and step >= MOST_ROWS for step in steps)
    return None if too_far or isinstance(steps[-1], int) else steps


def _put(tree: _Branch, steps: list[str | int], value: Raw) -> bool:
    place = tree
    for step, following in pairwise(steps):
        has_rows = isinstance(following, int)
        inner = place.setdefault(step, _Branch(has_rows))
        if not isinstance(inner, _Branch) or inner.has_rows is not has_rows:
            return False
        place = inner
    place[steps[-1]] = value
    return True


def _nested(branch: _Branch) -> dict[str, Raw]:
    return {str(key): _closed(value) for key, value in branch.items()}


def _closed(value: Raw) -> Raw:
    if not isinstance(value, _Branch):
        return value
    if value.has_rows:
        return [_closed(value[number]) for number in sorted(value, key=int)]
    return _nested(value)
