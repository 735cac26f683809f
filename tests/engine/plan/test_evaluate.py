from datetime import date
from decimal import Decimal

import pytest

from engine import Evaluation, Plan
from engine.rules.runtime import budget
from tests.engine.made import TODAY, page_of, plan_of


def _problems(evaluation: Evaluation) -> list[tuple[str, str]]:
    return [(one.field, one.code) for one in evaluation.problems]


def test_hidden_is_null_for_everything_behind_it() -> None:
    """An answer to a question that is hidden does not count, not even for other rules."""
    plan = page_of("""
- {field: a, type: yes_no, label: A}
- {field: b, type: yes_no, label: B, show_if: a = true}
- {field: c, type: text, label: C, show_if: b = true, required: true}
- {computed: d, value: angegeben(b)}
""")

    shown = plan.evaluate({"a": True, "b": True, "c": "x"}, TODAY)
    hidden = plan.evaluate({"a": False, "b": True, "c": "x"}, TODAY)

    assert shown.visible == ("a", "b", "c")
    assert hidden.visible == ("a",)
    assert hidden.values == {"a": False, "d": False}
    assert hidden.required == ()
    assert hidden.problems == ()


def test_values_are_found_before_they_are_read() -> None:
    """A rule may read what stands further down; pages keep the order of the form."""
    plan = plan_of("""
pages:
  - page: eins
    title: Eins
    show_if: z = 1
    fields:
      - {field: x, type: text, label: X, show_if: y = true, required: true}
  - page: zwei
    title: Zwei
    fields:
      - {field: y, type: yes_no, label: Y}
      - {field: basis, type: integer, label: Basis}
      - {computed: z, value: basis + 1}
""")

    found = plan.evaluate({"basis": Decimal(0), "y": True}, TODAY)

    assert found.pages == ("eins", "zwei")
    assert found.visible == ("x", "y", "basis")
    assert _problems(found) == [("x", "missing")]
    assert found.computed == {"z": Decimal(1)}


def test_a_page_without_anything_to_show_is_left_out() -> None:
    """Nobody wants to click through an empty page; a text alone is something."""
    plan = plan_of("""
pages:
  - page: eins
    title: Eins
    fields: [{field: a, type: yes_no, label: A}]
  - page: zwei
    title: Zwei
    fields: [{field: b, type: text, label: B, show_if: a = true}]
  - page: drei
    title: Drei
    fields: [{info: i, text: Lesen Sie das., show_if: a = false}]
  - page: vier
    title: Vier
    fields: [{field: intern, type: text, label: Intern, internal: true}]
""")

    assert plan.evaluate({}, TODAY).pages == ("eins",)
    assert plan.evaluate({"a": True}, TODAY).pages == ("eins", "zwei")
    assert plan.evaluate({"a": False}, TODAY).pages == ("eins", "drei")
    assert plan.evaluate({"a": False}, TODAY).infos == ("i",)


def test_required_needs_true() -> None:
    """`required_if` that is undecided requires nothing."""
    plan = page_of("""
- {field: zahl, type: integer, label: Zahl}
- {field: grund, type: text, label: Grund, required_if: zahl > 5}
""")

    assert plan.evaluate({}, TODAY).required == ()
    assert plan.evaluate({"zahl": Decimal(5)}, TODAY).required == ()
    assert plan.evaluate({"zahl": Decimal(6)}, TODAY).required == ("grund",)


def test_checks_fail_on_false_and_warnings_show_on_true() -> None:
    """What is undecided, because something is not answered yet, is neither."""
    plan = page_of("""
- field: zahl
  type: integer
  label: Zahl
  valid_if: zahl > grenze
  message: Zu klein.
  warn_if: zahl > 100
  warning: Sehr groß.
- {field: grenze, type: integer, label: Grenze}
""")

    undecided = plan.evaluate({"zahl": Decimal(3)}, TODAY)
    wrong = plan.evaluate({"zahl": Decimal(3), "grenze": Decimal(3)}, TODAY)
    large = plan.evaluate({"zahl": Decimal(101)}, TODAY)

    assert undecided.problems == undecided.warnings == ()
    assert _problems(wrong) == [("zahl", "check")]
    assert wrong.problems[0].message is not None
    assert wrong.problems[0].message.german == "Zu klein."
    assert [one.field for one in large.warnings] == ["zahl"]


