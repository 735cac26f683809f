"""R58: the invited person has their part of the application and nothing else, whatever they try."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import pytest
from fastapi import FastAPI
from lxml import html

from engine.model import Field, Group, Item
from portal.storage import drafts, uploads
from portal.storage.records import Draft
from tests.portal.fill.test_application import upload_all
from tests.portal.form_values import form_values
from tests.portal.invite.people import (
    PROCEDURE,
    answers,
    draft_of,
    enter,
    go_on,
    hand_over,
    invite,
    part_of_employer,
    procedure,
    quick_applicant,
)
from tests.portal.papers import PDF
from tests.portal.test_pages import masked
from tests.portal.visitor import Visitor

SEEN = {
    "familienname", "vornamen", "einname", "nur_ein_name", "stellen_art", "beginn_geplant",
    "ende_geplant", "antragsteller_rolle",
}  # fmt: skip
CANARY = "Kanarienvogel"
# Somebody quite different, as far as the employer must not notice.
ANOTHER: Mapping[str, object] = {
    "antrag_anlass": "wechsel_arbeitgeber",
    "status_art": "aufenthaltstitel",
    "eintrag_erwerb": "nur_mit_erlaubnis_abh",
    "geschlecht": "maennlich",
    "geburtsdatum": "2009-03-02",
    "geburtsort": CANARY,
    "staatsangehoerigkeiten": ["163"],
    "strasse_hausnummer": f"{CANARY}weg 3",
    "plz": "99999",
    "ort": CANARY,
    "unterbringung": "aufnahmeeinrichtung_pflicht",
    "email": "kanarienvogel@beispiel.example",
    "dokument_nummer": CANARY,
    "dokument_gueltig_bis": "2020-01-01",
    "titel_paragraf": "25",
    "einreise_datum": "2030-01-01",
    "durchgehend_seit": "2019-01-01",
    "pass_vorhanden": "nein",
    "bisherige_stelle_endet": "2026-12-31",
    "fruehere_beschaeftigungen_ja": "nein",
    "bemerkungen": CANARY,
}


# Answers of an employer that bring up warnings, also those that hang on the applicant's papers.
STRANGE = {"entgelt_brutto": 1, "ueberlassung": "ja", "entleiher": "Muster, Musterstadt"}


@dataclass
class Pair:
    """Both of them, and the draft they work on."""

    person: Visitor
    employer: Visitor

    @property
    def draft(self) -> str:
        """Its id."""
        return draft_of(self.person)

    @property
    def base(self) -> str:
        """Where the employer's pages are."""
        return "/".join(self.employer.path.split("/")[:3])

    def held(self, app: FastAPI) -> Draft:
        """What is stored."""
        session = self.person.client.cookies["vordruck"]
        found = drafts.load(app.state.portal.store, self.draft, session)
        assert found is not None
        return found


def meet(app: FastAPI, new_visitor: Callable[[], Visitor], given: Mapping[str, object]) -> Pair:
    """An applicant with these answers has invited; the employer has come in."""
    person, employer = new_visitor(), new_visitor()
    quick_applicant(app, person, given)
    enter(employer, invite(person))
    assert employer.status == 200
    return Pair(person, employer)


def own_answers() -> dict[str, object]:
    """The applicant's part of the complete case."""
    theirs = part_of_employer()
    return {name: value for name, value in answers().items() if name not in theirs}


@pytest.fixture
def watched(app: FastAPI, new_visitor: Callable[[], Visitor]) -> Pair:
    """The applicant of the complete case and their employer, with canaries and a secret file."""
    made = meet(app, new_visitor, {**own_answers(), "geburtsort": CANARY, "bemerkungen": CANARY})
    session = made.person.client.cookies["vordruck"]
    name = f"{CANARY}.pdf"
    kept = uploads.add(
        app.state.portal.store, made.draft, session, "b01", None, name, "application/pdf", PDF
    )
    assert kept is not None
    return made


