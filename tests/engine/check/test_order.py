"""Values are found in the order in which they need each other."""

import pytest

from engine import Checked, check
from tests.diagnostics.fragments import diagnose, wrap
from tests.engine.load.procedures import loaded, with_fields

ROWS = ("  label: K", "  repeat: {max: 3}", "  fields:")


def _checked(text: str) -> Checked:
    checked, found = check(loaded(text))
    assert checked is not None, found
    return checked


def _order(*lines: str) -> tuple[str, ...]:
    return _checked(with_fields(*lines)).order


def test_without_rules_the_order_is_that_of_the_file() -> None:
    """Nothing moves that need not."""
    order = _order(
        "- {field: a, type: text, label: A}",
        "- {field: b, type: text, label: B}",
        "- {field: c, type: text, label: C}",
    )

    assert ("a", "b", "c") == order


def test_what_a_condition_reads_comes_first() -> None:
    """Even from a later place of the form."""
    order = _order(
        "- {field: a, type: text, label: A, show_if: c = true}",
        "- {computed: b, value: a}",
        "- {field: c, type: yes_no, label: C}",
    )

    assert ("c", "a", "b") == order


def test_a_group_comes_after_all_that_is_in_it() -> None:
    """Whoever reads the group reads its rows; rows read what stands outside."""
    order = _order(
        "- {computed: anzahl, value: count(kinder)}",
        "- group: kinder",
        *ROWS,
        "    - {field: name, type: name, label: N, show_if: mit_namen = true}",
        "    - {computed: laenge, value: string length(name)}",
        "- {field: mit_namen, type: yes_no, label: M}",
    )

    assert ("mit_namen", "kinder[].name", "kinder[].laenge", "kinder", "anzahl") == order


def test_a_name_in_a_row_means_the_row_first() -> None:
    """`name` inside the group is not the applicant's name."""
    order = _order(
        "- {field: name, type: name, label: A, show_if: count(kinder) > 0}",
        "- group: kinder",
        *ROWS,
        "    - {computed: laenge, value: string length(name)}",
        "    - {field: name, type: name, label: N}",
    )

    assert ("kinder[].name", "kinder[].laenge", "kinder", "name") == order


def test_a_bound_name_is_not_a_field() -> None:
    """`some k in kinder` does not read a field called k."""
    order = _order(
        '- {field: k, type: yes_no, label: K, show_if: some k in kinder satisfies k.name = "x"}',
        "- group: kinder",
        *ROWS,
        "    - {field: name, type: name, label: N}",
    )

    assert ("kinder[].name", "kinder", "k") == order


def test_required_if_does_not_decide_a_value() -> None:
    """Two fields may each be required if the other is empty."""
    order = _order(
        "- {field: mail, type: email, label: M, required_if: not(angegeben(tel))}",
        "- {field: tel, type: phone, label: T, required_if: not(angegeben(mail))}",
    )

    assert ("mail", "tel") == order


@pytest.mark.parametrize(
    ("lines", "path"),
    [
        (
            ["- {field: a, type: yes_no, label: A, show_if: a = true}"],
            "a → a",
        ),
        (
            [
                "- {field: a, type: yes_no, label: A, show_if: b = true}",
                "- {field: b, type: yes_no, label: B, show_if: c = true}",
                "- {field: c, type: yes_no, label: C, show_if: a = true}",
            ],
            "a → b → c → a",
        ),
        (
            ["- {computed: a, value: b + 1}", "- {computed: b, value: a + 1}"],
            "a → b → a",
        ),
        (
            [
                "- group: kinder",
                *ROWS,
                "    - {field: x, type: yes_no, label: X, show_if: count(kinder) > 1}",
            ],
            "kinder[].x → kinder → kinder[].x",
        ),
    ],
)
def test_a_circle_is_named_once_with_its_whole_path(lines: list[str], path: str) -> None:
    """In a circle no value can be the first."""
    found = [one for one in diagnose(with_fields(*lines)) if one.code == "circular-rule"]

    assert [path] == [one.values["path"] for one in found]
    assert path.count("→") - 1 == len(found[0].related)


def test_a_page_that_depends_on_its_own_field_is_a_circle() -> None:
    """It would never be shown, since its answer is null while it is hidden."""
    text, _ = wrap("# in: page\nshow_if: verheiratet = true\n")

    assert {"circular-rule"} == {one.code for one in diagnose(text)}


def test_a_long_chain_is_no_problem() -> None:
    """A thousand values, each made of the one before it, declared in the wrong order."""
    lines = [f"- {{computed: v{n}, value: v{n - 1} + 1}}" for n in range(1000, 0, -1)]

    order = _order(*lines, "- {field: v0, type: integer, label: V}")

    assert [f"v{n}" for n in range(1001)] == list(order)


def test_decisions_have_an_order_too() -> None:
    """They may use questions and each other, in any order of the file."""
    text, _ = wrap(
        """\
# in: quick_check
decisions:
  - {decision: ergebnis, value: 'if zwei then "gut" else "schlecht"'}
  - decision: zwei
    inputs: [eins]
    rules: [{rule: R1, when: {eins: "> 1"}, then: "true"}]
    otherwise: "false"
  - {decision: eins, value: anzahl + 1}
"""
    )

    order = _checked(text).quick_check_order

    assert order.index("anzahl") < order.index("eins")
    assert order.index("eins") < order.index("zwei") < order.index("ergebnis")
