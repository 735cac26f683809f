"""Decision tables as Python, for the plan and for tables from elsewhere: one meaning for both.

if v1 is False:             # policy `first`: left at the first hit
    d3 = 'nicht_moeglich'
    H(('ergebnis', 'E01'))
    break
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class HitPolicy(StrEnum):
    """What happens when several rules hit."""

    UNIQUE = "U"  # only one may
    ANY = "A"  # they must agree
    FIRST = "F"
    RULE_ORDER = "R"
    COLLECT = "C"
    SUM = "C+"
    MIN = "C<"
    MAX = "C>"
    COUNT = "C#"


LISTS = (HitPolicy.RULE_ORDER, HitPolicy.COLLECT)
_TOGETHER: Mapping[HitPolicy, str] = {
    HitPolicy.UNIQUE: "rt.unique",
    HitPolicy.ANY: "rt.agreed",
    HitPolicy.RULE_ORDER: "tuple",
    HitPolicy.COLLECT: "tuple",
    HitPolicy.SUM: "rt.total",
    HitPolicy.MIN: "rt.smallest",
    HitPolicy.MAX: "rt.greatest",
}
ALWAYS = "True"


@dataclass(frozen=True, slots=True)
class RuleCode:
    """A rule as Python: whether it hits, its result, and the statement that takes down the hit."""

    test: str
    value: str
    hit: str


def test_of(tests: Sequence[str]) -> str:
    """All cells and the condition of a rule."""
    return " and ".join(f"({test})" for test in tests if test != ALWAYS) or ALWAYS


def table_lines(
    name: str, results: str, policy: HitPolicy, rules: Sequence[RuleCode], otherwise: str | None
) -> Iterator[str]:
    """Statements that leave the value of the table in `name`; `results` is a variable of theirs.

    Without a hit the value is `otherwise`, in a list of its own where the policy gives lists;
    without that it is null, an empty tuple, or the count 0.
    """
    if policy is HitPolicy.FIRST:
        yield from _first(name, rules, otherwise)
        return
    yield f"{results} = []"
    for rule in rules:
        yield f"if {rule.test}:"
        yield f"    {results}.append({rule.value})"
        yield f"    {rule.hit}"
    yield f"{name} = {_together(results, policy, otherwise)}"


def _first(name: str, rules: Sequence[RuleCode], otherwise: str | None) -> Iterator[str]:
    """Not a chain of `elif`: Python would nest thousands of them."""
    yield "while True:"
    for rule in rules:
        is_always = rule.test == ALWAYS
        pad = "    " if is_always else "        "
        if not is_always:
            yield f"    if {rule.test}:"
        yield f"{pad}{name} = {rule.value}"
        yield f"{pad}{rule.hit}"
        yield f"{pad}break"
    yield f"    {name} = {otherwise or 'None'}"
    yield "    break"


def _together(results: str, policy: HitPolicy, otherwise: str | None) -> str:
    if policy is HitPolicy.COUNT:
        return f"rt.count({results})"
    if policy in LISTS:
        rest = "()" if otherwise is None else f"({otherwise},)"
    else:
        rest = otherwise or "None"
    return f"{_TOGETHER[policy]}({results}) if {results} else {rest}"
