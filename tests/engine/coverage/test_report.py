"""Coverage of a definition's own cases, in numbers and places."""

from engine.coverage.goals import Section
from engine.coverage.report import Count, case_coverage
from tests.engine.made import TODAY, plan_of

PAGES = """
settings:
  an: {value: true, source: Beispiel}
pages:
  - page: eins
    title: Eins
    purpose: zweck
    fields:
      - {field: a, type: yes_no, label: A, required: true}
      - {field: b, type: integer, label: B, required: true, show_if: a = true}
      - {field: c, type: text, label: C, show_if: setting.an = false and b > 3}
      - {field: d, type: text, label: D, show_if: angegeben(b) and b = 4}
"""
CASES = """
cases:
  - case: A
    title: A
    on: 2026-11-23
    given: {a: ja, b: 4}
    expect: {problems: []}
"""


def test_without_cases_nothing_is_covered() -> None:
    """And every goal stands in the list with its line."""
    found = case_coverage(plan_of(PAGES), TODAY)

    assert found.counts[Section.CONDITION].seen == 0
    assert found.leaves == Count(0, 2)
    assert all(one.span.start.line > 5 for one in found.missing)


def test_a_case_counts_for_what_it_shows() -> None:
    """One end of each condition; the other end is missing, with its place."""
    found = case_coverage(plan_of(PAGES + CASES), TODAY)
    missing = {(one.subject, one.what) for one in found.missing}

    assert found.counts[Section.CONDITION].seen == 3  # b and d shown, c not
    assert found.both_ends.seen == 0
    assert ("b: show_if", "false") in missing
    assert ("b: show_if", "true") not in missing
    assert ("a", "option nein") in missing


def test_what_settings_and_the_rule_itself_rule_out_is_not_counted() -> None:
    """A setting that is not false; a question that is unanswered and four at once."""
    found = case_coverage(plan_of(PAGES), TODAY)

    assert {(one.subject, one.what) for one in found.ruled_out} == {
        ("c: show_if", "true"), ("c: show_if", "b > 3 true"), ("c: show_if", "b > 3 not true"),
        ("d: show_if", "angegeben(b) not true"),
    }  # fmt: skip


def test_percent_is_a_hundred_only_if_all_is_seen() -> None:
    """999 of 1000 are 99 percent."""
    assert [Count(999, 1000).percent, Count(3, 3).percent, Count(0, 0).percent] == [99, 100, 100]
