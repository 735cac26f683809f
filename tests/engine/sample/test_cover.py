"""Few answers that show every goal of small definitions, and cases that say what comes out."""

import pytest

from engine import Source, prepare, read_lists
from engine.cases import run_case
from engine.coverage.goals import Goal
from engine.coverage.measure import Measure
from engine.coverage.report import case_goals
from engine.coverage.spot import World, seen_form, seen_questions
from engine.plan import Plan
from engine.sample.as_cases import as_cases
from engine.sample.case_text import with_made
from engine.sample.cover import Covering, cover, reduced
from tests.engine.made import TODAY, page_of, plan_of, real_plan

FORM = """
- {field: a, type: yes_no, label: A, required: true}
- {field: b, type: choice, label: B, required: true, options: {x: X, y: Y, z: Z}, show_if: a = true}
- {field: n, type: integer, label: N, required: true, min: 0, max: 99}
- field: d
  type: date
  label: D
  required: true
  valid_if: d <= stichtag
  message: In der Zukunft.
- {field: e, type: text, label: E, show_if: b = "y" and n >= 18}
- group: g
  label: G
  repeat: {min: 0, max: 3, item: "{t}"}
  fields:
    - {field: t, type: date, label: T, required: true}
    - {field: u, type: text, label: U, show_if: 'volle frist(t, duration("P5Y"), stichtag)'}
"""
TABLE = """
pages: [{page: eins, title: Eins, purpose: zweck, fields: [{field: a, type: text, label: A}]}]
quick_check:
  title: Test
  questions:
    - {field: q, type: choice, label: Q, required: true, options: {a: A, b: B, c: C}}
    - {field: seit, type: date, label: S, required: true, show_if: q = "c"}
  decisions:
    - decision: reif
      value: volle frist(seit, duration("P3Y"), stichtag)
    - decision: gruende
      hit_policy: collect
      inputs: [q]
      rules:
        - {rule: G1, when: {q: '"b"'}, then: '"B"'}
        - {rule: G2, if: reif = false, then: '"FRIST"'}
    - decision: e
      hit_policy: first
      inputs: [q]
      rules:
        - {rule: R1, if: count(gruende) > 0, then: '"nein"'}
        - {rule: R2, when: {q: '"a", "c"'}, then: '"ja"'}
      otherwise: '"offen"'
  result: e
  reasons: [gruende]
  outcomes:
    - {outcome: ja, title: Ja, may_apply: true}
    - {outcome: nein, title: Nein, may_apply: false}
    - {outcome: offen, title: Offen, may_apply: false}
"""


def told(goals: tuple[Goal, ...]) -> set[tuple[str, str]]:
    """Goals by name."""
    return {(one.subject, one.what) for one in goals}


def covered(plan: Plan, world: World = World.FORM, seed: int = 0) -> Covering:
    """The search on the usual day."""
    return cover(plan, world, today=TODAY, seed=seed)


@pytest.mark.parametrize("seed", range(4))
def test_every_goal_of_a_form_is_shown(seed: int) -> None:
    """Leaves, boundaries, options, rows, limits, 29 February: nothing is left open."""
    found = covered(page_of(FORM), seed=seed)

    assert told(found.open) == set()
    assert len(found.sets) <= 14


@pytest.mark.parametrize("seed", range(4))
def test_every_goal_of_a_quick_check_is_shown_that_can_be(seed: int) -> None:
    """Also through decisions that build on each other."""
    found = covered(plan_of(TABLE), World.QUICK_CHECK, seed)

    assert told(found.open) == set()
    assert len(found.sets) <= 8


def test_two_conditions_need_three_sets() -> None:
    """n + 1 for n leaves of a conjunction: known to be the least."""
    plan = page_of("""
- {field: a, type: yes_no, label: A, required: true}
- {field: b, type: yes_no, label: B, required: true}
- {field: c, type: integer, label: C, required: true, show_if: a = true and b = true}
""")

    assert [len(covered(plan, seed=seed).sets) for seed in range(3)] == [3, 3, 3]


