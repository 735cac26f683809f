"""R22: the real definitions with parts of another shape are answered, and if they run, they run.

Short by default; VORDRUCK_LONG_TESTS=20 makes twenty times as many.
"""

import os
from datetime import date
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine import SharedLists, prepare, read_lists
from engine.cases import run_case
from engine.source import Source
from engine.texts.report import as_json, as_lines, as_text
from tests.portal.commands.conftest import ROOT
from tests.portal.commands.mutations import PROCEDURES, mutated, paths, tree_of
from tests.portal.commands.mutations import as_text as yaml_of
from tests.timing import within

TODAY = date(2026, 11, 23)
TIMES = int(os.environ.get("VORDRUCK_LONG_TESTS", "1"))
MANY = {"musterprozess": 80, "verpflichtungserklaerung": 4, "beschaeftigungserlaubnis": 4,
        "einbuergerung": 2}  # fmt: skip
TREES = {name: tree_of(name) for name in PROCEDURES}
PLACES = {name: list(paths(tree)) for name, tree in TREES.items()}


@cache
def _lists() -> SharedLists:
    files = sorted((ROOT / "definitions" / "shared").glob("*.yaml"))
    lists, found = read_lists([Source(one.name, one.read_text("utf-8")) for one in files])
    assert found == ()
    return lists


def _check_and_try(name: str, text: str) -> bool:
    """What `check`, `test`, `evaluate` and `quick-check` do; whether it could run."""
    source = Source(f"{name}.yaml", text)
    plan, found = prepare(source, _lists())
    assert as_text(found, [source]) or not found
    assert len(as_json(found, "en")) == as_lines(found).count("\n")
    if plan is None:
        assert found
        return False
    for given_answers in ({}, *(one.given for one in plan.procedure.cases[:2])):
        assert plan.check(given_answers, TODAY).as_json()
    assert plan.check_questions({}, TODAY).as_json()
    assert plan.quick_check({}, TODAY).as_json()
    for case in plan.procedure.cases[:6]:
        run_case(plan, case)
    return True


@pytest.mark.parametrize("name", PROCEDURES)
def test_definitions_written_in_brackets_are_the_same(name: str) -> None:
    """So that the changes below are what the checker sees."""
    assert _check_and_try(name, yaml_of(TREES[name]))


@pytest.mark.parametrize("name", PROCEDURES)
@pytest.mark.timeout(120 * TIMES)
def test_r22_definitions_with_wrong_shapes_are_answered(name: str) -> None:
    """Scalars, lists, mappings, null, giants and rules anywhere; keys gone, doubled, renamed."""

    @settings(
        max_examples=MANY[name] * TIMES,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(st.data())
    def answered(data: st.DataObject) -> None:
        text = data.draw(mutated(TREES[name], PLACES[name]))
        with within(4):
            _check_and_try(name, text)

    answered()
