"""The code on the receipt, and the door that it opens."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from portal.storage.case_tables import CaseCodeRow
from tests.portal.status.conftest import Applied, shown_codes
from tests.portal.visitor import Visitor

NewVisitor = Callable[[], Visitor]


def enter(visitor: Visitor, reference: str, code: str) -> Visitor:
    """Type both at the door."""
    visitor.open("/case")
    return visitor.press("_go", "next", {"reference": [reference], "code": [code]})


def an_hour_passes(app: FastAPI, applied: Applied) -> None:
    """Since the code was made."""
    with app.state.portal.store.database.writing() as session:
        row = session.get_one(CaseCodeRow, applied.submission)
        row.created_at -= timedelta(hours=1, seconds=1)
        session.add(row)


def test_number_and_code_show_the_case_in_another_browser(
    applied: Applied, new_visitor: NewVisitor
) -> None:
    """As the receipt says; before that there is nothing to see (R58)."""
    other = new_visitor().open(f"/case/{applied.submission}")
    assert 404 == other.status
    enter(other, applied.reference.lower().replace("-", " "), applied.code.lower())

    assert f"/case/{applied.submission}" == other.path
    assert "Stand Ihres Antrags" == other.heading()
    assert applied.reference in other.text


def test_the_browser_that_submitted_needs_no_code(applied: Applied) -> None:
    """The receipt leads there."""
    link = applied.visitor.page.xpath("string(//a[contains(@href, '/case/')]/@href)")
    applied.visitor.open(link)

    assert "Stand Ihres Antrags" == applied.visitor.heading()


def test_the_code_stays_the_same_for_an_hour_and_is_gone_then(
    applied: Applied, app: FastAPI
) -> None:
    """Loading again and another language lose nothing; later only a new one can be had."""
    receipt = applied.visitor.path
    assert [applied.reference, applied.code] == shown_codes(applied.visitor.open("?lang=en"))
    an_hour_passes(app, applied)
    applied.visitor.open(receipt + "?lang=de")
    assert [applied.reference] == shown_codes(applied.visitor)
    form = applied.visitor.form_with("Neuen Fall-Code zeigen")
    applied.visitor.press("", "", form=form)
    _, code = shown_codes(applied.visitor)

    assert code != applied.code


def test_a_new_code_ends_the_old_one(
    applied: Applied, app: FastAPI, new_visitor: NewVisitor
) -> None:
    """Also where it was used already."""
    other = enter(new_visitor(), applied.reference, applied.code)
    an_hour_passes(app, applied)
    applied.visitor.open(applied.visitor.path)
    applied.visitor.press("", "", form=applied.visitor.form_with("Neuen Fall-Code zeigen"))
    _, code = shown_codes(applied.visitor)

    assert 404 == other.open(f"/case/{applied.submission}").status
    assert "passen nicht zusammen" in enter(other, applied.reference, applied.code).errors()[0]
    assert 200 == enter(other, applied.reference, code).status


@pytest.mark.parametrize(("reference", "code"), [("", "x"), ("x", ""), ("", "")])
def test_what_is_missing_is_told_at_its_field(visitor: Visitor, reference: str, code: str) -> None:
    """No try is spent on that."""
    enter(visitor, reference, code)

    assert 422 == visitor.status
    assert (not reference) + (not code) == len(visitor.errors())


def test_r59_guesses_end_in_a_pause_told_in_words(
    applied: Applied, new_visitor: NewVisitor
) -> None:
    """The typed code is never shown again, and the right one waits, too."""
    other = new_visitor()
    for number in range(5):
        enter(other, applied.reference, f"FALSCH-{number}")
        assert "FALSCH-" not in other.text
    enter(other, applied.reference, applied.code)

    assert "Zu viele falsche Versuche. Versuchen Sie es ab" in other.errors()[0]


def test_closing_the_case_on_a_device_closes_it(applied: Applied, new_visitor: NewVisitor) -> None:
    """A copy of the cookie is worth nothing afterwards."""
    other = enter(new_visitor(), applied.reference, applied.code)
    copied = {one.name: str(one.value) for one in other.client.cookies.jar}
    other.press("", "", form=other.form_with("Auf diesem Gerät schließen"))
    thief = Visitor(TestClient(other.client.app, cookies=copied))

    assert "/case" == other.path
    assert 404 == thief.open(f"/case/{applied.submission}").status