def test_sets_are_valid_or_refused_for_what_was_meant() -> None:
    """A set shows what the plan shows; refused ones keep to few problems."""
    plan = page_of(FORM)
    found = covered(plan)
    measure = Measure(plan)

    assert {one.is_refused for one in found.sets} == {True, False}
    for one in found.sets:
        state = plan.check(one.answers, TODAY)
        assert state.problems == one.state.problems
        assert len(state.problems) <= 8
        assert measure.met(seen_form(plan, one.answers, TODAY)) == one.met


def test_no_set_is_superfluous() -> None:
    """Each shows something that no other does."""
    sets = covered(page_of(FORM)).sets

    assert list(sets) == reduced(sets)
    for one in sets:
        others = {number for other in sets if other is not one for number in other.met}
        assert one.met - others


def test_the_same_seed_finds_the_same_sets() -> None:
    """On every machine, in every process: nothing hangs on the order of sets."""
    plan = page_of(FORM)
    first, again = covered(plan, seed=3), covered(page_of(FORM), seed=3)

    assert [one.answers for one in first.sets] == [one.answers for one in again.sets]
    assert [one.answers for one in first.sets] != [one.answers for one in covered(plan).sets]


def test_a_goal_out_of_reach_is_left_open_not_proved() -> None:
    """A leaf whose question is only shown where it holds; a solver may be asked."""
    plan = page_of("""
- {field: a, type: choice, label: A, required: true, options: {x: X, y: Y}}
- {field: b, type: yes_no, label: B, required: true, show_if: a = "x"}
- {field: c, type: text, label: C, show_if: a = "x" and b = true}
""")
    asked: list[Goal] = []

    def solve(goal: Goal) -> None:
        asked.append(goal)

    found = cover(plan, World.FORM, today=TODAY, solve=solve)

    assert told(found.open) == {("c: show_if", 'a = "x" not true')}
    assert told(tuple(asked)) == told(found.open)


def test_answers_of_a_solver_count_only_if_they_show_a_goal() -> None:
    """Whatever it says is evaluated."""
    plan = page_of("""
- field: a
  type: text
  label: A
  required: true
  pattern: "[0-9]{6}"
  pattern_message: Ziffern.
- {field: b, type: text, label: B, show_if: 'number(substring(a, 2)) = 31337'}
""")
    right = cover(plan, World.FORM, today=TODAY, solve=lambda _: {"a": "131337"})
    wrong = cover(plan, World.FORM, today=TODAY, solve=lambda _: {"a": "222222"})

    assert ("b: show_if", "true") not in told(right.open)
    assert {"a": "131337"} in [one.answers for one in right.sets]
    assert ("b: show_if", "true") in told(wrong.open)


@pytest.mark.parametrize(
    ("world", "how"),
    [(World.FORM, "--cover"), (World.QUICK_CHECK, "--cover --quick-check")],
)
def test_sets_as_cases_come_out_as_they_say_and_show_the_same(world: World, how: str) -> None:
    """Through YAML and back: clean, every case passes, no goal is lost."""
    plan = real_plan("musterprozess")
    measure = Measure(plan)
    found = cover(plan, world, today=TODAY, measure=measure)
    cases = as_cases(plan, found.sets, measure.goals)
    text = with_made(plan.procedure.source.text, "musterprozess", how, cases)
    assert text is not None

    again = _prepared(text)

    made = [one for one in again.procedure.cases if one.id.startswith("erzeugt-")]
    assert len(made) == len(found.sets)
    assert [run_case(again, one) for one in made] == [()] * len(made)
    assert found.met <= case_goals(Measure(again))


def _prepared(text: str) -> Plan:
    plan, found = prepare(Source("musterprozess.yaml", text), read_lists(())[0])
    assert plan is not None
    assert found == ()
    return plan


def test_answers_of_the_quick_check_are_read_like_those_of_a_person() -> None:
    """The sets hold nothing that is not asked."""
    plan = plan_of(TABLE)
    for one in covered(plan, World.QUICK_CHECK).sets:
        visible = seen_questions(plan, one.answers, TODAY).visible
        assert set(one.answers) <= visible
