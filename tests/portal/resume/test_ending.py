import pytest

from portal.storage import drafts
from tests.portal.resume.people import (
    PERSON,
    WORD,
    Town,
    begin,
    draft_of,
    save_with_code,
)
from tests.portal.visitor import Visitor


@pytest.fixture
def amina(town: Town) -> Visitor:
    """Somebody with a code, on the first page."""
    visitor = town.browser()
    save_with_code(begin(visitor))
    return visitor.open(f"{draft_of(visitor)}/person")


def _stored(town: Town, visitor: Visitor) -> dict[str, object]:
    draft = drafts.load(
        town.store, draft_of(visitor).rpartition("/")[2], visitor.client.cookies["vordruck"][:43]
    )
    assert draft is not None
    return draft.raw


def test_what_is_sent_after_the_end_is_saved_and_nothing_is_shown(
    town: Town, amina: Visitor
) -> None:
    """Without scripts: the post is kept, then the word opens the draft where it was."""
    town.wait(hours=3)
    amina.press("_go", "next", PERSON)

    assert amina.path.endswith("/session-over")
    assert "gespeichert" in amina.text
    assert "Beispielova" not in amina.text
    assert _stored(town, amina)["vornamen"] == "Amina"
    amina.press("_go", "next", {"word": [WORD]})
    amina.open(f"{draft_of(amina)}/person")
    assert amina.controls()["vornamen"][0].get("value") == "Amina"


@pytest.mark.parametrize(
    "place",
    ["", "/person", "/task-list", "/check-answers", "/your-documents", "/saved-draft",
     "/new-version", "/last-step"],
)  # fmt: skip
def test_after_the_end_every_page_asks_for_the_word(town: Town, amina: Visitor, place: str) -> None:
    """Whatever address somebody opens on this device."""
    amina.press("_go", "next", PERSON)
    town.wait(minutes=31)
    amina.open(draft_of(amina) + place)

    assert amina.path.endswith("/session-over")
    assert "Beispielova" not in amina.text


@pytest.mark.parametrize("place", ["/check-answers", "/saved-draft", "/delete-draft", "/stay"])
def test_after_the_end_nothing_can_be_done_without_the_word(
    town: Town, amina: Visitor, place: str
) -> None:
    """Neither submitted nor deleted nor another code made."""
    draft, token = draft_of(amina), amina.form().fields["_token"]
    town.wait(minutes=31)
    amina.send(draft + place, [("_token", str(token)), ("_go", "submit"), ("word", "roterstuhl")])

    assert amina.path.endswith("/session-over")
    assert _stored(town, amina) is not None


def test_every_request_keeps_the_session(town: Town, amina: Visitor) -> None:
    """Nobody who works is interrupted."""
    for _ in range(4):
        town.wait(minutes=29)
        assert amina.open(f"{draft_of(amina)}/person").path.endswith("/person")


def test_one_click_keeps_the_session_without_sending_the_page(town: Town, amina: Visitor) -> None:
    """The script asks for the new time; the same form works without one."""
    form = amina.form_with("Weitermachen")
    assert int(amina.page.get_element_by_id("ending").get("data-seconds") or 0) <= 30 * 60
    town.wait(minutes=20)
    token = str(form.fields["_token"])
    answer = amina.client.post(
        form.get("action") or "",
        content=f"_token={token}",
        headers={
            "content-type": "application/x-www-form-urlencoded",
            "accept": "text/plain",
            "origin": "http://testserver",
        },
    )
    town.wait(minutes=20)

    assert int(answer.text) == 30 * 60
    assert amina.press("", "", form=form).path.endswith(("/task-list", "/person"))


def test_wrong_words_at_the_end_of_a_session_count(town: Town, amina: Visitor) -> None:
    """Like those at the door."""
    town.wait(minutes=31)
    amina.open(f"{draft_of(amina)}/person")
    for _ in range(5):
        amina.press("_go", "next", {"word": ["roter Stuhl"]})
        assert amina.status == 422
    amina.press("_go", "next", {"word": [WORD]})
    assert "nicht Ihr Geheimwort" in amina.errors()[0]
    town.wait(minutes=15)
    assert not amina.press("_go", "next", {"word": [WORD]}).path.endswith("/session-over")


def test_without_a_code_no_session_ends(town: Town) -> None:
    """Nobody is asked for a word that they never chose; the pages do not warn."""
    visitor = begin(town.browser())
    assert 'id="ending"' not in visitor.text
    town.wait(days=20)
    assert visitor.open(f"{draft_of(visitor)}/person").path.endswith("/person")


def test_r58_the_page_of_the_word_is_not_there_for_others(town: Town, amina: Visitor) -> None:
    """Foreign and unknown drafts answer alike."""
    stranger = town.browser()
    foreign = stranger.open(f"{draft_of(amina)}/session-over")
    assert foreign.status == 404
    unknown = stranger.open(f"{draft_of(amina)[:-4]}0000/session-over")
    assert unknown.status == 404