def everything_shown(pair: Pair) -> Iterator[tuple[str, int, str]]:
    """Each page of the employer's way: empty, with mistakes, with warnings, to the end."""

    def now() -> tuple[str, int, str]:
        path = pair.employer.path.removeprefix(pair.base)
        text = re.sub(r"value=\"[0-9a-f]{80}\"|\d\d:\d\d:\d\d", "", masked(pair.employer.text))
        return path, pair.employer.status, text.replace(pair.base, "")

    visitor = pair.employer
    yield now()
    for name in ("arbeitgeber", "taetigkeit", "bedingungen", "ausbildung", "erklaerung_ag"):
        visitor.open(f"{pair.base}/{name}")
        yield now()
        if not visitor.path.endswith(name):
            continue
        values = form_values(procedure(), {**answers(), **STRANGE})
        visitor.press("_go", "next")
        yield now()
        for _ in range(4):  # new questions, mistakes, warnings, on
            if visitor.path.endswith(name):
                visitor.press("_go", "next", values)
                yield now()
    for name in ("your-documents", "check-answers", "saved-draft"):
        visitor.open(f"{pair.base}/{name}")
        yield now()
    visitor.open(f"{pair.base}/arbeitgeber")
    go_on(visitor)
    hand_over(visitor, upload_all)
    yield now()


def test_two_quite_different_applicants_look_the_same_to_the_employer(
    app: FastAPI, new_visitor: Callable[[], Visitor]
) -> None:
    """Byte for byte: pages, titles, mistakes, warnings, documents, the page to print.

    They differ in every answer that the invitation does not name, so whatever the employer could
    learn of one of those would make a difference somewhere.
    """
    first = own_answers()
    same = {name: value for name, value in first.items() if name in SEEN}
    second = {**same, **ANOTHER}
    differing = {name for name in {*first, *second} if first.get(name) != second.get(name)}
    assert differing.isdisjoint(SEEN)
    assert len(differing) > 20

    shown = [list(everything_shown(meet(app, new_visitor, one))) for one in (first, second)]

    assert len(shown[0]) > 15
    assert [page[:2] for page in shown[0]] == [page[:2] for page in shown[1]]
    for one, other in zip(*shown, strict=True):
        assert one == other, one[0]
    assert CANARY not in str(shown)
    assert "gilt ein Mindestlohn von 14,60" in str(shown)
    assert "Ihre Angaben sind abgegeben" in shown[0][-1][2]


def test_no_other_page_is_there(watched: Pair) -> None:
    """Neither below the invitation nor below the draft, read or written."""
    token = html.fromstring(watched.employer.open(f"{watched.base}/arbeitgeber").text).xpath(
        "string(//input[@name='_token']/@value)"
    )
    others = [page.id for page in procedure().pages if page.id in OTHERS]
    assert len(others) == 5
    draft = f"/p/{PROCEDURE}/form/{watched.draft}"
    paths = [f"{watched.base}/{name}" for name in (*others, "invite-arbeitgeber", "delete-draft")]
    paths += [draft, *(f"{draft}/{one.id}" for one in procedure().pages)]
    paths += [f"{draft}/{name}" for name in OWN]
    for path in paths:
        read = watched.employer.client.get(path)
        written = watched.employer.client.post(
            path,
            content=f"_token={token}&_go=next&_asked=geburtsort&geburtsort=Anders",
            headers={"content-type": "application/x-www-form-urlencoded"},
        )
        assert read.status_code == 404, path
        assert written.status_code in {404, 405}, path
        assert CANARY not in read.text + written.text, path


OTHERS = {"vorpruefung", "person", "status", "stelle", "abschluss"}
OWN = ("your-documents", "check-answers", "saved-draft", "delete-draft", "invite-arbeitgeber")


def test_no_answer_of_the_applicant_can_be_written(watched: Pair, app: FastAPI) -> None:
    """Not even when a page claims to have asked for everything there is."""
    before = watched.held(app).raw
    watched.employer.open(f"{watched.base}/arbeitgeber")
    form = watched.employer.form()
    pairs = [(name, value) for name, value in form.form_values() if name[0] == "_"]
    for name in paths_of(procedure().pages):
        pairs += [("_asked", name), (name, "arbeitgeber"), (f"{name}.day", "1")]
    watched.employer.send(str(form.get("action")), [*pairs[:900], ("_go", "later")])
    after = watched.held(app).raw
    theirs = part_of_employer()

    assert after.get("ag_firma") == "arbeitgeber"
    assert {k: v for k, v in after.items() if k not in theirs} == before


