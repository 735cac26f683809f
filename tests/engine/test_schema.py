"""The JSON Schema for editors says what the loader says, as far as a schema can."""

import json
import re
from pathlib import Path

import jsonschema
import pytest

from engine.nodes import Mapping, Node, Sequence, Style, read_nodes
from engine.schema import json_schema
from engine.source import Source
from engine.texts.pages import code_pages
from tests.diagnostics.fragments import examples, wrap
from tests.golden import assert_golden

DEFINITIONS = Path(__file__).resolve().parents[2] / "definitions"
VALIDATOR = jsonschema.Draft202012Validator(json_schema())
SHAPES = (
    "unknown-key", "unknown-field-type", "missing-key", "unknown-autocomplete", "unknown-picture",
    "wrong-flag",
)  # fmt: skip


def _as_editors_read(node: Node) -> object:
    """Values of YAML 1.2: `on` is a text, dates are texts."""
    if isinstance(node, Sequence):
        return [_as_editors_read(one) for one in node.items]
    if isinstance(node, Mapping):
        return {entry.key.text: _as_editors_read(entry.value) for entry in node.entries}
    if node.style is not Style.PLAIN:
        return node.text
    if node.text in ("", "~", "null"):
        return None
    if node.text in ("true", "false"):
        return node.text == "true"
    if re.fullmatch(r"[-+]?[0-9]+", node.text):
        return int(node.text)
    return float(node.text) if re.fullmatch(r"[-+]?[0-9]+\.[0-9]+", node.text) else node.text


def _complaints(text: str) -> list[str]:
    node, _ = read_nodes(Source("x.yaml", text))
    assert node is not None
    return [error.message for error in VALIDATOR.iter_errors(_as_editors_read(node))]


def test_the_file_beside_the_definitions_is_current() -> None:
    """Editors read it; UPDATE_GOLDEN=1 writes it anew."""
    text = json.dumps(json_schema(), indent=1, ensure_ascii=False) + "\n"

    assert_golden(DEFINITIONS / "procedure.schema.json", text)


@pytest.mark.parametrize("path", sorted(DEFINITIONS.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_definition_fits(path: Path) -> None:
    """An editor must not underline what the checker accepts."""
    assert [] == _complaints(path.read_text("utf-8"))


@pytest.mark.parametrize("code", SHAPES)
def test_wrong_shapes_are_underlined_while_typing(code: str) -> None:
    """The examples of these pages fail, their corrections pass."""
    for example in examples(code_pages()[code]):
        assert example.is_error == bool(_complaints(wrap(example.text)[0]))
