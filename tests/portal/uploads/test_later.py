"""Documents that follow: with the case open, sent once, delivered behind the application."""

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from fastapi import FastAPI

from engine import Plan
from outputs.dms.read import read_filing
from portal.delivery.transports.dms.filer import Filer
from portal.delivery.transports.dms.folders import Folders
from portal.delivery.transports.dms.tree import TreeDms
from portal.delivery.transports.folder import Folder
from portal.delivery.worker import Outcome, Worker
from portal.storage import outbox, submissions, supplements
from portal.storage.records import Payload
from portal.storage.store import Store
from tests.portal.fill.test_application import begin, case_of, fill_in
from tests.portal.papers import PDF, jpg
from tests.portal.visitor import Visitor

LATER = "d-einverstaendnis-file"
WHY = {"begruendung": "Das Auto gehört meiner Mutter."}


def answers(plan: Plan) -> Mapping[str, object]:
    """Of somebody with another person's car, so that this person has to agree."""
    car = {"kennzeichen": "MU-AB 123", "antrieb": "elektro", "eigenes_fahrzeug": "nein"}
    own = case_of(plan.procedure, "MP-voll")
    return {**own, "fahrzeuge": [{**car, "fahrer": [{"name": "Max Muster-Beispiel"}]}], **WHY}


def submit_without(visitor: Visitor, plan: Plan) -> str:
    """An application whose later document is still missing; the submission's id."""
    fill_in(begin(visitor), plan.procedure, answers(plan))
    for one in visitor.page.xpath("//input[@type='file']/@id"):
        if str(one) != LATER:
            visitor.upload(str(one), "nachweis.pdf", PDF)
    visitor.press("_promise", "1", form=visitor.form_with("Ich reiche diese Unterlage nach"))
    visitor.press("_go", "next")
    assert visitor.path.endswith("/check-answers"), visitor.errors()
    visitor.press("_go", "submit")
    return visitor.path.rpartition("/")[2]


@pytest.fixture
def submission(visitor: Visitor, plan: Plan) -> str:
    """Submitted, one document missing; the visitor is at the receipt."""
    return submit_without(visitor, plan)


@pytest.fixture
def store(app: FastAPI) -> Store:
    """The portal's."""
    opened: Store = app.state.portal.store
    return opened


def at_later(visitor: Visitor, submission: str) -> Visitor:
    """The page of later documents."""
    return visitor.open(f"/case/{submission}/later")


def send(visitor: Visitor) -> Visitor:
    """The last button."""
    return visitor.press("_go", "send")


def test_the_receipt_lists_what_is_missing_and_leads_to_where_it_can_follow(
    visitor: Visitor, submission: str
) -> None:
    """By name, with a button."""
    assert "Diese Unterlagen fehlen noch" in visitor.text
    assert "Einverständnis der anderen Person" in visitor.text
    links = visitor.page.xpath("//a[contains(., 'Unterlagen nachreichen')]/@href")
    assert links == [f"/case/{submission}/later"]


def test_a_document_follows_only_if_the_applicant_says_so(visitor: Visitor, plan: Plan) -> None:
    """Nobody goes on without a document by mistake; what was said is read in the summary."""
    fill_in(begin(visitor), plan.procedure, answers(plan))
    for one in visitor.page.xpath("//input[@type='file']/@id"):
        if str(one) != LATER:
            visitor.upload(str(one), "nachweis.pdf", PDF)
    visitor.press("_go", "next")
    assert visitor.status == 422
    assert len(visitor.errors()) == 1
    assert "Ich reiche diese Unterlage nach" in visitor.errors()[0]
    summary = visitor.path.replace("your-documents", "check-answers")
    assert "Laden Sie diese Unterlage hoch" in " ".join(new_errors(visitor, summary))
    visitor.open(summary.replace("check-answers", "your-documents"))
    visitor.press("_promise", "1", form=visitor.form_with("Ich reiche diese Unterlage nach"))
    assert "Sie reichen diese Unterlage nach." in visitor.text
    visitor.press("_go", "next")
    assert visitor.path == summary
    assert "wird nachgereicht" in visitor.text


def new_errors(visitor: Visitor, page: str) -> list[str]:
    """What another page says is wrong."""
    return visitor.open(page).errors()


def test_what_may_not_follow_cannot_be_promised(visitor: Visitor, plan: Plan) -> None:
    """Whatever somebody posts."""
    fill_in(begin(visitor), plan.procedure, answers(plan))
    token = visitor.form().fields["_token"]
    pairs = [("_token", token), ("document", "ausweis_kopie"), ("_promise", "1")]
    visitor.send(visitor.path, pairs).press("_go", "next")
    assert any("Personalausweis" in one for one in visitor.errors())


def test_a_document_follows_and_gets_a_receipt_of_its_own(
    visitor: Visitor, submission: str
) -> None:
    """Missing ones come first; afterwards nothing is missing, and the earlier delivery is told."""
    at_later(visitor, submission)
    first = visitor.page.xpath("string(//section//h2)")
    assert "Einverständnis" in first
    assert "fehlt noch" in first
    visitor.upload(LATER, "einverstaendnis.pdf", PDF)
    assert visitor.status == 200
    assert "noch nicht abgesendet" in visitor.text
    send(visitor)
    assert visitor.path == f"/case/{submission}/later/1"
    assert "Ihre Unterlagen sind eingegangen" in visitor.text
    assert "einverstaendnis.pdf" in visitor.text
    assert re.search(r"\b[0-9a-f]{64}\b", visitor.text)
    assert "fehlen noch" not in visitor.text
    at_later(visitor, submission)
    assert "fehlt noch" not in visitor.text
    assert visitor.page.xpath(f"//a[@href='/case/{submission}/later/1']")
    visitor.open(f"/case/{submission}/later/1?lang=en")
    listed = visitor.page.xpath("string(//section[@aria-labelledby='files'])")
    assert "einverstaendnis.pdf" in listed
    assert "Einverständnis" not in listed


