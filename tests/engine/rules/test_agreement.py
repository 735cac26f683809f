"""Generated Python says what the slow, obvious evaluator says, in all three readings."""

import os
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.rules import emit_not_false, emit_test, print_tree, runtime
from engine.rules.emit import emit
from tests.engine.rules import generated_widely as widely
from tests.engine.rules import oracle
from tests.engine.rules.asking import read, typed
from tests.engine.rules.generated import answers, conditions

# VORDRUCK_EXAMPLES=20000 for a night; the default fits into every run.
EXAMPLES = int(os.environ.get("VORDRUCK_EXAMPLES", "300"))


def _run(code: str, names: dict[str, Any]) -> Any:
    """Run it as the plan does: every name is a local variable."""
    variables = ", ".join(f"v_{name}=None" for name in names)
    function = eval(f"lambda {variables}: {code}", {"__builtins__": {}, "rt": runtime})  # noqa: S307
    return function(**{f"v_{name}": value for name, value in names.items()})


@settings(max_examples=600, deadline=None)
@given(conditions, answers)
def test_a_condition_has_one_meaning(text: str, names: dict[str, Any]) -> None:
    """True, false or null; `emit_test` is truthy only for true, `emit_not_false` but for false."""
    rule = typed(text)

    expected = oracle.value(rule.tree, names)

    assert expected is _run(emit(rule, "v_{}".format), names)
    assert (expected is True) == bool(_run(emit_test(rule, "v_{}".format), names))
    assert (expected is not False) == bool(_run(emit_not_false(rule, "v_{}".format), names))


@settings(max_examples=300, deadline=None)
@given(conditions)
def test_printing_and_reading_are_inverse(text: str) -> None:
    """The canonical text means the same, and is its own canonical text."""
    printed = print_tree(read(text))

    assert printed == print_tree(read(printed))


@settings(max_examples=200, deadline=None)
@given(conditions, answers)
def test_the_canonical_text_means_the_same(text: str, names: dict[str, Any]) -> None:
    """No bracket is lost that counts."""
    tree = read(text)

    assert oracle.value(tree, names) is oracle.value(read(print_tree(tree)), names)


QUIET = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@QUIET
@given(widely.rule(widely.TRUTH), widely.answers)
def test_every_condition_has_one_meaning(text: str, names: dict[str, Any]) -> None:
    """All operators and functions, loops in loops, 29 February, both durations, in all readings."""
    rule = typed(text)

    expected = oracle.value(rule.tree, names)

    assert expected is _run(emit(rule, "v_{}".format), names)
    assert (expected is True) == bool(_run(emit_test(rule, "v_{}".format), names))
    assert (expected is not False) == bool(_run(emit_not_false(rule, "v_{}".format), names))


@pytest.mark.parametrize(
    "kind", [widely.NUMBER, widely.TEXT, widely.DATE, widely.MONTHS, widely.DAYS, widely.NUMBERS]
)
@settings(QUIET, max_examples=max(EXAMPLES // 4, 1))
@given(data=st.data())
def test_every_value_is_the_same(kind: str, data: st.DataObject) -> None:
    """Numbers to the last of 34 digits; lists element by element."""
    rule = typed(data.draw(widely.rule(kind)))
    names = data.draw(widely.answers)

    expected, found = oracle.value(rule.tree, names), _run(emit(rule, "v_{}".format), names)

    if kind == widely.NUMBERS and found is not None:
        found = list(found)
    assert expected == found
    assert type(expected) is type(found)


@settings(QUIET, max_examples=max(EXAMPLES // 4, 1))
@given(widely.rule(widely.TRUTH), widely.answers)
def test_every_canonical_text_means_the_same(text: str, names: dict[str, Any]) -> None:
    """No bracket is lost that counts."""
    tree = read(text)

    assert oracle.value(tree, names) is oracle.value(read(print_tree(tree)), names)
