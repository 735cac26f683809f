"""What answers show of rules: outcomes, leaves that decide alone, boundaries."""

import pytest

from engine.coverage.goals import Section
from engine.coverage.measure import Measure
from engine.coverage.spot import seen_form, seen_questions
from engine.plan import Plan
from tests.engine.made import TODAY, page_of, plan_of

BOTH = """
- {field: a, type: yes_no, label: A}
- {field: b, type: yes_no, label: B}
- {field: c, type: text, label: C, show_if: a = true and b = true}
"""
EITHER = """
- {field: a, type: yes_no, label: A}
- {field: b, type: yes_no, label: B}
- {field: c, type: text, label: C, show_if: a = true or b = true}
"""


def shown(plan: Plan, section: Section, **answers: object) -> set[str]:
    """What the answers show in one section."""
    measure = Measure(plan)
    met = measure.met(seen_form(plan, answers, TODAY))
    return {one.what for one in measure.goals if one.number in met and one.section is section}


@pytest.mark.parametrize(
    ("a", "b", "alone"),
    [
        (True, True, {"a = true true", "b = true true"}),
        (True, False, {"b = true not true"}),
        (False, True, {"a = true not true"}),
        (False, False, set()),
        (None, True, {"a = true not true"}),
    ],
)
def test_in_a_conjunction_a_leaf_decides_if_the_others_hold(
    a: bool | None, b: bool, alone: set[str]
) -> None:
    """Masking MC/DC: turned around, the leaf would turn the result around."""
    assert shown(page_of(BOTH), Section.LEAF, a=a, b=b) == alone


@pytest.mark.parametrize(
    ("a", "b", "alone"),
    [
        (False, False, {"a = true not true", "b = true not true"}),
        (True, False, {"a = true true"}),
        (False, True, {"b = true true"}),
        (True, True, set()),
    ],
)
def test_in_a_disjunction_a_leaf_decides_if_no_other_holds(
    a: bool, b: bool, alone: set[str]
) -> None:
    """The other way round."""
    assert shown(page_of(EITHER), Section.LEAF, a=a, b=b) == alone


def test_an_error_is_read_as_false_and_not_turns_its_leaves() -> None:
    """`valid_if` fails only on false: an undecided leaf keeps it from failing."""
    plan = page_of("""
- {field: a, type: integer, label: A}
- field: b
  type: yes_no
  label: B
  valid_if: not(b = true and a < 5)
  message: Nein.
""")

    assert shown(plan, Section.LEAF, a=4, b=True) == {"b = true true", "a < 5 true"}
    assert shown(plan, Section.LEAF, b=True) == {"a < 5 not true"}
    assert shown(plan, Section.CONDITION, b=True) == set()
    assert shown(plan, Section.UNDECIDED, b=True) == {"undecided"}


def test_a_condition_counts_only_where_it_is_asked() -> None:
    """What is hidden with its page shows nothing."""
    plan = plan_of("""
pages:
  - page: eins
    title: Eins
    purpose: zweck
    fields: [{field: a, type: yes_no, label: A}]
  - page: zwei
    title: Zwei
    purpose: zweck
    show_if: a = true
    fields: [{field: b, type: text, label: B, required_if: a = false}]
""")

    assert shown(plan, Section.CONDITION, a=False) == {"false"}  # of the page only
    measure = Measure(plan)
    met = measure.met(seen_form(plan, {"a": True}, TODAY))
    conditions = [one for one in measure.goals if one.section is Section.CONDITION]
    asked = {one.subject for one in conditions if one.number in met}
    assert asked == {"zwei: show_if", "b: required_if"}


def test_rows_and_loops_are_places_of_their_own() -> None:
    """One row may show what another does not; so may one element of a loop."""
    plan = page_of("""
- group: kinder
  label: Kinder
  repeat: {min: 0, max: 3, item: "{name}"}
  fields:
    - {field: name, type: text, label: Name}
    - {field: alter, type: integer, label: Alter}
    - {field: schule, type: text, label: Schule, show_if: alter >= 6}
- {field: x, type: text, label: X, show_if: some k in kinder satisfies k.alter > 9}
""")
    rows = [{"alter": 5}, {"alter": 10}]

    assert shown(plan, Section.CONDITION, kinder=[]) == {"false"}
    assert shown(plan, Section.LEAF, kinder=rows) == {
        "alter >= 6 true", "alter >= 6 not true", "k.alter > 9 true", "k.alter > 9 not true",
        "some k in kinder satisfies k.alter > 9 true",
    }  # fmt: skip
    assert shown(plan, Section.BOUNDARY, kinder=rows) == {
        "alter >= 6 just below", "k.alter > 9 just above",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "answers", "said"),
    [
        ("d <= stichtag", {"d": "2026-11-22"}, "the day before"),
        ("d <= stichtag", {"d": "2026-11-23"}, "on the day"),
        ("d <= stichtag", {"d": "2026-11-24"}, "the day after"),
        ('volle frist(d, duration("P5Y"), stichtag)', {"d": "2021-11-24"}, "the day before"),
        ('volle frist(d, duration("P5Y"), stichtag)', {"d": "2021-11-23"}, "on the day"),
        ('frist nach ereignis(d, duration("P1M"), stichtag)', {"d": "2026-10-23"}, "on the day"),
        ('frist nach ereignis(d, duration("P1M"), stichtag)', {"d": "2026-10-22"},
         "the day after"),
        ("alter am(d, stichtag) >= 18", {"d": "2008-11-23"}, "on the day"),
        ("alter am(d, stichtag) >= 18", {"d": "2008-11-24"}, "the day before"),
        ("alter am(d, stichtag) > 18", {"d": "2007-11-23"}, "on the day"),
        ("geld < 10", {"geld": "9.99"}, "just below"),
        ("geld < 10", {"geld": "10.01"}, "just above"),
        ("n in [3..5]", {"n": 6}, "just above"),
        ("n between 3 and 5", {"n": 2}, "just below"),
    ],
)  # fmt: skip
def test_boundaries_are_counted_in_the_smallest_steps(
    rule: str, answers: dict[str, object], said: str
) -> None:
    """Days for dates, periods and ages; the smallest step of the question for numbers."""
    plan = page_of(f"""
- {{field: d, type: date, label: D}}
- {{field: n, type: integer, label: N}}
- {{field: geld, type: money, label: Geld}}
- field: x
  type: text
  label: X
  show_if: {rule!r}
""")

    found = shown(plan, Section.BOUNDARY, **answers)
    assert len(found) == 1
    assert next(iter(found)).endswith(said)


