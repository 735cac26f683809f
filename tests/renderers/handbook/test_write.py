"""The handbook as HTML: one file that needs nothing and can be read by everybody."""

import re
from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest
from lxml import etree, html

from engine import Plan
from engine.explain.speech import Speech
from engine.handbook import build
from engine.handbook.structure import line, texts
from engine.model_parts import Text
from renderers.bpmn.graph import german
from renderers.handbook import pictures, write
from renderers.handbook.write import nested
from tests.engine.made import PROCEDURES, TODAY, real_plan


def made(plan: Plan, language: str = "de") -> bytes:
    """The file of a procedure."""
    book = build(plan, TODAY, Speech(language))
    return write(book, pictures(book, plan.procedure, german))


@cache
def page(name: str) -> html.HtmlElement:
    """The file of a real procedure, read."""
    return html.document_fromstring(made(real_plan(name)))


@pytest.mark.parametrize("name", PROCEDURES)
def test_the_file_needs_nothing_from_elsewhere(name: str) -> None:
    """It is opened from disks and mails, in twenty years: no scripts, nothing that is fetched."""
    root = page(name)

    assert [] == root.xpath("//script|//link|//img|//iframe|//object|//@onclick|//form")
    assert [] == [one for one in root.xpath("//@href|//@src") if not one.startswith("#")]
    assert "url(" not in "".join(root.xpath("//style/text()"))


@pytest.mark.parametrize("name", PROCEDURES)
def test_every_link_of_the_contents_leads_somewhere(name: str) -> None:
    """And no place is there twice."""
    root = page(name)
    places = root.xpath("//@id")

    assert {one.removeprefix("#") for one in root.xpath("//nav//@href")} <= set(places)
    assert sorted(set(places)) == sorted(places)


@pytest.mark.parametrize("name", PROCEDURES)
def test_headings_tables_and_pictures_have_their_roles(name: str) -> None:
    """One h1, no level left out, heads with a scope, pictures with an alternative."""
    root = page(name)
    levels = [int(one.tag[1]) for one in root.xpath("//h1|//h2|//h3|//h4")]

    assert 1 == levels.count(1)
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert [] == root.xpath("//th[not(@scope)]")
    assert [] == root.xpath("//table[thead][not(caption) and not(@class)]")
    assert root.xpath("//figure/*")
    assert [] == root.xpath("//figure/*[not(@role='img')][not(*[local-name()='title'])]")


@pytest.mark.parametrize("name", PROCEDURES)
def test_the_file_says_every_word_of_the_book(name: str) -> None:
    """Nothing is lost between the book and the page."""
    book = build(real_plan(name), TODAY, Speech())
    said = _plain("".join(page(name).itertext()))
    wanted = {one for chapter in book.chapters for one in _words(chapter)}

    assert [] == [text for text in wanted if _plain(text) not in said]


def _words(chapter: object) -> list[str]:
    skipped = {"code", "quiet", "strong", "ist", "soll", ""}
    return [one for one in texts(chapter) if one not in skipped and " " in one]


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_the_same_definition_gives_the_same_bytes() -> None:
    """Who makes it tomorrow gets the same book."""
    plan = real_plan("musterprozess")

    assert made(plan) == made(plan)


def test_texts_of_an_author_stay_texts() -> None:
    """Nothing an author writes becomes markup, in the page or in a picture."""
    plan = real_plan("musterprozess")
    bad = "<script>alert(1)</script><b onclick=x>"

    def say(text: Text) -> str:
        return f"{bad}{text.german}"

    book = build(plan, TODAY, Speech("de", say))
    root = html.document_fromstring(write(book, pictures(book, plan.procedure, say)))

    assert [] == root.xpath("//script|//b|//@onclick")
    assert root.xpath("//h1")[0].text_content().startswith("<script>")


def test_points_hang_below_their_line() -> None:
    """A list stands inside the item it belongs to, as HTML wants it."""
    one, two, three = line("a"), replace(line("b"), indent=1), replace(line("c"), indent=2)

    assert [(one, [(two, [(three, [])]), (two, [])])] == nested((one, two, three, two))
    assert [(None, [(two, [])])] == nested((two,))


def test_the_page_is_well_formed() -> None:
    """Strict readers read it, too: nothing is left open, nothing is nested where it must not."""
    text = made(real_plan("musterprozess")).decode()
    body = text[text.index("<body>") : text.index("</html>")]
    body = re.sub(r"<(br|col)\b([^>]*)>", r"<\1\2/>", body)
    root = etree.fromstring(f"<html>{body}</html>")

    assert [] == root.xpath("//ul/ul|//p/ul|//p/p|//li/p")
