"""Hypothesis strategies: valid applications of a procedure, and answers nobody would give."""

from functools import cache
from typing import Any

from hypothesis import strategies as st

from engine.sample import samples
from tests.engine.made import TODAY, real_plan

Application = dict[str, Any]


@cache
def sampled(name: str, count: int, seed: int = 0) -> tuple[Application, ...]:
    """The first applications that `vordruck sample` makes."""
    return tuple(dict(one) for one in samples(real_plan(name), today=TODAY, seed=seed, count=count))


def applications(name: str, count: int = 40) -> st.SearchStrategy[Application]:
    """Complete, valid applications; canonical JSON."""
    return st.sampled_from(sampled(name, count))


hostile_texts = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        (
            "", " ", "\x00", "\ud800", "\ufdd0", "\u202e", "NaN", "1e999", "２０２４", "2026-02-30",
            "00.00.1990", "true", "ja", "000", "Deutschland", "{{7*7}}", "{0.__class__}",
            "x" * 4001, "a" + "\u0301" * 3000, "DE02120300000000202051", "12345", "1.234,5", "-0",
            "__class__",
        )
    ),
)  # fmt: skip
_scalars = st.one_of(
    hostile_texts,
    st.booleans(),
    st.none(),
    st.integers(),
    st.integers(min_value=-(10**40), max_value=10**40),
    st.floats(allow_nan=True, allow_infinity=True),
    st.dates().map(str),
)


def hostile_values(names: list[str]) -> st.SearchStrategy[Any]:
    """Anything that JSON can say, with keys that mean something here and there."""
    keys = st.one_of(st.sampled_from(names), st.text(max_size=5))
    return st.recursive(
        _scalars,
        lambda inner: st.one_of(
            st.lists(inner, max_size=4), st.dictionaries(keys, inner, max_size=5)
        ),
        max_leaves=12,
    )
