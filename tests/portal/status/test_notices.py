"""R45: word by e-mail, offered only where the portal writes letters."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from portal.app import create_app
from portal.settings import Settings
from portal.storage import case_notices
from tests.portal.conftest import ROOT, TODAY
from tests.portal.status.people import Person, apply
from tests.portal.visitor import Visitor

ADDRESS = "erika@beispiel.example"


@pytest.fixture(scope="module")
def writing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[FastAPI, Person]]:
    """A portal that writes letters, and somebody who applied there."""
    folder: Path = tmp_path_factory.mktemp("writing")
    app = create_app(
        Settings(
            definitions=ROOT / "definitions",
            data=folder / "data",
            today=TODAY,
            mail_host="127.0.0.1",
            mail_from="portal@beispiel.example",
            public_url="http://testserver",
        )
    )
    yield app, apply(Visitor(TestClient(app)))
    app.state.portal.store.close()


def give(person: Person, address: str) -> Visitor:
    """Type an address on the page of the case."""
    visitor = person.look()
    form = visitor.form_with("E-Mail bekommen")
    return visitor.press("_go", "notices", {"email": [address]}, form=form)


def test_an_address_is_kept_shown_and_taken_back(writing: tuple[FastAPI, Person]) -> None:
    """In the language of the page; nothing is left when it is taken back."""
    app, person = writing
    store = app.state.portal.store
    visitor = give(person, f" {ADDRESS} ")
    assert f"Wir schreiben an {ADDRESS}." in visitor.text
    assert ADDRESS == case_notices.address_of(store, person.submission)
    visitor.press("_go", "no-notices", form=visitor.form_with("Keine E-Mails mehr"))

    assert ADDRESS not in visitor.text
    assert case_notices.address_of(store, person.submission) is None


@pytest.mark.parametrize("typed", ["", "erika", "erika@", "a@b.example\r\nBcc: x@y.example"])
def test_what_is_no_address_is_told(writing: tuple[FastAPI, Person], typed: str) -> None:
    """What was typed stays, and nothing is kept."""
    app, person = writing
    visitor = give(person, typed)

    assert 422 == visitor.status
    assert "Das ist keine E-Mail-Adresse" in visitor.errors()[0]
    assert case_notices.address_of(app.state.portal.store, person.submission) is None


def test_a_portal_without_letters_promises_none(person: Person, app: FastAPI) -> None:
    """Neither does it take an address that somebody sends all the same."""
    visitor = person.look()
    assert not visitor.page.xpath("//input[@type='email']")
    token = visitor.page.xpath("string(//input[@name='_token']/@value)")
    visitor.send(person.address, [("_token", token), ("_go", "notices"), ("email", ADDRESS)])

    assert case_notices.address_of(app.state.portal.store, person.submission) is None
