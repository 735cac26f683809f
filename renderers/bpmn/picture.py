"""A process as a picture (SVG) for people who would rather look than read."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from engine.model import Procedure
from renderers.bpmn.graph import END, Graph, Node, TextOf, german, graph_of
from renderers.bpmn.layout import HEAD, LINE, Box, Label, Layout, Line, lay_out
from renderers.bpmn.process import Which, steps_of
from renderers.bpmn.wrapping import SIZE, lines_of

SVG = "http://www.w3.org/2000/svg"
_INK, _PAPER, _LANE, _TASK = "#171a2c", "#ffffff", "#f1f2f7", "#e8ecfa"
_BORDER = "#b5bacd"
_SIGNS = {"exclusive": "×", "parallel": "+"}


@dataclass(frozen=True, slots=True)
class Speech:
    """The language of a picture; `title` is its text alternative."""

    title: str = ""
    language: str = "de"
    say: TextOf = german


def draw(procedure: Procedure, which: Which, speech: Speech = Speech()) -> bytes | None:
    """One process as SVG; None if there is none."""
    found = draw_pages(procedure, which, speech)
    return found[0] if found else None


def draw_pages(
    procedure: Procedure, which: Which, speech: Speech = Speech(), ratio: float | None = None
) -> tuple[bytes, ...]:
    """The picture in pieces for paper: cut between steps, each with the roles at its head.

    `ratio`: how high a piece may be, by its width.
    """
    process, steps = procedure.process, steps_of(procedure, which)
    if process is None or not steps:
        return ()
    graph = graph_of(process, steps, speech.say, speech.language)
    layout = lay_out(graph)
    title = speech.title or f"{speech.say(procedure.title)}: {which.capitalize()}-Prozess"
    height = None if ratio is None else int(layout.width * ratio) - HEAD
    pieces = [(HEAD, layout.height)] if height is None else list(_cut(layout, height))
    return tuple(_picture(graph, layout, title, piece) for piece in pieces)


def _cut(layout: Layout, height: int) -> Iterator[tuple[int, int]]:
    """From where to where each piece goes: as many rows as fit."""
    start, end = HEAD, HEAD
    for place in (*layout.cuts, layout.height):
        if place - start > height and end > start:
            yield start, end
            start = end
        end = place
    yield start, end


def _picture(graph: Graph, layout: Layout, title: str, piece: tuple[int, int]) -> bytes:
    start, end = piece
    root = etree.Element(f"{{{SVG}}}svg", nsmap={None: SVG})
    root.set("viewBox", f"0 0 {layout.width} {end - start + HEAD}")
    root.set("role", "img")
    root.set("font-family", "Noto Sans, sans-serif")
    root.set("font-size", str(SIZE))
    _add(root, "title").text = title
    # A picture within the picture shows its piece only; the heads stand above each.
    inner = _add(root, "svg", x=0, y=HEAD, width=layout.width, height=end - start,
                 viewBox=f"0 {start} {layout.width} {end - start}")  # fmt: skip
    for number, box in enumerate(layout.lanes.values()):
        _rect(inner, box, _LANE if number % 2 else _PAPER, _BORDER)
        _head(root, box, graph.heads[number], _LANE if number % 2 else _PAPER)
    for line in layout.lines:
        _way(inner, line)
    for node in graph.nodes:
        _node(inner, node, layout)
    _add(root, "rect", x=0, y=HEAD, width=layout.width, height=end - start, fill="none",
         stroke=_BORDER)  # fmt: skip
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _add(parent: etree._Element, tag: str, **attributes: object) -> etree._Element:
    child = etree.SubElement(parent, f"{{{SVG}}}{tag}")
    for key, value in attributes.items():
        child.set(key.replace("_", "-") if key != "viewBox" else key, str(value))
    return child


def _rect(parent: etree._Element, box: Box, fill: str, stroke: str, radius: int = 0) -> None:
    rect = _add(parent, "rect", x=box.x, y=box.y, width=box.width, height=box.height, fill=fill,
                stroke=stroke)  # fmt: skip
    if radius:
        rect.set("rx", str(radius))


def _head(root: etree._Element, lane: Box, label: str, fill: str) -> None:
    _rect(root, Box(lane.x, 0, lane.width, HEAD), fill, _BORDER)
    lines = lines_of(label, lane.width - 24)
    middle = lane.x + lane.width // 2
    _text(root, lines, middle, (HEAD - len(lines) * LINE) // 2, "middle", is_bold=True)


def _way(root: etree._Element, line: Line) -> None:
    points = " ".join(f"{x},{y}" for x, y in line.points)
    _add(root, "polyline", points=points, fill="none", stroke=_INK, stroke_width="1.3")
    x, y = line.points[-1]
    _add(root, "polygon", points=f"{x},{y} {x - 4},{y - 8} {x + 4},{y - 8}", fill=_INK)
    if line.label is not None:
        _label(root, line.label)


def _label(root: etree._Element, label: Label) -> None:
    _text(root, label.lines, label.x, label.top, "end" if label.is_right else "start")


def _node(root: etree._Element, node: Node, layout: Layout) -> None:
    box = layout.boxes[node.name]
    if not node.is_symbol:
        _rect(root, box, _TASK, _INK, radius=8)
        lines = lines_of(node.title, box.width - 14)
        top = box.y + (box.height - len(lines) * LINE) // 2
        _text(root, lines, box.x + box.width // 2, top, "middle")
        return
    if node.kind in _SIGNS:
        _gateway(root, box, _SIGNS[node.kind])
    else:
        _event(root, box, node.kind, is_start=node.is_start)
    if node.name in layout.titles:
        _label(root, layout.titles[node.name])


def _gateway(root: etree._Element, box: Box, sign: str) -> None:
    half = box.width // 2
    x, y = box.x + half, box.y + half
    points = f"{x},{y - half} {x + half},{y} {x},{y + half} {x - half},{y}"
    _add(root, "polygon", points=points, fill=_PAPER, stroke=_INK)
    _add(root, "text", x=x, y=y + 6, text_anchor="middle", fill=_INK, font_size="18").text = sign


def _event(root: etree._Element, box: Box, kind: str, *, is_start: bool) -> None:
    half = box.width // 2
    x, y = box.x + half, box.y + half
    _add(root, "circle", cx=x, cy=y, r=half, fill=_PAPER, stroke=_INK,
         stroke_width="3" if kind == END else "1.4")  # fmt: skip
    if kind not in ("timer", "message"):
        return
    if not is_start:
        _add(root, "circle", cx=x, cy=y, r=half - 3, fill="none", stroke=_INK)
    if kind == "timer":
        _stroke(root, f"{x},{y - 9} {x},{y} {x + 6},{y + 4}")
    else:
        _add(root, "rect", x=x - 8, y=y - 6, width=16, height=12, fill="none", stroke=_INK)
        _stroke(root, f"{x - 8},{y - 6} {x},{y + 1} {x + 8},{y - 6}")


def _stroke(root: etree._Element, points: str) -> None:
    _add(root, "polyline", points=points, fill="none", stroke=_INK)


def _text(
    root: etree._Element,
    lines: tuple[str, ...],
    x: int,
    top: int,
    anchor: str,
    *,
    is_bold: bool = False,
) -> None:
    element = _add(root, "text", text_anchor=anchor, fill=_INK)
    if is_bold:
        element.set("font-weight", "bold")
    for number, line in enumerate(lines):
        _add(element, "tspan", x=x, y=top + number * LINE + SIZE).text = line
