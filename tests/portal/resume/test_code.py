import json
import re

import pytest

from tests.portal.resume.people import (
    CODE,
    PERSON,
    PROCEDURE,
    WORD,
    Town,
    begin,
    come_back,
    draft_of,
    form_of_word,
    save_with_code,
)


def test_somebody_goes_on_at_another_device(town: Town) -> None:
    """Code and word bring what was typed; both devices have it open, and it ends up in one."""
    phone, library = town.browser(), town.browser()
    begin(phone).press("_go", "next", PERSON)
    code = save_with_code(phone)
    come_back(library, code.lower().replace("-", " "), f" {WORD.upper()} ")
    library.open(f"{draft_of(library)}/person")

    assert library.controls()["vornamen"][0].get("value") == "Amina"
    assert phone.open(f"{draft_of(phone)}/person").status == 200


def test_r55_the_browser_gets_another_session_when_it_shows_the_code(town: Town) -> None:
    """A cookie that somebody planted before never leads to the draft."""
    phone, library = town.browser(), town.browser()
    code = save_with_code(begin(phone))
    library.open("/continue")
    before = library.client.cookies["vordruck"]
    come_back(library, code)
    planted = town.browser()
    planted.client.cookies.set("vordruck", before)

    assert library.client.cookies["vordruck"] != before
    assert planted.open(draft_of(library)).status == 404


@pytest.mark.parametrize(
    ("word", "told"),
    [("", "Denken Sie sich"), ("kurz", "zu kurz"), ("123456", "leicht zu erraten"),
     ("30.11.1990", "auch in Ihren Angaben")],
)  # fmt: skip
def test_a_word_that_protects_nothing_is_not_taken(town: Town, word: str, told: str) -> None:
    """Each time the reason is said, and no code is made; the word is not sent back."""
    visitor = town.browser()
    begin(visitor).press("_go", "next", PERSON)
    visitor.open(f"{draft_of(visitor)}/saved-draft")
    visitor.press("_go", "code", {"word": [word]}, form=form_of_word(visitor))

    assert visitor.status == 422
    assert told in visitor.errors()[0]
    assert not CODE.search(visitor.text)
    assert f'value="{word}"' not in visitor.text or not word


def test_r58_wrong_and_unknown_answer_alike(town: Town) -> None:
    """Nobody learns whether a code exists."""
    phone, stranger = town.browser(), town.browser()
    code = save_with_code(begin(phone))
    wrong = come_back(stranger, code, "roter Stuhl")
    told_wrong = (wrong.status, wrong.errors())
    unknown = come_back(stranger, "ABCD-EFGH-JKLM-NPQR", "roter Stuhl")

    assert told_wrong == (unknown.status, unknown.errors())
    assert unknown.status == 422
    assert "passen nicht zusammen" in unknown.errors()[0]
    assert "roter Stuhl" not in unknown.text


def test_r59_a_code_of_one_procedure_is_refused_at_another_with_help(town: Town) -> None:
    """It says where the code belongs, and leads there."""
    phone, library = town.browser(), town.browser()
    code = save_with_code(begin(phone))
    come_back(library, code, door="/p/einbuergerung/continue")

    assert library.status == 403
    assert "Bewohnerparkausweis" in library.text
    link = library.page.xpath("//main//a[contains(@href, 'continue')]/@href")
    assert link == [f"/p/{PROCEDURE}/continue"]
    assert library.open(draft_of(phone)).status == 404
    assert come_back(library, code, door=link[0]).path.startswith(f"/p/{PROCEDURE}/form/")


def test_a_second_press_shows_the_same_code(town: Town) -> None:
    """What somebody has written down stays right; another form makes another code."""
    visitor = town.browser()
    begin(visitor).open(f"{draft_of(visitor)}/saved-draft")
    form = form_of_word(visitor)
    first = CODE.search(visitor.press("_go", "code", {"word": [WORD]}, form=form).text)
    again = CODE.search(visitor.press("_go", "code", {"word": [WORD]}, form=form).text)
    english = visitor.press("_language", "en").text
    other = save_with_code(visitor)

    assert first is not None
    assert again is not None
    assert first[0] == again[0]
    assert first[0] in english
    assert other != first[0]


def test_the_code_is_shown_for_a_short_time_only(town: Town) -> None:
    """Afterwards the page makes another one."""
    visitor = town.browser()
    code = save_with_code(begin(visitor))
    form = visitor.form()
    town.wait(minutes=11)
    visitor.press("_language", "en", form=form)

    assert visitor.path.endswith("/saved-draft")
    assert code not in visitor.text


def test_codes_can_be_ended_and_other_devices_closed(town: Town) -> None:
    """From any device that has it open."""
    phone, library, thief = town.browser(), town.browser(), town.browser()
    code = save_with_code(begin(phone))
    come_back(library, code)
    library.open(f"{draft_of(library)}/saved-draft")
    library.press("_go", "close", form=form_of_word(library))
    assert "nur noch an diesem Gerät" in library.text
    assert phone.open(draft_of(phone)).status == 404
    library.press("_go", "revoke", form=form_of_word(library))

    assert "gilt nicht mehr" in library.text
    assert come_back(thief, code).status == 422
    assert library.open(f"{draft_of(library)}/person").status == 200


def test_without_a_mail_server_nothing_promises_a_letter(town: Town) -> None:
    """Neither the page of the code nor anything else names e-mail."""
    visitor = town.browser()
    save_with_code(begin(visitor))
    assert not visitor.page.xpath("//input[@type='email']")
    form = visitor.form()
    visitor.press("_go", "mail", {"email": ["a@b.example"]}, form=form)
    assert not visitor.page.xpath("//input[@type='email']")


def test_r52_no_code_and_no_word_in_addresses_or_logs(
    town: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    """Right or wrong."""
    phone, library = town.browser(), town.browser()
    code = save_with_code(begin(phone))
    come_back(library, code, "roterstuhl")
    come_back(library, code)
    assert code not in library.url + phone.url
    told = capsys.readouterr()
    lines = [json.loads(line) for line in told.err.splitlines() if line.startswith("{")]
    routes = {line.get("route") for line in lines}

    assert "/continue" in routes
    for secret in (code, code.replace("-", ""), "roterstuhl", WORD, "blauertisch"):
        assert secret.lower() not in (told.out + told.err).lower()


def test_a_deleted_draft_leaves_no_way_back(town: Town) -> None:
    """The code answers as one that never was."""
    phone = town.browser()
    code = save_with_code(begin(phone))
    phone.open(f"{draft_of(phone)}/saved-draft")
    phone.press("", "", form=phone.form_with("Entwurf löschen"))

    assert come_back(town.browser(), code).status == 422


def test_the_ways_back_stand_on_start_page_and_service_page(town: Town) -> None:
    """Quietly, for everybody."""
    visitor = town.browser()
    assert visitor.open("/").page.xpath("//a[@href='/continue']")
    assert visitor.open(f"/p/{PROCEDURE}").page.xpath(f"//a[@href='/p/{PROCEDURE}/continue']")
    assert re.search(r"Geheimwort", visitor.open("/continue").text)
