"""The process of a definition as BPMN 2.0 and as a picture."""

from dataclasses import replace

import pytest
from lxml import etree

from engine.model_process import Process, Step
from renderers.bpmn import draw, write
from renderers.bpmn.layout import lay_out
from renderers.bpmn.write import BOUNDS, DIAGRAM, MODEL, iso
from tests.engine.made import real_plan

NAMES = ("einbuergerung", "verpflichtungserklaerung", "beschaeftigungserlaubnis", "musterprozess")
_B = {"b": MODEL, "d": DIAGRAM, "c": BOUNDS}


def _process(name: str) -> Process:
    process = real_plan(name).procedure.process
    assert process is not None
    return process


def _steps(name: str, which: str) -> tuple[Step, ...]:
    process = _process(name)
    return process.ist if which == "ist" else process.soll


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("which", ["ist", "soll"])
def test_every_step_and_way_is_in_the_file_and_in_its_diagram(name: str, which: str) -> None:
    """What a modeller opens is the whole process, drawn."""
    made = write(real_plan(name).procedure, which)
    assert made is not None
    root = etree.fromstring(made)
    steps = _steps(name, which)
    ids = set(root.xpath("//b:process/*/@id", namespaces=_B))
    drawn = set(root.xpath("//d:BPMNShape/@bpmnElement|//d:BPMNEdge/@bpmnElement", namespaces=_B))
    ways = root.xpath("//b:sequenceFlow", namespaces=_B)

    assert {f"knoten_{step.id}" for step in steps} <= ids
    assert ids - {"rollen"} <= drawn
    assert {way.get("sourceRef") for way in ways} | {way.get("targetRef") for way in ways} <= ids
    assert len(ways) == 1 + sum(max(1, len(step.flows)) for step in steps)


@pytest.mark.parametrize("name", NAMES)
def test_every_node_lies_in_exactly_one_lane(name: str) -> None:
    """BPMN refers to each node from the lane of its role."""
    made = write(real_plan(name).procedure, "soll")
    assert made is not None
    root = etree.fromstring(made)
    refs = root.xpath("//b:flowNodeRef/text()", namespaces=_B)
    nodes = root.xpath(
        "//b:process/*[not(self::b:laneSet|self::b:sequenceFlow)]/@id", namespaces=_B
    )

    assert sorted(nodes) == sorted(refs)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("which", ["ist", "soll"])
def test_no_two_boxes_overlap(name: str, which: str) -> None:
    """A picture in which steps cover each other helps nobody."""
    boxes = list(lay_out(_process(name), _steps(name, which)).boxes.values())
    for index, one in enumerate(boxes):
        for other in boxes[index + 1 :]:
            apart = (
                one.x + one.width <= other.x
                or other.x + other.width <= one.x
                or one.y + one.height <= other.y
                or other.y + other.height <= one.y
            )
            assert apart, (one, other)


def test_the_same_procedure_gives_the_same_bytes() -> None:
    """Exports can be compared and kept."""
    procedure = real_plan("einbuergerung").procedure

    assert write(procedure, "soll") == write(procedure, "soll")
    assert draw(procedure, "soll") == draw(procedure, "soll")


def test_hostile_titles_stay_text() -> None:
    """A picture is opened by a browser: titles are never markup."""
    procedure = real_plan("musterprozess").procedure
    process = _process("musterprozess")
    bad = replace(process.soll[0].title, german="<script>alert(1)</script>")
    steps = (replace(process.soll[0], title=bad), *process.soll[1:])
    made = draw(replace(procedure, process=replace(process, soll=steps)), "soll")

    assert made is not None
    assert not etree.fromstring(made).xpath("//*[local-name()='script']")
    assert b"&lt;script&gt;" in made


@pytest.mark.parametrize(
    ("months", "days", "text"), [(3, 0, "P3M"), (60, 0, "P5Y"), (18, 0, "P1Y6M"), (0, 14, "P14D")]
)
def test_durations_are_iso(months: int, days: int, text: str) -> None:
    """The timer is read by other tools."""
    from engine.model import Duration

    assert text == iso(Duration(months, days))
