"""Inviting, taking back, inviting again; twice, in two windows, at the same time; and the end."""

import re
import threading
from collections.abc import Callable

import pytest
from fastapi import FastAPI
from sqlmodel import select

from portal.storage import drafts, uploads
from portal.storage.invitations import ALL_TRIES
from portal.storage.records import Conflict, Draft
from portal.storage.tables import InvitationRow
from tests.portal.fill.test_application import upload_all
from tests.portal.invite.people import (
    INVITE,
    PROCEDURE,
    answers,
    at_the_invitation,
    enter,
    invite,
    part_of_employer,
    put_answers,
    quick_applicant,
    shown_secrets,
)
from tests.portal.invite.test_scope import Pair, own_answers
from tests.portal.papers import PDF
from tests.portal.visitor import Visitor

NewVisitor = Callable[[], Visitor]


def summary(pair: Pair) -> Visitor:
    """The applicant's check-your-answers."""
    return pair.person.open(f"/p/{PROCEDURE}/form/{pair.draft}/check-answers")


def test_nobody_has_to_invite(app: FastAPI, visitor: Visitor) -> None:
    """The applicant fills in the pages: they follow the offer like any other."""
    quick_applicant(app, visitor)
    visitor.press("_go", "next")

    assert visitor.path.endswith("/arbeitgeber")
    assert visitor.press("_go", "back").path.endswith(INVITE)


def test_an_employer_who_applies_is_not_asked_to_invite(app: FastAPI, visitor: Visitor) -> None:
    """The offer hangs on who fills in the application."""
    given = {**own_answers(), "antragsteller_rolle": "arbeitgeber"}
    quick_applicant(app, visitor, given)

    assert visitor.status == 404
    visitor.open(visitor.path.replace(INVITE, "stelle"))
    assert INVITE not in visitor.text


def test_pressing_twice_shows_the_same_link_and_code(app: FastAPI, visitor: Visitor) -> None:
    """Also in another language; afterwards they are shown nowhere."""
    quick_applicant(app, visitor)
    offer = visitor.form()
    first = invite(visitor)
    again = invite_by(visitor, offer)
    visitor.press("_language", "en")
    english = shown_secrets(visitor)

    assert first == again == english
    assert "Link and code" in visitor.text
    visitor.press("_language", "de")
    visitor.open(visitor.path)
    assert first.code not in visitor.text
    assert first.link not in visitor.text
    assert "noch nicht geöffnet" in visitor.text


def invite_by(visitor: Visitor, form: object) -> object:
    """Press the button of a page that was left open."""
    visitor.press("_go", "invite", form=form)  # type: ignore[arg-type]
    return shown_secrets(visitor)


def test_a_second_window_does_not_make_a_second_invitation(
    app: FastAPI, visitor: Visitor, new_visitor: NewVisitor
) -> None:
    """The first link stays the one that counts."""
    quick_applicant(app, visitor)
    offer = visitor.open(visitor.path).form()
    visitor.open(visitor.path)
    secrets = invite(visitor)
    visitor.press("_go", "invite", form=offer)

    assert "/invitation/" not in visitor.text
    assert enter(new_visitor(), secrets).heading() == "Ihre Angaben: Arbeitgeber"


def test_pages_of_the_invitation_are_closed_to_the_applicant(pair: Pair, app: FastAPI) -> None:
    """They cannot be opened or written, and are not among the steps."""
    base = f"/p/{PROCEDURE}/form/{pair.draft}"
    pair.person.open(f"{base}/abschluss")
    form = pair.person.form()
    form.action = f"{base}/arbeitgeber"
    pair.person.press("_go", "next", {"_asked": ["ag_firma"], "ag_firma": ["X"]}, form=form)

    assert "ag_firma" not in pair.held(app).raw
    assert not pair.person.open(f"{base}/arbeitgeber").path.endswith("/arbeitgeber")
    assert f"{base}/arbeitgeber" not in pair.person.text


def test_documents_of_the_invitation_are_asked_of_the_employer_alone(
    pair: Pair, app: FastAPI
) -> None:
    """Nor can the applicant take a file of theirs away."""
    store, session = app.state.portal.store, pair.person.client.cookies["vordruck"]
    pair.employer.open(f"{pair.base}/your-documents")
    pair.employer.upload("d-b05-file", "vertrag.pdf", PDF)
    held = uploads.of_draft(store, pair.draft, session)
    pair.person.open(f"/p/{PROCEDURE}/form/{pair.draft}/your-documents")
    assert "d-b05" not in pair.person.text
    assert "d-b01" in pair.person.text
    token = pair.person.form().fields["_token"]
    pair.person.send(pair.person.path, [("_token", token), ("_remove", held[0].id)])

    assert pair.person.status == 404
    assert uploads.of_draft(store, pair.draft, session) == held


