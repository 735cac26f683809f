"""The picture can be read: nothing lies on anything else."""

from collections.abc import Iterator
from itertools import combinations, pairwise

import pytest

from renderers.dmn.graph import Graph
from renderers.dmn.layout import Box, Layout, layout
from renderers.dmn.quick_check import quick_check_graph
from tests.renderers.dmn.made import NAMES, TODAY, plan_of


def picture(name: str) -> tuple[Graph, Layout]:
    """A graph and where its nodes stand."""
    graph = quick_check_graph(plan_of(name), TODAY)
    assert graph is not None
    return graph, layout(graph.needs(), frozenset(one.name for one in graph.inputs))


def _overlap(one: Box, other: Box) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def _inside(box: Box, start: tuple[int, int], end: tuple[int, int]) -> bool:
    """Whether a line runs through the inside of a box, looked at in small steps."""
    return any(
        box.x < x < box.x + box.width and box.y < y < box.y + box.height
        for x, y in _steps(start, end)
    )


def _steps(start: tuple[int, int], end: tuple[int, int]) -> Iterator[tuple[float, float]]:
    for number in range(101):
        part = number / 100
        yield start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part


@pytest.mark.parametrize("name", NAMES)
def test_no_node_lies_on_another(name: str) -> None:
    """Not even inputs with long names."""
    _, placed = picture(name)

    pairs = combinations(placed.boxes.items(), 2)

    assert [] == [(a, b) for (a, one), (b, other) in pairs if _overlap(one, other)]


@pytest.mark.parametrize("name", NAMES)
def test_no_line_runs_through_a_node(name: str) -> None:
    """Lines over several layers pass between the nodes."""
    _, placed = picture(name)

    crossed = [
        (line.source, line.target, other)
        for line in placed.lines
        for start, end in pairwise(line.points)
        for other, box in placed.boxes.items()
        if _inside(box, start, end)
    ]

    assert [] == crossed


@pytest.mark.parametrize("name", NAMES)
def test_what_is_needed_stands_below(name: str) -> None:
    """Arrows point up, as in the pictures of the standard."""
    graph, placed = picture(name)

    lines = [(a, b) for b, sources in graph.needs().items() for a in sources]

    assert sorted(lines) == sorted((one.source, one.target) for one in placed.lines)
    assert all(placed.boxes[a].y > placed.boxes[b].y for a, b in lines)