def test_an_age_behind_a_computed_name_turns_on_a_birthday() -> None:
    """`alter < 18` is about a day, wherever the age is worked out."""
    plan = page_of("""
- {field: geburt, type: partial_date, label: Geburt}
- {computed: alter, value: "alter am(spaetestens(geburt), stichtag)"}
- {field: x, type: text, label: X, show_if: alter < 18}
""")

    assert shown(plan, Section.BOUNDARY, geburt="2008-11-23") == {"alter < 18 on the day"}


def test_limits_of_a_question_leave_out_what_cannot_be() -> None:
    """A count is never below nothing, a number never beyond its limits."""
    plan = page_of("""
- {field: n, type: integer, label: N, min: 0, max: 9}
- group: g
  label: G
  repeat: {min: 0, max: 3, item: "{x}"}
  fields: [{field: x, type: text, label: X}]
- {field: y, type: text, label: Y, show_if: n > 0 and n < 9 and count(g) > 0}
""")
    wanted = {one.what for one in Measure(plan).goals if one.section is Section.BOUNDARY}

    assert wanted == {
        "n > 0 equal", "n > 0 just above", "n < 9 just below", "n < 9 equal",
        "count(g) > 0 equal", "count(g) > 0 just above",
    }  # fmt: skip


def test_settings_are_no_goals() -> None:
    """No answer changes them."""
    plan = plan_of("""
settings:
  an: {value: true, source: Beispiel}
pages:
  - page: eins
    title: Eins
    purpose: zweck
    fields:
      - {field: a, type: yes_no, label: A}
      - {field: b, type: text, label: B, show_if: setting.an = true}
      - {field: c, type: text, label: C, show_if: setting.an = true and a = true}
""")
    subjects = {one.subject for one in Measure(plan).goals if one.section is Section.LEAF}

    assert subjects == {"c: show_if"}


TABLE = """
pages: [{page: eins, title: Eins, purpose: zweck, fields: [{field: a, type: text, label: A}]}]
quick_check:
  title: Test
  questions:
    - {field: q, type: choice, label: Q, options: {a: A, b: B, c: C}}
  decisions:
    - decision: e
      hit_policy: first
      inputs: [q]
      rules:
        - {rule: R1, when: {q: '"a", "b"'}, then: '"ja"'}
        - {rule: R2, if: q = "c", then: '"nein"'}
      otherwise: '"offen"'
  result: e
  reasons: []
  outcomes:
    - {outcome: ja, title: Ja, may_apply: true}
    - {outcome: nein, title: Nein, may_apply: false}
    - {outcome: offen, title: Offen, may_apply: false}
"""


def test_rules_of_tables_are_hit_or_not_and_asked_in_turn() -> None:
    """With the policy `first` a rule behind the hit is not asked at all."""
    plan = plan_of(TABLE)
    measure = Measure(plan)

    def rules(**answers: object) -> set[tuple[str, str]]:
        met = measure.met(seen_questions(plan, answers, TODAY))
        return {(one.subject, one.what) for one in measure.goals
                if one.number in met and one.section in (Section.RULE, Section.RESULT)}  # fmt: skip

    assert rules(q="a") == {("e.R1", "hit"), ("ja", "given")}
    assert rules(q="c") == {("e.R1", "not hit"), ("e.R2", "hit"), ("nein", "given")}
    assert rules() == {
        ("e.R1", "not hit"), ("e.R2", "not hit"), ("e: otherwise", "hit"), ("offen", "given"),
    }  # fmt: skip


def test_answers_show_options_rows_limits_and_rare_values() -> None:
    """Also what is refused because it is beyond a limit."""
    plan = page_of("""
- {field: n, type: integer, label: N, required: true, min: 3, max: 9}
- {field: o, type: choice, label: O, required: true, options: {a: A, b: B}}
- {field: d, type: partial_date, label: D, required: true}
- {field: name, type: name, label: Name, required: true}
- group: g
  label: G
  repeat: {min: 1, max: 2, item: "{x}"}
  fields: [{field: x, type: text, label: X, required: true}]
""")
    sections = (Section.OPTION, Section.ROWS, Section.LIMIT, Section.VALUE)
    answers = {"n": 3, "o": "b", "d": "2024-02-29", "name": "Ẑeynep", "g": [{"x": "A"}]}

    assert [shown(plan, one, **answers) for one in sections] == [
        {"option b"}, {"rows 1"}, {"limit lowest"},
        {"date 29 February", "known day", "name rare letters"},
    ]  # fmt: skip
    assert shown(plan, Section.LIMIT, **{**answers, "n": 10}) == {"limit above"}
    assert shown(plan, Section.ROWS, **{**answers, "g": []}) == {"limit below"}