def test_nothing_is_submitted_before_the_employer_is_done(pair: Pair) -> None:
    """The summary says what is waited for, and what is half typed is not shown."""
    pair.employer.open(f"{pair.base}/arbeitgeber")
    pair.employer.press("_go", "later", {"ag_firma": ["Halbfertig GmbH"]})
    summary(pair)
    told = [one for one in pair.person.errors() if one.startswith("Arbeitgeber: ")]
    pair.person.press("_go", "submit")

    assert told == ["Arbeitgeber: Diese Angaben sind noch nicht fertig."]
    assert "Halbfertig" not in pair.person.text
    assert pair.person.status == 422


def test_when_the_employer_is_done_the_applicant_reads_and_submits(done: Pair) -> None:
    """The answers are there, marked as somebody else's, without a link to change them."""
    person = summary(done)
    section = person.page.xpath("//section[@aria-labelledby='s-arbeitgeber']")[0]
    assert "Von der eingeladenen Person ausgefüllt" in section.text_content()
    assert "Muster & Söhne Gastronomie GmbH" in section.text_content()
    assert section.xpath(".//a") == []
    upload_all(person.open(f"/p/{PROCEDURE}/form/{done.draft}/your-documents"))
    assert person.errors() == []
    person.press("_go", "submit")

    assert "/receipt/" in person.path


def test_what_changes_afterwards_is_agreed_again(done: Pair, app: FastAPI) -> None:
    """The employer declared for that start and that work, not for another."""
    put_answers(app, done.person, {"beginn_geplant": "2027-02-01"})
    assert "Noch einmal zu prüfen" in at_the_invitation(done.person).text
    assert "noch einmal geprüft" in str(summary(done).errors())
    employer = done.employer.open(done.base)
    assert "Bitte prüfen Sie noch einmal" in employer.text
    employer.press("", "", form=employer.form_with("Noch einmal ändern"))
    assert employer.path.endswith("/check-answers")
    employer.press("_go", "submit")

    assert "Bitte prüfen Sie noch einmal" not in employer.text
    assert "Fertig" in at_the_invitation(done.person).text


def test_new_questions_bring_the_employer_back(done: Pair, app: FastAPI) -> None:
    """Another kind of work has a page that nobody filled in yet."""
    put_answers(app, done.person, {"stellen_art": "berufsausbildung"})

    assert "noch einmal geprüft" in str(summary(done).errors())


def test_handing_over_twice_is_handing_over_once(done: Pair) -> None:
    """The page of the first press is shown again; a page left open changes nothing."""
    moment = re.findall(r"\d\d:\d\d:\d\d", done.employer.text)
    done.employer.open(f"{done.base}/check-answers")

    assert done.employer.path.endswith("/handed-over")
    assert re.findall(r"\d\d:\d\d:\d\d", done.employer.text) == moment
    assert done.employer.open(f"{done.base}/arbeitgeber").path.endswith("/handed-over")


def test_the_employer_does_not_hand_over_what_they_did_not_read(pair: Pair, app: FastAPI) -> None:
    """The applicant changed the start in the meantime: everything is shown again."""
    theirs = part_of_employer()
    put_answers(app, pair.person, {k: v for k, v in answers().items() if k in theirs})
    upload_all(pair.employer.open(f"{pair.base}/your-documents"))
    put_answers(app, pair.person, {"beginn_geplant": "2027-03-01"})
    pair.employer.press("_go", "submit")

    assert pair.employer.status == 409
    assert "01.03.2027" in pair.employer.text


def test_taking_back_asks_first_and_deletes_the_part(done: Pair, app: FastAPI) -> None:
    """Then the applicant may invite somebody else, or fill in the pages."""
    at_the_invitation(done.person).press("_go", "revoke")
    assert "Einladung zurücknehmen?" in done.person.text
    assert done.held(app).raw["ag_firma"]
    done.person.press("_go", "revoke-for-good")

    assert "einladen oder selbst ausfüllen" in done.person.text
    assert part_of_employer().isdisjoint(done.held(app).raw)
    assert done.employer.open(done.base).status == 404
    assert done.person.press("_go", "next").path.endswith("/arbeitgeber")
    assert invite(at_the_invitation(done.person)).link


def test_a_new_link_keeps_the_answers(pair: Pair, new_visitor: NewVisitor) -> None:
    """The old link and the old visit end."""
    pair.employer.open(f"{pair.base}/arbeitgeber")
    pair.employer.press("_go", "later", {"ag_firma": ["Muster GmbH"]})
    at_the_invitation(pair.person).press("_go", "renew")
    secrets = shown_secrets(pair.person)

    assert pair.employer.open(pair.base).status == 404
    other = enter(new_visitor(), secrets)
    assert "Weitermachen" in other.text
    assert "Muster GmbH" in other.open(f"{other.path}/arbeitgeber").text


