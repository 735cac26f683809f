"""Which sources of the law have words to translate."""

import pytest

from engine.load.citations import in_words
from engine.unconfirmed import MARK


@pytest.mark.parametrize(
    "source",
    [
        "§ 61 Abs. 1 Satz 2 AsylG",
        "Art. 62 Abs. 1a und 1b VO (EU) 2024/1348 – " + MARK,
        "§ 850c ZPO, BGBl. 2026 I Nr. 80",
        "§ 10 Abs. 1 Satz 1 Nr. 3 Buchstabe b StAG",
        "Art. 2 AusfG zum StaatenlMindÜbk",
        "MiLoV5",
        MARK,
        "",
    ],
)
def test_a_citation_stays_as_it_is(source: str) -> None:
    """Paragraphs are German in every language, and what is open is said by the product."""
    assert in_words(source) == ""


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("Behörde – " + MARK, "Behörde"),
        ("§ 10 Abs. 2 StAG nennt keine Frist; " + MARK, "§ 10 Abs. 2 StAG nennt keine Frist"),
        ("Anlage II zu § 29a AsylG", "Anlage II zu § 29a AsylG"),
        ("Satzung über Parkausweise (erfunden)", "Satzung über Parkausweise (erfunden)"),
    ],
)
def test_words_are_translated_without_the_mark(source: str, words: str) -> None:
    """A translator gets the author's words alone."""
    assert in_words(source) == words
