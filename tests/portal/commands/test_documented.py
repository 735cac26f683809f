"""docs/command-line.md says what the commands do."""

import json
import re
from typing import Any

import pytest

from portal import cli
from tests.portal.commands.conftest import ROOT
from tests.portal.commands.terminal import vordruck

PAGE = (ROOT / "docs" / "command-line.md").read_text("utf-8")
SECTIONS = {
    part.partition("\n")[0]: part for part in re.split(r"^### |^## .*\n", PAGE, flags=re.MULTILINE)
}
NAMES = [name for name, _, _ in cli.COMMANDS]


@pytest.mark.parametrize("name", NAMES)
def test_every_command_has_its_section(name: str) -> None:
    """With the line to type, and only options that exist; none is left out."""
    section = SECTIONS[name]
    typed = re.search(rf"`(vordruck {name}\b[^`]*)`", section)
    assert typed is not None
    helped = vordruck(name, "--help").out

    said = set(re.findall(r"--[a-z-]+", typed[1]))
    known = set(re.findall(r"^  (--[a-z-]+)", helped, re.MULTILINE)) - {"--help"}
    assert known == said


def _shape(value: Any) -> Any:
    if isinstance(value, dict):
        return sorted(value)
    return [_shape(value[0])] if isinstance(value, list) and value else type(value).__name__


def _example(name: str, number: int = 0) -> Any:
    return json.loads(re.findall(r"```json\n(.*?)```", SECTIONS[name], re.DOTALL)[number])


def test_examples_have_the_shapes_that_come_out(tmp_path: Any) -> None:
    """Whoever copies the page is not led astray."""
    wrong = tmp_path / "probe.yaml"
    wrong.write_text("procedure: probe\n", "utf-8")
    answers = json.dumps(_example("Answers"))

    checked = vordruck("check", str(wrong), "--format", "json").data["diagnostics"]
    assert _shape(_example("check")["diagnostics"]) == _shape(checked)
    tested = vordruck("test", "musterprozess", "--format", "json").data
    assert _shape(_example("test")) == _shape(tested)
    assert _shape(_example("test")["cases"]) == _shape(tested["cases"])
    evaluated = vordruck("evaluate", "musterprozess", "-", given=answers).data
    assert _example("evaluate").keys() == evaluated.keys()
    assert _shape(_example("evaluate")["problems"]) == _shape(evaluated["problems"])
    assert _shape(_example("evaluate")["documents"]) == _shape(evaluated["documents"])
    asked = vordruck(
        "quick-check", "musterprozess", "-", "--today", "2026-11-23",
        given='{"hauptwohnung": "ja", "einzug_am": "2027-01-01", "stellplatz": "kein"}',
    ).data  # fmt: skip
    assert _example("quick-check") == asked
    (value,) = vordruck("feel", given=json.dumps(_example("feel"))).lines
    assert _example("feel", 1) == value


def test_the_answers_of_the_page_are_read(tmp_path: Any) -> None:
    """All spellings it shows."""
    found = vordruck(
        "evaluate", "musterprozess", "-", given=json.dumps(_example("Answers"))
    ).data  # fmt: skip

    assert {"vornamen", "parkzone", "gueltig_ab", "richtigkeit"} == {
        one["field"] for one in found["problems"]
    }


def test_the_example_of_data_has_the_shape_that_comes_out() -> None:
    """And so has what `check` says about values that nobody has confirmed."""
    found = vordruck("data", "musterprozess", "--format", "json").data
    checked = vordruck("check", "einbuergerung", "--format", "json").data

    assert _shape(_example("data")) == _shape(found)
    assert _shape(_example("data")["fields"]) == _shape(found["fields"])
    assert _shape(_example("check")["unconfirmed"]) == _shape(checked["unconfirmed"])
