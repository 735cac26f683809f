"""A condition against answers: each part with its truth, and the values that made it so."""

from datetime import date
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Plan
from engine.explain.naming import form_names
from engine.explain.speech import Speech
from engine.explain.weigh import Values, Weighed, Weigher
from engine.model import Computed
from engine.rules import compile_expression, print_tree
from engine.rules.scope import Typed
from engine.values import Value
from tests.engine.made import page_of

DAY = date(2026, 11, 23)
FIELDS = """\
- {{field: a, type: yes_no, label: A}}
- {{field: b, type: yes_no, label: B}}
- {{field: n, type: integer, label: N}}
- {{field: t, type: choice, label: T, options: {{x: Ix, y: Ypsilon}}}}
- computed: r
  value: {rule}
"""
FREE = {"a": None, "b": None, "n": None, "t": None}


@cache
def _plan(rule: str) -> Plan:
    return page_of(FIELDS.format(rule=rule))


def _typed(rule: str) -> Typed:
    plan = _plan(rule)
    item = plan.procedure.pages[0].items[-1]
    assert isinstance(item, Computed)
    return plan.checked.typed[item.value]


def _values(rule: str, answers: dict[str, Value]) -> Values:
    names = form_names(_plan(rule).procedure, DAY)
    return Values(names, {**FREE, **answers, "stichtag": DAY}, Speech("de"))


def _weighed(rule: str, answers: dict[str, Value]) -> Weighed:
    return Weigher().weigh(_typed(rule), _values(rule, answers))


@pytest.mark.parametrize(
    ("answers", "truth"), [({"n": Decimal(2)}, True), ({"n": Decimal(1)}, False), ({}, None)]
)
def test_open_is_neither_true_nor_false(answers: dict[str, Value], truth: bool | None) -> None:
    """A number that nobody gave makes a comparison open."""
    assert truth is _weighed("n > 1", answers).truth


def test_each_part_has_its_own_truth() -> None:
    """The whole may hold while a part does not."""
    found = _weighed("a = true or n > 5", {"a": False, "n": Decimal(9)})

    assert found.truth is True
    assert [("»A« ist „Ja“", False), ("»N« ist größer als 5", True)] == [
        (one.text, one.truth) for one in found.points
    ]


def test_values_are_told_where_they_are_news() -> None:
    """Not beside a sentence that says them already."""
    lines = list(_weighed("a = true and n > 5", {"a": True, "n": Decimal(9)}).lines(Speech("de")))

    assert lines[1:] == [
        "- [trifft zu] »A« ist „Ja“",
        "- [trifft zu] »N« ist größer als 5 – jetzt: »N« = 9",
    ]


def test_that_something_is_answered_is_told_only_where_it_is_not() -> None:
    """`angegeben` is there for the computer; a person reads it where it is the reason."""
    rule = "'angegeben(t) and t != \"x\"'"

    assert ["»T« ist nicht „Ix“"] == [one.text for one in _weighed(rule, {"t": "y"}).points]
    assert ["»T« ist beantwortet", "»T« ist nicht „Ix“"] == [
        one.text for one in _weighed(rule, {}).points
    ]
    assert _weighed(rule, {}).truth is False


@pytest.mark.parametrize(
    ("answers", "lead", "points"),
    [
        ({"a": True, "n": Decimal(1)}, "dann", ["»A« ist „Ja“", "»N« ist größer als 0"]),
        ({"a": False, "n": Decimal(1)}, "sonst", ["»A« ist „Ja“", "»N« ist größer als 5"]),
    ],
)
def test_of_a_choice_only_the_branch_that_counts_is_told(
    answers: dict[str, Value], lead: str, points: list[str]
) -> None:
    """With the condition that chose it."""
    found = _weighed("if a = true then n > 0 else n > 5", answers)

    assert f"»{lead}«" in found.text
    assert points == [one.text for one in found.points]


@pytest.mark.parametrize(
    ("rule", "answers", "made"),
    [
        ("a = true or b = true", {"a": False, "b": True}, ["b = true"]),
        ("a = true or b = true", {"a": False, "b": False}, ["a = true", "b = true"]),
        ("a = true and b = true", {"a": False, "b": True}, ["a = true"]),
        ("if a = true then n else 0", {"a": True, "n": Decimal(3)}, ["a = true", "n"]),
        ("if a = true then n else 0", {"a": False, "n": Decimal(3)}, ["a = true", "0"]),
    ],
)
def test_what_made_a_value_is_found(rule: str, answers: dict[str, Value], made: list[str]) -> None:
    """Of `or` the parts that hold, of `and` those that do not, of `if` the branch."""
    typed, values = _typed(rule), _values(rule, answers)

    found = [print_tree(one) for one in Weigher().deciding(typed, typed.tree, values.env)]

    assert made == found


_ANSWERS = st.fixed_dictionaries(
    {
        "a": st.sampled_from([None, True, False]),
        "b": st.sampled_from([None, True, False]),
        "n": st.sampled_from([None, Decimal(0), Decimal(3), Decimal(9)]),
    }
)
_RULES = (
    "a = true and (b = true or n > 2)",
    "a = true or b = true and n <= 3",
    "n in [1..5] or a = false",
    "if a = true then b = true else n > 2",
    "angegeben(n) and n > 2 and (a = true or b = false)",
)


@given(st.sampled_from(_RULES), _ANSWERS)
def test_the_truth_told_is_that_of_the_rule(rule: str, answers: dict[str, Value]) -> None:
    """For the whole, and the parts add up to it by the table of three truths."""
    typed, values = _typed(rule), _values(rule, answers)
    expected = compile_expression(typed)(values.env)

    found = Weigher().weigh(typed, values)

    assert expected is found.truth
    assert found.truth is _added_up(found)


def _added_up(found: Weighed) -> bool | None:
    truths = [_added_up(one) for one in found.points]
    if not truths:
        return found.truth
    if "»dann«" in found.text or "»sonst«" in found.text:
        return truths[-1]
    wanted = not found.text.startswith("Alles")
    if wanted in truths:
        return wanted
    return None if None in truths else not wanted