def test_a_check_is_shown_where_its_fields_are() -> None:
    """At each of its fields that is shown; with none of them shown it says nothing."""
    plan = plan_of("""
pages:
  - page: eins
    title: Eins
    fields:
      - {field: a, type: integer, label: A}
      - {field: b, type: integer, label: B, show_if: a > 1}
      - {field: c, type: integer, label: C, show_if: a > 2}
    checks:
      - {check: summe, valid_if: a < 2, message: Zu viel., fields: [b, c]}
""")

    assert _problems(plan.evaluate({"a": Decimal(1)}, TODAY)) == []
    assert _problems(plan.evaluate({"a": Decimal(2)}, TODAY)) == [("b", "check")]
    assert _problems(plan.evaluate({"a": Decimal(3)}, TODAY)) == [("b", "check"), ("c", "check")]


ROWS = """
- {field: grenze, type: integer, label: Grenze}
- group: kinder
  label: Kinder
  repeat: {min: 1, max: 2, item: "{rufname}"}
  fields:
    - {field: rufname, type: name, label: Rufname, required: true}
    - {field: alter, type: integer, label: Alter, valid_if: alter < grenze, message: Zu alt.}
    - {field: schule, type: text, label: Schule, show_if: alter >= 6, required: true}
    - {computed: klein, value: alter < 3}
    - group: tiere
      label: Tiere
      repeat: {min: 0, max: 1, item: "{art}"}
      show_if: klein = false
      fields: [{field: art, type: text, label: Art, required: true}]
  checks:
    - check: verschieden
      valid_if: count(distinct values(for k in kinder return k.rufname)) = count(kinder)
      message: Ein Name steht zweimal da.
      fields: [rufname]
"""


@pytest.fixture(scope="module")
def rows() -> Plan:
    """A group in a group."""
    return page_of(ROWS)


def test_rows_are_evaluated_one_by_one(rows: Plan) -> None:
    """Names of a row mean that row; paths say which."""
    found = rows.check(
        {
            "grenze": 18,
            "kinder": [
                {"rufname": "Ada", "alter": 2, "schule": "x", "tiere": [{"art": "Hund"}]},
                {"alter": 20, "tiere": [{}]},
            ],
        },
        TODAY,
    )

    assert found.visible == (
        "grenze", "kinder", "kinder[0].rufname", "kinder[0].alter", "kinder[1].rufname",
        "kinder[1].alter", "kinder[1].schule", "kinder[1].tiere", "kinder[1].tiere[0].art",
    )  # fmt: skip
    assert _problems(found) == [
        ("kinder[1].rufname", "missing"),
        ("kinder[1].alter", "check"),
        ("kinder[1].schule", "missing"),
        ("kinder[1].tiere[0].art", "missing"),
    ]
    assert found.computed == {"kinder[0].klein": True, "kinder[1].klein": False}
    assert found.values["kinder"] == [
        {"rufname": "Ada", "alter": Decimal(2), "klein": True},
        {"alter": Decimal(20), "klein": False, "tiere": [{}]},
    ]


def test_too_few_and_too_many_rows(rows: Plan) -> None:
    """The group itself is at fault; what is in its rows is said as well."""
    none = rows.check({}, TODAY)
    many = rows.check({"kinder": [{"rufname": name} for name in "ABC"]}, TODAY)

    assert _problems(none) == [("kinder", "too-few-rows")]
    assert dict(none.problems[0].values) == {"min": "1"}
    assert _problems(many) == [("kinder", "too-many-rows")]


