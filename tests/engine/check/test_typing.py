"""Every rule is typed in its place, with the names of that place."""

import pytest

from engine import check
from engine.model import Computed
from engine.rules.types import DATE, NUMBER, TEXT, YES_NO, plain
from tests.diagnostics.fragments import diagnose, wrap
from tests.engine.load.procedures import HEAD, PURPOSES, loaded, with_fields

KINDS = (
    "- {field: zahl, type: integer, label: A}",
    "- {field: tag, type: date, label: B}",
    "- {field: text, type: text, label: C}",
    "- {field: ja, type: yes_no, label: D}",
    "- {field: wahl, type: choice, label: E, options: {x: X, y: Y}}",
    "- {field: ort, type: address, label: F}",
)


def _codes(text: str) -> list[str]:
    return [one.code for one in diagnose(text)]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("zahl + 1", NUMBER),
        ("tag + setting.frist", DATE),
        ("text", TEXT),
        ("ja", YES_NO),
        ("ort.plz", TEXT),
        ("alter am(tag, stichtag)", NUMBER),
        ("spaeter", NUMBER),
    ],
)
def test_a_computed_value_has_the_type_of_its_rule(rule: str, expected: object) -> None:
    """Also if it is made of one that is declared later."""
    text = with_fields(
        f"- {{computed: wert, value: '{rule}'}}", *KINDS, "- {computed: spaeter, value: zahl * 2}"
    )
    checked, found = check(loaded(text + "settings: {frist: {value: P3M, source: s}}\n"))

    assert checked is not None, found
    wert = checked.procedure.pages[0].items[0]
    assert isinstance(wert, Computed)
    assert expected == plain(checked.typed[wert.value].type)


def test_every_expression_is_typed() -> None:
    """Those who compile look them up and find each one."""
    text, _ = wrap(
        """\
# in: map
name: vorname
kind: {$each: kinder, $when: verheiratet = true, name: item.rufname}
"""
    )
    checked, found = check(loaded(text))

    assert checked is not None, found
    output = checked.procedure.outputs.xoev
    assert output is not None
    assert {"vorname", "kinder", "verheiratet = true", "item.rufname"} <= {
        expression.text for expression in checked.typed
    }


def test_a_choice_is_compared_with_its_own_values_only() -> None:
    """A misspelt value would never be true."""
    assert ["value-not-in-list"] == _codes(
        with_fields(*KINDS, '- {info: i, text: T, show_if: wahl = "z"}')
    )


def test_a_table_of_texts_is_as_good_as_a_list() -> None:
    """What another decision compares it with must be one of its results."""
    text, _ = wrap(
        """\
# in: quick_check
decisions:
  - decision: stufe
    inputs: [anzahl]
    rules: [{rule: R1, when: {anzahl: "> 3"}, then: '"hoch"'}]
    otherwise: '"niedrig"'
  - {decision: ergebnis, value: 'if stufe = "hoh" then "gut" else "schlecht"'}
"""
    )

    assert ["value-not-in-list"] == _codes(text)


def test_rows_are_seen_from_inside_and_from_outside() -> None:
    """A bare name inside, a path outside; a row's name is unknown outside."""
    rows = ["- group: kinder", "  label: K", "  repeat: {max: 3}", "  fields:"]
    inside = "    - {field: name, type: name, label: N, show_if: alter > 3}"
    age = "    - {field: alter, type: integer, label: A}"
    some = "- {info: i, text: T, show_if: some k in kinder satisfies k.alter > 3}"
    bare = "- {info: j, text: T, show_if: alter > 3}"

    assert [] == _codes(with_fields(*rows, inside, age, some))
    assert ["unknown-name"] == _codes(with_fields(*rows, inside, age, bare))


def test_a_document_per_row_speaks_of_the_row() -> None:
    """With `each` the names of the row are in scope, and only then."""
    with_rows, _ = wrap(
        "# in: documents\n- {document: d, title: D, each: kinder, required_if: kind_alter > 3}\n"
    )
    without, _ = wrap("# in: documents\n- {document: d, title: D, required_if: kind_alter > 3}\n")

    assert [] == _codes(with_rows)
    assert ["unknown-name"] == _codes(without)


def test_the_quick_check_does_not_see_the_form() -> None:
    """It is anonymous and stands before it."""
    text, _ = wrap("# in: quick_check\ndecisions: [{decision: ergebnis, value: vorname}]\n")

    assert "unknown-name" in _codes(text)


def test_submission_and_authority_are_for_outputs_only() -> None:
    """A form that is being filled in has no number yet."""
    outside = with_fields(*KINDS, "- {computed: a, value: submission.id}")
    inside, _ = wrap("# in: map\nnummer: submission.id\nname: authority.name\n")

    assert ["unknown-name"] == _codes(outside)
    assert [] == _codes(inside)


def test_a_broken_rule_is_silent_where_others_use_its_value() -> None:
    """One mistake, one message."""
    text = with_fields(
        *KINDS,
        "- {computed: a, value: zahl + tag}",
        "- {computed: b, value: a + 1}",
        "- {info: i, text: T, show_if: b > 3}",
    )

    assert 1 == len(_codes(text))


def test_a_value_on_a_page_that_may_be_hidden_may_be_missing() -> None:
    """`if … then 1 else 2` is never null, but its page may not be there."""
    text = (
        HEAD
        + PURPOSES
        + (
            "pages:\n"
            "  - page: a\n    title: A\n    purpose: zweck\n    fields:\n"
            "      - {field: ja, type: yes_no, label: J}\n"
            "      - {computed: n, value: if ja = true then 1 else 2}\n"
            "  - page: b\n    title: B\n    purpose: zweck\n    fields:\n"
            "      - {field: nein, type: yes_no, label: N}\n"
            "      - {info: i, text: T, show_if: n != 3}\n"
        )
    )
    hidden = text.replace("title: A\n", "title: A\n    show_if: nein = true\n")

    assert [] == _codes(text)
    assert ["unanswered-not-equal"] == _codes(hidden)


def test_an_error_check_needs_no_guard() -> None:
    """It fails only on false; a guard would refuse an empty optional answer."""
    text = with_fields(*KINDS, "- {field: n, type: text, label: N, valid_if: RULE, message: M}")
    warned = text.replace("valid_if: RULE, message", "warn_if: RULE, warning")

    for rule in ("text != 'x'", "not(ja = true)", "zahl > 3 or not(ja = true)"):
        written = rule.replace("'", '"')
        assert [] == _codes(text.replace("RULE", written))
        assert ["unanswered-not-equal"] == _codes(warned.replace("RULE", written))


def test_the_guard_is_still_asked_for_where_its_lack_can_refuse() -> None:
    """Inside `not(…)` what holds while unanswered makes the check fail."""
    text = with_fields(
        *KINDS, "- {field: n, type: text, label: N, valid_if: 'not(text != \"x\")', message: M}"
    )

    assert ["unanswered-not-equal"] == _codes(text)
