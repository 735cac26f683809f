"""Proofs of small procedures: only what is not as it should be."""

from textwrap import indent

from engine import Plan
from engine.prove.proof import Proof, Result
from engine.prove.proving import prove
from tests.engine.made import ONE_PAGE, TODAY, plan_of

QUESTIONS = """\
quick_check:
  title: Prüfen
  questions:
    - {field: status, type: choice, label: Status, options: {a: A, b: B, c: C}, required: true}
    - {field: alter, type: integer, label: Alter, min: 0, max: 120, required: true}
    - {field: seit, type: date, label: Seit}
    - {field: ledig, type: yes_no, label: Ledig}
  decisions:
"""
OUTCOMES = """\
  result: ergebnis
  outcomes:
    - {outcome: ja, title: Ja}
    - {outcome: nein, title: Nein}
"""
A_FIELD = ONE_PAGE + "      - {field: name, type: text, label: Name}\n"


def decisions(text: str, outcomes: str = OUTCOMES) -> Plan:
    """The plan of a Quick Check with these decisions."""
    return plan_of(A_FIELD + QUESTIONS + indent(text, " " * 4) + outcomes)


def proofs(plan: Plan) -> list[Proof]:
    """Everything that is claimed of a plan."""
    return list(prove(plan, today=TODAY))


def refuted(plan: Plan) -> dict[str, list[Proof]]:
    """The refuted claims by code; nothing may be left open in such small procedures."""
    found: dict[str, list[Proof]] = {}
    for one in proofs(plan):
        assert one.result is not Result.NOT_PROVED, one
        if one.result is Result.REFUTED:
            found.setdefault(one.claim, []).append(one)
    return found
