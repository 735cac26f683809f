"""An application from the first page to the receipt, without JavaScript."""

import hashlib
import re
from collections.abc import Callable, Mapping

import pytest
from fastapi import FastAPI

from engine import Plan
from engine.model import Procedure
from tests.outputs.pdf.reading import text as written
from tests.portal.form_values import form_values, rows
from tests.portal.papers import paper_for
from tests.portal.visitor import Visitor, text


def case_of(procedure: Procedure, case_id: str) -> Mapping[str, object]:
    """The answers of one of the definition's own cases."""
    return next(one.given for one in procedure.cases if one.id == case_id)


def begin(visitor: Visitor, procedure_id: str = "musterprozess") -> Visitor:
    """From the service page to the first page of questions."""
    visitor.open(f"/p/{procedure_id}")
    return first_page(visitor.press("", "", form=visitor.page.forms[0]))


def first_page(visitor: Visitor) -> Visitor:
    """From the list of tasks to the page it proposes."""
    assert visitor.path.endswith("/task-list")
    return visitor.open(visitor.page.xpath("string(//main//a[contains(@class, 'primary')]/@href)"))


def fill_in(visitor: Visitor, procedure: Procedure, answers: Mapping[str, object]) -> Visitor:
    """Every page of questions, until something else comes; nobody is invited."""
    values, wanted = form_values(procedure, answers), rows(procedure, answers)
    pages = {page.id for page in procedure.pages}
    while (name := visitor.path.rpartition("/")[2]) in pages or name.startswith("invite-"):
        if name in pages:
            visitor.fill_page(values, wanted)
        else:
            visitor.press("_go", "next")
    return visitor


def upload_all(visitor: Visitor) -> Visitor:
    """Files for every document, until there are enough; then on to the next page."""
    inputs = visitor.page.xpath("//input[@type='file']")
    for one in inputs:
        visitor.upload(text(one, "id"), *paper_for(text(one, "accept")))
        assert visitor.status == 200, visitor.errors()
    while visitor.press("_go", "next").status == 422:
        # Some documents want more than one file: the summary leads to the input.
        target = visitor.page.xpath("string(//*[@id='errors']//a/@href)")[1:]
        one = visitor.page.get_element_by_id(target)
        visitor.upload(target, *paper_for(text(one, "accept")))
    return visitor


@pytest.fixture
def complete(visitor: Visitor, plan: Plan) -> Visitor:
    """A visitor on check-your-answers with nothing missing."""
    answers = case_of(plan.procedure, "MP-voll")
    fill_in(begin(visitor), plan.procedure, answers)
    return upload_all(visitor)


def test_an_application_goes_from_the_service_page_to_the_receipt(complete: Visitor) -> None:
    """Every step with plain forms."""
    assert complete.path.endswith("/check-answers")
    assert not complete.errors()
    complete.press("_go", "submit")

    assert re.fullmatch(r"/p/musterprozess/receipt/[0-9a-f-]{36}", complete.path)
    assert "Ihr Antrag ist eingegangen" in complete.text
    assert re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", complete.text)


def test_r07_the_receipt_tells_time_with_zone_version_and_hashes(
    complete: Visitor, plan: Plan
) -> None:
    """Everything an applicant needs to prove what was handed in when."""
    complete.press("_go", "submit")

    assert plan.procedure.digest in complete.text
    assert re.search(r"23\. November 2026, \d\d:\d\d:\d\d MEZ", complete.text)
    assert len(re.findall(r"\b[0-9a-f]{64}\b", complete.text)) == 3


def test_r06_the_copy_is_a_pdf_of_this_session_only(
    complete: Visitor, new_visitor: Callable[[], Visitor]
) -> None:
    """Foreign sessions get the same answer as for what never was."""
    complete.press("_go", "submit")
    address = f"{complete.path}/copy.pdf"
    mine = complete.client.get(address)

    assert mine.content.startswith(b"%PDF-")
    assert mine.headers["content-disposition"].startswith("attachment")
    assert mine.headers["cache-control"] == "no-store"
    assert new_visitor().client.get(address).status_code == 404
    assert hashlib.sha256(mine.content).hexdigest() in complete.text


def test_r07_the_confirmation_names_every_file_that_came(
    complete: Visitor, new_visitor: Callable[[], Visitor]
) -> None:
    """One page with the number, the time, and the checksum of the copy; for this session only."""
    complete.press("_go", "submit")
    address = f"{complete.path}/receipt.pdf"
    number = complete.page.xpath("string(//p[@class='vd-reference'])")
    copy = complete.client.get(f"{complete.path}/copy.pdf").content
    told = "".join(written(complete.client.get(address).content).split())

    assert number in told
    assert hashlib.sha256(copy).hexdigest() in told
    assert "Wie lange dauert es?" in complete.text
    assert new_visitor().client.get(address).status_code == 404


def test_r08_a_second_press_leads_to_the_same_receipt(complete: Visitor) -> None:
    """Submitting is idempotent per draft."""
    summary = complete.path
    form = complete.form()
    complete.press("_go", "submit")
    first = complete.path
    complete.press("_go", "submit", form=form)

    assert first == complete.path
    assert first == complete.open(summary).path


def test_a_submitted_draft_takes_no_more_answers(complete: Visitor) -> None:
    """A page that was left open in another window is refused in words."""
    summary = complete.path
    complete.open(summary.replace("check-answers", "person"))
    form = complete.form()
    complete.open(summary).press("_go", "submit")
    complete.press("_go", "next", {"familienname": ["Anders"]}, form=form)

    assert complete.status == 409
    assert "schon abgesendet" in complete.text


