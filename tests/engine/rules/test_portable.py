"""Rules in plain FEEL: how they are spelt, and that they mean what they meant."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

import pytest

from engine.rules import (
    DATE,
    DAYS,
    MONTHS,
    NUMBER,
    PARTIAL_DATE,
    TEXT,
    YES_NO,
    Choice,
    Days,
    Given,
    ListOf,
    Months,
    Record,
    Scope,
    Type,
    Typed,
    check,
    check_cell,
    compile_expression,
    parse,
    parse_cell,
)
from engine.rules.portable import (
    Portable,
    portable,
    portable_cell,
    portable_condition,
    print_value,
)
from engine.source import Position, Span
from engine.values import PartialDate

ART = Choice("art", frozenset({"a", "b", "c"}))
NAMES: Mapping[str, Type] = {
    "n": NUMBER,
    "m": NUMBER,
    "ja": YES_NO,
    "art": ART,
    "arten": ListOf(ART),
    "d": DATE,
    "e": DATE,
    "p": PARTIAL_DATE,
    "monate": Given(MONTHS),
    "tage": Given(DAYS),
    "stichtag": Given(DATE),
    "setting": Record({"frist": Given(MONTHS), "grenze": Given(NUMBER)}),
    "anschrift": Record({"plz": TEXT}),
    "kinder": ListOf(Record({"alter": NUMBER, "geburt": PARTIAL_DATE})),
}


def _nowhere(start: int, end: int) -> Span:
    return Span("", Position(1, 1), Position(1, 1))


def typed(text: str) -> Typed:
    """A rule over the names above."""
    tree, found = parse(text, _nowhere)
    assert tree is not None, found
    done, found = check(tree, Scope(NAMES), None, _nowhere)
    assert done is not None, found
    return done


@pytest.mark.parametrize(
    ("ours", "plain"),
    [
        ("volle frist(d, monate, stichtag)", "d <= stichtag - monate"),
        ("frist nach ereignis(d, tage, stichtag)", "d + tage < stichtag"),
        ("frist ende(d, tage)", "if d != null then d + tage else null"),
        ("angegeben(art)", "art != null"),
        ("angegeben(p)", "p_spaetestens != null"),
        ("fruehestens(p) > d", "p_fruehestens > d"),
        ("n > setting.grenze", "n > setting_grenze"),
        ('anschrift.plz = "12345"', 'anschrift.plz = "12345"'),
        ('art in ("a", "b") and ja = true', '(art in ("a", "b")) and ja = true'),
        ('art in (= "a", != "b")', 'art = "a" or art != "b"'),
        ("n between 1 and 3", "n >= 1 and n <= 3"),
        ('@"2026-01-01" < d', 'date("2026-01-01") < d'),
        ("floor(n)", "if n != null then floor(n) else null"),
        ("angegeben(n) and floor(n) > 1", "n != null and floor(n) > 1"),
        ("floor(n / 3) * 3 + m", "if n != null then floor(n / 3) * 3 + m else null"),
        ('list contains(arten, "a")', 'if arten != null then list contains(arten, "a") else null'),
        ("n <= m", "if n != null then n <= m else null"),
        (
            "max(d, e)",
            "if d != null and e != null then if d > e then d else if d <= e then e else null "
            "else null",
        ),
        (
            "round half up(n, 0)",
            "if n != null then if n < 0 then ceiling(n - 0.5) else floor(n + 0.5) else null",
        ),
        (
            "some k in kinder satisfies angegeben(k.geburt)",
            "if kinder != null then some k in kinder satisfies k.geburt_spaetestens != null "
            "else null",
        ),
    ],
)
def test_spelling(ours: str, plain: str) -> None:
    """Only what DMN 1.3 knows; a guard where other engines stumble over null."""
    assert plain == portable(typed(ours)).text


def test_a_condition_is_never_undecided() -> None:
    """Where we ask for *true*, others are told so."""
    may_be_null, never_null = typed("n > 3"), typed('stichtag > date("2026-01-01")')

    assert "(n > 3) = true" == portable_condition(may_be_null).text
    assert 'stichtag > date("2026-01-01")' == portable_condition(never_null).text


@pytest.mark.parametrize(
    ("ours", "plain"),
    [
        ('"a", "b"', '"a", "b"'),
        ('not("a")', 'not("a")'),
        ('!= "a"', 'not("a")'),
        ('= "a"', '"a"'),
        ("null", "null"),
        ("-", "-"),
    ],
)
def test_cells(ours: str, plain: str) -> None:
    """`=` and `!=` came into cells after DMN 1.3."""
    tree, found = parse_cell(ours, _nowhere)
    assert tree is not None, found
    done, found = check_cell(tree, ART, Scope(NAMES), _nowhere)
    assert done is not None, found

    assert plain == portable_cell(done).text


def test_the_names_that_are_read() -> None:
    """They become the requirements of a decision."""
    found = portable(typed("alter am(p, stichtag) < setting.grenze and anschrift.plz = null"))

    assert {"p_spaetestens", "stichtag", "setting_grenze", "anschrift"} == found.reads


DAYS_LOOKED_AT = [
    None,
    date(2024, 2, 29),
    date(2025, 2, 28),
    date(2025, 3, 1),
    date(2026, 11, 23),
    date(2026, 12, 31),
    date(2031, 1, 1),
]
NUMBERS = [None, *map(Decimal, ("-2.5", "-0.5", "0", "0.5", "2.345", "2.5", "7"))]


def values() -> list[dict[str, object]]:
    """Many answers, each with some of them missing."""
    made: list[dict[str, object]] = []
    for number, day in enumerate(DAYS_LOOKED_AT * 8):
        other = DAYS_LOOKED_AT[(number * 3) % 7]
        made.append(
            {
                "n": NUMBERS[number % 8],
                "m": NUMBERS[(number // 7) % 8],
                "ja": (None, True, False)[number % 3],
                "art": (None, "a", "b", "c")[number % 4],
                "arten": (None, ["a"], ["b", "c"])[number % 3],
                "d": day,
                "e": other,
                "p": day and PartialDate(day.year, day.month, None),
                "monate": Months((1, 12, 60)[number % 3]),
                "tage": Days((1, 30)[number % 2]),
                "stichtag": date(2026, 2, 28) + timedelta(days=number * 17),
                "setting": {"frist": Months(12), "grenze": Decimal(1)},
                "anschrift": {"plz": "12345"},
                "kinder": [{"alter": NUMBERS[number % 8], "geburt": None}] * (number % 3),
            }
        )
    return made


def outside(env: Mapping[str, object]) -> dict[str, object]:
    """The same under the names of other engines."""
    found = dict(env)
    known = found.pop("p")
    found["p_fruehestens"] = known.earliest if isinstance(known, PartialDate) else None
    found["p_spaetestens"] = known.latest if isinstance(known, PartialDate) else None
    found |= {"setting_frist": Months(12), "setting_grenze": Decimal(1)}
    return found


@pytest.mark.parametrize(
    "text",
    [
        "volle frist(d, monate, stichtag)",
        "volle frist(d, monate, e)",
        "volle frist(d, tage, stichtag)",
        "frist nach ereignis(d, monate, stichtag)",
        "frist ende(d, monate)",
        "frist ende(d, tage)",
        "alter am(d, stichtag)",
        "alter am(p, stichtag)",
        "alter am(d, e)",
        "max(d, e)",
        "min(frist ende(d, monate), frist ende(e, monate))",
        "max(n, m)",
        "round half up(n, 0)",
        "round half up(n, 2)",
        "round half down(n * 2, 1)",
        "round up(n, 1)",
        "round down(n / 3, 1)",
        "floor(n / 3) * m",
        "n between 0 and m",
        "n >= m",
        'art in (= "a", != "b")',
        'list contains(arten, "a") or ja = true',
        "not(n > m)",
        "every k in kinder satisfies k.alter > 0",
        "if angegeben(n) and floor(n) > 0 then d else e",
    ],
)
def test_meaning(text: str) -> None:
    """The plain text, read as FEEL from elsewhere, gives the same for all answers."""
    rule = typed(text)
    ours, theirs = compile_expression(rule), _read(portable(rule))

    for env in values():
        assert _told(ours(env)) == _told(theirs(outside(env))), env


def _read(made: Portable):  # type: ignore[no-untyped-def]
    names = {name: kind for name, kind in NAMES.items() if name not in ("p", "setting")}
    names |= {"p_fruehestens": DATE, "p_spaetestens": DATE, "setting_grenze": NUMBER}
    names["kinder"] = ListOf(Record({"alter": NUMBER}))
    tree, found = parse(made.text, _nowhere)
    assert tree is not None, (made.text, found)
    done, found = check(tree, Scope(names, is_foreign=True), None, _nowhere)
    assert done is not None, (made.text, found)
    return compile_expression(done)


def _told(value: object) -> object:
    return Decimal(value).normalize() if isinstance(value, Decimal) else value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        (True, "true"),
        (Decimal("13.90"), "13.90"),
        ('a "b"', '"a \\"b\\""'),
        (date(2026, 1, 2), 'date("2026-01-02")'),
        (Months(18), 'duration("P1Y6M")'),
        (Days(30), 'duration("P30D")'),
        (("121", "122"), '["121", "122"]'),
        ([{"a": Decimal(1)}], "[{a: 1}]"),
    ],
)
def test_values(value: object, text: str) -> None:
    """Settings and answers as literals."""
    assert text == print_value(value)