def test_sending_nothing_is_told_and_sends_nothing(
    visitor: Visitor, submission: str, store: Store
) -> None:
    """Neither does looking begin anything."""
    send(at_later(visitor, submission))
    assert visitor.status == 422
    assert "mindestens eine Datei" in visitor.errors()[0]
    assert supplements.of_submission(store, submission) == []


def test_a_second_press_sends_nothing_twice(
    visitor: Visitor, submission: str, store: Store
) -> None:
    """It leads to the receipt of the first."""
    at_later(visitor, submission)
    visitor.upload(LATER, "a.pdf", PDF)
    form = visitor.form()
    visitor.press("_go", "send", form=form)
    visitor.press("_go", "send", form=form)
    assert visitor.path == f"/case/{submission}/later/1"
    assert len(supplements.of_submission(store, submission)) == 1
    assert [one.ordinal for one in outbox.states(store, submission)] == [0, 1]


def test_it_is_filed_beside_the_application_with_a_key_of_its_own(
    visitor: Visitor, submission: str, store: Store, folder: Path
) -> None:
    """The same Akte and Vorgang; documents and pages of both; in every attempt the same."""
    for number, content in enumerate((PDF, jpg())):
        at_later(visitor, submission)
        name = "ausweis_kopie" if number else "einverstaendnis"
        visitor.upload(f"d-{name}-file", f"datei.{'jpg' if number else 'pdf'}", content)
        send(visitor)
    parcels = Folder(folder / "dms")
    worker = Worker(store, {"dms": parcels})
    while (outcome := worker.deliver_next()) is not None:
        assert outcome is Outcome.DELIVERED
    found = sorted((folder / "dms").glob(f"{submission}*"), key=lambda one: one.stat().st_mtime)
    assert len(found) == 3
    filings = [read_filing(one.read_bytes()) for one in found]
    assert len({one.akte.id for one in filings}) == 1
    assert len({one.vorgang.id for one in filings}) == 1
    ids = [document.id for one in filings for document in one.documents]
    assert len(set(ids)) == len(ids)
    assert [len(one.documents) for one in filings[1:]] == [1, 1]
    filer = Filer(TreeDms(Folders(folder / "akten")))
    for number, path in enumerate([*found, *found]):
        filer.send(
            f"{submission}.dms.{number % 3}", path.name, "application/zip", path.read_bytes()
        )
    kept = [one for one in (folder / "akten").rglob("*") if one.is_file()]
    contents = [one.read_bytes() for one in kept]
    for one in filings:
        assert all(document.content in contents for document in one.documents)
    assert len(list((folder / "akten").rglob("metadaten*.json"))) == 1 + 3


def test_r58_only_who_may_see_the_case_may_add_to_it(
    visitor: Visitor, submission: str, new_visitor: Callable[[], Visitor], store: Store
) -> None:
    """To everybody else the page, its pieces and its receipts are not there."""
    at_later(visitor, submission)
    visitor.upload(LATER, "a.pdf", PDF)
    stranger = new_visitor()
    assert at_later(stranger, submission).status == 404
    stranger.open("/p/musterprozess")
    token = stranger.page.xpath("string(//input[@name='_token']/@value)")
    send_pairs = [("_token", token), ("_go", "send")]
    assert stranger.send(f"/case/{submission}/later", send_pairs).status == 404
    pieces = f"/case/{submission}/later/pieces"
    fields = [("_token", token), ("document", "einverstaendnis"), ("name", "a.pdf"), ("size", "9")]
    assert stranger.send(pieces, fields).status == 404
    assert supplements.of_submission(store, submission) == []


def test_with_number_and_code_it_works_in_any_browser(
    visitor: Visitor, submission: str, new_visitor: Callable[[], Visitor]
) -> None:
    """What another browser gathers is its own until it is sent."""
    reference, code = (
        str(visitor.page.xpath(f"string(//*[@class='{name}'])")).strip()
        for name in ("vd-reference", "vd-code")
    )
    at_later(visitor, submission)
    visitor.upload(LATER, "vom-telefon.pdf", PDF)
    other = new_visitor()
    other.open("/case").press("_go", "next", {"reference": [reference], "code": [code]})
    assert other.path == f"/case/{submission}", other.text
    at_later(other, submission)
    assert "vom-telefon.pdf" not in other.text
    other.upload(LATER, "von-hier.pdf", PDF)
    send(other)
    assert other.path == f"/case/{submission}/later/1"
    send(at_later(visitor, submission))
    assert visitor.path == f"/case/{submission}/later/2"


def test_the_gathering_draft_opens_no_form_and_is_in_no_list(
    visitor: Visitor, submission: str, store: Store
) -> None:
    """It holds the application's answers, and must not become a second application."""
    at_later(visitor, submission)
    visitor.upload(LATER, "a.pdf", PDF)
    session = visitor.client.cookies["vordruck"]
    gathered = supplements.find(store, submission, session)
    assert gathered is not None
    for page in ("", "/check-answers", "/your-documents"):
        visitor.open(f"/p/musterprozess/form/{gathered.id}{page}")
        assert visitor.status == 404
    assert submissions.accept(store, gathered.id, session, gathered.revision, _nothing) is None


def _nothing(*_: object) -> Sequence[Payload]:
    return []
