"""Cases as text of a definition: read back as they were meant, and put in their place."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine import Source, load
from engine.load import SharedLists
from engine.sample.as_cases import MadeCase
from engine.sample.case_text import flow, with_made, without_made
from tests.engine.made import HEAD, ONE_PAGE

PAGE = HEAD + ONE_PAGE + "      - {field: a, type: text, label: A}\n"
OWN = "cases:\n  - case: eigen\n    title: Eigen\n    on: 2026-11-23\n"


def case(number: int = 1, **answers: object) -> MadeCase:
    """A made case."""
    name = f"erzeugt-form-{number:03d}"
    return MadeCase(name, 'Für "a": b', "2026-11-23", None, "given", answers, {"problems": []})  # type: ignore[arg-type]


def cases_of(text: str) -> list[tuple[str, object]]:
    """Ids and answers as loaded."""
    procedure, found = load(Source("beispiel.yaml", text), _none())
    assert procedure is not None
    assert [one.code for one in found if one.code not in ("missing-shared-list",)] == []
    return [(str(one.id), one.given.get("a")) for one in procedure.cases]


def _none() -> SharedLists:
    from engine import read_lists

    return read_lists(())[0]


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co", "Cn")), min_size=1)
)
@example("true")
@example("a: b")
@example("- x")
@example("Zeile\nZeile")
@example("#x")
@example('"')
@example("\\")
@example("~")
@example("00.00.1990")
@example("Nguyễn")
def test_any_text_is_read_back(text: str) -> None:
    """Whatever YAML might take for something else is quoted."""
    made = with_made(PAGE, "beispiel", "--cover", [case(a=text)])
    assert made is not None

    assert cases_of(made) == [("erzeugt-form-001", text)]


@pytest.mark.parametrize(
    ("text", "before"),
    [
        (PAGE, []),
        (PAGE + "\n" + OWN, ["eigen"]),
        (PAGE + "cases:\n", []),
        (HEAD + OWN + "\n# Seiten\n" + ONE_PAGE + "      - {field: a, type: text, label: A}\n",
         ["eigen"]),
    ],
)  # fmt: skip
def test_cases_go_behind_those_of_the_author(text: str, before: list[str]) -> None:
    """Whether the list is there or not, and wherever it stands."""
    made = with_made(text, "beispiel", "--cover", [case(a="x")])
    assert made is not None

    assert [name for name, _ in cases_of(made)] == [*before, "erzeugt-form-001"]


def test_storing_again_replaces_what_was_stored() -> None:
    """The author's own lines stay as they are; each world has its own block."""
    text = PAGE + "\n" + OWN
    once = with_made(text, "beispiel", "--cover", [case(a="x"), case(2, a="y")])
    assert once is not None
    other = with_made(once, "beispiel", "--cover --quick-check", [case(3, a="z")])
    assert other is not None

    twice = with_made(other, "beispiel", "--cover", [case(a="x")])

    assert twice is not None
    assert sorted(cases_of(twice)) == [
        ("eigen", None), ("erzeugt-form-001", "x"), ("erzeugt-form-003", "z"),
    ]  # fmt: skip
    assert without_made(once, "--cover") == text
    assert with_made(once, "beispiel", "--cover", [case(a="x"), case(2, a="y")]) == once


def test_a_list_in_brackets_is_left_alone() -> None:
    """It cannot be added to line by line."""
    assert with_made(PAGE + "cases: []\n", "beispiel", "--cover", [case(a="x")]) is None


def test_a_block_without_its_end_is_not_cut() -> None:
    """Whoever removed the end by hand loses nothing."""
    once = with_made(PAGE, "beispiel", "--cover", [case(a="x")])
    assert once is not None
    broken = once.replace("# <<< erzeugt", "")

    assert without_made(broken, "--cover") == broken


def test_values_in_one_line() -> None:
    """As authors write them."""
    value = {"a": True, "b": None, "c": ["x", "y z"], "d": {"e": "1,5", "f": ""}}

    assert flow(value) == '{a: true, b: null, c: [x, y z], d: {e: "1,5", f: ""}}'  # type: ignore[arg-type]
