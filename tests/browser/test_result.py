"""The result of a Quick Check: read, taken along as a calendar file, and printed."""

import io
import unicodedata
from datetime import date

import pytest
from icalendar import Calendar
from playwright.sync_api import Page
from pypdf import PdfReader

from engine.answers import write_answers
from tests.browser.conftest import NewPage
from tests.browser.fill import answer_what_is_shown, press
from tests.engine.explain.personas import persona
from tests.portal.form_values import question_values


def _ask(page: Page, language: str) -> None:
    """Somebody who is early, lacks a proof and needs advice, as a case of the definition."""
    plan, answers, _ = persona("einbuergerung", "EB-Q-R35-gruende")
    check = plan.procedure.quick_check
    assert check is not None
    values = question_values(check.questions, write_answers(check.questions, answers))
    page.goto(f"/p/einbuergerung/quick-check?lang={language}")
    for _ in range(4):
        answer_what_is_shown(page, values)
        press(page, "main button[name='_go'][value='next']")
        if page.locator("button[value='calendar']").count():
            return
    raise AssertionError("no result")


pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scripts", [True, False])
def test_the_earliest_day_is_saved_as_a_file(new_page: NewPage, scripts: bool) -> None:
    """With and without scripts; the page stays, the file holds the day and no answer."""
    page = new_page(scripts=scripts)
    _ask(page, "de")

    with page.expect_download() as download:
        page.locator("button[value='calendar']").click()
    content = download.value.path().read_bytes()

    (event,) = Calendar.from_ical(content).events
    assert download.value.suggested_filename == "einbuergerung.ics"
    assert event.start == date(2027, 1, 1)
    assert "Später möglich" == page.locator("h1").inner_text()
    assert page.locator("[data-print]").is_visible() is scripts


def test_on_paper_the_answers_are_unfolded_and_nothing_is_to_be_pressed(new_page: NewPage) -> None:
    """Reasons, date, what is fulfilled and what was answered; also where no script unfolds it."""
    page = new_page(scripts=False)
    _ask(page, "en")

    paper = PdfReader(io.BytesIO(page.pdf(format="A4")))
    said = unicodedata.normalize("NFKC", " ".join(one.extract_text() for one in paper.pages))
    text = " ".join(said.split())

    assert "1 Jan 2027" in text
    assert "What is fulfilled already" in text
    assert "§ 10 Abs. 1 Satz 1 Nr. 7 StAG" in text
    assert "Proof of knowledge of the legal and social order? not yet" in text
    assert "Print or save" not in text
    assert "calendar" not in text
