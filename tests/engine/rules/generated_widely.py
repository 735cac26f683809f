"""Rules of every type made by chance: all operators, functions, loops in loops, with answers.

A template has a slot for each part; a slot inside a loop may use the names that the loop binds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from engine.rules.durations import Days, Months
from engine.values import PartialDate
from tests.engine.rules.generated import answers as plain_answers

NUMBER, TEXT, DATE, MONTHS, DAYS, NUMBERS, TRUTH = ["n", "t", "d", "m", "g", "l", "b"]

ATOMS: Mapping[str, Sequence[str]] = {
    NUMBER: ("n", "m", "pflicht", "0", "1", "2.5", "-3", "0.005", "10", "1e3"),
    TEXT: ("a", "b", '"x"', '"y"', '"ä b"', '""'),
    DATE: ("d", "e", "stichtag", 'date("2024-02-29")', 'date("2026-01-31")', "date(2025, 3, 1)"),
    MONTHS: ("monate", 'duration("P1Y")', 'duration("P1M")', 'duration("-P5M")'),
    DAYS: ("tage", 'duration("P1D")', 'duration("P30D")'),
    NUMBERS: ("zahlen", "[1, 2, 2.0]", "[n, 5]"),
    TRUTH: ("ja", "nein", "true", "false"),
}


@dataclass(frozen=True, slots=True)
class Template:
    """A text with a `{}` for each part, the type of each, and what its last part may name."""

    text: str
    slots: str
    binds: Mapping[str, Sequence[str]] = field(default_factory=dict)


_CHILD = {NUMBER: ("k.alter",), TEXT: ("k.name",), TRUTH: ("k.mit",), DATE: ("k.seit",)}
_ITEM = {NUMBER: ("item.alter",), TEXT: ("item.name",), TRUTH: ("item.mit",), DATE: ("item.seit",)}

TEMPLATES: Mapping[str, Sequence[Template]] = {
    NUMBER: (
        *(Template(f"({{}} {sign} {{}})", "nn") for sign in "+-*"),
        Template("({} + {} - {} + {} - {} + {})", "nnnnnn"),
        Template("modulo({}, {})", "nn"),
        Template("abs({})", "n"),
        Template("floor({})", "n"),
        Template("ceiling({}, 1)", "n"),
        *(
            Template(f"{name}({{}} / {{}}, {scale})", "nn")
            for name, scale in (
                ("round up", 0), ("round down", 1), ("round half up", 2), ("round half down", -1),
            )
        ),
        Template("round half up({}, 0)", "n"),
        Template("round half down({}, 0)", "n"),
        *(Template(f"{name}({{}})", "l") for name in ("sum", "min", "max", "mean", "count")),
        Template("max({}, {}, {})", "nnn"),
        Template("count(kinder[{}])", "b", _ITEM),
        Template("sum(for k in kinder return {})", "n", _CHILD),
        Template("string length({})", "t"),
        *(Template(f"({{}}).{part}", "d") for part in ("year", "month", "day")),
        *(Template(f"({{}}).{part}", "m") for part in ("years", "months")),
        Template("({}).days", "g"),
        Template("alter am({}, {})", "dd"),
        Template("alter am(geburt, {})", "d"),
        Template("number({})", "t"),
        Template("(if {} then {} else {})", "bnn"),
    ),
    TEXT: (
        Template("({} + {})", "tt"),
        Template("upper case({})", "t"),
        Template("lower case({})", "t"),
        Template("substring({}, {})", "tn"),
        Template("substring({}, {}, {})", "tnn"),
        Template("substring before({}, {})", "tt"),
        Template("substring after({}, {})", "tt"),
        Template("string({})", "n"),
        Template("string({})", "d"),
        Template('string join([{}, "y"], {})', "tt"),
        Template("string join(for k in kinder return {})", "t", _CHILD),
        Template("day of week({})", "d"),
        Template("month of year({})", "d"),
        Template("(if {} then {} else {})", "btt"),
    ),
    DATE: (
        *(Template(f"({{}} {sign} {{}})", slots) for sign in "+-" for slots in ("dm", "dg")),
        Template("({} + {})", "md"),
        Template("frist ende({}, {})", "dm"),
        Template("frist ende({}, {})", "dg"),
        Template("spaetestens(geburt)", ""),
        Template("fruehestens(geburt)", ""),
        Template("max({}, {})", "dd"),
        Template("(if {} then {} else {})", "bdd"),
    ),
    MONTHS: (
        Template("years and months duration({}, {})", "dd"),
        Template("({} + {})", "mm"),
        Template("({} - {})", "mm"),
        Template("abs({})", "m"),
        Template("max({}, {})", "mm"),
    ),
    DAYS: (
        Template("({} - {})", "dd"),
        Template("({} + {})", "gg"),
        Template("({} - {})", "gg"),
        Template("abs({})", "g"),
    ),
    NUMBERS: (
        Template("(for k in kinder return {})", "n", _CHILD),
        Template("(for x in {}, y in zahlen return {})", "ln", {NUMBER: ("x", "y")}),
        Template("{}[{}]", "lb", {NUMBER: ("item",)}),
        Template("kinder[{}].alter", "b", _ITEM),
        Template("concatenate({}, {})", "ll"),
        Template("distinct values({})", "l"),
        Template("[{}, {}]", "nn"),
    ),
    TRUTH: (
        *(
            Template(f"({{}} {sign} {{}})", kind * 2)
            for sign in ("=", "!=", "<", "<=", ">", ">=")
            for kind in (NUMBER, TEXT, DATE, MONTHS, DAYS)
        ),
        Template("({} = {})", "bb"),
        Template("({} != {})", "bb"),
        Template("({} = null)", "n"),
        Template("({} != null)", "t"),
        *(Template("({} and {})", "bb") for _ in range(4)),
        *(Template("({} or {})", "bb") for _ in range(4)),
        Template("({} and {} and {})", "bbb"),
        Template("not({})", "b"),
        Template("({} between {} and {})", "nnn"),
        Template("({} between {} and {})", "ddd"),
        Template("({} in [{}..{}])", "nnn"),
        Template("({} in ({}..{}])", "ddd"),
        Template("({} in [{}..{}))", "mmm"),
        Template("({} in ({}, > {}, [{}..{}]))", "nnnnn"),
        Template('({} in ("x", "y", {}))', "tt"),
        Template("({} in {})", "nl"),
        Template('(titel in ("visum", "duldung"))', ""),
        Template('(titel != "visum")', ""),
        Template("(some k in kinder satisfies {})", "b", _CHILD),
        Template("(every k in kinder satisfies {})", "b", _CHILD),
        Template("(some x in {} satisfies {})", "lb", {NUMBER: ("x",)}),
        Template("(every x in zahlen, y in {} satisfies {})", "lb", {NUMBER: ("x", "y")}),
        Template("all({}, {})", "bb"),
        Template("any({}, {})", "bb"),
        Template("any(for k in kinder return {})", "b", _CHILD),
        Template("contains({}, {})", "tt"),
        Template("starts with({}, {})", "tt"),
        Template("ends with({}, {})", "tt"),
        Template('matches({}, "^[xyX]")', "t"),
        Template("list contains({}, {})", "ln"),
        Template("angegeben({})", "n"),
        Template("angegeben({})", "d"),
        *(
            Template(f"{name}({{}}, {{}}, {{}})", slots)
            for name in ("volle frist", "frist nach ereignis")
            for slots in ("dmd", "dgd")
        ),
        Template("(if {} then {} else {})", "bbb"),
    ),
}  # fmt: skip

Locals = Mapping[str, Sequence[str]]


@st.composite
def rules(draw: st.DrawFn, kind: str, depth: int, local: Locals) -> str:
    """A rule of a type, at most `depth` templates deep; `local` names what loops bind."""
    if depth == 0 or draw(st.integers(0, 4)) == 0:
        return draw(st.sampled_from([*local.get(kind, ()), *ATOMS[kind]]))
    template = draw(st.sampled_from(TEMPLATES[kind]))
    parts = []
    for place, slot in enumerate(template.slots, 1):
        names = local
        if place == len(template.slots) and template.binds:
            names = {**local, **template.binds}
        parts.append(draw(rules(slot, depth - 1, names)))
    return template.text.format(*parts)


def rule(kind: str) -> st.SearchStrategy[str]:
    """A rule of a type."""
    return rules(kind, 4, {})


_day = st.sampled_from(
    [
        date(*one)
        for one in ((2024, 2, 29), (2025, 2, 28), (2026, 1, 31), (2026, 3, 1), (1990, 6, 5))
    ]
)
_amount = st.sampled_from([Decimal(one) for one in ("0", "1", "2.5", "10", "-3", "0.005", "-2.50")])
_row = st.fixed_dictionaries(
    {
        "name": st.none() | st.sampled_from(["x", "ä b", "2"]),
        "alter": st.none() | _amount,
        "mit": st.none() | st.booleans(),
        "seit": st.none() | _day,
    }
)
_partial = st.sampled_from(
    [PartialDate(1990), PartialDate(2000, 2), PartialDate(2024, 2, 29), PartialDate(2008, 12, 31)]
)
_more: dict[str, st.SearchStrategy[Any]] = {
    "d": st.none() | _day,
    "e": st.none() | _day,
    "stichtag": _day,
    "n": st.none() | _amount,
    "m": st.none() | _amount,
    "geburt": st.none() | _partial,
    "monate": st.none() | st.integers(-14, 30).map(Months),
    "tage": st.none() | st.integers(-40, 400).map(Days),
    "zahlen": st.none() | st.lists(st.none() | _amount, max_size=3),
    "kinder": st.none() | st.lists(_row, max_size=3),
}
answers = st.builds(
    lambda one, other: {**one, **other}, plain_answers, st.fixed_dictionaries(_more)
)
