"""The picture beside a question is there, small, and nothing but a drawing."""

import re

import pytest
from lxml import etree

from engine.pictures import PICTURES
from engine.texts.languages import TRANSLATED
from renderers.html.examples import FOLDER
from tests.renderers.html.test_golden import page_of
from tests.renderers.html.test_texts import product

SVG = "{http://www.w3.org/2000/svg}"
DRAWN = {f"{SVG}{name}" for name in ("svg", "path", "rect", "circle", "g", "text")}
MOST_BYTES = 3 * 1024


def test_every_name_has_its_file_and_every_file_its_name() -> None:
    """A definition cannot name a picture that nobody drew."""
    assert sorted(f"{name}.svg" for name in PICTURES) == sorted(
        one.name for one in FOLDER.iterdir()
    )


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_small_and_loads_or_runs_nothing(name: str) -> None:
    """Shapes and words alone, on a white ground that dark pages need."""
    content = FOLDER.joinpath(f"{name}.svg").read_bytes()
    root = etree.fromstring(content)

    assert len(content) <= MOST_BYTES
    assert {one.tag for one in root.iter()} <= DRAWN
    names = {key.lower() for one in root.iter() for key in one.attrib}
    assert not [key for key in names if key.startswith("on") or "href" in key or key == "style"]
    assert b"url(" not in content
    assert (root[0].tag, root[0].get("fill")) == (f"{SVG}path", "#fff")
    assert root.get("width") == "320"


@pytest.mark.parametrize("language", ["de", *sorted(TRANSLATED)])
def test_every_picture_is_told_in_every_language(language: str) -> None:
    """Whoever does not see it gets the same answer: where to look."""
    told = [product(language).get(f"picture.{name}") for name in PICTURES]

    assert all(told)
    assert len(set(told)) == len(PICTURES)


def test_the_question_shows_its_picture_when_asked() -> None:
    """Folded away, loaded when it is opened, with the words of the page's language."""
    for language, words in (("de", "Die Nummer steht oben rechts."), ("en", "at the top right.")):
        page, html = page_of({}, language)
        shown = re.search(r"<details class=\"vd-help\">\n<summary>[^\n]+\n<figure.+", html)

        assert page
        assert html.count("<figure") == 1
        assert shown is not None
        assert "<details open" not in html
        picture = re.search(
            r"<img class=\"vd-picture\" src=\"([^\"]+)\" alt=\"([^\"]+)\" ([^>]+)>", html
        )
        assert picture is not None
        assert re.fullmatch(
            r"/static/pictures/residence_card_number\.svg\?[0-9a-f]{12}", picture[1]
        )
        assert picture[2].endswith(words)
        assert picture[3] == 'loading="lazy"'
