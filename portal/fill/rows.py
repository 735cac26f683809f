"""Adding and removing rows of groups, by their path."""

import re
from collections.abc import Callable, Sequence

from engine.model import Group, Item
from portal.fill.taking import Raw
from renderers.html.items import rows_of

_STEP = re.compile(r"([a-z][a-z0-9_]*)(?:\[([0-9]{1,3})\])?")
Steps = list[tuple[str, int | None]]
Change = Callable[[Group, list[object]], list[object] | None]


def add_row(items: Sequence[Item], raw: Raw, path: str) -> tuple[dict[str, object], str] | None:
    """The answers with one more row, and the row's path; None if there is no such group or room."""
    steps = _steps(path)
    if not steps or steps[-1][1] is not None:
        return None
    added: list[str] = []

    def change(group: Group, rows: list[object]) -> list[object] | None:
        if len(rows) >= group.maximum:
            return None
        added.append(f"{path}[{len(rows)}]")
        return [*rows, {}]

    changed = _change(items, raw, steps, change)
    return (changed, added[0]) if changed is not None else None


def remove_row(items: Sequence[Item], raw: Raw, path: str) -> dict[str, object] | None:
    """The answers without the row; None if there is no such row."""
    steps = _steps(path)
    if not steps or steps[-1][1] is None:
        return None
    number = steps[-1][1]

    def change(group: Group, rows: list[object]) -> list[object] | None:
        if number >= len(rows):
            return None
        return [*rows[:number], *rows[number + 1 :]]

    return _change(items, raw, [*steps[:-1], (steps[-1][0], None)], change)


def _steps(path: str) -> Steps | None:
    found: Steps = []
    for part in path.split(".")[:4]:
        match = _STEP.fullmatch(part)
        if match is None:
            return None
        found.append((match[1], int(match[2]) if match[2] else None))
    return found


def _change(
    items: Sequence[Item], raw: Raw, steps: Steps, change: Change
) -> dict[str, object] | None:
    """Apply `change` to the rows at the end of `steps`."""
    (name, number), *rest = steps
    group = next((one for one in items if isinstance(one, Group) and one.id == name), None)
    if group is None:
        return None
    rows: list[object] = list(rows_of(raw, group))
    if not rest:
        new = change(group, rows)
    elif number is None or number >= len(rows):
        return None
    else:
        inner = _change(group.items, rows_of(raw, group)[number], rest, change)
        new = None if inner is None else [*rows[:number], inner, *rows[number + 1 :]]
    return None if new is None else {**raw, name: new}
