"""The German text beside the translation: switched on and off, kept in the session's cookie."""

from collections.abc import Callable

from lxml import html

from tests.portal.fill.test_application import first_page
from tests.portal.visitor import Visitor, text

BINDING = "The German text is binding"


def begin(visitor: Visitor, language: str = "en") -> Visitor:
    """On the first page of an application."""
    visitor.open(f"/p/musterprozess?lang={language}")
    return first_page(visitor.press("", "", form=visitor.page.forms[0]))


def german_parts(visitor: Visitor) -> list[html.HtmlElement]:
    """The German words that stand beside something."""
    return list(visitor.page.find_class("vd-german"))


def folded(visitor: Visitor) -> list[html.HtmlElement]:
    """The German words that can be unfolded."""
    way = "//details//*[@lang='de'][@dir='ltr'][not(@class='vd-german')]"
    return list(visitor.page.xpath(way))


def test_every_question_can_show_its_german_words(visitor: Visitor) -> None:
    """Without a script, and with label, hint and help of the author."""
    begin(visitor)

    assert german_parts(visitor) == []
    assert len(folded(visitor)) >= len(visitor.asked())
    told = "\n".join(one.text_content() for one in folded(visitor))
    assert "Familienname" in told
    assert "Merkzeichen" in told


def test_the_switch_holds_for_all_pages_and_loses_nothing(visitor: Visitor) -> None:
    """What was typed stays; the next page and the Quick Check show German too; once more: off."""
    begin(visitor)
    visitor.press("_language", "with-german", {"familienname": ["Muster"]})

    assert text(visitor.page.get_element_by_id("f-familienname"), "value") == "Muster"
    labels = [one.text for one in german_parts(visitor)]
    assert "Familienname" in labels
    assert "Tag" in labels
    assert folded(visitor) == []
    visitor.open("/p/musterprozess/quick-check")
    assert german_parts(visitor)
    visitor.press("_language", "without-german")
    assert german_parts(visitor) == []


def test_there_is_no_cookie_but_the_session(visitor: Visitor) -> None:
    """Language and switch travel in it; German pages have neither switch nor note."""
    begin(visitor)
    visitor.press("_language", "with-german")

    assert list(visitor.client.cookies) == ["vordruck"]
    assert str(visitor.client.cookies["vordruck"]).endswith(".en.beside")
    assert BINDING in visitor.text
    visitor.press("_language", "de")
    assert 'value="with-german"' not in visitor.text
    assert german_parts(visitor) == []


def test_a_switch_alone_is_no_language(new_visitor: Callable[[], Visitor]) -> None:
    """By link on a page without a form; what is no wish is ignored."""
    visitor = new_visitor()
    visitor.open("/p/musterprozess?lang=fr").open("?lang=with-german")

    assert german_parts(visitor)
    assert visitor.page.get("lang") == "fr"
    visitor.open("?lang=with-klingon")
    assert visitor.page.get("lang") == "fr"
    assert german_parts(visitor)


def test_ids_stay_single_and_names_stay_in_attributes(visitor: Visitor) -> None:
    """No markup of the German part slips into an attribute."""
    begin(visitor)
    visitor.press("_language", "with-german")
    ids = visitor.page.xpath("//@id")

    assert len(ids) == len(set(ids))
    assert not [value for value in visitor.page.xpath("//@*") if 'vd-german"' in value]


def test_the_language_stays_when_the_session_ends(visitor: Visitor) -> None:
    """Another person at the same device starts anew, and can read the start page."""
    begin(visitor, "tr")
    before = visitor.client.cookies["vordruck"]
    visitor.press("_go", "later")
    visitor.press("", "", form=visitor.form_with(_end(visitor)))

    assert visitor.page.get("lang") == "tr"
    assert str(visitor.client.cookies["vordruck"]).partition(".")[0] != before.partition(".")[0]


def _end(visitor: Visitor) -> str:
    button = visitor.page.xpath("//form[@action='/end']//button")[0]
    return " ".join(button.text_content().split())
