"""The solver's form of the conformance set: the value expected, and no other."""

from pathlib import Path
from typing import Any

import pytest

from engine.rules import Typed, compile_expression
from engine.rules.foreign import FOREIGN_VALUE, Refused, read_value
from engine.rules.foreign_rules import Rules, locate
from engine.rules.foreign_types import DeclaredTypes
from tests.engine.prove.symbols import agrees, possible_by_solver
from tests.engine.rules.test_conformance import conformance, records

__all__ = ["conformance"]


def prepared(record: dict[str, Any], expression: str) -> tuple[Typed, dict[str, Any]]:
    """The checked rule, and the values of its names."""
    types = DeclaredTypes(record.get("types") or {}, locate)
    declared = record.get("input_types") or {}
    names = {name: types.resolve(kind) for name, kind in declared.items()}
    values = {name: read_value(one) for name, one in (record.get("inputs") or {}).items()}
    return Rules(names, "en").rule(expression), values


@pytest.mark.parametrize("spelling", ["expression", "expression_full_parens"])
def test_compound_conditions_mean_the_same_to_the_solver(conformance: Path, spelling: str) -> None:
    """Numbers, dates, durations, and/or in both spellings: all exact."""
    wrong, open_ones = [], []
    for record in records(conformance / "feel-compound-dev.jsonl"):
        rule, values = prepared(record, record[spelling])
        possible, has_unknown = possible_by_solver(rule, values)
        expected = record["expected"].get("value")
        if expected not in possible:
            wrong.append(record["id"])
        elif possible != {expected}:
            open_ones.append((record["id"], record[spelling], has_unknown))

    assert [] == wrong
    assert [] == open_ones


def test_the_solver_never_excludes_the_value_of_a_rule(conformance: Path) -> None:
    """Every single expression of the set that can be read and whose value is no list."""
    asked, exact, wrong = 0, 0, []
    for record in records(conformance / "dmn-tck-half.jsonl"):
        if not isinstance(record.get("expression"), str):
            continue
        try:
            rule, values = prepared(record, record["expression"])
            value = compile_expression(rule)(values)
        except Refused:
            continue
        if isinstance(value, list | tuple | dict) or FOREIGN_VALUE in values.values():
            continue
        can, must = agrees(rule, values, value)
        asked, exact = asked + 1, exact + must
        if not can:
            wrong.append(record["id"])

    assert [] == wrong
    assert asked > 700
    assert exact / asked > 0.85
