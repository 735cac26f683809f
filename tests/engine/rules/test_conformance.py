"""The conformance set: what rules have gives the right value, everything else is refused.

The set is not part of the product (its notice: `conformance/PROVENANCE.md` in the folder of
standards), so these tests skip without it.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from engine.rules.lines import answer

Record = dict[str, Any]


@pytest.fixture(scope="module")
def conformance(shared: Path) -> Path:
    """Give the folder of the set."""
    folder = shared / "conformance"
    if not folder.is_dir():
        pytest.skip("needs the conformance set in the folder of standards")
    return folder


def records(file: Path) -> Iterator[Record]:
    """Read one record a line."""
    with file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def equal(found: Mapping[str, Any], expected: Mapping[str, Any]) -> bool:
    """Compare as the set's notice says: numbers within 1e-8, everything else exactly."""
    if found["type"] != expected["type"]:
        return False
    one, other = found.get("value"), expected.get("value")
    match expected["type"]:
        case "number":
            return abs(Decimal(str(one)) - Decimal(str(other))) < Decimal("1e-8")
        case "list" if isinstance(one, list) and isinstance(other, list):
            return len(one) == len(other) and all(map(equal, one, other))
        case "context" if isinstance(one, dict) and isinstance(other, dict):
            return one.keys() == other.keys() and all(equal(one[key], other[key]) for key in one)
        case _:
            return bool(one == other)


def verdict(record: Record) -> str:
    """Right, refused, or wrong; a refusal of what has no value is right."""
    found = answer(record)
    if "value" in found:
        return "right" if equal(found["value"], record["expected"]) else "wrong"
    if found["error"]["stage"] != "check":
        return "wrong"
    return "right" if record["errorResult"] else "refused"


def test_everything_inside_the_language_is_right(conformance: Path) -> None:
    """The ids that belong to our subset: all of them, without a refusal."""
    core = frozenset(json.loads((conformance / "dmn-tck-half-core-ids.json").read_text("utf-8")))
    half = [one for one in records(conformance / "dmn-tck-half.jsonl") if one["id"] in core]

    left = {one["id"]: said for one in half if (said := verdict(one)) != "right"}

    assert len(half) == len(core)
    assert {} == left


def test_everything_else_is_right_or_refused_before_it_runs(conformance: Path) -> None:
    """Never another value, and never an error while running."""
    half = list(records(conformance / "dmn-tck-half.jsonl"))

    counted = Counter(map(verdict, half))

    assert 0 == counted["wrong"], counted
    assert counted["right"] > 1_600


def test_decision_graphs_are_refused(conformance: Path) -> None:
    """`vordruck feel` answers single decisions; a graph is not misread as one."""
    graphs = list(records(conformance / "dmn-tck-drg-half.jsonl"))

    stages = {answer(one).get("error", {}).get("stage") for one in graphs}

    assert {"check"} == stages


@pytest.mark.parametrize("spelling", ["expression", "expression_full_parens"])
def test_compound_conditions_are_right(conformance: Path, spelling: str) -> None:
    """With only the brackets that precedence needs, and with all of them."""
    conditions = list(records(conformance / "feel-compound-dev.jsonl"))

    wrong = [
        one["id"] for one in conditions if verdict({**one, "expression": one[spelling]}) != "right"
    ]

    assert len(conditions) == 300
    assert [] == wrong
