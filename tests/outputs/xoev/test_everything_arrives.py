"""What the message cannot carry goes into the summary, which travels inside it."""

import base64
from collections.abc import Iterator

import pytest
from lxml import etree

from engine.answers.paths import flatten
from engine.kinds import Kind
from engine.model import Field, Text
from engine.prove.form import plain_path
from outputs.application import Application
from outputs.pdf.content import Printer, pages
from outputs.xoev.write import write
from tests.outputs.plans import PDF, complete
from tests.outputs.variations import Variations

WITH_MESSAGE = ("beschaeftigungserlaubnis", "verpflichtungserklaerung", "einbuergerung")
ANY_SCRIPT = Printer(None, frozenset(range(0x20, 0x3000)))


def _printed(node: object) -> Iterator[tuple[str, str]]:
    """Label and value of every row of the summary, wherever it stands."""
    if isinstance(node, dict):
        if "value" in node and "label" in node and node["value"] is not None:
            yield str(node["label"]), str(node["value"])
        for inner in node.values():
            yield from _printed(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from _printed(inner)


def _answered(application: Application) -> Iterator[tuple[Text, Field, object]]:
    """Every answer that counts, with its question."""
    fields = dict(application.procedure.fields())
    for path, value in flatten(dict(application.evaluation.values)).items():
        field = fields.get(plain_path(path))
        if field is not None and field.type.kind is not Kind.ADDRESS:
            yield field.label, field, value


def _assert_complete(application: Application) -> None:
    printed = set(_printed(pages(application, ANY_SCRIPT)))
    for label, field, value in _answered(application):
        shown = ANY_SCRIPT.text(field.type.show(value, field))  # type: ignore[arg-type]
        assert (ANY_SCRIPT.label(label), shown) in printed, field.id


@pytest.mark.parametrize("name", WITH_MESSAGE)
def test_every_answer_is_in_the_summary(name: str) -> None:
    """Of a full application and of many others: label and value, row by row."""
    _assert_complete(complete(name))
    for application in Variations(name, seed=4).applications(20):
        _assert_complete(application)


@pytest.mark.parametrize("name", WITH_MESSAGE)
def test_the_summary_and_every_file_are_in_the_message(name: str) -> None:
    """As base64, each as often as it was handed in."""
    application = complete(name)
    root = etree.fromstring(write(application, PDF, None).content)
    texts = [one.text for one in root.iter() if one.text and len(one.text) >= 20]
    sent = [PDF, *(one.content for one in application.uploads)]
    for content in set(sent):
        encoded = base64.b64encode(content).decode("ascii")
        assert texts.count(encoded) == sent.count(content)
    assert len(sent) > 4
