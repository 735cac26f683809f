"""R58, R52 beside the story: other languages, trouble on the way, notices by e-mail."""

import json
from datetime import timedelta

import pytest
from fastapi import FastAPI
from sqlmodel import select

from outputs.xoev.returned import Kind
from portal.storage import case_notices, outbox
from portal.storage.outbox import State
from portal.storage.tables import DeliveryRow, LetterRow
from tests.portal.status.people import Office, Person, heading_of_message
from tests.portal.visitor import Visitor


def main_text(visitor: Visitor) -> str:
    """What stands in the main part of the page."""
    return " ".join(visitor.page.get_element_by_id("main").text_content().split())


def put_deliveries(app: FastAPI, person: Person, state: State) -> None:
    """As if the worker had come so far."""
    store = app.state.portal.store
    with store.database.writing() as session:
        query = select(DeliveryRow).where(DeliveryRow.submission_id == person.submission)
        for row in session.exec(query):
            row.state = state
            row.acknowledged_at = store.now() if state is State.ACKNOWLEDGED else None
            session.add(row)


def test_around_the_german_words_stands_the_applicants_language(
    person: Person, office: Office
) -> None:
    """English here; the words of the authority keep their language and direction."""
    office.write(person, Kind.QUESTION)
    visitor = person.look("en")
    assert "en" == visitor.page.get("lang")
    assert "The authority has a question" == heading_of_message(visitor)
    assert "The German text is authoritative." in main_text(visitor)
    [official] = visitor.page.xpath("//blockquote")
    assert ("de", "ltr") == (official.get("lang"), official.get("dir"))


def test_a_status_says_that_nothing_is_to_be_done(person: Person, office: Office) -> None:
    """In plain words, beside the words of the list."""
    office.write(person, Kind.STATUS, status="05")
    visitor = person.look()
    assert "Es gibt einen neuen Stand" == heading_of_message(visitor)
    assert "Die Behörde hat Ihre Angaben geprüft." in main_text(visitor)
    assert "Sie müssen nichts tun." in main_text(visitor)
    assert "Prüfung des eingegangenen Anliegens abgeschlossen" in main_text(visitor)


def test_a_page_in_arabic_runs_from_the_right(person: Person) -> None:
    """Numbers and codes keep their order."""
    visitor = person.look("ar")

    assert ("ar", "rtl") == (visitor.page.get("lang"), visitor.page.get("dir"))
    assert visitor.page.xpath(f"//bdi[@dir='ltr'][. = '{person.reference}']")
    person.look("de")


@pytest.mark.parametrize("state", [State.PARKED, State.REJECTED])
def test_the_applicant_is_told_when_delivery_fails(
    person: Person, app: FastAPI, state: State
) -> None:
    """What it means for them: stored, the day counts, nothing to do."""
    put_deliveries(app, person, state)

    told = main_text(person.look())
    assert "Die Übertragung an die Behörde hat noch nicht geklappt" in told
    assert "Der Tag des Eingangs bleibt der" in told


def test_when_everything_has_arrived_the_case_moves_on(person: Person, app: FastAPI) -> None:
    """The step that `delivered` reaches is the current one; the one before is done."""
    put_deliveries(app, person, State.ACKNOWLEDGED)
    visitor = person.look()

    assert "Wir prüfen Ihren Antrag." == visitor.page.xpath("string(//li[@aria-current]//strong)")
    assert "erledigt am" in main_text(visitor)
    assert "Wir übertragen" not in main_text(visitor)


def test_a_letter_goes_out_when_delivery_finally_fails(person: Person, app: FastAPI) -> None:
    """It only says that there is news."""
    store = app.state.portal.store
    case_notices.remember(store, person.submission, "erika@beispiel.example", "de")
    put_deliveries(app, person, State.PENDING)
    with store.database.writing() as session:
        # Nothing else of this store is due: other tests share it.
        others = select(DeliveryRow).where(DeliveryRow.submission_id != person.submission)
        for row in session.exec(others):
            row.state = State.ACKNOWLEDGED
            session.add(row)
    job = outbox.claim(store, timedelta(minutes=1))
    assert job is not None
    assert outbox.give_up(store, job, State.REJECTED, "http-422")
    with store.database.reading() as session:
        query = select(LetterRow).where(LetterRow.subject == person.submission)
        assert ["news"] == [one.kind for one in session.exec(query)]
    case_notices.forget_address(store, person.submission)
    put_deliveries(app, person, State.ACKNOWLEDGED)


def test_r52_no_log_line_tells_number_code_or_words(
    person: Person, office: Office, capfd: pytest.CaptureFixture[str]
) -> None:
    """Addresses in the log are patterns; what the authority writes is in none."""
    office.write(person, Kind.QUESTION, text="Vertraulich und erfunden")
    heading_of_message(person.look())
    lines = [one for one in capfd.readouterr().err.splitlines() if one.startswith("{")]

    assert any(json.loads(one).get("route") == "/case/{submission}" for one in lines)
    for told in (person.reference, person.code, "Vertraulich"):
        assert not [one for one in lines if told in one]
