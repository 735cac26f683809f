"""R23 before running: what could exceed a limit is refused, what is accepted never does."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.rules import NUMBER, TEXT, ListOf, Record, RuleBudgetExceeded, Scope, compile_expression
from engine.rules.bounds import Excess, excess, size
from engine.rules.types import Simple
from tests.engine.rules.asking import typed

WORD = Simple("text", 10)
ROW = Record({"n": NUMBER, "t": WORD, "kinder": ListOf(Record({"n": NUMBER}), 4)})
SCOPE = Scope(
    {
        "t": WORD,
        "lang": TEXT,
        "zehn": ListOf(NUMBER, 10),
        "hundert": ListOf(NUMBER, 100),
        "worte": ListOf(WORD, 300),
        "zeilen": ListOf(ROW, 50),
    }
)


@pytest.mark.parametrize(
    ("text", "what", "count"),
    [
        ("some x in hundert, y in hundert satisfies x < y", "steps", 10_100),
        ("some x in hundert satisfies some y in hundert satisfies x < y", "steps", 10_100),
        ("for x in hundert, y in hundert, z in zehn return 1", "steps", 110_100),
        ("every a in zeilen satisfies count(zeilen[item.n < a.n]) < 200 * a.n", None, 0),
        ("for a in zeilen, b in zeilen, c in a.kinder return c.n", "steps", 12_550),
        ("for x in (for y in hundert return y), z in hundert return x + z", "steps", 10_200),
        ("count(distinct values(concatenate(hundert, hundert, zehn))) > 1", "elements", 210),
        ("count(distinct values(worte)) > 1", None, 0),
        ("lang + lang", None, 0),
        (" + ".join(["lang"] * 17), "characters", 68_000),
        ('string join(for w in worte return w + "," + t) + lang', None, 0),
        ("string join(for x in hundert, y in zehn return lang)", "characters", 4_000_000),
        ("upper case(lang + lang + lang + lang + lang + lang)", "characters", 72_000),
        ("count(split(lang + lang + lang, t)) > 3", "elements", 12_001),
        ("string(for x in hundert return x)", None, 0),
        ("if t = lang then lang else upper case(t)", None, 0),
    ],
)
def test_what_can_go_too_far_is_known_before(text: str, what: str | None, count: int) -> None:
    """With the number that can come together."""
    found = excess(typed(text, SCOPE))

    assert what == (found and found.what)
    assert found is None or count == found.count


def test_the_size_of_a_value_is_handed_on() -> None:
    """A computed text is as long as its parts, a list of texts as long as its source."""
    assert 24 == size(typed('t + "-" + t + "abc"', SCOPE)).text
    assert 300 == size(typed("worte", SCOPE)).items
    made = size(typed('for z in zeilen return z.t + "!"', SCOPE))

    assert (50, 11) == (made.items, made.item and made.item.text)


def test_an_excess_says_its_limit() -> None:
    """For the sentence that the author reads."""
    found = excess(typed("some x in hundert, y in hundert satisfies x < y", SCOPE))

    assert Excess("steps", 10_100, 10_000) == found


_lists = st.sampled_from(["zehn", "hundert", "zehn[item > 3]", "concatenate(zehn, hundert)"])
_made = st.recursive(
    st.sampled_from(["x0", "1"]),
    lambda inner: st.one_of(
        st.builds("count(for x0 in {} return {})".format, _lists, inner),
        st.builds("sum(for x0 in {}, x1 in {} return {})".format, _lists, _lists, inner),
        st.builds("({} + {})".format, inner, inner),
        st.builds("(if some x0 in {} satisfies x0 > {} then 1 else 2)".format, _lists, inner),
        st.builds("string length(string join(for w in worte[item > t] return w + t))".format),
    ),
    max_leaves=4,
)
FULL: dict[str, Any] = {
    "zehn": [Decimal(5)] * 10,
    "hundert": [Decimal(5)] * 100,
    "worte": ["x" * 10] * 300,
    "t": "a" * 10,
}


@settings(max_examples=150, deadline=None)
@given(_made)
def test_what_is_accepted_never_reaches_a_limit(text: str) -> None:
    """Every list is full, nothing is cut short by `some`."""
    rule = typed(f"count(for x0 in zehn return {text}) > 0", SCOPE)
    if excess(rule) is not None:
        return
    try:
        compile_expression(rule)(FULL)
    except RuleBudgetExceeded as reached:
        pytest.fail(f"{text}: {reached}")
