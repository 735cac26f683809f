"""What may be missing where a rule reads it: warned about once, with a fix, and only where real."""

import itertools

import pytest

from engine.rules import NUMBER, TEXT, YES_NO, Given, ListOf, Record, Scope
from engine.rules.facts import Asked, Facts
from tests.engine.rules.asking import SCOPE, complaints, marked, read


def _codes(text: str, scope: Scope = SCOPE) -> list[str]:
    return [one.code for one in complaints(text, scope)]


@pytest.mark.parametrize(
    ("text", "code", "where", "fix"),
    [
        ("n + m > 90", "undecided-sum", "n", "(if angegeben(n) then n else 0)"),
        ("pflicht + n > 90", "undecided-sum", "n", "(if angegeben(n) then n else 0)"),
        ("pflicht - n - 3 > 90", "undecided-sum", "n", "(if angegeben(n) then n else 0)"),
        (
            "sum(for k in kinder return k.alter) > 3",
            "undecided-sum",
            "k.alter",
            "if angegeben(k.alter) then k.alter else 0",
        ),
        ("max(n, m) > 3", "undecided-sum", "n", "(if angegeben(n) then n else 0)"),
        (
            "sum(for k in kinder return if angegeben(k.alter) then k.alter else 0) > 3",
            "empty-group",
            "sum(for k in kinder return if angegeben(k.alter) then k.alter else 0)",
            "(if count(kinder) > 0 then"
            " sum(for k in kinder return if angegeben(k.alter) then k.alter else 0) else 0)",
        ),
        ("max(kinder[angegeben(item.alter)].alter) > 3", "empty-group", None, None),
        (
            "if count(kinder) > 0 then sum(for k in kinder[item.mit = true] return 1) else 0",
            "empty-group",
            "sum(for k in kinder[item.mit = true] return 1)",
            None,
        ),
        ("d.year > 2000 and d != e", "unanswered-not-equal", "d != e", None),
        ("if n > 3 then 1 else 2", "condition-undecided", "n > 3", "angegeben(n) and n > 3"),
        (
            "if n > 3 or m > 3 then 1 else 2",
            "condition-undecided",
            "n > 3 or m > 3",
            "angegeben(m) and angegeben(n) and (n > 3 or m > 3)",
        ),
        (
            "if some k in kinder satisfies k.alter > 3 then 1 else 2",
            "condition-undecided",
            "some k in kinder satisfies k.alter > 3",
            None,
        ),
        (
            "alter am(d, stichtag) != 18",
            "unanswered-not-equal",
            "alter am(d, stichtag) != 18",
            "angegeben(d) and alter am(d, stichtag) != 18",
        ),
        ("not(n + 1 = 3)", "unanswered-not-equal", None, "angegeben(n) and not(n + 1 = 3)"),
        ("n > 3 or n != 1", "unanswered-not-equal", "n != 1", "angegeben(n) and n != 1"),
        ("count(kinder) != 3", "unanswered-not-equal", None, None),
    ],
)
def test_a_trap_is_named_with_a_way_out(
    text: str, code: str, where: str | None, fix: str | None
) -> None:
    """At its characters; with the fix in place the same complaint does not come again."""
    one = complaints(text)[0]

    assert code == one.code
    assert where is None or where == marked(text, one)
    if fix is None:
        return
    assert one.fix is not None
    assert fix == one.fix.text
    span = one.fix.span
    fixed = text[: span.start.column - 1] + fix + text[span.end.column - 1 :]
    assert len(complaints(text)) - 1 == len(complaints(fixed))


@pytest.mark.parametrize(
    "text",
    [
        "n > 90",
        "n + 1 > 90",
        "setting.grenze - n > 3",
        "n * m > 90",
        "angegeben(n) and angegeben(m) and n + m > 90",
        "angegeben(n) and pflicht + n > 90",
        "n > 3 and pflicht + n > 90",
        "n between 1 and 3 and n != 2",
        "pflicht + (if angegeben(n) then n else 0) > 90",
        "if angegeben(n) and n > 3 then 1 else 2",
        "n = null or n != 1",
        "not(angegeben(n)) or n != 1",
        "if ja = true then 1 else 2",
        "if count(kinder) > 0 then 1 else 2",
        "if count(kinder[angegeben(item.alter)]) > 0"
        " then max(kinder[angegeben(item.alter)].alter) else 0",
        "some k in kinder satisfies angegeben(k.alter) and k.alter != 3",
        "some k in kinder[item.alter > 3] satisfies k.alter != 5",
        'titel in ("visum") and titel != "duldung"',
        "sum(1, 2, pflicht) > 3",
        "alter am(d, stichtag) >= 18 and alter am(d, stichtag) != 20",
        'string length(a) > 3 and a != "x"',
        "d.year > 2000 and e.year > 2000 and d != e",
    ],
)
def test_what_is_guarded_or_harmless_is_silent(text: str) -> None:
    """Warnings must be few, or nobody reads them."""
    assert [] == _codes(text)