def test_a_check_of_the_whole_group_is_shown_in_its_rows(rows: Plan) -> None:
    """Where the field is answered, since one of those rows is wrong."""
    found = rows.check({"kinder": [{"rufname": "Ada"}, {"rufname": "Ada"}]}, TODAY)

    assert _problems(found) == [("kinder[0].rufname", "check"), ("kinder[1].rufname", "check")]


def test_a_group_may_be_required_by_a_rule() -> None:
    """Then at least one row is needed."""
    plan = page_of("""
- {field: a, type: yes_no, label: A}
- group: g
  label: G
  repeat: {min: 0, max: 3, item: "{x}"}
  required_if: a = true
  fields: [{field: x, type: text, label: X}]
""")

    assert _problems(plan.evaluate({"a": True}, TODAY)) == [("g", "too-few-rows")]
    assert plan.evaluate({"a": True}, TODAY).required == ("g",)
    assert _problems(plan.evaluate({"a": True, "g": [{"x": "y"}]}, TODAY)) == []
    assert _problems(plan.evaluate({"a": False}, TODAY)) == []


def test_a_declaration_must_be_true() -> None:
    """A tick that is not set is missing, not an answer."""
    plan = page_of("- {field: ja, type: declaration, label: Ja, version: '1', required: true}\n")

    assert _problems(plan.check({"ja": False}, TODAY)) == [("ja", "missing")]
    assert _problems(plan.check({"ja": "on"}, TODAY)) == []


def test_documents_follow_answers_and_rows() -> None:
    """Required, optional, not asked for; once per row with the row's own title."""
    plan = plan_of("""
pages:
  - page: eins
    title: Eins
    fields:
      - {field: a, type: integer, label: A}
      - group: g
        label: G
        repeat: {min: 0, max: 3, item: "{x}"}
        fields:
          - {field: x, type: text, label: X}
          - {field: art, type: choice, label: Art, options: {k: Kurz, l: Lang}}
documents:
  - {document: immer, title: Immer}
  - {document: leer, title: Leer, files: 0..2}
  - {document: noetig, title: Nötig, required_if: a > 1}
  - {document: gern, title: Gern, optional_if: a > 0}
  - {document: jedes, title: Jedes, each: g, required_if: art = "l", item: "Teil {x} ({art})"}
""")

    def needs(*given: dict[str, object], a: int) -> list[tuple[str, bool, int | None, str]]:
        found = plan.check({"a": a, "g": list(given)}, TODAY).documents
        return [(one.document, one.required, one.row, one.title) for one in found]

    always = [("immer", True, None, ""), ("leer", False, None, "")]
    assert needs(a=0) == always
    assert needs(a=1) == [*always, ("gern", False, None, "")]
    assert needs({"x": "u", "art": "k"}, {"x": "v", "art": "l"}, a=2) == [
        *always, ("noetig", True, None, ""), ("gern", False, None, ""),
        ("jedes", True, 1, "Teil v (Lang)"),
    ]  # fmt: skip


def test_the_law_of_the_day_counts() -> None:
    """A setting has the value in force on the day; before the first one, the first one."""
    plan = plan_of("""
settings:
  grenze:
    - {value: 10, valid_from: 2026-01-01, source: Beispiel}
    - {value: 20, valid_from: 2027-01-01, source: Beispiel}
pages:
  - page: eins
    title: Eins
    fields:
      - {computed: g, value: setting.grenze}
      - {field: a, type: text, label: A}
""")

    def law_on(day: date) -> object:
        return plan.evaluate({}, day).computed["g"]

    assert law_on(date(2025, 12, 31)) == law_on(date(2026, 12, 31)) == 10
    assert law_on(date(2027, 1, 1)) == law_on(date(2199, 1, 1)) == 20


def test_r35_the_clerks_questions_are_never_asked_online() -> None:
    """R35: they are not visible, not required, and what the public sends for them is dropped."""
    plan = page_of("""
- {field: geprueft, type: yes_no, label: Geprüft, internal: true}
- {field: a, type: text, label: A, show_if: geprueft = true}
""")

    online = plan.check({"geprueft": True, "a": "x"}, TODAY)
    clerk = plan.check({"geprueft": True, "a": "x"}, TODAY, internal=True)

    assert online.values == {}
    assert clerk.values == {"geprueft": True, "a": "x"}
    assert clerk.visible == ("a",)


