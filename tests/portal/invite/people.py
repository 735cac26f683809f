"""The applicant and the invited employer, each in a browser of their own."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from fastapi import FastAPI

from engine.model import Procedure
from portal.fill.case import canonical
from portal.storage import drafts
from portal.storage.records import Draft
from tests.portal.complete import answers_of, complete_cases, plans
from tests.portal.fill.test_application import begin
from tests.portal.form_values import form_values, rows
from tests.portal.visitor import Visitor

PROCEDURE = "beschaeftigungserlaubnis"
INVITE = "invite-arbeitgeber"


@dataclass
class Secrets:
    """What the applicant passes on."""

    link: str
    code: str


def procedure() -> Procedure:
    """The definition whose employer's part this is."""
    return plans()[PROCEDURE].procedure


def answers() -> Mapping[str, object]:
    """A complete application, both parts."""
    case = next(case for name, case in complete_cases() if name == PROCEDURE)
    return answers_of(PROCEDURE, case)


def part_of_employer() -> frozenset[str]:
    """The questions of the employer."""
    return plans()[PROCEDURE].parts["arbeitgeber"].writes


def applicant_at_the_invitation(visitor: Visitor) -> Visitor:
    """The applicant has filled in their pages up to the employer's."""
    return go_on(begin(visitor, PROCEDURE), stop=INVITE)


def go_on(visitor: Visitor, stop: str = "") -> Visitor:
    """Page by page as far as there are pages of questions."""
    values = form_values(procedure(), answers())
    wanted = rows(procedure(), answers())
    pages = {page.id for page in procedure().pages}
    while (name := visitor.path.rpartition("/")[2]) != stop:
        if name in pages:
            visitor.fill_page(values, wanted)
        elif name == INVITE:
            visitor.press("_go", "next")
        else:
            break
    return visitor


def invite(visitor: Visitor) -> Secrets:
    """Press the button, and read what is shown once."""
    visitor.press("_go", "invite")
    return shown_secrets(visitor)


def shown_secrets(visitor: Visitor) -> Secrets:
    """Link and code on the page."""
    link = re.search(r"http://testserver(/invitation/[A-Za-z0-9_-]{43})", visitor.text)
    code = re.search(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}\b", visitor.text)
    assert link is not None
    assert code is not None
    return Secrets(link[1], code[0])


def enter(visitor: Visitor, secrets: Secrets) -> Visitor:
    """Open the link and type the code."""
    visitor.open(secrets.link)
    return visitor.press("_go", "next", {"code": [secrets.code]})


def fill_as_employer(visitor: Visitor) -> Visitor:
    """From the welcome page to the page of documents or the summary."""
    start = visitor.page.xpath("string(//main//a[contains(@class, 'kern-btn')]/@href)")
    return go_on(visitor.open(start))


def hand_over(visitor: Visitor, upload_all: Callable[[Visitor], Visitor]) -> Visitor:
    """Documents, check, hand over."""
    if visitor.path.endswith("/your-documents"):
        upload_all(visitor)
    assert visitor.path.endswith("/check-answers"), visitor.path
    return visitor.press("_go", "submit")


def draft_of(visitor: Visitor) -> str:
    """The draft that the applicant is in."""
    return visitor.path.split("/")[4]


def put_answers(app: FastAPI, visitor: Visitor, given: Mapping[str, object]) -> Visitor:
    """Answers as if the applicant had typed them, page by page."""
    store = app.state.portal.store
    session = visitor.client.cookies["vordruck"]
    held = drafts.load(store, draft_of(visitor), session)
    assert held is not None
    raw = {**held.raw, **given}
    written, _ = canonical(procedure(), raw)
    saved = drafts.save(store, held.id, session, held.revision, written, raw)
    assert isinstance(saved, Draft)
    return visitor


def quick_applicant(
    app: FastAPI, visitor: Visitor, given: Mapping[str, object] | None = None
) -> Visitor:
    """An applicant with all pages of their own filled in, at the invitation."""
    theirs = part_of_employer()
    own = {name: value for name, value in answers().items() if name not in theirs}
    put_answers(app, begin(visitor, PROCEDURE), own if given is None else given)
    return visitor.open(f"/p/{PROCEDURE}/form/{draft_of(visitor)}/{INVITE}")


def at_the_invitation(person: Visitor) -> Visitor:
    """The applicant looks how far it is."""
    return person.open(f"/p/{PROCEDURE}/form/{draft_of(person)}/{INVITE}")
