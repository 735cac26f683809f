"""The earliest day as a file: from a post of the answers, with none of them in it, nothing kept."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

import pytest
from icalendar import Calendar
from starlette.testclient import TestClient

from engine import Plan
from portal.app import create_app
from portal.settings import Settings
from tests.portal.check.test_quick_check import CHECK, answered
from tests.portal.visitor import Visitor


def _event(content: str | bytes) -> Any:
    """The one event of the file, as the library reads it."""
    (found,) = Calendar.from_ical(content).events
    return found


def _file(visitor: Visitor, language: str = "de") -> str:
    if language != "de":
        visitor.press("_language", language)
    return visitor.press("_go", "calendar").text


def test_the_file_holds_the_day_that_the_page_tells(visitor: Visitor, plan: Plan) -> None:
    """A file to be saved, with the type of calendars."""
    answered(visitor, plan, "MP-02")
    fields = [*visitor.form().form_values(), ("_go", "calendar")]
    response = visitor.client.post(
        CHECK,
        content=urlencode(fields),
        headers={
            "content-type": "application/x-www-form-urlencoded",
            "origin": "http://testserver",
        },
    )
    event = _event(response.content)

    assert response.status_code == 200
    assert response.headers["content-type"] == "text/calendar; charset=utf-8"
    assert response.headers["content-disposition"] == 'attachment; filename="musterprozess.ics"'
    assert date(2027, 1, 1) == event["dtstart"].dt
    assert plan.procedure.title.german in event["summary"]
    assert "url" not in event


@pytest.mark.parametrize(
    ("language", "title", "text"),
    [("de", "frühester Tag", "keine Zusage"), ("en", "earliest day", "no promise")],
)
def test_the_file_speaks_the_language_of_the_page(
    visitor: Visitor, plan: Plan, language: str, title: str, text: str
) -> None:
    """Title and text, with the day of the check."""
    answered(visitor, plan, "MP-02")
    event = _event(_file(visitor, language))

    assert event["summary"].endswith(title)
    assert text in event["description"]
    assert "2026" in event["description"]


def test_no_answer_is_in_the_file_and_none_in_the_address(visitor: Visitor, plan: Plan) -> None:
    """The day is all that leaves; the address is that of the Quick Check."""
    content = _file(answered(visitor, plan, "MP-02"))
    check = plan.procedure.quick_check
    assert check is not None

    assert CHECK == visitor.url
    for question in check.questions:
        assert question.id not in content
        assert question.label.german not in content.replace("\r\n ", "")


def test_without_an_earliest_day_there_is_neither_button_nor_file(
    visitor: Visitor, plan: Plan
) -> None:
    """Asked for all the same, the result page comes again."""
    answered(visitor, plan, "MP-01")
    assert "calendar" not in visitor.text
    visitor.press("_go", "calendar")

    assert visitor.status == 200
    assert visitor.heading() == "Sie können einen Ausweis beantragen"


def test_answers_that_lack_something_get_the_questions_again(visitor: Visitor) -> None:
    """No day is made up."""
    visitor.open(CHECK).press("_go", "calendar")

    assert visitor.status == 422


def test_the_page_is_named_if_the_portal_knows_its_address(settings: Settings, plan: Plan) -> None:
    """From the setting, never from the request: its host could be anybody's."""
    known = settings.model_copy(update={"public_url": "http://testserver/"})
    with TestClient(create_app(known)) as client:
        visitor = answered(Visitor(client), plan, "MP-02")
        content = _file(visitor)
    event = _event(content)

    assert "http://testserver/p/musterprozess" == event["url"]
