"""Where steps stand: a column per distance from the start, a lane per role."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.model_process import Process, Role, Step

COLUMN, ROW, HEAD, MARGIN = 220, 110, 40, 30
LETTER = 8  # of a lane's name, which is written upwards
TASK, GATEWAY, EVENT = (170, 80), (50, 50), (36, 36)
START, END = "start", "end"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; all numbers are pixels."""

    x: int
    y: int
    width: int
    height: int

    @property
    def left(self) -> tuple[int, int]:
        """The middle of the left side."""
        return self.x, self.y + self.height // 2

    @property
    def right(self) -> tuple[int, int]:
        """The middle of the right side."""
        return self.x + self.width, self.y + self.height // 2

    @property
    def bottom(self) -> tuple[int, int]:
        """The middle of the lower side."""
        return self.x + self.width // 2, self.y + self.height


@dataclass(frozen=True, slots=True)
class Line:
    """A way between two nodes, with its corners from start to end."""

    source: str
    target: str
    label: str
    points: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """Boxes by step id (also `start` and `end:<id>`), lanes by role id, and the ways."""

    boxes: Mapping[str, Box]
    lanes: Mapping[str, Box]
    lines: tuple[Line, ...]
    width: int
    height: int


def size_of(step: Step) -> tuple[int, int]:
    """Width and height of a step's symbol."""
    if step.kind in ("exclusive", "parallel"):
        return GATEWAY
    return EVENT if step.kind in ("timer", "message") else TASK


def end_of(step: Step) -> str:
    """Name of the end event behind a step that leads nowhere."""
    return f"{END}:{step.id}"


def used_roles(process: Process, steps: tuple[Step, ...]) -> tuple[Role, ...]:
    """The roles that do something here, in the order of the definition."""
    used = {str(step.role) for step in steps}
    return tuple(role for role in process.roles if str(role.id) in used)


def lay_out(process: Process, steps: tuple[Step, ...]) -> Layout:
    """Places for everything of one process; the same input gives the same picture."""
    columns = _columns(steps)
    cells = _cells(steps, columns)
    by_id = {str(step.id): step for step in steps}
    boxes: dict[str, Box] = {}
    lanes: dict[str, Box] = {}
    width = HEAD + (max(columns.values(), default=0) + 3) * COLUMN
    top = 0
    for role in used_roles(process, steps):
        rows = max((row for name, (_, row) in cells[str(role.id)].items()), default=0) + 1
        for name, (column, row) in cells[str(role.id)].items():
            boxes[name] = _box(column, top + row * ROW, size_of(by_id[name]))
        height = max(rows * ROW + MARGIN, len(role.label.german) * LETTER)
        lanes[str(role.id)] = Box(0, top, width, height)
        top += height
    _add_events(steps, boxes)
    return Layout(boxes, lanes, _lines(steps, boxes, top), width, top + 2 * MARGIN)


def _columns(steps: tuple[Step, ...]) -> dict[str, int]:
    """Longest way from the start; ways back to an earlier step of the list do not count."""
    order = {str(step.id): index for index, step in enumerate(steps)}
    columns = dict.fromkeys(order, 0)
    for step in steps:
        for flow in step.flows:
            if order.get(str(flow.to), -1) > order[str(step.id)]:
                columns[str(flow.to)] = max(columns[str(flow.to)], columns[str(step.id)] + 1)
    return columns


def _cells(
    steps: tuple[Step, ...], columns: Mapping[str, int]
) -> dict[str, dict[str, tuple[int, int]]]:
    """Column and row of each step within the lane of its role."""
    cells: dict[str, dict[str, tuple[int, int]]] = {}
    taken: dict[tuple[str, int], int] = {}
    for step in steps:
        role, column = str(step.role), columns[str(step.id)]
        row = taken.get((role, column), 0)
        taken[role, column] = row + 1
        cells.setdefault(role, {})[str(step.id)] = (column, row)
    return cells


def _box(column: int, top: int, size: tuple[int, int]) -> Box:
    width, height = size
    x = HEAD + COLUMN + column * COLUMN - width // 2 + TASK[0] // 2 - COLUMN // 2
    return Box(x, top + MARGIN // 2 + (ROW - height) // 2, width, height)


def _add_events(steps: tuple[Step, ...], boxes: dict[str, Box]) -> None:
    size = EVENT[0]
    if steps:
        x, y = boxes[str(steps[0].id)].left
        boxes[START] = Box(x - size - MARGIN, y - size // 2, size, size)
    for step in steps:
        if not step.flows:
            x, y = boxes[str(step.id)].right
            boxes[end_of(step)] = Box(x + MARGIN, y - size // 2, size, size)


def _lines(steps: tuple[Step, ...], boxes: Mapping[str, Box], bottom: int) -> tuple[Line, ...]:
    found = []
    if steps:
        first = str(steps[0].id)
        found.append(_line(START, first, "", boxes, bottom))
    for step in steps:
        for flow in step.flows:
            label = flow.when.german if flow.when else ""
            found.append(_line(str(step.id), str(flow.to), label, boxes, bottom))
        if not step.flows:
            found.append(_line(str(step.id), end_of(step), "", boxes, bottom))
    return tuple(found)


def _line(source: str, target: str, label: str, boxes: Mapping[str, Box], bottom: int) -> Line:
    start, end = boxes[source], boxes[target]
    if end.x - start.x > COLUMN + TASK[0]:
        # A long way runs below the boxes it passes, not through them.
        (x1, y1), (x2, y2) = start.bottom, end.left
        low = start.left[1] + ROW // 2
        middle = x2 - MARGIN // 2
        bends = ((x1, low), (middle, low), (middle, y2))
        return Line(source, target, label, ((x1, y1), *bends, (x2, y2)))
    if start.x < end.x:
        (x1, y1), (x2, y2) = start.right, end.left
        middle = x2 - MARGIN // 2
        corners = (
            ((x1, y1), (x2, y2)) if y1 == y2 else ((x1, y1), (middle, y1), (middle, y2), (x2, y2))
        )
        return Line(source, target, label, corners)
    (x1, y1), (x2, y2) = start.bottom, end.bottom
    low = min(bottom, max(y1, y2) + MARGIN // 2)
    return Line(source, target, label, ((x1, y1), (x1, low), (x2, low), (x2, y2)))
