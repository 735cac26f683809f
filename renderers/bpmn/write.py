"""A process as BPMN 2.0 (OMG, namespace 20100524) with its diagram, the same bytes every time."""

from lxml import etree

from engine.model import Duration, Procedure
from engine.model_process import Process, Step
from renderers.bpmn.layout import START, Box, Layout, end_of, lay_out, used_roles

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
}


def write(procedure: Procedure, which: str) -> bytes | None:
    """The `ist` or `soll` process as a BPMN file; None if the procedure declares none."""
    process = procedure.process
    steps = () if process is None else getattr(process, which)
    if process is None or not steps:
        return None
    layout = lay_out(process, steps)
    names = {None: MODEL, "bpmndi": DIAGRAM, "dc": BOUNDS, "di": POINTS, "xsi": SCHEMA}
    root = etree.Element(f"{{{MODEL}}}definitions", nsmap=names)
    root.set("id", f"{procedure.id}_{which}")
    root.set("targetNamespace", f"urn:vordruck:{procedure.id}")
    pool = _add(root, "collaboration", id="zusammenarbeit")
    title = f"{procedure.title.german} ({which.capitalize()})"
    _add(pool, "participant", id="beteiligte", name=title, processRef="ablauf")
    _add_process(root, process, steps, layout)
    _add_diagram(root, layout)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _add(parent: etree._Element, tag: str, /, **attributes: str) -> etree._Element:
    child = etree.SubElement(parent, f"{{{MODEL}}}{tag}")
    for key, value in attributes.items():
        child.set(key, value)
    return child


def node_id(name: str) -> str:
    """An XML id for a step, the start or an end."""
    return "knoten_" + name.replace(":", "_")


def _flow_id(source: str, target: str) -> str:
    return f"weg_{source}_{target}".replace(":", "_")


def _add_process(
    root: etree._Element, process: Process, steps: tuple[Step, ...], layout: Layout
) -> None:
    element = _add(root, "process", id="ablauf", isExecutable="false")
    lanes = _add(element, "laneSet", id="rollen")
    for role in used_roles(process, steps):
        lane = _add(lanes, "lane", id=f"rolle_{role.id}", name=role.label.german)
        own = [step for step in steps if step.role == role.id]
        inside = [str(step.id) for step in own] + [end_of(one) for one in own if not one.flows]
        if steps[0] in own:
            inside.insert(0, START)
        for name in inside:
            _add(lane, "flowNodeRef").text = node_id(name)
    _add(element, "startEvent", id=node_id(START))
    for step in steps:
        _add_step(element, step)
        if not step.flows:
            _add(element, "endEvent", id=node_id(end_of(step)))
    for line in layout.lines:
        way = _add(
            element,
            "sequenceFlow",
            id=_flow_id(line.source, line.target),
            sourceRef=node_id(line.source),
            targetRef=node_id(line.target),
        )
        if line.label:
            way.set("name", line.label)


def _add_step(parent: etree._Element, step: Step) -> None:
    element = _add(parent, _ELEMENTS[step.kind], id=node_id(str(step.id)), name=step.title.german)
    if step.because:
        _add(element, "documentation").text = str(step.because)
    if step.kind == "timer" and step.deadline is not None:
        event = _add(element, "timerEventDefinition", id=f"frist_{step.id}")
        duration = _add(event, "timeDuration")
        duration.set(f"{{{SCHEMA}}}type", "tFormalExpression")
        duration.text = iso(step.deadline)
    elif step.kind == "message":
        _add(element, "messageEventDefinition", id=f"nachricht_{step.id}")


def iso(duration: Duration) -> str:
    """ISO 8601: P14D, P3M, P5Y."""
    if duration.days:
        return f"P{duration.days}D"
    years, months = divmod(duration.months, 12)
    return "P" + (f"{years}Y" if years else "") + (f"{months}M" if months or not years else "")


def _add_diagram(root: etree._Element, layout: Layout) -> None:
    diagram = etree.SubElement(root, f"{{{DIAGRAM}}}BPMNDiagram", id="bild")
    plane = etree.SubElement(diagram, f"{{{DIAGRAM}}}BPMNPlane", id="flaeche")
    plane.set("bpmnElement", "zusammenarbeit")
    height = max((lane.y + lane.height for lane in layout.lanes.values()), default=0)
    _shape(plane, "beteiligte", Box(-30, 0, layout.width + 30, height), is_lane=True)
    for name, box in layout.lanes.items():
        _shape(plane, f"rolle_{name}", box, is_lane=True)
    for name, box in layout.boxes.items():
        _shape(plane, node_id(name), box, is_lane=False)
    for line in layout.lines:
        edge = etree.SubElement(plane, f"{{{DIAGRAM}}}BPMNEdge")
        edge.set("id", f"{_flow_id(line.source, line.target)}_bild")
        edge.set("bpmnElement", _flow_id(line.source, line.target))
        for x, y in line.points:
            etree.SubElement(edge, f"{{{POINTS}}}waypoint", x=str(x), y=str(y))


def _shape(plane: etree._Element, name: str, box: Box, *, is_lane: bool) -> None:
    shape = etree.SubElement(plane, f"{{{DIAGRAM}}}BPMNShape", id=f"{name}_bild")
    shape.set("bpmnElement", name)
    if is_lane:
        shape.set("isHorizontal", "true")
    bounds = etree.SubElement(shape, f"{{{BOUNDS}}}Bounds")
    for key in ("x", "y", "width", "height"):
        bounds.set(key, str(getattr(box, key)))
