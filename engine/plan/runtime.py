"""What generated plans call, and only when something is wrong."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from engine.answers.problem import Problem
from engine.values import Value


def at(problem: Problem, path: str) -> Problem:
    """The problem in a row."""
    return replace(problem, field=path)


def spread(
    add: Callable[[Problem], None],
    problem: Problem,
    rows: Sequence[Mapping[str, Value]] | None,
    path: str,
    names: tuple[str, ...],
) -> None:
    """A check over a whole group is shown at every row that has the field; else at the group."""
    paths = list(_answered(rows or (), path, names))
    for place in paths or [path]:
        add(replace(problem, field=place))


def _answered(rows: Sequence[Mapping[str, Value]], path: str, names: tuple[str, ...]) -> list[str]:
    found: list[str] = []
    name, *inside = names
    for number, row in enumerate(rows):
        value, place = row.get(name), f"{path}[{number}].{name}"
        if not inside:
            found += [] if value is None else [place]
        elif isinstance(value, list):
            found += _answered(value, place, tuple(inside))
    return found


def only(results: Sequence[object]) -> object:
    """Hit policy `unique`: two rules that hit decide nothing."""
    return results[0] if len(results) == 1 else None


def agreed(results: Sequence[object]) -> object:
    """Hit policy `any`: several rules may hit if they say the same."""
    first = results[0]
    return first if all(one == first for one in results) else None
