"""R23 and R25: no rule runs long, whatever its author wrote."""

import time
from decimal import Decimal

import pytest

from engine.rules import RuleBudgetExceeded, compile_expression
from engine.rules.lines import answer
from engine.rules.runtime import matches, split
from tests.engine.rules.asking import complaints, run, typed
from tests.timing import within

REDOS = [
    "(a+)+$", "([a-zA-Z]+)*$", "(a|aa)+$", "(a|a?)+$", "(.*a){20}$", "^(a+)+b", "(x+x+)+y",
    "([a-z]+)+[A-Z]$", "(a*)*b", "(a|b|ab)*c", "^(([a-z])+.)+[A-Z]([a-z])+$", "(.*)*b",
    "(\\w+\\s?)*$",
    "(\\d+)*$", "^(\\w+\\.?)+@", "(a?){50}a{50}", "((a+)+)+$", "(ab*)*c", "([^b]+)+b", "^(a|b)*?c$",
]  # fmt: skip


@pytest.mark.parametrize("pattern", REDOS)
def test_r25_no_pattern_explodes(pattern: str) -> None:
    """R25: 20 known patterns on 100,000 characters, each well under a second on a busy machine."""
    text = "a" * 100_000 + "!"
    matches("a", pattern)
    with within(0.5, time.perf_counter):
        matches(text, pattern)


def test_r23_loops_in_loops_are_counted() -> None:
    """10,000 steps, then the rule ends."""
    rule = compile_expression(typed("some x in zahlen, y in zahlen satisfies x + y < 0"))

    assert rule({"zahlen": [Decimal(1)] * 90}) is False
    with pytest.raises(RuleBudgetExceeded):
        rule({"zahlen": [Decimal(1)] * 120})


def test_r23_a_list_has_a_limit() -> None:
    """10,000 elements."""
    with pytest.raises(RuleBudgetExceeded):
        run("some x in zahlen satisfies x < 0", {"zahlen": [Decimal(1)] * 10_001})


def test_r23_forty_doublings_of_a_text_end_early() -> None:
    """A text has at most 65,536 characters."""
    doubled = "a"
    for _ in range(5):
        doubled = f"({doubled} + {doubled})"
    given = {"a": "x" * 5_000}

    with pytest.raises(RuleBudgetExceeded):
        run(doubled, given)


def test_powers_are_refused_before_they_run() -> None:
    """10**10**8 in less than 50 ms."""
    with within(0.5, time.perf_counter):
        found = complaints("10**10**8")

        assert ["not-in-subset"] == [one.code for one in found]


def test_numbers_end_in_null_not_in_an_error() -> None:
    """Decimal128: an overflow is null, digits beyond 34 are rounded."""
    assert run("1e5000 * 1e5000") is None
    assert Decimal("1E+34") == run("9999999999999999999999999999999999 + 1")


def test_a_limit_reached_is_said() -> None:
    """`vordruck feel` says so instead of breaking off."""
    said = answer({"expression": "for i in 1..20000 return i"})

    assert "run" == said["error"]["stage"]


@pytest.mark.parametrize(
    "opening", ["(", "not(", "abs(", "[", "if ja then ", "-", "zahlen[item > "]
)
def test_any_depth_compiles_or_is_refused(opening: str) -> None:
    """Python limits nested brackets; ours come first."""
    closing = {"(": ")", "not(": ")", "abs(": ")", "[": "]", "if ja then ": " else ja"}
    closing["zahlen[item > "] = "]"
    for depth in (10, 30, 60, 62, 63, 64, 65):
        core = {"not(": "ja", "if ja then ": "ja", "-": "1"}.get(opening, "n")
        text = opening * depth + core + closing.get(opening, "") * depth
        if not [one for one in complaints(text) if one.severity == "error"]:
            compile_expression(typed(text))


def test_long_sums_compile() -> None:
    """990 terms are one level, in the text and in Python."""
    text = " - ".join(["n"] * 990)

    assert Decimal(-988) == run(text, {"n": Decimal(1)})


def test_split_needs_something_to_split_at() -> None:
    """A pattern that matches nothing at all has no places."""
    assert split("abc", "x*") is None