def paths_of(pages: tuple[object, ...]) -> Iterator[str]:
    """Every question and its first row."""
    for page in procedure().pages:
        yield from _paths(page.items, "")


def _paths(items: tuple[Item, ...], prefix: str) -> Iterator[str]:
    for item in items:
        if isinstance(item, Field):
            yield f"{prefix}{item.id}"
        elif isinstance(item, Group):
            yield from _paths(item.items, f"{prefix}{item.id}[0].")


def test_files_of_the_applicant_are_not_there(watched: Pair, app: FastAPI) -> None:
    """No name, no removal, no upload for a document that is not theirs."""
    store, session = app.state.portal.store, watched.person.client.cookies["vordruck"]
    (secret,) = uploads.of_draft(store, watched.draft, session)
    watched.employer.open(f"{watched.base}/your-documents")
    assert CANARY not in watched.employer.text
    assert "d-b01" not in watched.employer.text
    token = watched.employer.form().fields["_token"]
    here = watched.employer.path
    watched.employer.send(here, [("_token", token), ("_remove", secret.id)])
    assert watched.employer.status == 404
    added = watched.employer.client.post(
        here,
        data={"_token": token, "document": "b01"},
        files={"file": ("x.pdf", PDF, "application/pdf")},
    )

    assert added.status_code == 404
    assert [one.id for one in uploads.of_draft(store, watched.draft, session)] == [secret.id]


def test_rows_of_the_applicant_cannot_be_added_or_removed(watched: Pair, app: FastAPI) -> None:
    """Buttons for rows reach the groups of the invited pages alone."""
    before = watched.held(app).raw
    for button, path in (
        ("_remove", "aufenthaltszeiten[0]"),
        ("_add", "fruehere_beschaeftigungen"),
    ):
        watched.employer.open(f"{watched.base}/taetigkeit").press(button, path)
    theirs = part_of_employer()

    assert {k: v for k, v in watched.held(app).raw.items() if k not in theirs} == before


def test_the_receipt_of_the_application_is_not_theirs(watched: Pair, app: FastAPI) -> None:
    """After submitting, the employer still has their own page and nothing of the applicant's."""
    go_on(watched.employer.open(f"{watched.base}/arbeitgeber"))
    hand_over(watched.employer, upload_all)
    person = watched.person
    person.open(f"/p/{PROCEDURE}/form/{watched.draft}/abschluss")
    go_on(person)
    upload_all(person)
    person.press("_go", "submit")
    assert "/receipt/" in person.path

    for path in (person.path, f"{person.path}/copy.pdf"):
        assert watched.employer.client.get(path).status_code == 404
    assert watched.employer.open(watched.base).path.endswith("/handed-over")
    assert CANARY not in watched.employer.text
    watched.employer.press("", "", form=watched.employer.form_with("Noch einmal ändern"))
    assert watched.employer.status == 409


def test_an_invitation_is_nothing_without_its_entry(
    watched: Pair, new_visitor: Callable[[], Visitor]
) -> None:
    """Another browser with the same addresses, and an invented id, answer alike."""
    other = new_visitor()
    for name in ("", "/arbeitgeber", "/your-documents", "/check-answers", "/saved-draft"):
        seen = other.client.get(f"{watched.base}{name}")
        unknown = other.client.get(f"/invited/{'f' * 32}{name}")
        assert (seen.status_code, unknown.status_code) == (404, 404)
        assert seen.text == unknown.text
    assert "Bitte öffnen Sie Ihren Link noch einmal" in seen.text


def test_leaving_ends_the_visit_on_this_device_for_good(watched: Pair) -> None:
    """A copy of the cookie is worth nothing afterwards (R55)."""
    kept, base = dict(watched.employer.client.cookies), watched.base
    watched.employer.open(f"{base}/saved-draft")
    watched.employer.press("", "", form=watched.employer.form_with("Beenden"))
    for name, value in kept.items():
        watched.employer.client.cookies.set(name, value)

    assert watched.employer.open(base).status == 404
