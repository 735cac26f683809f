"""Faults planted in decision tables are found, each with answers that show it; sound ones pass."""

from collections.abc import Mapping
from datetime import date

from engine.cases import run_case
from engine.model import Case
from engine.prove.proof import Proof
from tests.engine.made import PROCEDURES, real_plan
from tests.engine.prove.asking import OUTCOMES, decisions, proofs, refuted

SOUND = """\
- decision: ergebnis
  hit_policy: unique
  inputs: [status, alter]
  rules:
    - {rule: R1, when: {status: '"a"', alter: ">= 18"}, then: '"ja"'}
    - {rule: R2, when: {status: '"a"', alter: "< 18"}, then: '"nein"'}
    - {rule: R3, when: {status: '"b", "c"'}, then: '"nein"'}
"""


def the_only(found: Mapping[str, list[Proof]], claim: str) -> Proof:
    """Nothing else is refuted."""
    assert [claim] == list(found), found
    (proof,) = found[claim]
    return proof


def test_a_sound_table_is_proved() -> None:
    """Complete, without overlaps, every rule and every outcome for something."""
    assert {} == refuted(decisions(SOUND))


def test_a_gap_is_told_as_the_ranges_that_are_missing() -> None:
    """As far as it goes: for every date, whether single or not."""
    gap = the_only(refuted(decisions(SOUND.replace("< 18", "< 17"))), "table-complete")

    assert 'status = "a" and alter = 17' == gap.values["region"]


def test_all_gaps_are_told() -> None:
    """Each with its own example, and as wide as it goes, so that they may share answers."""
    text = SOUND.replace("< 18", "< 16").replace('"b", "c"', '"c"')

    found = refuted(decisions(text))["table-complete"]

    assert {
        'status in ("a", "b") and alter in [16..17]',
        'status = "b"',
    } == {one.values["region"] for one in found}
    assert all(one.example is not None for one in found)


def test_an_unanswered_question_makes_a_gap() -> None:
    """Optional questions may stay empty, which no comparison accepts."""
    text = """\
- decision: ergebnis
  inputs: [ledig]
  rules:
    - {rule: R1, when: {ledig: "true"}, then: '"ja"'}
    - {rule: R2, when: {ledig: "false"}, then: '"nein"'}
"""
    gap = the_only(refuted(decisions(text)), "table-complete")

    assert "ledig = null" == gap.values["region"]


def test_a_gap_in_time_is_a_range_of_days() -> None:
    """From the first day to the last."""
    text = """\
- decision: ergebnis
  rules:
    - {rule: R1, if: 'seit < date("2020-01-01")', then: '"ja"'}
    - {rule: R2, if: 'seit > date("2020-03-01")', then: '"nein"'}
    - {rule: R3, when: {seit: "null"}, then: '"nein"'}
"""
    gap = the_only(refuted(decisions(text)), "table-complete")

    assert 'seit in [date("2020-01-01")..date("2020-03-01")]' == gap.values["region"]


def test_an_overlap_names_both_rules_and_what_they_say() -> None:
    """With answers to which both apply."""
    overlap = the_only(refuted(decisions(SOUND.replace("< 18", "<= 18"))), "rules-disjoint")

    assert ("R1", "R2", '"ja"', '"nein"') == tuple(
        overlap.values[key] for key in ("first", "second", "first_result", "second_result")
    )
    assert overlap.example is not None
    assert {"status": "a", "alter": 18} == overlap.example.answers


def test_rules_that_say_the_same_may_overlap_in_a_table_that_allows_it() -> None:
    """Hit policy `any` minds only different results."""
    text = SOUND.replace("unique", "any")

    assert {} == refuted(decisions(text.replace('alter: "< 18"', 'alter: "<= 18"').replace(
        "then: '\"ja\"'", "then: '\"nein\"'").replace("R3", "R3"), OUTCOMES.replace(
            "    - {outcome: ja, title: Ja}\n", "")))  # fmt: skip
    found = refuted(decisions(text.replace("< 18", "<= 18")))
    assert "R1" == the_only(found, "rules-agree").values["first"]


