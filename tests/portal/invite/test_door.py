"""Link and code: guesses, spellings, ends; what logs and cookies hold of them."""

import json
import re
import shutil
from collections.abc import Callable
from datetime import timedelta

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from portal.app import create_app
from portal.storage.invitations import PAUSE
from tests.portal.invite.people import (
    INVITE,
    PROCEDURE,
    at_the_invitation,
    enter,
    invite,
    quick_applicant,
    shown_secrets,
)
from tests.portal.invite.test_scope import Pair, own_answers
from tests.portal.visitor import Visitor

NewVisitor = Callable[[], Visitor]


def test_a_wrong_code_is_told_and_five_make_a_pause(
    app: FastAPI, visitor: Visitor, new_visitor: NewVisitor
) -> None:
    """In words; what was typed is not shown, and the right code waits, too."""
    secrets = invite(quick_applicant(app, visitor))
    guest = new_visitor().open(secrets.link)
    told = []
    for number in range(6):
        guest.press("_go", "next", {"code": [f"Falsch-{number}"]})
        told += guest.errors()
        assert guest.status == 422
        assert "Falsch-" not in guest.text
    guest.press("_go", "next", {"code": [secrets.code]})

    assert "noch 4 Versuche" in told[0]
    assert "noch einen Versuch" in told[3]
    assert all("Zu viele falsche Versuche" in one for one in told[4:])
    assert guest.status == 422
    assert PAUSE == timedelta(minutes=15)


@pytest.mark.parametrize("spelled", ["{}", " {} ", "lower", "spaces"])
def test_a_code_may_be_typed_as_people_type(
    app: FastAPI, visitor: Visitor, new_visitor: NewVisitor, spelled: str
) -> None:
    """Small letters, blanks, no hyphens."""
    secrets = invite(quick_applicant(app, visitor))
    ways = {"lower": secrets.code.lower(), "spaces": secrets.code.replace("-", " ")}
    guest = new_visitor().open(secrets.link)
    guest.press("_go", "next", {"code": [ways.get(spelled, spelled.format(secrets.code))]})

    assert guest.heading() == "Ihre Angaben: Arbeitgeber"


def test_r58_links_that_are_unknown_and_links_that_ended_answer_alike(
    pair: Pair, app: FastAPI, visitor: Visitor
) -> None:
    """Withdrawn, or never there."""
    at_the_invitation(pair.person).press("_go", "renew")
    link = shown_secrets(pair.person).link
    assert visitor.open(link).status == 200
    at_the_invitation(pair.person).press("_go", "revoke").press("_go", "revoke-for-good")
    ended, unknown = visitor.client.get(link), visitor.client.get(f"/invitation/{'x' * 43}")

    assert (ended.status_code, unknown.status_code) == (404, 404)
    assert ended.text == unknown.text
    assert "Diese Einladung gilt nicht" in ended.text


def test_deleting_the_draft_ends_the_invitation(pair: Pair) -> None:
    """The employer is told that the invitation is not valid."""
    pair.person.open(f"/p/{PROCEDURE}/form/{pair.draft}/saved-draft")
    pair.person.press("", "", form=pair.person.form_with("Entwurf löschen"))

    assert pair.employer.open(pair.base).status == 404


def test_r52_no_log_line_holds_link_code_entry_or_answer(
    app: FastAPI, new_visitor: NewVisitor, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nor the address of a page of the invitation."""
    person, employer = new_visitor(), new_visitor()
    quick_applicant(app, person, {**own_answers(), "familienname": "Kanarienvogel"})
    secrets = invite(person)
    enter(new_visitor().open(secrets.link), secrets)
    employer.open(secrets.link).press("_go", "next", {"code": ["WRON-GCOD-EXYZ"]})
    enter(employer, secrets)
    invited = employer.path.split("/")[2]
    employer.open(f"{employer.path}/arbeitgeber")
    employer.press("_go", "later", {"ag_firma": ["Kanarienvogel GmbH"]})
    told = capsys.readouterr()
    text = told.out + told.err
    lines = [json.loads(line) for line in told.err.splitlines() if line.startswith("{")]

    assert any(line.get("route") == "/invitation/{link}" for line in lines)
    for secret in (
        secrets.link.rpartition("/")[2],
        secrets.code,
        "WRON",
        invited,
        "Kanarienvogel",
        *employer.client.cookies.values(),
    ):
        assert secret not in text


def test_r28_an_invitation_keeps_the_definition_of_its_draft(pair: Pair, app: FastAPI) -> None:
    """After an update the pages are those that the application began with."""
    settings = app.state.portal.settings
    folder = settings.data / "geändert"
    shutil.copytree(settings.definitions, folder)
    source = folder / f"{PROCEDURE}.yaml"
    text = source.read_text("utf-8")
    assert "title: Tätigkeit, Qualifikation" in text
    source.write_text(text.replace("title: Tätigkeit, Qualifikation", "title: Neu"), "utf-8")
    updated = create_app(settings.model_copy(update={"definitions": folder}))
    client = TestClient(updated, cookies=dict(pair.employer.client.cookies))

    assert "Tätigkeit, Qualifikation" in client.get(f"{pair.base}/taetigkeit").text


def test_with_https_the_entry_is_bound_to_host_and_channel(app: FastAPI, pair: Pair) -> None:
    """`__Host-` and Secure; the link names the public address."""
    settings = app.state.portal.settings
    secure = settings.model_copy(update={"public_url": "https://antrag.example"})
    client = TestClient(create_app(secure), base_url="https://antrag.example")
    client.cookies.set("__Host-vordruck", pair.person.client.cookies["vordruck"])
    person, guest = (
        Visitor(client),
        Visitor(TestClient(client.app, base_url="https://antrag.example")),
    )
    page = person.client.get(f"/p/{PROCEDURE}/form/{pair.draft}/{INVITE}")
    token = re.search(r'name="_token" value="(\w+)"', page.text)
    number = re.search(r'name="_number" value="(\w+)"', page.text)
    assert token
    assert number
    made = client.post(
        f"/p/{PROCEDURE}/form/{pair.draft}/{INVITE}",
        content=f"_token={token[1]}&_number={number[1]}&_go=renew",
        headers={"content-type": "application/x-www-form-urlencoded"},
    )
    link = re.search(r"https://antrag\.example(/invitation/[\w-]{43})", made.text)
    code = re.search(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}\b", made.text)
    assert link
    assert code
    door = guest.client.get(link[1])
    token = re.search(r'name="_token" value="(\w+)"', door.text)
    assert token
    entered = guest.client.post(
        link[1],
        content=f"_token={token[1]}&code={code[0]}",
        headers={"content-type": "application/x-www-form-urlencoded"},
        follow_redirects=False,
    )
    cookie = next(one for one in entered.headers.get_list("set-cookie") if "invited" in one)

    assert re.match(r"__Host-vordruck-invited-[0-9a-f]{12}=[\w-]{43}; HttpOnly; ", cookie)
    assert "Path=/" in cookie
    assert "SameSite=lax" in cookie
    assert cookie.endswith("Secure")
