"""Checking: every mistake at its characters, all in one run, and fixes that help."""

import pytest

from engine.diagnostics import Severity
from engine.rules import (
    NUMBER,
    TEXT,
    UNKNOWN,
    YES_NO,
    Choice,
    Given,
    ListOf,
    Record,
    Scope,
    Type,
    check,
)
from tests.engine.rules.asking import NAMES, SCOPE, complaints, locate, marked, read, typed


@pytest.mark.parametrize(
    ("text", "code", "wrong"),
    [
        ("alter > 3", "unknown-name", "alter"),
        ("setting.grense > 3", "unknown-name", "grense"),
        ("anschrift.plz = 5", "compare-different-types", "anschrift.plz = 5"),
        ('ja and a = 5 and n > "x"', "compare-different-types", "a = 5"),
        ('titel = "dulung"', "value-not-in-list", "dulung"),
        ('titel in ("visum", "vsium")', "value-not-in-list", "vsium"),
        ('list contains(sprachen, "xx")', "value-not-in-list", "xx"),
        ('d < date("2025-02-29")', "date-does-not-exist", '"2025-02-29"'),
        ("starts with(a, n)", "wrong-argument-type", "n"),
        ("starts with(a)", "wrong-argument-count", "starts with(a)"),
        ("round half up(n: 1, stellen: 2)", "unknown-argument", "stellen"),
        ("geburt < d", "partial-date-compared", "geburt"),
        ("d + geburt = d", "partial-date-compared", "geburt"),
        ("n / 2 > 1", "division-outside-rounding", "n / 2"),
        ("ja and n", "condition-not-yes-no", "n"),
        ("some k in n satisfies k > 1", "not-a-list", "n"),
        ("d.jahr = 1", "no-such-part", "jahr"),
        ("? > 1", "input-outside-cell", "?"),
        ("n in [1, null]", "null-as-value", "null"),
    ],
)
def test_a_mistake_is_shown_at_its_characters(text: str, code: str, wrong: str) -> None:
    """The caret covers the wrong characters and nothing else."""
    found = [one for one in complaints(text) if one.severity is Severity.ERROR]

    assert (code, wrong) == (found[0].code, marked(text, found[0]))


def test_all_mistakes_are_found_in_one_run() -> None:
    """In the order of the text; what a mistake makes unknown says nothing more."""
    text = 'foo = 1 and a = 5 and bar.x and titel = "y" and foo + 1 > "a"'

    found = [one.code for one in complaints(text)]

    assert [
        "unknown-name",
        "compare-different-types",
        "unknown-name",
        "value-not-in-list",
        "unknown-name",
    ] == found


def test_unknown_is_silent() -> None:
    """A field whose type is broken causes no second complaint."""
    scope = Scope({"kaputt": UNKNOWN})

    assert [] == complaints('kaputt > 3 and kaputt = "x" and contains(kaputt, "y")', scope)


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ('titl = "visum"', "titel"),
        ('titel = "duldunk"', "duldung"),
        ("setting.gernze > 1", "grenze"),
        ("d.yaer > 1", "year"),
    ],
)
def test_the_nearest_name_is_the_fix(text: str, nearest: str) -> None:
    """Applied to the marked characters, it makes the rule right."""
    (one,) = complaints(text)
    assert one.fix is not None

    fixed = text.replace(marked(text, one), one.fix.text)

    assert (nearest, nearest) == (one.fix.text, one.values["nearest"])
    assert [] == complaints(fixed)


@pytest.mark.parametrize(
    ("text", "code", "fixed"),
    [
        ('titel != "visum"', "unanswered-not-equal", 'angegeben(titel) and titel != "visum"'),
        (
            'not(titel in ("visum"))',
            "unanswered-not-equal",
            'angegeben(titel) and not(titel in ("visum"))',
        ),
        (
            'd + duration("P5Y") <= e',
            "deadline-comparison",
            'volle frist(d, duration("P5Y"), e)',
        ),
        (
            'e >= d + duration("P5Y")',
            "deadline-comparison",
            'volle frist(d, duration("P5Y"), e)',
        ),
    ],
)
def test_traps_are_warnings_with_a_way_out(text: str, code: str, fixed: str) -> None:
    """Correct FEEL that is not what anybody means: the fix says it right, without a warning."""
    (one,) = complaints(text)
    assert one.fix is not None

    assert (code, Severity.WARNING, fixed) == (one.code, one.severity, one.fix.text)
    assert [] == complaints(fixed)