def test_what_was_changed_after_the_summary_is_not_submitted(complete: Visitor) -> None:
    """The applicant submits what the summary showed, nothing else."""
    form, summary = complete.form(), complete.path
    complete.open(summary.replace("check-answers", "person"))
    complete.press("_go", "next", {"vornamen": ["Erika Anna"]})
    complete.press("_go", "submit", form=form)

    assert complete.status == 409
    assert "Erika Anna" in complete.text


def test_an_incomplete_application_cannot_be_submitted(visitor: Visitor) -> None:
    """Not even by a hand-made post; the page says what is missing and where."""
    begin(visitor)
    visitor.open(visitor.path.replace("person", "check-answers"))
    assert visitor.errors()
    assert not any(one.get("value") == "submit" for one in visitor.page.iter("button"))
    visitor.press("_go", "submit")

    assert visitor.status == 422
    assert visitor.text.count("<title>Fehler: ") == 1
    assert any(line.startswith("Familienname") for line in visitor.errors())


def test_the_enter_key_does_not_submit_the_application(complete: Visitor) -> None:
    """The form's first button only shows the page again."""
    complete.press("_go", "next")

    assert complete.path.endswith("/check-answers")


def test_a_draft_survives_a_restart_and_another_visit(visitor: Visitor, app: FastAPI) -> None:
    """A new process with the same data folder knows the draft; the start page offers it."""
    from starlette.testclient import TestClient

    from portal.app import create_app

    begin(visitor).press("_go", "next", {"familienname": ["Überleben"]})
    draft = visitor.path.rpartition("/")[0]
    restarted = TestClient(
        create_app(app.state.portal.settings), cookies=dict(visitor.client.cookies)
    )

    assert "Überleben" in restarted.get(f"{draft}/person").text
    assert draft in restarted.get("/").text


def test_r28_an_open_draft_keeps_its_definition(visitor: Visitor, app: FastAPI, plan: Plan) -> None:
    """After an update new applications begin with the new text, open ones stay with theirs."""
    import shutil

    from starlette.testclient import TestClient

    from portal.app import create_app

    begin(visitor)
    settings = app.state.portal.settings
    folder = settings.data / "neu"
    shutil.copytree(settings.definitions, folder)
    source = folder / "musterprozess.yaml"
    source.write_text(
        source.read_text("utf-8").replace("title: Angaben zur Person", "title: Über Sie"), "utf-8"
    )
    updated = create_app(settings.model_copy(update={"definitions": folder}))
    client = TestClient(updated, cookies=dict(visitor.client.cookies))

    assert "Angaben zur Person" in client.get(visitor.path).text
    fresh = Visitor(TestClient(updated))
    assert "Über Sie" in begin(fresh).text


def test_r05_the_summary_shows_every_answer_that_counts_and_nothing_else(
    complete: Visitor,
) -> None:
    """Answers to questions that are hidden now are not shown; shown again, they are back."""
    shown = complete.page.xpath("//dd")
    texts = [" ".join(one.text_content().split()) for one in shown]

    assert "Muster-Beispiel" in texts
    assert "November 1990" in texts
    assert "MU-AB 123" in texts
    assert "Max Muster-Beispiel" in texts
    assert "36" not in texts
    assert "35" in texts  # the computed age has a label


def test_hidden_answers_are_kept_for_later_but_do_not_count(visitor: Visitor, plan: Plan) -> None:
    """Yes, tick, no: the ticks do not count. Yes again: they are back."""
    answers = {**case_of(plan.procedure, "MP-voll"), "schwerbehindert": "ja", "merkzeichen": ["g"]}
    values = form_values(plan.procedure, answers)
    begin(visitor)
    page = visitor.path
    visitor.press("_go", "next", values)
    visitor.press("_go", "next", values)
    visitor.open(page).press("_go", "next", {"schwerbehindert": ["nein"], "merkzeichen": ["ag"]})
    visitor.open(page.replace("person", "check-answers"))
    assert "gehbehindert" not in visitor.text
    visitor.open(page).press("_go", "next", {"schwerbehindert": ["ja"]})
    visitor.open(page.replace("person", "check-answers"))

    assert "G (gehbehindert)" in visitor.text
    assert "aG" not in visitor.text


def test_change_links_lead_to_the_page_and_back(complete: Visitor) -> None:
    """Every section of the summary can be changed; saving returns to the summary."""
    links = complete.page.xpath("//section//a[contains(@href, 'back=')]/@href")
    summary = complete.path
    assert len(links) == 3
    complete.open(links[0])
    assert complete.path.endswith("/person")
    complete.press("_go", "next", {"vornamen": ["Geändert"]})

    assert complete.path == summary
    assert "Geändert" in complete.text


def test_the_pages_of_a_submitted_application_lead_to_its_receipt(complete: Visitor) -> None:
    """Nobody types into a form that takes nothing any more."""
    base = complete.path.rpartition("/")[0]
    complete.press("_go", "submit")
    receipt = complete.path

    for address in (base, f"{base}/person", f"{base}/check-answers"):
        assert complete.open(address).path == receipt


def test_a_draft_can_be_deleted(visitor: Visitor) -> None:
    """With one button, at once."""
    begin(visitor)
    page = visitor.path
    visitor.press("_go", "later")
    visitor.press("", "", form=visitor.form_with("Entwurf löschen"))
    assert visitor.path == "/p/musterprozess"

    assert visitor.open(page).status == 404
