"""A process as BPMN 2.0 (OMG, namespace 20100524) with its diagram, the same bytes every time."""

from collections.abc import Iterator

from lxml import etree

from engine.model import Duration, Procedure
from engine.model_process import Step
from renderers.bpmn.graph import END, START, Graph, Node, graph_of
from renderers.bpmn.layout import Box, Label, Layout, Line, lay_out
from renderers.bpmn.process import Which, steps_of

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DIAGRAM = "http://www.omg.org/spec/BPMN/20100524/DI"
BOUNDS = "http://www.omg.org/spec/DD/20100524/DC"
POINTS = "http://www.omg.org/spec/DD/20100524/DI"
SCHEMA = "http://www.w3.org/2001/XMLSchema-instance"
_ELEMENTS = {
    "user": "userTask",
    "manual": "manualTask",
    "service": "serviceTask",
    "rule": "businessRuleTask",
    "send": "sendTask",
    "receive": "receiveTask",
    "exclusive": "exclusiveGateway",
    "parallel": "parallelGateway",
    "timer": "intermediateCatchEvent",
    "message": "intermediateCatchEvent",
    START: "startEvent",
    END: "endEvent",
}
_STRIP = 30


def write(procedure: Procedure, which: Which) -> bytes | None:
    """One process as a BPMN file; None if the procedure declares none."""
    process, steps = procedure.process, steps_of(procedure, which)
    if process is None or not steps:
        return None
    graph = graph_of(process, steps)
    layout = lay_out(graph)
    names = {None: MODEL, "bpmndi": DIAGRAM, "dc": BOUNDS, "di": POINTS, "xsi": SCHEMA}
    root = etree.Element(f"{{{MODEL}}}definitions", nsmap=names)
    root.set("id", f"{procedure.id}_{which}")
    root.set("targetNamespace", f"urn:vordruck:{procedure.id}")
    pool = _add(root, "collaboration", id="zusammenarbeit")
    title = f"{procedure.title.german} ({which.capitalize()})"
    _add(pool, "participant", id="beteiligte", name=title, processRef="ablauf")
    _add_process(root, graph, layout)
    _add_diagram(root, graph, layout)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _add(parent: etree._Element, tag: str, /, **attributes: str) -> etree._Element:
    child = etree.SubElement(parent, f"{{{MODEL}}}{tag}")
    for key, value in attributes.items():
        child.set(key, value)
    return child


def node_id(name: str) -> str:
    """An XML id for a step, the start or an end."""
    return "knoten_" + name.replace(":", "_")


def _flow_id(line: Line) -> str:
    return f"weg_{line.source}_{line.target}".replace(":", "_")


def _add_process(root: etree._Element, graph: Graph, layout: Layout) -> None:
    element = _add(root, "process", id="ablauf", isExecutable="false")
    lanes = _add(element, "laneSet", id="rollen")
    for number, role in enumerate(graph.roles):
        lane = _add(lanes, "lane", id=f"rolle_{role.id}", name=graph.heads[number])
        for node in graph.nodes:
            if node.lane == number:
                _add(lane, "flowNodeRef").text = node_id(node.name)
    for node in graph.nodes:
        _add_node(element, node, layout)
    for line in layout.lines:
        way = _add(element, "sequenceFlow", id=_flow_id(line))
        way.set("sourceRef", node_id(line.source))
        way.set("targetRef", node_id(line.target))
        if line.name:
            way.set("name", line.name)


def _add_node(parent: etree._Element, node: Node, layout: Layout) -> None:
    tag = "startEvent" if node.is_start else _ELEMENTS[node.kind]
    element = _add(parent, tag, id=node_id(node.name))
    if node.title:
        element.set("name", node.title)
    step = node.step
    for text in _documentation(step) if step is not None else ():
        _add(element, "documentation").text = text
    for line in layout.lines:
        if line.target == node.name:
            _add(element, "incoming").text = _flow_id(line)
    for line in layout.lines:
        if line.source == node.name:
            _add(element, "outgoing").text = _flow_id(line)
    if step is not None and step.kind == "timer" and step.deadline is not None:
        event = _add(element, "timerEventDefinition", id=f"frist_{step.id}")
        duration = _add(event, "timeDuration")
        duration.set(f"{{{SCHEMA}}}type", "tFormalExpression")
        duration.text = iso(step.deadline)
    elif node.kind == "message":
        _add(element, "messageEventDefinition", id=f"nachricht_{node.name}")


def _documentation(step: Step) -> Iterator[str]:
    """The paragraph, and what the applicant is told meanwhile."""
    if step.because:
        yield str(step.because)
    if step.status is not None:
        yield f"Auskunft: {step.status.german}"


def iso(duration: Duration) -> str:
    """ISO 8601: P14D, P3M, P5Y."""
    if duration.days:
        return f"P{duration.days}D"
    years, months = divmod(duration.months, 12)
    return "P" + (f"{years}Y" if years else "") + (f"{months}M" if months or not years else "")


def _add_diagram(root: etree._Element, graph: Graph, layout: Layout) -> None:
    diagram = etree.SubElement(root, f"{{{DIAGRAM}}}BPMNDiagram", id="bild")
    plane = etree.SubElement(diagram, f"{{{DIAGRAM}}}BPMNPlane", id="flaeche")
    plane.set("bpmnElement", "zusammenarbeit")
    # Roles stand side by side: their names, and the name of the whole, take a strip above each.
    _shape(plane, "beteiligte", Box(0, -_STRIP, layout.width, layout.height + _STRIP), is_lane=True)
    for name, box in layout.lanes.items():
        _shape(plane, f"rolle_{name}", box, is_lane=True)
    for node in graph.nodes:
        title = layout.titles.get(node.name)
        _shape(plane, node_id(node.name), layout.boxes[node.name], is_lane=False, title=title)
    for line in layout.lines:
        edge = etree.SubElement(plane, f"{{{DIAGRAM}}}BPMNEdge")
        edge.set("id", f"{_flow_id(line)}_bild")
        edge.set("bpmnElement", _flow_id(line))
        for x, y in line.points:
            etree.SubElement(edge, f"{{{POINTS}}}waypoint", x=str(x), y=str(y))
        _add_label(edge, line.label)


def _shape(
    plane: etree._Element, name: str, box: Box, *, is_lane: bool, title: Label | None = None
) -> None:
    shape = etree.SubElement(plane, f"{{{DIAGRAM}}}BPMNShape", id=f"{name}_bild")
    shape.set("bpmnElement", name)
    if is_lane:
        shape.set("isHorizontal", "false")
    _add_bounds(shape, box)
    _add_label(shape, title)


def _add_label(parent: etree._Element, label: Label | None) -> None:
    if label is not None:
        _add_bounds(etree.SubElement(parent, f"{{{DIAGRAM}}}BPMNLabel"), label.box)


def _add_bounds(parent: etree._Element, box: Box) -> None:
    bounds = etree.SubElement(parent, f"{{{BOUNDS}}}Bounds")
    for key in ("x", "y", "width", "height"):
        bounds.set(key, str(getattr(box, key)))
