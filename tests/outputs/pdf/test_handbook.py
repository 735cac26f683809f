"""The handbook as a PDF: the same words as the page, in order, tagged, with page numbers."""

import re
from collections.abc import Iterator
from functools import cache

import pikepdf
import pytest

from engine.explain.speech import Speech
from engine.handbook import Handbook, build
from engine.handbook.structure import Table, texts
from outputs.pdf import handbook
from outputs.pdf.typesetting import known_characters
from tests.outputs.pdf.reading import opened, text
from tests.outputs.plans import COMPLETE, RECEIVED, TODAY, complete

_SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} 100" role="img">
<title>Bild</title><text x="10" y="40" font-family="Noto Sans">Schritt eins</text></svg>"""
DRAWN = {
    "ist": (_SVG.format(width=400).encode(),),
    "soll": (_SVG.format(width=1200).encode(), _SVG.format(width=1200).encode()),
}


@cache
def book(name: str) -> Handbook:
    """The handbook of a procedure."""
    return build(complete(name).plan, TODAY, Speech())


@cache
def made(name: str) -> bytes:
    """Its file."""
    return handbook.write(book(name), complete(name).procedure, DRAWN, RECEIVED)


def test_every_word_of_the_book_is_in_the_file() -> None:
    """In the text that a search finds."""
    said = _plain(text(made("musterprozess")))
    chapters = {one for one in texts(book("musterprozess").chapters) if " " in one}
    # Said to those who cannot see them: names of tables, and what a picture shows.
    unseen = {one for one in chapters if one.startswith("Bild zu")} | set(_table_titles())

    assert [] == [one for one in chapters - unseen if _plain(one) not in said]


def _table_titles() -> Iterator[str]:
    for chapter in book("musterprozess").chapters:
        for section in chapter.walk():
            yield from (block.title for block in section.blocks if isinstance(block, Table))


def _plain(text: str) -> str:
    """Without spaces, hyphens of line breaks, running heads and numbers of pages."""
    kept = re.sub(
        r"--- page \d+ ---\n(Fachliches Handbuch: .*\n)?|Stadt Musterstadt, Bürgerbüro Seite .*",
        "",
        text,
    )
    return re.sub(r"[\s\u200b\u00ad-]+", "", kept)


def test_headings_tables_and_pictures_are_tagged() -> None:
    """A screen reader finds chapters, rows and what a picture shows."""
    with opened(made("musterprozess")) as pdf:
        tags = list(_tags(pdf.Root.StructTreeRoot))
        names = [str(one.get("/S")) for one in tags]
        alternatives = [str(one.Alt) for one in tags if "/Alt" in one]

    assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/TD", "/TOC", "/Figure"} <= set(names)
    assert 1 == names.count("/H1")
    assert 3 == sum("Schritte" in one for one in alternatives)


def _tags(node: pikepdf.Object) -> list[pikepdf.Object]:
    found = []
    kids = node.get("/K")
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            found += [kid, *_tags(kid)]
    return found


def test_the_contents_name_pages_and_wide_pictures_lie_on_their_side() -> None:
    """Page numbers in the contents are those of the chapters; bookmarks lead there."""
    found = text(made("musterprozess"))
    pages = re.split(r"--- page \d+ ---\n", found)[1:]
    listed = re.search(r"12\s+Fassung und Freigabe[ .⁠]*(\d+)", found)
    with opened(made("musterprozess")) as pdf:
        sizes = {
            (round(float(one.MediaBox[2])), round(float(one.MediaBox[3]))) for one in pdf.pages
        }
        has_outline = "/Outlines" in pdf.Root

    assert listed is not None
    assert "Fassung und Freigabe" in pages[int(listed[1]) - 1]
    assert {(595, 842), (842, 595)} == sizes
    assert has_outline


def test_the_same_book_gives_the_same_bytes() -> None:
    """A changed file is a changed procedure."""
    again = handbook.write(
        book("musterprozess"), complete("musterprozess").procedure, DRAWN, RECEIVED
    )

    assert made("musterprozess") == again


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_document_declares_its_language(language: str) -> None:
    """Screen readers choose their voice by it."""
    plan = complete("musterprozess").plan
    english = build(plan, TODAY, Speech(language))
    with opened(handbook.write(english, plan.procedure, {}, RECEIVED)) as pdf:
        assert language == str(pdf.Root.Lang)[:2]


def test_characters_no_font_has_are_named_in_place() -> None:
    """A PDF/A must not hold a glyph that is not there, and nobody is to miss it unseen."""
    plan = complete("musterprozess").plan
    strange = build(plan, TODAY, Speech("de", lambda one: f"{one.german} \U00013000"))

    found = text(handbook.write(strange, plan.procedure, {}, RECEIVED))

    assert "U+13000" in found


@pytest.mark.parametrize("name", COMPLETE)
def test_no_word_of_ours_needs_a_character_that_no_font_has(name: str) -> None:
    """An arrow in a table of codes would be read as »nicht darstellbar«."""
    known = known_characters()
    said = "".join(texts(book(name)))

    assert set() == {one for one in said if ord(one) not in known}
