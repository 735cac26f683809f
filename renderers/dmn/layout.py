"""Where the nodes of a graph stand: in layers, what is decided above what it needs.

Long lines are led through the layers between, so that they pass nodes instead of crossing them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

_GAP, _LAYER_GAP, _LANE = 24, 90, 12
_HEIGHT_DECISION, _HEIGHT_INPUT = 70, 45
_LEAST_WIDTH, _PER_CHARACTER, _PADDING = 120, 7.4, 30
_SWEEPS = 12
_LEFT, _TOP = 160, 100  # viewers show the name of the model in the corner


@dataclass(frozen=True, slots=True)
class Box:
    """A node's place."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Line:
    """From what is needed to what needs it."""

    source: str
    target: str
    points: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """The picture."""

    boxes: Mapping[str, Box]
    lines: tuple[Line, ...]


def layout(needs: Mapping[str, Sequence[str]], inputs: frozenset[str]) -> Layout:
    """Places for all nodes; `needs` is in an order in which each comes after those it needs."""
    layers = _layers(needs)
    chains = _chains(needs, layers)
    rows = _ordered(needs, layers, chains)
    centres = _centres(rows)
    top = len(rows) - 1
    step = _HEIGHT_DECISION + _LAYER_GAP
    boxes = {
        name: Box(
            _LEFT + centres[name] - _width(name) // 2,
            _TOP + (top - layers[name]) * step,
            _width(name),
            _HEIGHT_INPUT if name in inputs else _HEIGHT_DECISION,
        )
        for name in needs
    }
    lines = []
    for (source, target), between in chains.items():
        start, end = boxes[source], boxes[target]
        points = [(start.x + start.width // 2, start.y)]
        for number, one in enumerate(between, layers[source] + 1):
            # Straight up through a layer: slanting lines would touch its nodes.
            x, y = _LEFT + centres[one], _TOP + (top - number) * step
            points += [(x, y + _HEIGHT_DECISION), (x, y)]
        points.append((end.x + end.width // 2, end.y + end.height))
        lines.append(Line(source, target, tuple(points)))
    return Layout(boxes, tuple(lines))


def _layers(needs: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """As low as possible, then lifted to just below the first that needs it."""
    found: dict[str, int] = {}
    for name, sources in needs.items():
        found[name] = max((found[one] + 1 for one in sources), default=0)
    for name in reversed(list(needs)):
        above = [found[one] for one, sources in needs.items() if name in sources]
        if above:
            found[name] = min(above) - 1
    return found


_Chains = dict[tuple[str, str], tuple[str, ...]]


def _chains(needs: Mapping[str, Sequence[str]], layers: Mapping[str, int]) -> _Chains:
    """A waypoint in each layer that a line passes."""
    return {
        (source, target): tuple(
            f"{source}>{target}@{layer}" for layer in range(layers[source] + 1, layers[target])
        )
        for target, sources in needs.items()
        for source in sources
    }


def _ordered(
    needs: Mapping[str, Sequence[str]], layers: Mapping[str, int], chains: _Chains
) -> list[list[str]]:
    """Nodes and waypoints of each layer, near to what they are connected with."""
    rows: list[list[str]] = [[] for _ in range(max(layers.values(), default=0) + 1)]
    neighbours: dict[str, list[str]] = {name: [] for name in needs}
    for name in needs:
        rows[layers[name]].append(name)
    for (source, target), between in chains.items():
        for number, one in enumerate(between):
            rows[layers[source] + 1 + number].append(one)
        path = (source, *between, target)
        for one, other in pairwise(path):
            neighbours.setdefault(one, []).append(other)
            neighbours.setdefault(other, []).append(one)
    layer_of = {name: number for number, row in enumerate(rows) for name in row}
    for sweep in range(_SWEEPS):
        downwards = sweep % 2 == 0
        numbers = range(len(rows) - 1, -1, -1) if downwards else range(len(rows))
        for number in numbers:
            beside = number + 1 if downwards else number - 1
            _sort(rows, number, beside, neighbours, layer_of)
    return rows


def _sort(
    rows: list[list[str]],
    number: int,
    beside: int,
    neighbours: Mapping[str, list[str]],
    layer_of: Mapping[str, int],
) -> None:
    """By the middle of the neighbours in the layer beside it."""
    if not 0 <= beside < len(rows):
        return
    centres = _centres(rows)
    places = {
        name: [centres[one] for one in neighbours[name] if layer_of[one] == beside]
        for name in rows[number]
    }
    own = {name: centres[name] for name in rows[number]}
    rows[number].sort(
        key=lambda name: sum(places[name]) / len(places[name]) if places[name] else own[name]
    )


def _centres(rows: Sequence[Sequence[str]]) -> dict[str, int]:
    """From left to right, every layer in the middle of the picture."""
    widths = [sum(_width(one) + _GAP for one in row) for row in rows]
    widest = max(widths, default=0)
    found: dict[str, int] = {}
    for row, width in zip(rows, widths, strict=True):
        x = (widest - width) // 2
        for name in row:
            found[name] = x + _width(name) // 2
            x += _width(name) + _GAP
    return found


def _width(name: str) -> int:
    if ">" in name:  # a waypoint: no name has this character
        return _LANE
    return max(_LEAST_WIDTH, int(len(name) * _PER_CHARACTER) + _PADDING)
