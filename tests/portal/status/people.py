"""Somebody who applied for a work permit, and the authority that answers them."""

from dataclasses import dataclass
from itertools import count
from pathlib import Path

from fastapi import FastAPI

from outputs.xoev.replies import WITHDRAWAL, application_id, reply_id
from outputs.xoev.returned import Kind
from outputs.xoev.simulated import Trial, sample_letter, write_trial
from portal.clock import BERLIN
from portal.inbox.folder import IncomingFolder
from portal.inbox.picking import Picked, Picker
from portal.parts import Portal
from tests.portal.complete import answers_of, complete_cases, plans
from tests.portal.fill.test_application import begin, fill_in, upload_all
from tests.portal.form_values import form_values
from tests.portal.visitor import Visitor

PROCEDURE = "beschaeftigungserlaubnis"
_NUMBERS = count(1)
APPLICATION = "OZG.Antrag.130101"


@dataclass
class Person:
    """The applicant with what the receipt told them."""

    visitor: Visitor
    submission: str
    reference: str
    code: str

    @property
    def address(self) -> str:
        """The page of the case."""
        return f"/case/{self.submission}"

    def look(self, language: str = "de") -> Visitor:
        """At where the application is."""
        return self.visitor.open(f"{self.address}?lang={language}")


def apply(visitor: Visitor, language: str = "de") -> Person:
    """From the service page to the receipt."""
    procedure = plans()[PROCEDURE].procedure
    case = next(case for name, case in complete_cases() if name == PROCEDURE)
    answers = answers_of(PROCEDURE, case)
    visitor.open(f"/?lang={language}")
    fill_in(begin(visitor, PROCEDURE), procedure, answers)
    if visitor.path.endswith("/your-documents"):
        upload_all(visitor)
    visitor.press("_go", "submit")
    if visitor.path.endswith("/last-step"):
        visitor.press("_go", "submit", form_values(procedure, answers))
    assert "/receipt/" in visitor.path, visitor.errors()
    reference, code = (
        visitor.page.xpath(f"string(//*[@class='{name}'])").strip()
        for name in ("vd-reference", "vd-code")
    )
    return Person(visitor, visitor.path.rpartition("/")[2], reference, code)


@dataclass
class Office:
    """The authority of the work permit, in a demonstration."""

    app: FastAPI
    folder: Path

    def write(
        self,
        person: Person,
        kind: Kind,
        text: str = "",
        status: str = "01",
        withdrawal: int = 0,
    ) -> list[Picked]:
        """Put a message for somebody into the folder, and have it picked up."""
        return self.send(person.reference, kind, text, status, withdrawal)

    def send(
        self, reference: str, kind: Kind, text: str = "", status: str = "01", withdrawal: int = 0
    ) -> list[Picked]:
        """The same by the number of the application."""
        portal: Portal = self.app.state.portal
        plan = portal.library.plans[PROCEDURE]
        self.folder.mkdir(exist_ok=True)
        trial = Trial(
            kind=kind,
            authority=plan.procedure.authority,
            reference=reference,
            answers=(
                reply_id(reference, f"xoev/{WITHDRAWAL}", withdrawal)
                if withdrawal
                else application_id(reference, APPLICATION)
            ),
            submitted_at=portal.clock.now().astimezone(BERLIN).replace(microsecond=0),
            pdf=sample_letter(),
            number=next(_NUMBERS),
            text=text,
            status=status,
        )
        made = write_trial(trial)
        (self.folder / made.name).write_bytes(made.content)
        picker = Picker(portal.store, portal.library.pinned, portal.schemas, takes_tests=True)
        return picker.pick_all(IncomingFolder("fachverfahren", self.folder))


def heading_of_message(visitor: Visitor) -> str:
    """Open the newest message."""
    link = visitor.page.xpath("string((//a[contains(@href, '/message/')])[1]/@href)")
    return visitor.open(link).heading()
