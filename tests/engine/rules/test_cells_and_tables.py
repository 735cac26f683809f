"""Cells and decision tables, hit policy by hit policy."""

from decimal import Decimal

import pytest

from engine.diagnostics import Severity
from engine.rules import (
    NUMBER,
    YES_NO,
    Choice,
    Given,
    Type,
    Typed,
    check_cell,
    compile_cell,
    parse_cell,
)
from engine.rules.table_text import HitPolicy
from engine.rules.tables import Table, TableRule, by_priority, compile_table
from tests.engine.rules.asking import SCOPE, locate, typed

TITLE = Choice("titel", frozenset({"duldung", "gestattung", "visum"}))


def cell(text: str, kind: Type) -> Typed:
    """A cell without errors."""
    tree, found = parse_cell(text, locate)
    assert tree is not None, found
    result, found = check_cell(tree, kind, SCOPE, locate)
    assert result is not None, found
    return result


@pytest.mark.parametrize(
    ("text", "kind", "value", "accepts"),
    [
        ("-", NUMBER, None, True),
        ("5", NUMBER, Decimal("5.0"), True),
        ("< 5, > 9", NUMBER, Decimal(10), True),
        ("< 5, > 9", NUMBER, Decimal(5), False),
        ("< 5", NUMBER, None, False),
        ("[1..3]", NUMBER, Decimal(3), True),
        ("[1..3)", NUMBER, Decimal(3), False),
        ("not(1, 2)", NUMBER, Decimal(3), True),
        ("not(1, 2)", NUMBER, Decimal(2), False),
        ("not([1..3])", NUMBER, None, False),
        ('"visum", "duldung"', TITLE, "visum", True),
        ('"visum", "duldung"', TITLE, None, False),
        ("angegeben", TITLE, None, False),
        ("angegeben", TITLE, "visum", True),
        ("null", TITLE, None, True),
        ("true", YES_NO, True, True),
        ("false", YES_NO, None, False),
        ("? * 2 > 3", Given(NUMBER), Decimal(2), True),
        ("modulo(?, 2) = 0", Given(NUMBER), Decimal(3), False),
        ("> n", NUMBER, Decimal(6), True),
    ],
)
def test_a_cell_accepts(text: str, kind: Type, value: object, accepts: bool) -> None:
    """Only what is true fires; `n` is 5."""
    assert accepts is compile_cell(cell(text, kind))(value, {"n": Decimal(5)})


@pytest.mark.parametrize(
    ("text", "kind", "code"),
    [
        ("ja", YES_NO, "bare-name-in-yes-no-cell"),
        ("? < 3", NUMBER, "input-may-be-null"),
        ("n > 3", NUMBER, "condition-in-cell"),
        ('"dulung"', TITLE, "value-not-in-list"),
        ('"a"', NUMBER, "compare-different-types"),
        ("< true", YES_NO, "no-order"),
    ],
)
def test_a_cell_is_refused(text: str, kind: Type, code: str) -> None:
    """What engines read differently, or what is never true."""
    tree, _ = parse_cell(text, locate)
    assert tree is not None

    result, found = check_cell(tree, kind, SCOPE, locate)

    assert result is None
    assert [code] == [one.code for one in found]


def test_not_in_a_cell_is_true_without_an_answer() -> None:
    """A warning, with the values that are left as the fix."""
    tree, _ = parse_cell('not("visum")', locate)
    assert tree is not None

    _, (one,) = check_cell(tree, TITLE, SCOPE, locate)

    assert ("unanswered-in-cell", Severity.WARNING) == (one.code, one.severity)
    assert one.fix is not None
    assert '"duldung", "gestattung"' == one.fix.text
    assert [] == check_cell(tree, Given(TITLE), SCOPE, locate)[1]


def table(policy: HitPolicy, *rows: tuple[str, str], default: str = "") -> Table:
    """One column over `n`, one output."""
    rules = tuple(
        TableRule((None if when == "-" else cell(when, NUMBER),), None, (typed(then),))
        for when, then in rows
    )
    return Table(policy, (typed("n"),), rules, default=(typed(default) if default else None,))


ROWS = (("> 1", "10"), ("> 2", "20"), ("> 3", "30"))


@pytest.mark.parametrize(
    ("policy", "value", "hits"),
    [
        (HitPolicy.FIRST, Decimal(10), (0,)),
        (HitPolicy.UNIQUE, None, (0, 1)),
        (HitPolicy.ANY, None, (0, 1)),
        (HitPolicy.RULE_ORDER, (Decimal(10), Decimal(20)), (0, 1)),
        (HitPolicy.COLLECT, (Decimal(10), Decimal(20)), (0, 1)),
        (HitPolicy.SUM, Decimal(30), (0, 1)),
        (HitPolicy.MIN, Decimal(10), (0, 1)),
        (HitPolicy.MAX, Decimal(20), (0, 1)),
        (HitPolicy.COUNT, Decimal(2), (0, 1)),
    ],
)
def test_hit_policies(policy: HitPolicy, value: object, hits: tuple[int, ...]) -> None:
    """Two rules hit for n = 3."""
    result = compile_table(table(policy, *ROWS))({"n": Decimal(3)})

    assert (value, hits) == (result.value, result.hits)


@pytest.mark.parametrize(
    ("policy", "value"),
    [
        (HitPolicy.UNIQUE, None),
        (HitPolicy.ANY, None),
        (HitPolicy.FIRST, None),
        (HitPolicy.COLLECT, ()),
        (HitPolicy.RULE_ORDER, ()),
        (HitPolicy.SUM, None),
        (HitPolicy.MIN, None),
        (HitPolicy.MAX, None),
        (HitPolicy.COUNT, Decimal(0)),
    ],
)
def test_no_rule_hits(policy: HitPolicy, value: object) -> None:
    """Without a default."""
    assert value == compile_table(table(policy, *ROWS))({"n": Decimal(0)}).value


def test_the_default_closes_the_gap() -> None:
    """And no rule is told as a hit."""
    result = compile_table(table(HitPolicy.FIRST, *ROWS, default="99"))({"n": None})

    assert (Decimal(99), ()) == (result.value, result.hits)


def test_any_takes_equal_results() -> None:
    """Several rules may hit if they agree."""
    run = compile_table(table(HitPolicy.ANY, ("> 1", "10"), ("> 2", "10.0")))

    assert Decimal(10) == run({"n": Decimal(3)}).value


def test_a_condition_beside_the_cells() -> None:
    """`if:` looks at all names; undecided does not fire."""
    rule = TableRule((cell("> 1", NUMBER),), typed("m > 5"), (typed('"ja"'),))
    run = compile_table(Table(HitPolicy.FIRST, (typed("n"),), (rule,)))

    assert "ja" == run({"n": Decimal(2), "m": Decimal(6)}).value
    assert run({"n": Decimal(2), "m": None}).value is None


def test_priority_is_first_with_sorted_rules() -> None:
    """P and O are stored as F and R; the order of the output values counts."""
    rows = table(HitPolicy.RULE_ORDER, ("> 1", '"gering"'), ("> 2", '"hoch"'))
    values = [["hoch", "gering"]]

    first = compile_table(by_priority(rows, values, "P"))({"n": Decimal(3)})
    ordered = compile_table(by_priority(rows, values, "O"))({"n": Decimal(3)})

    assert "hoch" == first.value
    assert ("hoch", "gering") == ordered.value