def test_a_masked_rule_is_named_with_those_that_mask_it() -> None:
    """In a table where the first rule decides."""
    text = """\
- decision: ergebnis
  hit_policy: first
  rules:
    - {rule: R1, when: {status: '"a"'}, then: '"ja"'}
    - {rule: R2, when: {alter: ">= 18"}, then: '"nein"'}
    - {rule: R3, when: {alter: "> 65"}, then: '"ja"'}
  otherwise: '"nein"'
"""
    masked = the_only(refuted(decisions(text)), "rule-can-hit")

    assert "ergebnis: R3" == masked.subject
    assert ("because-of", "R2") == (masked.reason, masked.values["what"])


def test_a_rule_that_can_never_hit_is_named() -> None:
    """No answer is below the least the question takes."""
    text = SOUND.replace("    - {rule: R3", "    - {rule: R0, when: {alter: \"< 0\"}, "
                         "then: '\"ja\"'}\n    - {rule: R3")  # fmt: skip
    dead = the_only(refuted(decisions(text)), "rule-can-hit")

    assert "ergebnis: R0" == dead.subject
    assert dead.example is None


def test_an_outcome_that_can_never_come_is_named() -> None:
    """Its only rule asks for what another question excludes."""
    text = """\
- decision: ergebnis
  hit_policy: first
  rules:
    - {rule: R1, if: alter > 60 and volljaehrig = false, then: '"nein"'}
  otherwise: '"ja"'
- decision: volljaehrig
  value: alter >= 18
"""
    found = refuted(decisions(text))

    assert {"rule-can-hit", "outcome-can-come"} == set(found)
    assert ["nein"] == [one.subject for one in found["outcome-can-come"]]


def test_an_outcome_must_always_come() -> None:
    """A value that is handed on from a table with a gap may be none."""
    text = """\
- decision: ergebnis
  hit_policy: first
  rules:
    - {rule: R1, when: {status: '"a"'}, then: vorab}
  otherwise: '"nein"'
- decision: vorab
  hit_policy: first
  rules:
    - {rule: V1, when: {alter: ">= 18"}, then: '"ja"'}
"""
    found = refuted(decisions(text))

    assert {"table-complete", "always-an-outcome"} == set(found)
    assert 'status = "a" and alter <= 17' == found["table-complete"][0].values["region"]


def test_a_gap_that_the_author_asks_for_is_none() -> None:
    """Whoever writes `angegeben(vorab)` reckons with a table that decides nothing."""
    text = """\
- decision: ergebnis
  hit_policy: first
  rules:
    - {rule: R1, if: angegeben(vorab), then: vorab}
  otherwise: '"nein"'
- decision: vorab
  hit_policy: first
  rules:
    - {rule: V1, when: {alter: ">= 18"}, then: '"ja"'}
"""
    assert {} == refuted(decisions(text))


def test_examples_are_cases() -> None:
    """They come out as the proof says when they are run as a case of the definition."""
    plan = decisions(SOUND.replace("< 18", "< 17"))
    (gap,) = refuted(plan)["table-complete"]
    assert gap.example is not None
    answers = dict(gap.example.answers)

    case = Case("x", "", date(2026, 11, 23), None, answers, {}, {"outcome": None}, gap.span)

    assert () == run_case(plan, case)


def test_real_tables_are_sound() -> None:
    """Every rule of every procedure can hit, every outcome can come, one always does."""
    for name in PROCEDURES:
        found = [one for one in proofs(real_plan(name)) if one.claim in TABLE_CLAIMS]
        assert [] == [(name, one) for one in found if one.result != "proved"]


TABLE_CLAIMS = ("table-complete", "rules-disjoint", "rules-agree", "rule-can-hit",
                "outcome-can-come", "always-an-outcome")  # fmt: skip
