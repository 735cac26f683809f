"""Where a rule stands, in a run: the names of the form or of each row, and the path there."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from engine.model import Expression, Page
from engine.prove.world import Run, World

Place = tuple[str, Mapping[str, object]]  # path with row numbers, and all names


def places(run: Run, plain: str) -> Iterator[Place]:
    """Every place of a plain path: one outside of groups, one per row inside."""
    groups = plain.split("[].")[:-1]
    yield from _rows(groups, "", run.environment)


def _rows(groups: Sequence[str], path: str, names: Mapping[str, object]) -> Iterator[Place]:
    if not groups:
        yield path, names
        return
    first, *rest = groups
    rows: Any = names.get(first) or ()
    for number, row in enumerate(rows):
        yield from _rows(rest, f"{path}{first}[{number}].", {**names, **row})


def is_true(run: Run, rule: Expression | None, names: Mapping[str, object]) -> bool:
    """Whether a condition holds; one that is not there does."""
    return rule is None or run.plan.value(rule, names) is True


def page_of(world: World, plain: str) -> Page | None:
    """The page on which the path begins."""
    first = plain.partition("[")[0].partition(".")[0]
    for page in world.form.pages:
        if any(item.id == first for item in page.items):
            return page
    return None


def has_shown(plain: str, run: Run) -> bool:
    """Whether a field, group or text of this plain path was shown."""
    return plain in run.shown
