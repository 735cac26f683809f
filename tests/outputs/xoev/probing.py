"""A procedure with one field of each kind and whatever mapping a test wants."""

from pathlib import Path
from textwrap import indent

from lxml import etree

from engine.plan import Plan
from outputs.application import Application
from outputs.xoev.elements import Elements
from outputs.xoev.standards import EINBUERGERUNG_1_0
from tests.outputs.plans import PDF, plan_of

_TEXT = (Path(__file__).parent / "probe.yaml").read_text("utf-8")


def probe(mapping: str) -> Plan:
    """The procedure with this mapping."""
    return plan_of("probe", _TEXT + indent(mapping, "      "))


def mapped(application: Application) -> etree._Element:
    """The mapped elements below a root of no meaning."""
    declared = application.procedure.outputs.xoev
    assert declared is not None
    root = etree.Element("root", nsmap={"m": EINBUERGERUNG_1_0.namespace})
    elements = Elements(EINBUERGERUNG_1_0, application, PDF)
    root.extend(elements.children(declared.message, declared.tree, application.environment))
    return root


def shown(root: etree._Element) -> str:
    """The elements as text; those of the message's namespace have the prefix `m`."""
    text = etree.tostring(root, encoding="unicode")
    return text.partition(">")[2].removesuffix("</root>")
