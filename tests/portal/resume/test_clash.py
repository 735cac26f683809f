"""The later change does not silently eat the earlier one: two windows, two devices."""

import pytest

from portal.storage import drafts
from tests.portal.resume.people import PERSON, Town, begin, come_back, draft_of, save_with_code
from tests.portal.visitor import Visitor

OTHERS = {**PERSON, "vornamen": ["Erfunda"]}


@pytest.fixture
def amina(town: Town) -> Visitor:
    """Somebody whose first page is saved, and open again."""
    visitor = town.browser()
    begin(visitor).press("_go", "next", PERSON)
    return visitor.open(f"{draft_of(visitor)}/person")


def _raw(town: Town, visitor: Visitor) -> dict[str, object]:
    draft = drafts.load(
        town.store, draft_of(visitor).rpartition("/")[2], visitor.client.cookies["vordruck"][:43]
    )
    assert draft is not None
    return draft.raw


def test_the_same_question_answered_twice_is_asked_once_more(town: Town, amina: Visitor) -> None:
    """Both answers are shown, nothing is saved before one is chosen."""
    old = amina.form()
    amina.press("_go", "next", OTHERS)
    amina.press("_go", "next", {"vornamen": ["Fiktiva"]}, form=old)

    assert amina.status == 409
    assert amina.heading() == "Welche Antwort soll gelten?"
    labels = [" ".join(one.text_content().split()) for one in amina.page.xpath("//main//label")]
    assert labels == ["Schon gespeichert: Erfunda", "Gerade eingegeben: Fiktiva"]
    assert _raw(town, amina)["vornamen"] == "Erfunda"


@pytest.mark.parametrize(("choice", "name"), [("stored", "Erfunda"), ("typed", "Fiktiva")])
def test_the_choice_counts_and_the_pressed_button_with_it(
    town: Town, amina: Visitor, choice: str, name: str
) -> None:
    """On to the next page, as was wanted in the first place."""
    old = amina.form()
    amina.press("_go", "next", OTHERS)
    amina.press("_go", "next", {"vornamen": ["Fiktiva"]}, form=old)
    amina.press("", "", {"_choice.vornamen": [choice]})

    assert amina.path.endswith("/ausweis")
    assert _raw(town, amina)["vornamen"] == name


def test_without_a_choice_the_page_asks_again(town: Town, amina: Visitor) -> None:
    """With what to do, at the question."""
    old = amina.form()
    amina.press("_go", "next", OTHERS)
    amina.press("_go", "next", {"vornamen": ["Fiktiva"]}, form=old).press("", "")

    assert amina.status == 422
    assert "Wählen Sie eine der beiden" in amina.errors()[0]
    amina.press("_language", "en")
    assert "Which answer is right?" in amina.text
    amina.press("", "", {"_choice.vornamen": ["typed"]})
    assert _raw(town, amina)["vornamen"] == "Fiktiva"


def test_different_questions_of_one_page_meet(town: Town, amina: Visitor) -> None:
    """What a window has not touched is no answer of that window."""
    old = amina.form()
    amina.press("_go", "next", OTHERS)
    amina.press("_go", "next", {"geburtsdatum.year": ["1991"]}, form=old)

    assert amina.path.endswith("/ausweis")
    assert _raw(town, amina)["vornamen"] == "Erfunda"
    assert _raw(town, amina)["geburtsdatum"] == {"day": "30", "month": "11", "year": "1991"}


def test_the_same_page_sent_twice_is_no_quarrel(town: Town, amina: Visitor) -> None:
    """Somebody pressed twice, or went back and on."""
    old = amina.form()
    amina.press("_go", "next", OTHERS)
    amina.press("_go", "next", OTHERS, form=old)
    assert amina.path.endswith("/ausweis")


def test_an_answer_that_was_taken_away_elsewhere_is_shown_as_none(
    town: Town, amina: Visitor
) -> None:
    """ "No answer" is an answer to choose."""
    old = amina.form()
    amina.press("_go", "later", {**PERSON, "vornamen": [""]})
    amina.press("_go", "next", {"vornamen": ["Fiktiva"]}, form=old)
    assert "keine Antwort" in amina.text


def test_a_third_change_while_choosing_is_noticed_as_well(town: Town, amina: Visitor) -> None:
    """The choice was between two answers, and there is another one now."""
    old, again = amina.form(), amina.form()
    amina.press("_go", "next", OTHERS)
    amina.press("_go", "next", {"vornamen": ["Fiktiva"]}, form=old)
    choosing = amina.form()
    amina.press("_go", "next", {"vornamen": ["Drittana"]}, form=again)
    amina.press("", "", {"_choice.vornamen": ["typed"]})  # of the newer page of choice
    amina.press("", "", {"_choice.vornamen": ["stored"]}, form=choosing)

    assert _raw(town, amina)["vornamen"] == "Drittana"


def test_phone_and_library_meet_in_one_application(town: Town, amina: Visitor) -> None:
    """Each device fills in another page; the same page is asked about on either."""
    library = town.browser()
    code = save_with_code(amina)
    amina.open(f"{draft_of(amina)}/person")
    come_back(library, code).open(f"{draft_of(library)}/person")
    library.press("_go", "next", OTHERS)
    amina.press("_go", "next", {"vornamen": ["Fiktiva"]})
    assert amina.status == 409
    amina.press("", "", {"_choice.vornamen": ["stored"]})
    library.press("_go", "later", {"dauer_monate": ["12"]})

    assert _raw(town, amina)["vornamen"] == "Erfunda"
    assert _raw(town, amina)["dauer_monate"] == "12"


def test_after_the_end_of_the_session_nothing_is_eaten_either(town: Town, amina: Visitor) -> None:
    """Nobody can be asked then: what is stored stays, the rest is saved."""
    library = town.browser()
    code = save_with_code(amina)
    amina.open(f"{draft_of(amina)}/person")
    town.wait(minutes=31)
    come_back(library, code).open(f"{draft_of(library)}/person")
    library.press("_go", "next", OTHERS)
    amina.press("_go", "next", {"vornamen": ["Fiktiva"], "geburtsdatum.year": ["1991"]})

    assert amina.path.endswith("/session-over")
    raw = _raw(town, library)
    assert raw["vornamen"] == "Erfunda"
    assert raw["geburtsdatum"] == {"day": "30", "month": "11", "year": "1991"}
