"""Others read our file as it is meant: the schema of the OMG, and the parser of bpmn-js."""

from collections import Counter

import pytest
from lxml import etree

from renderers.bpmn import Which, write
from renderers.bpmn.graph import graph_of
from tests.engine.made import real_plan
from tests.renderers.bpmn.conftest import Asks
from tests.renderers.bpmn.test_bpmn import BOTH, NAMES, process_of, steps_of

_KINDS = {
    "user": "UserTask", "manual": "ManualTask", "service": "ServiceTask",
    "rule": "BusinessRuleTask", "send": "SendTask", "receive": "ReceiveTask",
    "exclusive": "ExclusiveGateway", "parallel": "ParallelGateway",
    "timer": "IntermediateCatchEvent", "message": "IntermediateCatchEvent",
    "start": "StartEvent", "end": "EndEvent",
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("which", BOTH)
def test_the_schema_of_bpmn_accepts_the_file(
    name: str, which: Which, schema: etree.XMLSchema
) -> None:
    """Order, names and types of everything, the diagram too."""
    made = write(real_plan(name).procedure, which)
    assert made is not None

    schema.assertValid(etree.fromstring(made))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("which", BOTH)
def test_bpmn_moddle_reads_every_step_and_way(name: str, which: Which, moddle: Asks) -> None:
    """Without a warning, each of its kind, and nothing that is not drawn."""
    made = write(real_plan(name).procedure, which)
    assert made is not None
    graph = graph_of(process_of(name), steps_of(name, which))
    kinds = (_KINDS["start" if node.is_start else node.kind] for node in graph.nodes)
    wanted = Counter(f"bpmn:{kind}" for kind in kinds)
    wanted["bpmn:SequenceFlow"] = len(graph.ways)

    said = moddle(made)

    assert ([], [], dict(wanted)) == (said["warnings"], said["dangling"], said["read"])