@pytest.mark.parametrize(
    "text",
    [
        'titel != null and titel != "visum"',
        'angegeben(titel) and titel != "visum"',
        'titel = null or titel != "visum"',
        'titel = "duldung" and titel != "visum"',
        'not(angegeben(titel)) or titel != "visum"',
        'if angegeben(titel) then titel != "visum" else false',
        "pflicht != 3",
        "n < 5 and n != 3",
        'd + duration("P30D") <= e',
        'd + duration("P5Y") < e',
        "if angegeben(n) and n > 3 then 1 else 2",
        "if pflicht > 3 then 1 else 2",
    ],
)
def test_guards_silence_the_warning(text: str) -> None:
    """What is answered for sure needs no guard; § 187(1) BGB is `event + duration < day`."""
    assert [] == complaints(text)


@pytest.mark.parametrize(
    ("text", "kind", "may_be_null"),
    [
        ("n = 1", YES_NO, False),
        ("n < 1", YES_NO, True),
        ("pflicht < 1", YES_NO, False),
        ("pflicht + 1", NUMBER, False),
        ("n + 1", NUMBER, True),
        ('a + "x"', TEXT, True),
        ("titel", NAMES["titel"], True),
        ("for x in zahlen return x", ListOf(NUMBER), True),
        ("angegeben(n)", YES_NO, False),
    ],
)
def test_types_and_whether_they_may_be_null(text: str, kind: Type, may_be_null: bool) -> None:
    """Only `Given` names are never null."""
    rule = typed(text)

    assert (kind, may_be_null) == (rule.type, rule.may_be_null)


def test_reads_are_full_names() -> None:
    """The order of evaluation follows from them; names of loops are not among them."""
    rule = typed("some k in kinder satisfies k.alter > setting.grenze and a = anschrift.plz")

    assert {"kinder", "setting.grenze", "a", "anschrift.plz"} == rule.reads


def test_a_row_is_an_inner_scope() -> None:
    """Inside a group a bare name means the same row first, then the procedure."""
    row = SCOPE.inner({"staat": TEXT, "a": NUMBER})

    assert YES_NO == typed('staat = "x" and a > 1 and b = "y"', row).type
    assert ["compare-different-types"] == [one.code for one in complaints('a = "x"', row)]


@pytest.mark.parametrize(
    ("text", "expected", "code"),
    [
        ("n + 1", YES_NO, "condition-not-yes-no"),
        ("n + 1", TEXT, "wrong-result-type"),
        (
            'if ja = true then "rot" else "blau"',
            Choice("f", frozenset({"rot"})),
            "value-not-in-list",
        ),
    ],
)
def test_the_result_must_fit_its_place(text: str, expected: Type, code: str) -> None:
    """Conditions are yes/no, outcomes are values of their list."""
    assert [code] == [one.code for one in complaints(text, SCOPE, expected)]


def test_errors_give_no_rule_and_warnings_do() -> None:
    """What has only warnings can be compiled."""
    broken, _ = check(read("n = a"), SCOPE, None, locate)
    risky, found = check(read("n != 1"), SCOPE, YES_NO, locate)

    assert broken is None
    assert risky is not None
    assert ["unanswered-not-equal"] == [one.code for one in found]


def test_families_of_names_may_nest() -> None:
    """`authority.district.name` is one name, and its first parts are none."""
    scope = Scope({"authority": Record({"district": Record({"name": Given(TEXT)})})})

    assert {"authority.district.name"} == typed("authority.district.name", scope).reads
