"""Reading time and reading ease: the formula on texts whose level is known."""

import pytest

from engine.reading import HARD, grade, readings, sentences_of, syllables, words_of
from tests.portal.complete import plans

EASY = ["Der Hund ist da.", "Er mag den Ball.", "Wir gehen in den Park."]
LAW = [
    "Die Einbürgerungsbehörde berücksichtigt unter Zugrundelegung einer Gesamtbetrachtung der"
    " Lebensumstände insbesondere die Unterhaltsfähigkeit antragstellender Personen."
]


@pytest.mark.parametrize(
    ("word", "count"),
    [("Haus", 1), ("Wohnung", 2), ("Einbürgerung", 4), ("Behörde", 3), ("Tee", 1), ("hm", 1)],
)
def test_syllables_are_counted_by_their_vowels(word: str, count: int) -> None:
    """Two vowels that are one sound count once."""
    assert count == syllables(word)


def test_a_sentence_ends_where_a_reader_would_say_so() -> None:
    """Not at the stop of an abbreviation; at the end of a point of a list."""
    first = "Nach § 10 Abs. 1 Satz 1 Nr. 7 StAG geht das."
    text = f"{first} Bringen Sie mit:\n\n- den **Pass**\n- ein Bild"

    assert [
        first,
        "Bringen Sie mit:",
        "den Pass",
        "ein Bild",
    ] == sentences_of(text)
    assert ["siehe", "die", "Seite"] == words_of("siehe [die Seite](https://beispiel.example/x)")


def test_a_law_is_harder_than_a_primer() -> None:
    """From the fourth school year to far beyond the limit."""
    assert 4.0 == grade(EASY)
    assert grade(LAW) > HARD
    assert 4.0 < grade([*EASY, *EASY, *LAW]) < grade(LAW)
    assert 0.0 == grade([])


@pytest.mark.parametrize("name", sorted(plans()))
def test_no_page_of_our_procedures_is_beyond_the_limit(name: str) -> None:
    """Our own definitions keep what they ask of others."""
    pages = readings(plans()[name].procedure)

    assert [] == [one.page for one in pages if one.is_hard]
    assert all(one.words > 0 for one in pages)
    assert all(one.hardest == tuple(sorted(one.hardest, key=lambda it: -it.grade)) for one in pages)
