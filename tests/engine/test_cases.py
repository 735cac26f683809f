import pytest

from engine import Plan
from engine.cases import run_case
from tests.engine.made import PROCEDURES, plan_of, real_plan

FORM = """
pages:
  - page: eins
    title: Eins
    purpose: zweck
    fields:
      - {field: a, type: integer, label: A, required: true}
      - {field: an, type: address, label: Anschrift}
      - {field: name, type: name, label: Name}
      - {computed: doppelt, value: a * 2}
      - group: g
        label: G
        repeat: {min: 0, max: 3, item: "{name}"}
        fields:
          - {field: name, type: name, label: Name, required: true}
          - {field: seit, type: date, label: Seit, warn_if: seit > stichtag, warning: Später.}
documents:
  - {document: immer, title: Immer}
  - {document: viel, title: Viel, optional_if: a > 5}
cases:
  - case: basis
    title: Basis
    on: 2026-11-23
    given: {a: 1, g: [{name: Ada, seit: 24.11.2026}]}
"""


def _deviations(expect: str, given: str = "{}") -> list[tuple[str, str, str]]:
    plan = plan_of(f"""{FORM}
  - case: x
    title: X
    based_on: basis
    given: {given}
    expect: {expect}
""")
    found = run_case(plan, plan.procedure.cases[-1])
    return [(one.subject, one.expected, one.found) for one in found]


@pytest.mark.parametrize("name", PROCEDURES)
def test_cases_of_the_procedures_come_out_as_expected(name: str) -> None:
    """Authors' examples hold; this is what `vordruck test` runs."""
    plan: Plan = real_plan(name)

    assert [one for case in plan.procedure.cases for one in run_case(plan, case)] == []


@pytest.mark.parametrize(
    ("given", "expect"),
    [
        ("{}", "{problems: [], warnings: [seit], computed: {doppelt: 2}, pages: [eins]}"),
        ("{}", "{documents: [immer], required_documents: [immer], visible: [g, seit, name]}"),
        ("{a: 6}", "{documents: [immer, viel], required_documents: [immer]}"),
        ("{a: null}", "{problems: [a], required: [a], computed: {doppelt: null}}"),
        ("{g: [{}]}", "{problems: ['g[0].name']}"),
        ("{g: [{}]}", "{problems: [g.name]}"),
        ("{an: {ort: X}}", "{problems: [an]}"),
        ("{g: []}", "{hidden: [seit]}"),
    ],
)
def test_expectations_that_hold(given: str, expect: str) -> None:
    """Answers of the base first, then the case's own; a null takes an answer away."""
    assert _deviations(expect, given) == []


@pytest.mark.parametrize(
    ("given", "expect", "deviation"),
    [
        ("{}", "{problems: [a]}", ("problems", "a", "")),
        ("{a: x}", "{problems: []}", ("problems", "", "a")),
        ("{}", "{computed: {doppelt: 3}}", ("computed", "doppelt: 3", "doppelt: 2")),
        ("{}", "{documents: [viel]}", ("documents", "viel", "immer")),
        ("{}", "{hidden: [name]}", ("hidden", "name", "name")),
        ("{}", "{pages: []}", ("pages", "", "eins")),
        ("{g: []}", "{warnings: [seit]}", ("warnings", "seit", "")),
        ("{}", "{no_warnings: [g, seit]}", ("no_warnings", "g, seit", "g[0].seit")),
        ("{g: []}", "{visible: [seit]}", ("visible", "seit", "a, an, name, g")),
    ],
)
def test_what_deviates_is_named(given: str, expect: str, deviation: tuple[str, str, str]) -> None:
    """With what was expected and what came out."""
    assert _deviations(expect, given) == [deviation]


QUICK_CHECK = """
pages:
  - page: eins
    title: Eins
    purpose: zweck
    fields: [{field: a, type: text, label: A, required: true}]
quick_check:
  title: Test
  questions: [{field: tag, type: date, label: Tag, required: true}]
  decisions:
    - {decision: tage, value: tag}
    - decision: ergebnis
      hit_policy: first
      inputs: [tag]
      rules: [{rule: R1, when: {tag: "> stichtag"}, then: '"spaeter"'}]
      otherwise: '"jetzt"'
  result: ergebnis
  earliest: tage
  outcomes: [{outcome: jetzt, title: Jetzt}, {outcome: spaeter, title: Später}]
cases:
  - case: x
    title: X
    on: 2026-11-23
"""


@pytest.mark.parametrize(
    ("answers", "expect", "subjects"),
    [
        ("{tag: 24.11.2026}", "{outcome: spaeter, earliest: 2026-11-24, reasons: [R1]}", []),
        ("{tag: 2026-11-24}", "{decisions: {tage: 24.11.2026}, problems: []}", []),
        ("{tag: 23.11.2026}", "{outcome: spaeter, reasons: [R1], earliest: null}",
         ["outcome", "earliest", "reasons"]),
        ("{tag: morgen}", "{outcome: spaeter}", ["outcome", "quick_check"]),
        ("{tag: morgen}", "{problems: [tag]}", []),
    ],
)  # fmt: skip
def test_cases_of_the_quick_check(answers: str, expect: str, subjects: list[str]) -> None:
    """They are about questions, not about the form's fields; nonsense in them is told."""
    plan = plan_of(f"{QUICK_CHECK}    quick_check: {answers}\n    expect: {expect}\n")
    deviations = run_case(plan, plan.procedure.cases[0])

    assert sorted(one.subject for one in deviations if one.subject != "problems") == sorted(
        subjects
    )