def test_the_json_form_is_the_documented_one() -> None:
    """Other tools read it: keys, paths, German sentences."""
    plan = plan_of("""
pages:
  - page: eins
    title: Eins
    fields:
      - {field: plz, type: postcode, label: PLZ, required: true}
      - {field: an, type: address, label: Anschrift}
      - {field: zahl, type: money, label: Zahl}
      - {computed: doppelt, value: zahl * 2}
documents:
  - {document: d, title: D}
""")

    found = plan.check({"plz": "123", "an": {"ort": "X"}, "zahl": "1,50"}, TODAY).as_json()

    assert found == {
        "visible": ["plz", "an", "zahl"],
        "required": ["plz"],
        "problems": [
            {"field": "plz", "code": "not-a-postcode",
             "message": "Geben Sie eine Postleitzahl mit fünf Ziffern ein."},
            {"field": "an.strasse", "code": "missing", "message": "Füllen Sie dieses Feld aus."},
        ],
        "warnings": [],
        "documents": [{"id": "d", "required": True}],
        "computed": {"doppelt": 3},
        "pages": ["eins"],
    }  # fmt: skip


def test_what_cannot_be_read_stands_in_the_order_of_the_form() -> None:
    """And nothing else is said about it: not that it is missing."""
    plan = page_of("""
- {field: a, type: integer, label: A, required: true}
- {field: b, type: text, label: B, required: true}
- group: g
  label: G
  repeat: {min: 0, max: 3, item: "{x}"}
  fields: [{field: x, type: date, label: X, required: true}]
- {field: c, type: date, label: C, required: true}
""")

    found = plan.check({"c": "nie", "a": "x", "g": [{}, {"x": "30.02.2026"}, 7]}, TODAY)

    assert _problems(found) == [
        ("a", "not-a-number"), ("b", "missing"), ("g[0].x", "missing"),
        ("g[1].x", "date-does-not-exist"), ("g[2]", "not-a-row"), ("g[2].x", "missing"),
        ("c", "not-a-date"),
    ]  # fmt: skip


def test_r35_unreadable_answers_to_hidden_questions_are_not_read() -> None:
    """R35: nobody is asked to correct what is not shown."""
    plan = page_of("""
- {field: a, type: yes_no, label: A}
- {field: b, type: integer, label: B, show_if: a = true}
""")

    assert plan.check({"a": False, "b": "x"}, TODAY).problems == ()


@pytest.mark.parametrize("raw", [None, [], "text", 7, True])
def test_what_is_no_set_of_answers_is_said_to_be_none(raw: object) -> None:
    """JSON may hold anything at all."""
    plan = page_of("- {field: a, type: text, label: A}\n")

    assert _problems(plan.check(raw, TODAY)) == [("", "not-answers")]


def test_r23_rules_that_would_run_too_long_have_no_result(monkeypatch: pytest.MonkeyPatch) -> None:
    """R23: the checker refuses them; if one ran too long all the same, the applicant is told."""
    monkeypatch.setattr(budget, "MAX_STEPS", 1_000)
    plan = page_of("""
- group: g
  label: G
  repeat: {min: 0, max: 60, item: "{x}"}
  fields: [{field: x, type: integer, label: X}]
  checks:
    - check: paare
      valid_if: every a in g, b in g satisfies a.x + b.x < 100
      message: Zu viel.
      fields: [g]
""")

    assert _problems(plan.check({"g": [{"x": 1}] * 31}, TODAY)) == []
    assert _problems(plan.check({"g": [{"x": 1}] * 32}, TODAY)) == [("", "too-much")]
    assert plan.check({"g": [{"x": 1}] * 32}, TODAY).as_json()["visible"] == []
