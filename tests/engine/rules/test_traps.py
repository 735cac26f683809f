"""Every trap of FEEL is refused or warned about, at its place, with what to write instead."""

import pytest

from engine.diagnostics import Diagnostic, Severity
from engine.rules import YES_NO
from engine.rules.words import LEFT_OUT
from tests.engine.rules.asking import SCOPE, complaints, run

# Nothing says the same, and a wrong hint is worse than none.
WITHOUT_REPLACEMENT = {"sqrt", "log", "exp", "stddev", "reverse", "week of year"}


def _mended(text: str, one: Diagnostic) -> str:
    assert one.fix is not None
    start, end = one.fix.span.start.column - 1, one.fix.span.end.column - 1
    return text[:start] + one.fix.text + text[end:]


@pytest.mark.parametrize(
    ("text", "code", "mended"),
    [
        ('titel != "duldung"', "unanswered-not-equal", 'angegeben(titel) and titel != "duldung"'),
        (
            'not(titel in ("duldung", "visum"))',
            "unanswered-not-equal",
            'angegeben(titel) and not(titel in ("duldung", "visum"))',
        ),
        ("not(ja = true)", "unanswered-not-equal", "angegeben(ja) and not(ja = true)"),
        ("not(n < 18)", "undecided-not", "angegeben(n) and not(n < 18)"),
        ("not(n in [1..10])", "undecided-not", "angegeben(n) and not(n in [1..10])"),
        (
            "not(n between m and 9)",
            "undecided-not",
            "angegeben(m) and angegeben(n) and not(n between m and 9)",
        ),
        ('duration("P1Y") > duration("P364D")', "two-kinds-of-duration", None),
        ('e >= d + duration("P5Y")', "deadline-comparison", 'volle frist(d, duration("P5Y"), e)'),
        ("pflicht + n > 90", "undecided-sum", "pflicht + (if angegeben(n) then n else 0) > 90"),
        (
            "if n > 5 then true else false",
            "condition-undecided",
            "if angegeben(n) and n > 5 then true else false",
        ),
        (
            'd - e >= duration("P5Y")',
            "two-kinds-of-duration",
            'volle frist(e, duration("P5Y"), d)',
        ),
        (
            'd - e < duration("P5Y")',
            "two-kinds-of-duration",
            'not(volle frist(e, duration("P5Y"), d))',
        ),
        (
            'duration("P5Y") < d - e',
            "two-kinds-of-duration",
            'frist nach ereignis(e, duration("P5Y"), d)',
        ),
        ('tage > duration("P1Y")', "two-kinds-of-duration", None),
        ('d + duration("P5Y") <= e', "deadline-comparison", 'volle frist(d, duration("P5Y"), e)'),
        ('n = "5"', "compare-different-types", "n = 5"),
        ('"5,50" < n', "compare-different-types", "5.50 < n"),
        ('n in ("5", 6)', "compare-different-types", "n in (5, 6)"),
        ("a = 5", "compare-different-types", 'a = "5"'),
        ('d > "2026-01-31"', "compare-different-types", 'd > date("2026-01-31")'),
        ('d > "31.1.2026"', "compare-different-types", 'd > date("2026-01-31")'),
        ('d > "31.2.2026"', "compare-different-types", None),
        ('ja = "ja"', "compare-different-types", "ja = true"),
        ('monate >= "P5Y"', "compare-different-types", 'monate >= duration("P5Y")'),
        ("titel = 5", "compare-different-types", None),
        ('titel = "dulung"', "value-not-in-list", 'titel = "duldung"'),
        ("titl = null", "unknown-name", "titel = null"),
        ("n / 3 > 1", "division-outside-rounding", "round half up(n / 3, 2) > 1"),
        ("geburt < d", "partial-date-compared", "spaetestens(geburt) < d"),
    ],
)
def test_a_trap_and_the_way_out(text: str, code: str, mended: str | None) -> None:
    """The fix, put where it belongs, is a rule without that complaint."""
    one = complaints(text, SCOPE, YES_NO)[0]

    assert code == one.code
    if mended is None:
        assert one.fix is None
        return
    assert mended == _mended(text, one)
    assert code not in [again.code for again in complaints(mended, SCOPE, YES_NO)]


@pytest.mark.parametrize(
    "text",
    [
        "angegeben(n) and not(n < 18)",
        "not(pflicht < 18)",
        "not(angegeben(n) and n < 18)",
        "n >= 18",
        'd + duration("P5Y") < e',
        'volle frist(d, duration("P5Y"), e)',
        "angegeben(n) and n != 3",
    ],
)
def test_what_is_no_trap_is_not_complained_about(text: str) -> None:
    """The way out, and what looks like a trap: event + period < day is right (§ 187 Abs. 1 BGB)."""
    assert [] == complaints(text, SCOPE, YES_NO)


@pytest.mark.parametrize(
    ("unanswered", "said"),
    [("n < 18", None), ("not(n < 18)", None), ("angegeben(n) and not(n < 18)", False)],
)
def test_not_of_what_is_open_is_open(unanswered: str, said: bool | None) -> None:
    """The guard makes a no of it."""
    assert said is run(unanswered)


@pytest.mark.parametrize("name", LEFT_OUT)
def test_what_rules_leave_out_is_refused_by_name(name: str) -> None:
    """Whatever FEEL has beyond our functions, with what to use instead if there is something."""
    (one,) = complaints(f"{name}(n) > 1")

    assert ("not-in-subset", Severity.ERROR) == (one.code, one.severity)
    assert f"{name}(…)" == one.values["what"]
    assert (name in WITHOUT_REPLACEMENT) is ("instead" not in one.values)


@pytest.mark.parametrize(
    ("text", "what", "instead"),
    [
        ("n ** 2 > 4", "**", "… * …"),
        ("n instance of number", "instance of", "angegeben(…)"),
        ("n not in (1, 2)", "not in", "not(… in (…))"),
        ('@"2026-01-01T10:00:00" > d', '@"2026-01-01T10:00:00"', 'date("…")'),
        ("{alter: n}.alter > 1", "{…}", "computed:"),
        ("(function(x) x + 1)(n) > 1", "function(…)", "computed:"),
        ("d.weekday = 1", ".weekday", ".year, .month, .day"),
        ("-n > 1", "-…", "0 - n"),
        ("zahlen[1] > 2", "[1]", "[item.… = …]"),
    ],
)
def test_other_things_of_feel_are_refused_by_name(text: str, what: str, instead: str) -> None:
    """Not as a mistake of spelling: FEEL knows them, rules do not."""
    one = complaints(text)[0]

    assert "not-in-subset" == one.code
    assert (what, instead) == (one.values["what"], one.values.get("instead"))


@pytest.mark.parametrize("text", ["n in [1..10]", 'titel in ("visum", "duldung")', "n in (1, > 5)"])
def test_in_is_never_true_of_a_missing_answer(text: str) -> None:
    """FEEL has null for a range and false for a list; in a condition both mean the same."""
    assert run(f"if angegeben(n) or angegeben(titel) then true else ({text}) = true") is False


@pytest.mark.parametrize("function", ["sum", "mean", "min", "max"])
def test_a_list_without_elements_has_no_value(function: str) -> None:
    """Null, not 0: so a default must be given; `count` is 0."""
    text = f"{function}(for k in kinder return 1) > 0"

    assert ["empty-group"] == [one.code for one in complaints(text)]
    assert run(text, {"kinder": []}) is None
    assert run("count(kinder) = 0", {"kinder": []}) is True
