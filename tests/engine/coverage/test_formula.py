"""Formulas say the same as the rules they are made from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.coverage.collect import collect
from engine.coverage.conditions import Role
from engine.coverage.formula import deciding, holds, leaves_of, truth_of
from engine.coverage.spot import seen_form
from engine.plan import Plan
from tests.engine.made import PROCEDURES, TODAY, page_of, real_plan
from tests.strategies import sampled


@pytest.mark.parametrize("name", PROCEDURES)
def test_a_formula_holds_exactly_where_the_plan_reads_the_rule_so(name: str) -> None:
    """True for what is shown, false for what is an error, in every row and loop."""
    plan = real_plan(name)
    conditions = [one for one in collect(plan).conditions if one.where.world == "form"]
    asked = 0
    for application in sampled(name, 50)[:8]:
        seen = seen_form(plan, application, TODAY)
        for one in conditions:
            if one.whole is None:
                continue
            wanted = one.role is not Role.ERROR
            for spot in one.where.asked(seen):
                asked += 1
                assert holds(one.formula, spot.env) is (one.whole.value(spot.env) is wanted)

    assert asked > len(conditions)


RULE = 'not(a = true and (b = true or c > 3)) or (c in (1, 5) and not(angegeben(d) and d = "x"))'


def _plan() -> Plan:
    return page_of(f"""
- {{field: a, type: yes_no, label: A}}
- {{field: b, type: yes_no, label: B}}
- {{field: c, type: integer, label: C}}
- {{field: d, type: text, label: D}}
- field: e
  type: text
  label: E
  show_if: '{RULE}'
""")


_flags = st.sampled_from([True, False, None])


@given(a=_flags, b=_flags, c=st.sampled_from([None, 1, 3, 4, 5]), d=st.sampled_from([None, "x"]))
def test_a_leaf_decides_exactly_if_turning_it_turns_the_result(
    a: bool | None, b: bool | None, c: int | None, d: str | None
) -> None:
    """Compared with trying it out."""
    plan = _PLAN
    seen = seen_form(plan, {"a": a, "b": b, "c": c, "d": d}, TODAY)
    (condition,) = _CONDITIONS
    (spot,) = condition.where.asked(seen)
    formula = condition.formula
    truth = {leaf: leaf.holds(spot.env) for leaf in leaves_of(formula)}
    result = truth_of(formula, truth)

    turned = {
        leaf for leaf in truth if truth_of(formula, {**truth, leaf: not truth[leaf]}) is not result
    }
    assert set(deciding(formula, truth)) == turned
    assert result is ("e" in seen.visible)


_PLAN = _plan()
_CONDITIONS = [one for one in collect(_PLAN).conditions if one.subject == "e"]