def _asked(**texts: tuple[str, ...]) -> dict[str, Asked]:
    """Required questions, each shown where its conditions hold."""
    return {
        name: Asked(shown, (shown,))
        for name, conditions in texts.items()
        for shown in (tuple(map(read, conditions)),)
    }


ROW = Record({"betrag": NUMBER, "notiz": NUMBER}, {"betrag"})
FORM = Scope(
    {
        "art": TEXT,
        "ja": YES_NO,
        "a": NUMBER,
        "b": NUMBER,
        "c": NUMBER,
        "posten": ListOf(ROW),
        "immer": Given(ListOf(ROW)),
    },
    asked={
        **_asked(
            a=('art in ("x", "y")',),
            b=('art in ("x", "y")', "ja = true"),
            c=(),
            posten=("ja = true",),
        ),
        "posten[]": Asked((read("ja = true"),), ((read("ja = true"),),)),
    },
)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("a + c > 3", ["undecided-sum"]),
        ("a + b > 3", ["undecided-sum"]),
        ('art = "x" and a + c > 3', []),
        ('art = "z" and a + c > 3', ["undecided-sum"]),
        ('art in ("x", "y") and a + c > 3', []),
        ('art in ("x", "z") and a + c > 3', ["undecided-sum"]),
        ('ja = true and art = "y" and a + b + c > 3', []),
        ("angegeben(b) and a + c > 3", []),
        ("b > 3 and a + c > 3", []),
        ("if c > 3 then 1 else 2", []),
        ("if a > 3 then 1 else 2", ["condition-undecided"]),
        ("ja = true and sum(posten.betrag) > 3", []),
        ("sum(posten.betrag) > 3", ["empty-group"]),
        ("ja = true and sum(posten.notiz) > 3", ["undecided-sum"]),
        ("sum(for p in posten return p.betrag) + c > 3", ["empty-group"]),
        ("count(immer) != 3", []),
        ("if count(immer) > 3 then 1 else 2", []),
        ("count(posten) != 3", ["unanswered-not-equal"]),
        ("c != 3", ["unanswered-not-equal"]),
    ],
)
def test_required_questions_are_there_where_they_are_shown(text: str, codes: list[str]) -> None:
    """In a complete application; `!=` already counts while somebody is filling in the form."""
    assert codes == [one.code for one in complaints(text, FORM)]


def test_what_is_learned_of_an_outer_name_is_forgotten_in_a_row_that_hides_it() -> None:
    """The row's own `a` may be empty although that of the form is not."""
    outer = FORM.where(read("angegeben(a)"))

    assert [] == _codes("a != 3", outer)
    assert ["unanswered-not-equal"] == _codes("a != 3", outer.inner({"a": NUMBER}))


def test_an_answer_tells_why_it_was_asked() -> None:
    """Who answers `b` was shown it: the conditions of its question hold, and so on back."""
    facts = Facts().learning([read("b > 3")], (), FORM.asked_of)

    assert facts.hold(read("ja = true"))
    assert facts.hold(read('art in ("y", "x", "z")'))
    assert facts.hold(read('art = "q" or ja = true'))
    assert not facts.hold(read('art = "x"'))


def test_a_long_chain_of_questions_is_not_followed_for_ever() -> None:
    """Each shown if the one before is answered: a hostile file must not cost minutes."""
    names = [f"f{number}" for number in range(900)]
    asked = {name: Asked((read(f"{before} > 0"),)) for before, name in itertools.pairwise(names)}
    facts = Facts().learning([read("f899 > 1")], (), asked.get)

    assert facts.hold(read("f880 > 0"))
    assert len(facts.texts) < 100
