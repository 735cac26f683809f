"""A table of a definition and the same table from elsewhere decide alike, policy by policy."""

from decimal import Decimal
from typing import Any

import pytest

from engine.plan.decisions_text import POLICIES
from engine.rules import NUMBER, TEXT, Scope, Typed, check, check_cell, parse, parse_cell
from engine.rules.table_text import HitPolicy
from engine.rules.tables import Table, TableRule, compile_table
from tests.engine.made import TODAY, plan_of
from tests.engine.rules.asking import locate

ROWS = (("> 1", "10"), ("> 2", "20"), ("> 3", "20"), ("7", "5"))
SCOPE = Scope({"n": NUMBER, "t": TEXT})
QUICK_CHECK = """
pages:
  - page: eins
    title: Eins
    purpose: zweck
    fields: [{{field: a, type: text, label: A}}]
quick_check:
  title: Test
  questions: [{{field: n, type: integer, label: N, required: true}}]
  decisions:
    - decision: wert
      hit_policy: {policy}
      inputs: [n]
      rules:
{rules}
{otherwise}
    - decision: ergebnis
      value: 'if angegeben(wert) then "da" else "fehlt"'
  result: ergebnis
  outcomes: [{{outcome: da, title: Da}}, {{outcome: fehlt, title: Fehlt}}]
"""


def _typed(text: str) -> Typed:
    tree, _ = parse(text, locate)
    assert tree is not None
    rule, _ = check(tree, SCOPE, None, locate)
    assert rule is not None
    return rule


def _cell(text: str) -> Typed:
    tree, _ = parse_cell(text, locate)
    assert tree is not None
    cell, _ = check_cell(tree, NUMBER, SCOPE, locate)
    assert cell is not None
    return cell


def _elsewhere(policy: HitPolicy, otherwise: str, number: Decimal) -> tuple[Any, tuple[int, ...]]:
    rules = tuple(TableRule((_cell(when),), None, (_typed(then),)) for when, then in ROWS)
    default = (_typed(otherwise) if otherwise else None,)
    found = compile_table(Table(policy, (_typed("n"),), rules, default=default))({"n": number})
    return found.value, found.hits


def _defined(policy: str, otherwise: str, number: Decimal) -> tuple[Any, tuple[int, ...]]:
    rules = "\n".join(
        f"        - {{rule: R{place}, when: {{n: '{when}'}}, then: '{then}'}}"
        for place, (when, then) in enumerate(ROWS)
    )
    last = f"      otherwise: '{otherwise}'" if otherwise else ""
    plan = plan_of(QUICK_CHECK.format(policy=policy, rules=rules, otherwise=last))
    found = plan.quick_check({"n": number}, TODAY)
    return found.decisions["wert"], tuple(int(rule[1:]) for rule in found.hits)


@pytest.mark.parametrize("otherwise", ["", "99"])
@pytest.mark.parametrize("policy", POLICIES)
def test_there_is_one_meaning(policy: str, otherwise: str) -> None:
    """No hit, one, two of different results, two of equal ones and three."""
    assert set(HitPolicy) == set(POLICIES.values())
    for number in map(Decimal, (0, 2, 3, 4, 7)):
        expected = _elsewhere(POLICIES[policy], otherwise, number)

        assert expected == _defined(policy, otherwise, number), number


@pytest.mark.parametrize(
    ("policy", "none", "several"),
    [
        ("unique", None, None),
        ("any", None, None),
        ("first", None, Decimal(10)),
        ("rule_order", (), (Decimal(10), Decimal(20), Decimal(20))),
        ("collect", (), (Decimal(10), Decimal(20), Decimal(20))),
        ("collect_sum", None, Decimal(50)),
        ("collect_min", None, Decimal(10)),
        ("collect_max", None, Decimal(20)),
        ("collect_count", Decimal(0), Decimal(3)),
    ],
)
def test_what_it_is(policy: str, none: object, several: object) -> None:
    """Without a hit, and with three."""
    assert none == _defined(policy, "", Decimal(0))[0]
    assert several == _defined(policy, "", Decimal(4))[0]
