"""The nearest name: folded, reordered, a letter off; none rather than a bad one."""

import doctest

import pytest

from engine import suggest
from engine.suggest import nearest
from tests.timing import within

NAMES = ("integer", "text", "date", "straße", "hunde_anzahl", "show_if", "required", "label")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("integr", "integer"),
        ("Integer", "integer"),
        ("strasse", "straße"),
        ("STRASSE", "straße"),
        ("anzahl_hunde", "hunde_anzahl"),
        ("anzahl-hunde", "hunde_anzahl"),
        ("showif", "show_if"),
        ("lable", "label"),
        ("requierd", "required"),
        ("dat", "date"),
    ],
)
def test_the_name_that_was_meant_comes_first(written: str, meant: str) -> None:
    """Case, umlauts, hyphens, order of words, and up to a third of the letters."""
    assert meant == nearest(written, NAMES)[0]


@pytest.mark.parametrize("written", ["", "x", "geburtsdatum", "xxxxxxx", "a" * 101])
def test_nothing_is_better_than_a_bad_guess(written: str) -> None:
    """A wrong hint costs more than none."""
    assert () == nearest(written, NAMES)


def test_at_most_three_are_named() -> None:
    """More is no hint."""
    assert 3 == len(nearest("aaaa", ["aaab", "aaac", "aaad", "aaae"]))


def test_the_examples_in_the_code_are_true() -> None:
    """Docstrings run."""
    assert doctest.testmod(suggest).failed == 0


def test_many_names_stay_quick() -> None:
    """A list of states against a hundred misspelt ones."""
    names = [f"name_number_{number}" for number in range(300)]
    with within(5):
        for number in range(100):
            nearest(f"nmae_nubmer_{number}", names)
