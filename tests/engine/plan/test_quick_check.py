from datetime import date
from decimal import Decimal

import pytest

from engine import Plan, QuickCheckResult
from tests.engine.made import TODAY, plan_of

PAGE = """
pages:
  - page: eins
    title: Eins
    purpose: zweck
    fields: [{field: a, type: text, label: A}]
"""
QUESTIONS = """
quick_check:
  title: Test
  questions:
    - {field: zahl, type: integer, label: Zahl, required: true}
    - {field: tag, type: date, label: Tag, show_if: zahl > 2}
"""
OUTCOMES = """
  result: ergebnis
  outcomes: [{outcome: gut, title: Gut}, {outcome: schlecht, title: Schlecht}]
"""
RULES = """
      inputs: [zahl]
      rules:
        - {rule: R1, when: {zahl: "> 0"}, then: "1"}
        - {rule: R2, when: {zahl: "> 1"}, then: "2"}
        - {rule: R3, if: zahl > 2, then: "2"}
"""


def _plan(decisions: str, more: str = "") -> Plan:
    result = '    - {decision: ergebnis, value: \'if zahl > 0 then "gut" else "schlecht"\'}\n'
    return plan_of(PAGE + QUESTIONS + "  decisions:\n" + decisions + result + OUTCOMES + more)


def _decided(policy: str, zahl: int, otherwise: str = "") -> object:
    table = f"    - decision: d\n      hit_policy: {policy}{RULES}{otherwise}"
    plan = _plan(table)
    return plan.quick_check({"zahl": Decimal(zahl)}, TODAY).decisions["d"]


@pytest.mark.parametrize(
    ("policy", "results"),
    [
        ("unique", [None, 1, None, None]),
        ("any", [None, 1, None, None]),
        ("first", [None, 1, 1, 1]),
        ("collect", [(), (1,), (1, 2), (1, 2, 2)]),
        ("rule_order", [(), (1,), (1, 2), (1, 2, 2)]),
        ("collect_sum", [None, 1, 3, 5]),
        ("collect_min", [None, 1, 1, 1]),
        ("collect_max", [None, 1, 2, 2]),
        ("collect_count", [0, 1, 2, 3]),
    ],
)
def test_hit_policies(policy: str, results: list[object]) -> None:
    """DMN's policies: none, one, two and three rules hit."""
    assert [_decided(policy, zahl) for zahl in range(4)] == results


@pytest.mark.parametrize("policy", ["unique", "any", "first", "collect_sum"])
def test_otherwise_stands_in_where_no_rule_hits(policy: str) -> None:
    """And only there."""
    assert _decided(policy, 0, "      otherwise: '9'\n") == 9
    assert _decided(policy, 1, "      otherwise: '9'\n") == 1


def test_any_takes_rules_that_agree() -> None:
    """Two rules may hit if they say the same."""
    plan = _plan("""
    - decision: d
      hit_policy: any
      inputs: [zahl]
      rules:
        - {rule: R1, when: {zahl: "> 0"}, then: "2"}
        - {rule: R2, when: {zahl: "> 1"}, then: "2"}
""")

    assert plan.quick_check({"zahl": Decimal(2)}, TODAY).decisions["d"] == 2


DATED = """
    - decision: gruende
      hit_policy: collect
      inputs: [zahl, tag]
      rules:
        - {rule: G1, when: {zahl: "> 0"}, then: "1", because: § 1, reason: Erster Grund.}
        - {rule: G2, when: {tag: "<= stichtag"}, then: "2", because: § 2, reason: Zweiter Grund.}
        - {rule: G3, when: {zahl: "> 5"}, then: "3"}
    - {decision: frueh, value: tag}
"""


def _result(zahl: int, tag: date | None = None) -> QuickCheckResult:
    plan = _plan(DATED, "  reasons: [gruende]\n  earliest: frueh\n")
    answers = {"zahl": Decimal(zahl), "tag": tag}
    return plan.quick_check(answers, TODAY)


def test_reasons_are_the_rules_that_hit() -> None:
    """In the order of the table, with paragraph and sentence."""
    found = _result(6, TODAY)

    assert found.hits == ("G1", "G2", "G3")
    assert [(one.rule, one.because) for one in found.reasons] == [
        ("G1", "§ 1"), ("G2", "§ 2"), ("G3", None),
    ]  # fmt: skip
    assert found.earliest == TODAY


def test_hidden_questions_are_unanswered_for_decisions() -> None:
    """The day is asked from 3 upwards only."""
    found = _result(1, TODAY)

    assert found.hits == ("G1",)
    assert found.earliest is None


def test_the_json_form_is_the_documented_one() -> None:
    """Other tools read it."""
    assert _result(3, date(2026, 1, 2)).as_json() == {
        "outcome": "gut",
        "reasons": [
            {"rule": "G1", "because": "§ 1", "text": "Erster Grund."},
            {"rule": "G2", "because": "§ 2", "text": "Zweiter Grund."},
        ],
        "fulfilled": [],
        "earliest": "2026-01-02",
        "decisions": {"gruende": [1, 2], "frueh": "2026-01-02", "ergebnis": "gut"},
    }


def test_questions_have_problems_like_fields() -> None:
    """Missing ones, unreadable ones, hidden ones."""
    plan = _plan("")

    assert [one.code for one in plan.check_questions({}, TODAY).problems] == ["missing"]
    assert [one.code for one in plan.check_questions({"zahl": "x"}, TODAY).problems] == [
        "not-a-number"
    ]
    assert plan.check_questions({"zahl": 3}, TODAY).visible == ("zahl", "tag")


def test_a_procedure_without_a_quick_check_decides_nothing() -> None:
    """Nothing to ask, nothing to answer."""
    plan = plan_of(PAGE)

    assert plan.quick_check({}, TODAY).outcome is None
    assert plan.question_state({"a": "x"}, TODAY).visible == ()
    assert plan.check_questions({"a": "x"}, TODAY).problems == ()
