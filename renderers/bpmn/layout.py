"""Where everything stands: a column per role, a row per step, from the top to the bottom.

A row holds one step only. So a line that runs along a row meets nobody but its own step, a line
that runs between two rows leads to the lower one, and lines that run down stand on tracks of their
own beside the steps of a role: nothing can lie on anything else.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from renderers.bpmn.graph import Graph, Node, Way
from renderers.bpmn.tracks import LEFT, RIGHT, Tracks, tracks_of
from renderers.bpmn.wrapping import TITLE_WIDTH, lines_of, width_of

HEAD, TASK, CHANNEL, EDGE = 46, 172, 30, 14
SPINE = 48  # from the left of a cell to the line that steps hang on
SIGN, EVENT = 22, 18  # half of a gateway, half of an event
LINE = 15
TRACK = 12
FOOT = 16


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; all numbers are pixels."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Label:
    """Words beside something: lines from the top, `x` their left or their right end."""

    lines: tuple[str, ...]
    x: int
    top: int
    is_right: bool = False

    @property
    def box(self) -> Box:
        """The place the words take."""
        width = max(map(width_of, self.lines), default=0)
        left = self.x - width if self.is_right else self.x
        return Box(left, self.top, width, len(self.lines) * LINE)


@dataclass(frozen=True, slots=True)
class Line:
    """A way between two nodes, with its corners from start to end."""

    source: str
    target: str
    name: str
    points: tuple[tuple[int, int], ...]
    label: Label | None


@dataclass(frozen=True, slots=True)
class Layout:
    """Boxes and titles by node, lanes by role, the ways, and where a page may be cut."""

    boxes: Mapping[str, Box]
    titles: Mapping[str, Label]
    lanes: Mapping[str, Box]
    lines: tuple[Line, ...]
    cuts: tuple[int, ...]
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class _Row:
    up: int
    down: int
    y: int  # the middle
    channel: int  # above it


def lay_out(graph: Graph) -> Layout:
    """Places for everything; the same input gives the same picture."""
    return _Drawing(graph).layout()


class _Drawing:
    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._tracks: Tracks = tracks_of(graph)
        self._spine = SPINE + _widest_left(self._tracks)
        self._cell = self._spine + TASK - SPINE
        self._lefts = self._columns()
        self._rows = self._heights()

    def layout(self) -> Layout:
        """All of it."""
        graph = self._graph
        bottom = self._bottom()
        lanes = {
            str(role.id): Box(self._lefts[at], 0, self._lefts[at + 1] - self._lefts[at], bottom)
            for at, role in enumerate(graph.roles)
        }
        titles = {
            node.name: label for row, node in enumerate(graph.nodes) if (label := self._title(row))
        }
        return Layout(
            boxes={node.name: self._box(row) for row, node in enumerate(graph.nodes)},
            titles=titles,
            lanes=lanes,
            lines=tuple(self._line(way) for way in graph.ways),
            cuts=tuple(one.channel - CHANNEL // 2 + 2 for one in self._rows[1:]),
            width=self._lefts[-1],
            height=bottom,
        )

    def _columns(self) -> list[int]:
        found = [0]
        for lane in range(len(self._graph.roles)):
            sides = (self._tracks.count(lane, side) for side in (LEFT, RIGHT))
            found.append(found[-1] + self._cell + sum(EDGE + TRACK * count for count in sides))
        return found

    def _heights(self) -> list[_Row]:
        found: list[_Row] = []
        y = HEAD
        for row in range(len(self._graph.nodes)):
            up, down = self._up(row), self._down(row)
            channel = y + CHANNEL // 2
            y += CHANNEL + up
            found.append(_Row(up, down, y, channel))
            y += down
        return found

    def _bottom(self) -> int:
        return self._rows[-1].y + self._rows[-1].down + FOOT if self._rows else HEAD

    def _up(self, row: int) -> int:
        node = self._graph.nodes[row]
        if not node.is_symbol:
            return _task_height(node) // 2
        title, beside = lines_of(node.title, TITLE_WIDTH), self._beside(row, LEFT)
        return max(_half(node), max(len(title), beside) * LINE + 6)

    def _beside(self, row: int, side: str) -> int:
        """Lines of words at the ways that leave a sign on one side."""
        ways = (way for way in self._tracks.on(side) if way.source == row)
        return sum(map(_lines, ways))

    def _down(self, row: int) -> int:
        node = self._graph.nodes[row]
        half = _half(node) if node.is_symbol else _task_height(node) // 2
        ways = (way for way in self._graph.ways if way.source == row and way.is_adjacent)
        below = sum(map(_lines, ways))
        return max(half, 4 + self._beside(row, RIGHT) * LINE) + below * LINE

    def _x(self, lane: int) -> int:
        """The left end of a cell."""
        return self._lefts[lane] + EDGE + TRACK * self._tracks.count(lane, LEFT)

    def _box(self, row: int) -> Box:
        node, place = self._graph.nodes[row], self._rows[row]
        x = self._x(node.lane)
        if node.is_symbol:
            half = _half(node)
            return Box(x + self._spine - half, place.y - half, 2 * half, 2 * half)
        height = _task_height(node)
        return Box(x, place.y - height // 2, self._cell, height)

    def _title(self, row: int) -> Label | None:
        node, place = self._graph.nodes[row], self._rows[row]
        if not node.is_symbol or not node.title:
            return None
        lines = lines_of(node.title, TITLE_WIDTH)
        x = self._x(node.lane) + self._spine + SIGN + 4
        return Label(lines, x, place.y - 4 - len(lines) * LINE)

    def _line(self, way: Way) -> Line:
        graph = self._graph
        source, target = graph.nodes[way.source], graph.nodes[way.target]
        start, end = self._box(way.source), self._box(way.target)
        from_x, to_x = (self._x(one.lane) + self._spine for one in (source, target))
        y, channel = self._rows[way.source].y, self._rows[way.target].channel
        if way.is_adjacent:
            points = [(from_x, start.y + start.height)]
            bends = [(from_x, channel), (to_x, channel)]
        else:
            is_right = self._tracks.side(way) == RIGHT
            points = [(start.x + start.width if is_right else start.x, y)]
            track = self._track(way)
            bends = [(track, y), (track, channel), (to_x, channel)]
        points += (bends if from_x != to_x or not way.is_adjacent else []) + [(to_x, end.y)]
        return Line(source.name, target.name, way.label, tuple(points), self._label(way))

    def _track(self, way: Way) -> int:
        lane, side = self._graph.nodes[way.source].lane, self._tracks.side(way)
        number = self._tracks.number(way)
        cell = self._x(lane)
        if side == LEFT:
            return cell - EDGE // 2 - TRACK * number - 3
        return cell + self._cell + EDGE // 2 + TRACK * number + 3

    def _label(self, way: Way) -> Label | None:
        if not way.label:
            return None
        node, place = self._graph.nodes[way.source], self._rows[way.source]
        spine = self._x(node.lane) + self._spine
        lines = lines_of(way.label, TITLE_WIDTH)
        if way.is_adjacent:
            below = place.y + place.down - len(lines) * LINE
            return Label(lines, spine + 6, below)
        before = sum(map(_lines, self._tracks.before(way))) * LINE
        if self._tracks.side(way) == LEFT:
            top = place.y - 4 - before - len(lines) * LINE
            return Label(lines, spine - SIGN - 2, top, is_right=True)
        return Label(lines, spine + SIGN + 4, place.y + 3 + before)


def _half(node: Node) -> int:
    return SIGN if node.kind in ("exclusive", "parallel") else EVENT


def _task_height(node: Node) -> int:
    return max(3, len(lines_of(node.title, TASK - 14))) * LINE + 14


def _lines(way: Way) -> int:
    return len(lines_of(way.label, TITLE_WIDTH))


def _widest_left(tracks: Tracks) -> int:
    """How much more room words on the left of a sign need."""
    widths = (
        max(map(width_of, lines_of(way.label, TITLE_WIDTH)), default=0)
        for way in tracks.on(LEFT)
        if way.label
    )
    return max(0, max(widths, default=0) - (SPINE - SIGN - 4))
