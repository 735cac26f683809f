"""The German words beside a translation, or folded away under it."""

from decimal import Decimal

from lxml import html
from markupsafe import Markup

from engine.answers import Problem
from engine.model_parts import Text
from engine.source import whole_file
from engine.texts.catalogue import Catalogue
from renderers.html.german import german_text
from renderers.html.options import Choice, option_html
from renderers.html.problems import say
from renderers.html.shown import show_plain
from renderers.html.words import Said, Words

LABEL = Text("page.a.field.b.label", "Name <b>", whole_file("x.yaml"))


def words(*, has_german: bool, translation: str = "Ad <i>") -> Words:
    """Turkish, with one sentence of an author translated."""
    german = _product("de", "Ja", "Bitte angeben")
    turkish = _product("tr", "Evet", "Belirtin")
    known = {(LABEL.path, LABEL.german): (translation,)} if translation else {}
    return Words(
        "tr",
        turkish,
        german,
        Catalogue("tr", known),
        in_german=Words("de", german, german),
        has_german=has_german,
    )


def _product(language: str, yes: str, missing: str) -> Catalogue:
    return Catalogue(language, {("", "answer.yes"): (yes,), ("", "problem.missing"): (missing,)})


def test_both_stand_beside_each_other_marked_and_escaped() -> None:
    """The German part says its language and its direction; nothing of either is live."""
    said = words(has_german=True).text(LABEL)

    assert str(said) == "Ad <i>"
    assert said.__html__() == Markup(
        'Ad &lt;i&gt; <span class="vd-german" lang="de" dir="ltr">Name &lt;b&gt;</span>'
    )
    assert said.plain.__html__() == "Ad &lt;i&gt;"


def test_long_texts_are_both_rendered() -> None:
    """The German paragraphs follow the translated ones."""
    tree = html.fromstring(f"<div>{words(has_german=True).markdown(LABEL)}</div>")

    assert [one.text for one in tree.iter("p")] == ["Ad <i>", "Name <b>"]
    [beside] = tree.find_class("vd-german")
    assert (beside.get("lang"), beside.get("dir")) == ("de", "ltr")


def test_what_is_german_already_is_not_said_twice() -> None:
    """Not translated: once, marked as German, and nothing to fold out."""
    untranslated = words(has_german=True, translation="")

    assert untranslated.text(LABEL) == Said("Name <b>", "de")
    assert german_text(LABEL, words(has_german=False, translation="")) is None


def test_german_is_folded_away_unless_it_stands_beside() -> None:
    """One of both, never both."""
    assert german_text(LABEL, words(has_german=False)) == Markup("<p>Name &lt;b&gt;</p>")
    assert german_text(LABEL, words(has_german=True)) is None


def test_messages_and_product_texts_have_their_german_too() -> None:
    """Whoever helps can read what is wrong."""
    problem = Problem("b", "missing", None, {}, None)

    assert say(problem, words(has_german=True)) == Said("Belirtin", None, "Bitte angeben")
    assert words(has_german=True).said("answer.yes") == Said("Evet", None, "Ja")
    assert words(has_german=False).said("answer.yes") == Said("Evet")


def test_an_option_holds_both_in_one_line() -> None:
    """HTML lets nothing but text into an option."""
    made = option_html((Choice("a", Said("Evli", None, "verheiratet")),), "")

    assert made == '<option value="a">Evli · verheiratet</option>\n'


def test_numbers_have_no_german_beside_them() -> None:
    """What is no text is shown in the reader's form alone."""
    assert show_plain(Decimal("1.5"), words(has_german=True)) == "1,5"