def test_both_save_at_the_same_time_and_nothing_is_lost(pair: Pair, app: FastAPI) -> None:
    """Each page that was open before the other one saved is taken whole."""
    person, employer = pair.person, pair.employer

    def of_the_person() -> None:
        for number in range(9):
            person.open(f"/p/{PROCEDURE}/form/{pair.draft}/abschluss")
            person.press("_go", "later", {"bemerkungen": [f"B{number}"]})

    def of_the_employer() -> None:
        for number in range(9):
            employer.open(f"{pair.base}/arbeitgeber")
            employer.press("_go", "later", {"ag_firma": [f"A{number}"]})

    work = (of_the_person, of_the_employer)
    threads = [threading.Thread(target=one) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    raw = pair.held(app).raw

    assert (raw["bemerkungen"], raw["ag_firma"]) == ("B8", "A8")


@pytest.mark.parametrize("who", ["person", "employer"])
def test_a_save_in_between_is_kept(
    pair: Pair, app: FastAPI, monkeypatch: pytest.MonkeyPatch, who: str
) -> None:
    """Adding a row read the answers before the other one stored theirs."""
    session = pair.person.client.cookies["vordruck"]
    store, real = app.state.portal.store, drafts.save
    once: list[int] = []

    def slow(*given: object, **more: object) -> Draft | Conflict | None:
        if not once:
            once.append(1)
            held = pair.held(app)
            raw = {**held.raw, "ag_ort": "Zwischenort", "ort": "Zwischenort"}
            assert isinstance(real(store, held.id, session, held.revision, {}, raw), Draft)
        return real(*given, **more)  # type: ignore[arg-type]

    if who == "person":
        pair.person.open(f"/p/{PROCEDURE}/form/{pair.draft}/stelle")
        monkeypatch.setattr(drafts, "save", slow)
        pair.person.press("_add", "fruehere_beschaeftigungen")
    else:
        put_answers(app, pair.person, {"arbeitsort_art": "wechselnde_orte"})
        pair.employer.open(f"{pair.base}/taetigkeit")
        monkeypatch.setattr(drafts, "save", slow)
        pair.employer.press("_add", "arbeitsorte")
    raw = pair.held(app).raw

    assert once
    assert (raw["ag_ort"], raw["ort"]) == ("Zwischenort", "Zwischenort")
    group = "fruehere_beschaeftigungen" if who == "person" else "arbeitsorte"
    assert len(raw[group]) == 2  # type: ignore[arg-type]


def set_row(app: FastAPI, pair: Pair, **values: object) -> None:
    """Time has passed, or somebody has guessed."""
    with app.state.portal.store.database.writing() as session:
        row = session.exec(select(InvitationRow).where(InvitationRow.draft_id == pair.draft)).one()
        for name, value in values.items():
            setattr(row, name, value)
        session.add(row)


def test_an_expired_invitation_is_renewed_and_nothing_is_lost(pair: Pair, app: FastAPI) -> None:
    """The applicant is told, the employer too; what was handed over in time stays."""
    pair.employer.open(f"{pair.base}/arbeitgeber")
    pair.employer.press("_go", "later", {"ag_firma": ["Muster GmbH"]})
    set_row(app, pair, expires_at=app.state.portal.store.now())

    assert pair.employer.open(f"{pair.base}/arbeitgeber").status == 404
    assert "Abgelaufen" in at_the_invitation(pair.person).text
    assert "der Link ist abgelaufen" in str(summary(pair).errors())
    at_the_invitation(pair.person).press("_go", "renew")
    assert shown_secrets(pair.person).link
    assert pair.held(app).raw["ag_firma"] == "Muster GmbH"


def test_what_was_handed_over_in_time_outlives_the_link(done: Pair, app: FastAPI) -> None:
    """An application is not lost because it is submitted late."""
    set_row(app, done, expires_at=app.state.portal.store.now())

    assert "Fertig" in at_the_invitation(done.person).text
    assert not [one for one in summary(done).errors() if one.startswith("Arbeitgeber: ")]


def test_a_link_locked_by_guesses_is_told_to_the_applicant(pair: Pair, app: FastAPI) -> None:
    """Only a new link and code help; whoever is in already goes on."""
    set_row(app, pair, tries=ALL_TRIES)

    assert "zu oft falsch eingegeben" in at_the_invitation(pair.person).text
    assert pair.employer.open(f"{pair.base}/arbeitgeber").status == 200
