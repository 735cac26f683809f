"""The solver's form of a condition means what the generated Python means."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from engine.rules import compile_expression
from engine.rules.tree import Call, walk
from tests.engine.prove.symbols import agrees, possible_by_solver
from tests.engine.rules import generated_widely as widely
from tests.engine.rules import oracle
from tests.engine.rules.asking import NAMES, typed, value_of
from tests.engine.rules.generated import answers, conditions
from tests.engine.rules.test_agreement import EXAMPLES
from tests.engine.rules.test_cases import FILES


@settings(max_examples=300, deadline=None)
@given(conditions, answers)
def test_a_condition_means_the_same_to_the_solver(text: str, names: dict[str, Any]) -> None:
    """True, false or undecided, never two of them; more is possible only of what is unknown."""
    rule = typed(text)

    expected = compile_expression(rule)(names)
    possible, has_unknown = possible_by_solver(rule, names)

    assert expected in possible
    assert has_unknown or {expected} == possible


@settings(
    max_examples=max(EXAMPLES // 3, 1), deadline=None, suppress_health_check=list(HealthCheck)
)
@given(widely.rule(widely.TRUTH), widely.answers)
def test_three_evaluators_agree_on_everything_there_is(text: str, names: dict[str, Any]) -> None:
    """The slow obvious one, generated Python and the solver: all operators, functions and loops."""
    rule = typed(text)

    expected = oracle.value(rule.tree, names)
    possible, has_unknown = possible_by_solver(rule, names)

    assert expected is compile_expression(rule)(names)
    assert expected in possible
    assert has_unknown or {expected} == possible


CASES = [
    pytest.param(case, id=f"{stem}: {case.get('name') or case['expression']}")
    for stem, cases in sorted(FILES.items())
    for case in cases
    if not isinstance(case.get("expects", []), list)
]
# Texts, what is counted in them, and division by an answer: all else is exact.
UNKNOWN = frozenset(
    {
        "contains", "ends with", "lower case", "matches", "mean", "number", "split", "starts with",
        "string", "string join", "string length", "substring", "substring after",
        "substring before", "upper case",
        "a + b", 'a + "x"', "date(a)", "round half up(n / m, 2)", "round half down(5.5, 6176)",
        "round half down(5.5, 6177)",
    }
)  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_every_function_means_the_same_to_the_solver(case: dict[str, Any]) -> None:
    """The value of the case files is the only one possible, but for functions over texts."""
    given = {name: value_of(one, NAMES[name]) for name, one in case.get("given", {}).items()}
    rule = typed(case["expression"])
    value = compile_expression(rule)(given)

    can, must = agrees(rule, given, value)

    calls = {node.function for node in walk(rule.tree) if isinstance(node, Call)}
    assert can
    assert must or calls & UNKNOWN or case["expression"] in UNKNOWN
