"""Reading: precedence, exact places, and limits that hostile text cannot break."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.rules import parse, parse_cell, print_tree
from engine.rules.parse import parse_foreign
from engine.rules.tree import Arithmetic, Both, Comparison, Either, Membership, Name
from tests.engine.rules.asking import locate, marked, read
from tests.timing import within


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("a or b and c", "a or b and c"),
        ("(a or b) and c", "(a or b) and c"),
        ("a and (b and c)", "a and (b and c)"),
        ("1+2*3-4", "1 + 2 * 3 - 4"),
        ("(1+2)*3", "(1 + 2) * 3"),
        ("x in [1..3] and y", "(x in [1..3]) and y"),
        ('x in "a"', 'x in ("a")'),
        ("x in ]1..3[", "x in (1..3)"),
        ("x in ( 1 , <5 )", "x in (1, < 5)"),
        ('@"2026-01-01"', 'date("2026-01-01")'),
        ('@"P5Y"', 'duration("P5Y")'),
        ("not ( a )", "not(a)"),
        ("volle  frist(a,b,c)", "volle frist(a, b, c)"),
        ("if a then b else c or d", "if a then b else c or d"),
        ("(if a then b else c) or d", "(if a then b else c) or d"),
        ("some k in g satisfies k.x=1", "some k in g satisfies k.x = 1"),
        ("g[item.x>1].y", "g[item.x > 1].y"),
        ("substring(string:a,start position:2)", "substring(string: a, start position: 2)"),
        ("1 /* eins */ + // zwei\n 2", "1 + 2"),
        ("x between 1 and 2 and y", "(x between 1 and 2) and y"),
    ],
)
def test_precedence_and_canonical_text(text: str, canonical: str) -> None:
    """Every meaning has one spelling; `in` beside `and` stands in brackets: others misread it."""
    assert canonical == print_tree(read(text))


def test_long_chains_stay_flat() -> None:
    """Thirty parts of a condition are one node, not thirty levels."""
    tree = read(" and ".join(["a"] * 30))

    assert isinstance(tree, Both)
    assert 30 == len(tree.parts)
    assert isinstance(read("a or b or c"), Either)
    assert isinstance(read("1 + 2 - 3"), Arithmetic)


def test_nodes_know_their_characters() -> None:
    """Start and end are offsets into the text of the rule."""
    tree = read("abc = 12 or (x) in (1, 2)")

    assert isinstance(tree, Either)
    first, second = tree.parts
    assert isinstance(first, Comparison)
    assert (0, 8) == (first.start, first.end)
    assert (6, 8) == (first.right.start, first.right.end)
    assert isinstance(second, Membership)
    assert (13, 14) == (second.value.start, second.value.end)


@pytest.mark.parametrize(
    ("text", "code", "wrong"),
    [
        ("a = ", "rule-unfinished", "="),
        ("(a", "rule-unfinished", "a"),
        ("a b", "rule-syntax", "b"),
        ("a = = b", "rule-syntax", "="),
        ("a)", "rule-syntax", ")"),
        ("[1, ]", "rule-syntax", "]"),
        ("a # b", "rule-syntax", "#"),
        ("a == b", "foreign-operator", "=="),
        ("a && b", "foreign-operator", "&&"),
        ("a <> b", "foreign-operator", "<>"),
        ("!a", "foreign-operator", "!"),
        ("a = „x“", "wrong-quotes", "„x“"),
        ("a = 'x'", "wrong-quotes", "'x'"),
        ('a = "x', "quotes-not-closed", '"x'),
        ("a < b < c", "comparison-chained", "<"),
        ("strats with(a, b)", "unknown-function", "strats with"),
        ("date and time(a)", "not-in-subset", "date and time"),
        ("a instance of b", "not-in-subset", "instance"),
        ("a not in (1)", "not-in-subset", "not in"),
        ("{a: 1}", "not-in-subset", "{"),
        ('@"10:00:00"', "not-in-subset", '@"10:00:00"'),
        ("1234567890123456789012345678901234567", "number-too-long", "1234567890" * 3 + "1234567"),
    ],
)
def test_a_mistake_is_shown_at_its_characters(text: str, code: str, wrong: str) -> None:
    """One diagnostic, and not a character too many."""
    tree, found = parse(text, locate)

    assert tree is None
    assert [code] == [one.code for one in found]
    assert wrong == marked(text, found[0])


@pytest.mark.parametrize(
    ("text", "fixed"),
    [("a == b", "a = b"), ("a = 'x'", 'a = "x"'), ("strats with(a, b)", "starts with(a, b)")],
)
def test_a_fix_makes_the_rule_readable(text: str, fixed: str) -> None:
    """The text of the fix replaces the marked characters."""
    _, (one,) = parse(text, locate)
    assert one.fix is not None

    start, end = one.fix.span.start.column - 1, one.fix.span.end.column - 1

    assert fixed == text[:start] + one.fix.text + text[end:]
    assert parse(fixed, locate)[0] is not None


def test_names_of_several_words_are_for_foreign_feel() -> None:
    """The longest known name wins; definitions allow identifiers only."""
    names = ["years of residence", "years", "a+b"]

    tree, found = parse_foreign("years of residence - a+b > years", locate, names)

    assert not found
    assert isinstance(tree, Comparison)
    assert isinstance(tree.left, Arithmetic)
    assert isinstance(tree.left.first, Name)
    assert "years of residence" == tree.left.first.name
    assert parse("years of residence > 1", locate)[0] is None


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("-", "-"),
        ('"a"', '"a"'),
        ('"a", "b"', '"a", "b"'),
        ("< 5, > 9", "< 5, > 9"),
        ("[1..3]", "[1..3]"),
        ('not("a", "b")', 'not("a", "b")'),
        ("not(a) and b", "not(a) and b"),
        ("angegeben", "angegeben(?)"),
        ("null", "null"),
        ("? > 3", "? > 3"),
        ("-5", "-5"),
    ],
)
def test_cells(text: str, canonical: str) -> None:
    """A cell is `-`, values, comparisons, ranges, or `not(…)` of them."""
    tree, found = parse_cell(text, locate)

    assert not found
    assert tree is not None
    assert canonical == print_tree(tree)


HOSTILE = [
    "(" * 1_900,
    "[" * 1_900,
    "-" * 3_900 + "1",
    "not(" * 900,
    "if " * 1_000,
    "a" + ".b" * 1_900,
    "1" + "..1" * 1_200,
    '"' * 3_999,
    '"' + "\\" * 3_990,
    "/*" * 1_900,
    "x" * 100_000,
    "1" * 3_900,
    "1e9999999999",
    "10**10**8",
    "x in " * 790,
    " - ".join(["1"] * 990),
    " or ".join(["a"] * 700),
    "for a in b, " * 300,
    "a[" * 1_900,
    "\ud800",
    "\x00" * 100,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_r23_hostile_text_is_refused_quickly(text: str) -> None:
    """R23: no crash, no recursion of Python's, and an answer at once."""
    with within(1, time.perf_counter):
        parse(text, locate)


_PIECES = ["(", ")", "[", "]", ",", "..", "a", "1", '"x"', "in", "and", "not(", "if", "then", "-"]
_PIECES += ["else", "some", "satisfies", "=", "<", ".", "?", "@", "{", "for", "return", "\\", "é"]


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=60))
def test_no_row_of_pieces_breaks_the_reader(pieces: list[str]) -> None:
    """There is a tree or a diagnostic, never both, never neither."""
    text = " ".join(pieces)

    tree, found = parse(text, locate)

    assert (tree is None) == bool(found)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80))
def test_no_text_breaks_the_reader(text: str) -> None:
    """Any characters at all."""
    tree, found = parse(text, locate)

    assert (tree is None) == bool(found)
