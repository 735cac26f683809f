"""A process as a picture (SVG) for people who would rather look than read."""

from lxml import etree

from engine.model import Procedure
from engine.model_process import Step
from renderers.bpmn.layout import END, Box, Line, lay_out, used_roles

SVG = "http://www.w3.org/2000/svg"
_INK, _PAPER, _LANE, _TASK = "#171a2c", "#ffffff", "#f1f2f7", "#e8ecfa"
_LINE_HEIGHT, _LETTERS = 15, 23
_SIGNS = {"exclusive": "×", "parallel": "+"}
_SMALL = (*_SIGNS, "timer", "message")  # drawn as symbols, their titles above


def draw(procedure: Procedure, which: str) -> bytes | None:
    """The `ist` or `soll` process as SVG; None if the procedure declares none."""
    process = procedure.process
    steps = () if process is None else getattr(process, which)
    if process is None or not steps:
        return None
    layout = lay_out(process, steps)
    root = etree.Element(f"{{{SVG}}}svg", nsmap={None: SVG})
    root.set("viewBox", f"0 0 {layout.width} {layout.height}")
    root.set("role", "img")
    root.set("font-family", "Noto Sans, sans-serif")
    root.set("font-size", "12")
    _add(root, "title").text = f"{procedure.title.german}: {which.capitalize()}-Prozess"
    for number, role in enumerate(used_roles(process, steps)):
        _lane(root, layout.lanes[str(role.id)], role.label.german, is_odd=bool(number % 2))
    for line in layout.lines:
        _way(root, line)
    by_id = {str(step.id): step for step in steps}
    for name, box in layout.boxes.items():
        _node(root, name, box, by_id.get(name))
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _add(parent: etree._Element, tag: str, **attributes: object) -> etree._Element:
    child = etree.SubElement(parent, f"{{{SVG}}}{tag}")
    for key, value in attributes.items():
        child.set(key.replace("_", "-"), str(value))
    return child


def _lane(root: etree._Element, box: Box, label: str, *, is_odd: bool) -> None:
    fill = _LANE if is_odd else _PAPER
    _add(root, "rect", x=box.x, y=box.y, width=box.width, height=box.height, fill=fill,
         stroke="#b5bacd")  # fmt: skip
    x, y = 18, box.y + box.height // 2
    text = _add(root, "text", x=x, y=y, text_anchor="middle", fill=_INK, font_weight="bold",
                transform=f"rotate(-90 {x} {y})")  # fmt: skip
    text.text = label


def _way(root: etree._Element, line: Line) -> None:
    points = " ".join(f"{x},{y}" for x, y in line.points)
    _add(root, "polyline", points=points, fill="none", stroke=_INK, stroke_width="1.4")
    (x1, y1), (x2, y2) = line.points[-2:]
    dx, dy = (x2 > x1) - (x2 < x1), (y2 > y1) - (y2 < y1)
    tip = f"{x2},{y2} {x2 - 8 * dx - 4 * dy},{y2 - 8 * dy - 4 * dx} "
    _add(root, "polygon", points=tip + f"{x2 - 8 * dx + 4 * dy},{y2 - 8 * dy + 4 * dx}", fill=_INK)
    if line.label:
        x, y = line.points[0]
        goes_down = line.points[-1][1] > y or line.points[1][1] > y
        place = (x + 5, y + 15) if goes_down else (x + 4, y - 5)
        _add(root, "text", x=place[0], y=place[1], fill=_INK, font_size="11").text = line.label


def _node(root: etree._Element, name: str, box: Box, step: Step | None) -> None:
    x, y = box.x + box.width // 2, box.y + box.height // 2
    if step is None:
        width = 3 if name.startswith(END) else 1.4
        _add(root, "circle", cx=x, cy=y, r=box.width // 2, fill=_PAPER, stroke=_INK,
             stroke_width=width)  # fmt: skip
        return
    if step.kind in _SMALL:
        _symbol(root, box, step)
        return
    _add(root, "rect", x=box.x, y=box.y, width=box.width, height=box.height, rx=8, fill=_TASK,
         stroke=_INK)  # fmt: skip
    _words(root, step.title.german, x, y, 5)


def _symbol(root: etree._Element, box: Box, step: Step) -> None:
    x, y = box.x + box.width // 2, box.y + box.height // 2
    if step.kind in _SIGNS:
        half = box.width // 2
        points = f"{x},{y - half} {x + half},{y} {x},{y + half} {x - half},{y}"
        _add(root, "polygon", points=points, fill=_PAPER, stroke=_INK)
    else:
        for radius in (box.width // 2, box.width // 2 - 3):
            _add(root, "circle", cx=x, cy=y, r=radius, fill=_PAPER, stroke=_INK)
    if step.kind == "timer":
        _add(
            root,
            "polyline",
            points=f"{x},{y - 9} {x},{y} {x + 6},{y + 4}",
            fill="none",
            stroke=_INK,
        )
    elif step.kind == "message":
        _add(root, "rect", x=x - 8, y=y - 6, width=16, height=12, fill="none", stroke=_INK)
        points = f"{x - 8},{y - 6} {x},{y + 1} {x + 8},{y - 6}"
        _add(root, "polyline", points=points, fill="none", stroke=_INK)
    else:
        sign = _add(root, "text", x=x, y=y + 6, text_anchor="middle", fill=_INK, font_size="18")
        sign.text = _SIGNS[step.kind]
    _words(root, step.title.german, x, box.y - 14, 2)


def _words(root: etree._Element, text: str, x: int, y: int, most: int) -> None:
    lines = _wrapped(text, most)
    top = y - (len(lines) - 1) * _LINE_HEIGHT // 2 + 4
    element = _add(root, "text", text_anchor="middle", fill=_INK)
    for number, line in enumerate(lines):
        _add(element, "tspan", x=x, y=top + number * _LINE_HEIGHT).text = line


def _wrapped(text: str, most: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) >= _LETTERS:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1] + " …"]
    return lines
