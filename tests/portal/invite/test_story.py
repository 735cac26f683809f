"""The employer's part from the invitation to the application that holds both parts."""

from base64 import b64encode
from collections.abc import Callable

from fastapi import FastAPI

from portal.storage import submissions
from tests.outputs.pdf.reading import text
from tests.portal.fill.test_application import upload_all
from tests.portal.invite.people import (
    INVITE,
    applicant_at_the_invitation,
    enter,
    fill_as_employer,
    go_on,
    hand_over,
    invite,
)
from tests.portal.visitor import Visitor


def test_applicant_invites_employer_fills_in_applicant_submits(
    new_visitor: Callable[[], Visitor], app: FastAPI
) -> None:
    """Both parts are in one application: on the summary, in the PDF, in what is delivered."""
    person, employer = new_visitor(), new_visitor()
    applicant_at_the_invitation(person)
    secrets = invite(person)
    base = person.path.rpartition("/")[0]

    enter(employer, secrets)
    assert employer.heading() == "Ihre Angaben: Arbeitgeber"
    fill_as_employer(employer)
    person.open(f"{base}/{INVITE}")
    assert "Begonnen, noch nicht fertig" in person.text
    hand_over(employer, upload_all)
    assert employer.heading() == "Ihre Angaben sind abgegeben"

    person.open(f"{base}/{INVITE}")
    assert "Fertig" in person.text
    person.press("_go", "next")
    assert person.path.endswith("/abschluss")
    go_on(person)
    upload_all(person)
    assert person.path.endswith("/check-answers"), person.path
    assert not person.errors()
    assert "Muster & Söhne Gastronomie GmbH" in flat(person)
    person.press("_go", "submit")

    assert "/receipt/" in person.path
    store = app.state.portal.store
    stored = submissions.payloads_of(store, person.path.rpartition("/")[2])
    made = {one.output: submissions.payload_bytes(store, one.id) for one in stored}
    told = " ".join(text(made["pdf"]).split())
    for part in ("Beispielova-Muster", "Muster & Söhne Gastronomie GmbH", "Küchenhilfe"):
        assert part in told
    assert b"Beispielova-Muster" in made["xoev"]
    # The message has no elements for an employer: their part travels in the summary it carries.
    assert b64encode(made["pdf"])[:500] in made["xoev"]


def flat(visitor: Visitor) -> str:
    """What stands on the page."""
    return " ".join(visitor.page.text_content().split())
