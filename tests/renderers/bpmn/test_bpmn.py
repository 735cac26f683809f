"""The process of a definition as BPMN 2.0 and as a picture."""

from dataclasses import replace

import pytest
from lxml import etree

from engine.model_process import Process, Step
from renderers.bpmn import Which, draw, draw_pages, write
from renderers.bpmn.graph import graph_of
from renderers.bpmn.layout import HEAD
from renderers.bpmn.write import BOUNDS, DIAGRAM, MODEL, iso
from tests.engine.made import real_plan

NAMES = ("einbuergerung", "verpflichtungserklaerung", "beschaeftigungserlaubnis", "musterprozess")
BOTH: tuple[Which, ...] = ("ist", "soll")
_B = {"b": MODEL, "d": DIAGRAM, "c": BOUNDS}


def process_of(name: str) -> Process:
    """What a definition declares."""
    process = real_plan(name).procedure.process
    assert process is not None
    return process


def steps_of(name: str, which: Which) -> tuple[Step, ...]:
    """The steps of one of its processes."""
    process = process_of(name)
    return process.ist if which == "ist" else process.soll


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("which", BOTH)
def test_every_step_and_way_is_in_the_file_and_in_its_diagram(name: str, which: Which) -> None:
    """What a modeller opens is the whole process, drawn."""
    made = write(real_plan(name).procedure, which)
    assert made is not None
    root = etree.fromstring(made)
    steps = steps_of(name, which)
    ids = set(root.xpath("//b:process/*/@id", namespaces=_B))
    drawn = set(root.xpath("//d:BPMNShape/@bpmnElement|//d:BPMNEdge/@bpmnElement", namespaces=_B))
    ways = root.xpath("//b:sequenceFlow", namespaces=_B)

    assert {f"knoten_{step.id}" for step in steps} <= ids
    assert ids - {"rollen"} <= drawn
    assert {way.get("sourceRef") for way in ways} | {way.get("targetRef") for way in ways} <= ids
    starts = root.xpath("count(//b:startEvent[not(*[local-name()='messageEventDefinition' or "
                        "local-name()='timerEventDefinition'])])", namespaces=_B)  # fmt: skip
    assert len(ways) == starts + sum(max(1, len(step.flows)) for step in steps)


def test_what_comes_by_itself_is_a_start_event_of_its_kind() -> None:
    """Who moves house does so whatever the case is at."""
    made = write(real_plan("einbuergerung").procedure, "soll")
    assert made is not None
    root = etree.fromstring(made)
    moved, late = (
        root.xpath(f"//b:startEvent[@id='knoten_{name}']", namespaces=_B)[0]
        for name in ("umzug", "ohne_entscheidung")
    )

    assert moved.find(f"{{{MODEL}}}messageEventDefinition") is not None
    assert late.findtext(f".//{{{MODEL}}}timeDuration") == "P3M"
    assert moved.find(f"{{{MODEL}}}incoming") is None


def test_a_step_that_begins_and_is_reached_keeps_its_kind() -> None:
    """A start event has no way that leads to it, so a plain one stands in front of it."""
    process = process_of("musterprozess")
    steps = tuple(replace(step, begins=step.id == "nachfrage") for step in process.soll)
    graph = graph_of(process, steps)

    assert [node.name for node in graph.nodes if node.kind == "start"] == [
        "start",
        "start:nachfrage",
    ]
    assert not any(node.is_start for node in graph.nodes)


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
@pytest.mark.parametrize("which", BOTH)
def test_pieces_for_paper_are_the_whole_picture_and_fit(name: str, which: Which) -> None:
    """Cut between steps: together as high as the whole, none higher than the paper."""
    procedure = real_plan(name).procedure
    whole = draw(procedure, which)
    assert whole is not None
    pieces = draw_pages(procedure, which, ratio=0.56)

    width, heights = _size(whole)[0], [_size(piece)[1] for piece in pieces]
    assert {width} == {_size(piece)[0] for piece in pieces}
    assert max(heights) <= 0.56 * width
    assert _size(whole)[1] - HEAD == sum(height - HEAD for height in heights)


def _size(picture: bytes) -> tuple[int, int]:
    *_, width, height = etree.fromstring(picture).get("viewBox", "").split()
    return int(width), int(height)


def test_a_timer_says_how_long() -> None:
    """The period stands in the picture, not in the file of the modeller only."""
    made = draw(real_plan("musterprozess").procedure, "soll")
    assert made is not None
    words = "".join(etree.fromstring(made).itertext())

    assert "14\u00a0Tage" in words


def test_the_same_procedure_gives_the_same_bytes() -> None:
    """Exports can be compared and kept."""
    procedure = real_plan("einbuergerung").procedure

    assert write(procedure, "soll") == write(procedure, "soll")
    assert draw(procedure, "soll") == draw(procedure, "soll")


def test_hostile_titles_stay_text() -> None:
    """A picture is opened by a browser: titles are never markup."""
    procedure = real_plan("musterprozess").procedure
    process = process_of("musterprozess")
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
