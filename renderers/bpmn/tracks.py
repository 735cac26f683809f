"""Ways that do not lead straight on run down beside the steps, each on a track of its own."""

from collections.abc import Iterator
from dataclasses import dataclass

from renderers.bpmn.graph import Graph, Way

LEFT, RIGHT = "left", "right"


@dataclass(frozen=True, slots=True)
class Tracks:
    """Side and number of the track of each way that is not adjacent."""

    sides: dict[Way, str]
    numbers: dict[Way, int]
    lanes: dict[Way, int]

    def side(self, way: Way) -> str | None:
        """Where a way leaves its step; None: below."""
        return self.sides.get(way)

    def number(self, way: Way) -> int:
        """The track, counted from the steps."""
        return self.numbers[way]

    def count(self, lane: int, side: str) -> int:
        """How many tracks a lane needs on one side."""
        used = [
            number
            for way, number in self.numbers.items()
            if (self.lanes[way], self.sides[way]) == (lane, side)
        ]
        return max(used) + 1 if used else 0

    def on(self, side: str) -> Iterator[Way]:
        """The ways of one side."""
        return (way for way, own in self.sides.items() if own == side)

    def before(self, way: Way) -> list[Way]:
        """Ways that leave the same step on the same side, in front of this one."""
        same = [one for one in self.on(self.sides[way]) if one.source == way.source]
        return same[: same.index(way)]


def tracks_of(graph: Graph) -> Tracks:
    """Ways from one step share a track, as do ways to one step; others keep apart."""
    far = [way for way in graph.ways if not way.is_adjacent]
    sides = {way: _side(graph, way) for way in far}
    for row in {way.source for way in far}:
        _spread(graph, [way for way in far if way.source == row], sides)
    lanes = {way: graph.nodes[way.source].lane for way in far}
    numbers: dict[Way, int] = {}
    taken: dict[tuple[int, str], list[list[tuple[int, int]]]] = {}
    for group in _bundles(far, sides, lanes):
        spans = taken.setdefault((lanes[group[0]], sides[group[0]]), [])
        number = _free(spans, _span(group))
        numbers.update(dict.fromkeys(group, number))
    return Tracks(sides, numbers, lanes)


def _side(graph: Graph, way: Way) -> str:
    source, target = graph.nodes[way.source], graph.nodes[way.target]
    if source.lane != target.lane:
        return RIGHT if target.lane > source.lane else LEFT
    goes_back = way.target <= way.source
    return LEFT if goes_back or source.kind == "parallel" else RIGHT


def _spread(graph: Graph, ways: list[Way], sides: dict[Way, str]) -> None:
    """Of the answers to one question each gets a side of its own, if there are two."""
    is_question = graph.nodes[ways[0].source].kind == "exclusive"
    if is_question and len(ways) > 1 and len({sides[way] for way in ways}) == 1:
        shortest = min(ways, key=lambda way: len(way.label))
        sides.update({way: LEFT if way is shortest else RIGHT for way in ways})


def _bundles(far: list[Way], sides: dict[Way, str], lanes: dict[Way, int]) -> list[list[Way]]:
    """Ways on one track: those of a source with several, else those to one target."""
    found: dict[tuple[object, ...], list[Way]] = {}
    for way in far:
        own = [one for one in far if one.source == way.source and sides[one] == sides[way]]
        key = ("from", way.source) if len(own) > 1 else ("to", way.target, lanes[way])
        found.setdefault((*key, sides[way]), []).append(way)
    return sorted(found.values(), key=lambda group: (_length(group), _span(group)))


def _span(group: list[Way]) -> tuple[int, int]:
    """From which to which half row a track is used; rows are odd, the space above them even."""
    ends = [2 * way.source + 1 for way in group] + [2 * way.target for way in group]
    return min(ends), max(ends)


def _length(group: list[Way]) -> int:
    low, high = _span(group)
    return high - low


def _free(spans: list[list[tuple[int, int]]], span: tuple[int, int]) -> int:
    """The first track with room; short ways come first, so they stay close to their steps."""
    for number, used in enumerate(spans):
        if all(span[1] < low or high < span[0] for low, high in used):
            used.append(span)
            return number
    spans.append([span])
    return len(spans) - 1
