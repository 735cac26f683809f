"""R28: a definition changes twice while an application is open."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from portal.storage import drafts, uploads
from tests.portal.resume.people import ROOT, Town, draft_of, opened
from tests.portal.stores import VirtualClock
from tests.portal.visitor import Visitor

HEAD = """
procedure: probe_antrag
title: Probeantrag
version: "{version}"
authority: {{name: Amt, town: Musterstadt, phone: "0", email: a@b.example}}
recipients: {{amt: Das Amt}}
purposes:
  antrag: {{text: Entscheiden, legal_basis: § 1, recipients: [amt], retention: drafts}}
"""
FIRST = """
pages:
  - page: person
    title: Person
    purpose: antrag
    fields:
      - {field: rufname, label: Rufname, type: text}
      - {field: haustier, label: Haustier, type: text, required: false}
      - {field: groesse, label: Größe, type: choice, options: {klein: Klein, gross: Groß}}
      - group: kinder
        label: Kinder
        repeat: {min: 0, max: 3}
        fields:
          - {field: vorname, label: Vorname des Kindes, type: text}
          - {field: spielzeug, label: Spielzeug, type: text, required: false}
documents:
  - {document: foto, title: Foto}
"""
SECOND = """
pages:
  - page: person
    title: Person
    purpose: antrag
    fields:
      - {field: name, label: Name, type: text, was: rufname}
      - {field: haustier, label: Haustier, type: text, required: false}
      - {field: groesse, label: Größe, type: choice, options: {klein: Klein, gross: Groß}}
      - group: toechter
        label: Kinder
        was: kinder
        repeat: {min: 0, max: 3}
        fields:
          - {field: vorname, label: Vorname des Kindes, type: text}
          - {field: spielzeug, label: Spielzeug, type: text, required: false}
documents:
  - {document: foto, title: Foto}
"""
THIRD = """
pages:
  - page: person
    title: Angaben zur Person
    purpose: antrag
    fields:
      - {field: voller_name, label: Voller Name, type: text, was: name}
      - {field: groesse, label: Größe, type: choice, options: {klein: Klein, mittel: Mittel}}
      - {field: augenfarbe, label: Augenfarbe, type: text}
      - group: toechter
        label: Kinder
        repeat: {min: 0, max: 3}
        fields:
          - {field: vornamen, label: Vornamen des Kindes, type: text, was: vorname}
documents:
  - {document: urkunde, title: Urkunde}
"""
VERSIONS = (FIRST, SECOND, THIRD)
ANSWERS = {
    "rufname": "Amina",
    "haustier": "Katze",
    "groesse": "gross",
    "kinder": [{"vorname": "Erfunda", "spielzeug": "Ball"}, {"vorname": "Fiktiva"}],
}
Publish = Callable[..., Town]


@pytest.fixture
def publish(folder: Path, clock: VirtualClock) -> Iterator[Publish]:
    """Start the portal with one of the three versions; the data stay."""
    definitions = folder / "definitions"
    (definitions / "shared").mkdir(parents=True)
    for one in (ROOT / "definitions" / "shared").glob("*.yaml"):
        (definitions / "shared" / one.name).write_bytes(one.read_bytes())
    started = []

    def start(number: int, **settings: object) -> Town:
        text = HEAD.format(version=number) + VERSIONS[number - 1]
        (definitions / "probe_antrag.yaml").write_text(text, "utf-8")
        clock.at = clock.at.replace(minute=clock.at.minute + 1)
        entered = opened(folder, clock, definitions=definitions, **settings)
        town = entered.__enter__()
        assert town.app.state.portal.library.refused == {}
        started.append(entered)
        return town

    yield start
    for entered in started:
        entered.__exit__(None, None, None)


def begin_with_the_first(town: Town) -> Visitor:
    """Answers by the first version, with the browser that gave them."""
    visitor = town.browser()
    visitor.open("/p/probe_antrag")
    form = next(one for one in visitor.page.forms if (one.get("action") or "").endswith("/form"))
    visitor.press("", "", form=form)
    session = visitor.client.cookies["vordruck"][:43]
    draft = draft_of(visitor).rpartition("/")[2]
    drafts.save(town.store, draft, session, 0, dict(ANSWERS), dict(ANSWERS))
    return visitor


def _moved_to(town: Town, visitor: Visitor) -> Visitor:
    """The same browser at the portal of another day."""
    later = town.browser()
    later.client.cookies = visitor.client.cookies
    later.url = visitor.url
    return later


def _raw(town: Town, visitor: Visitor) -> dict[str, object]:
    draft = drafts.load(
        town.store, draft_of(visitor).rpartition("/")[2], visitor.client.cookies["vordruck"][:43]
    )
    assert draft is not None
    return draft.raw


def _listed(visitor: Visitor, heading: str) -> list[str]:
    found = visitor.page.xpath(
        f"//section[h2[contains(., '{heading}')]]//*[self::li or self::dt or self::dd]"
    )
    return [" ".join(one.text_content().split()) for one in found]


def test_a_draft_skips_a_version_and_everything_is_told(publish: Publish) -> None:
    """Renames of both steps are followed, in groups too; what goes, fails or is new is listed."""
    visitor = begin_with_the_first(publish(1))
    publish(2)
    town = publish(3)
    visitor = _moved_to(town, visitor)
    visitor.open(draft_of(visitor))

    assert visitor.heading() == "Das Formular hat sich geändert"
    assert _listed(visitor, "fragen wir nicht mehr") == ["Haustier", "Katze", "Spielzeug", "Ball"]
    assert _listed(visitor, "passen nicht mehr") == ["Größe"]
    assert _listed(visitor, "fragen wir neu") == ["Augenfarbe"]
    assert _raw(town, visitor) == ANSWERS  # nothing happens before it was read
    visitor.press("_go", "next")
    assert _raw(town, visitor) == {
        "voller_name": "Amina",
        "groesse": "gross",
        "toechter": [{"vornamen": "Erfunda"}, {"vornamen": "Fiktiva"}],
    }
    visitor.open(f"{draft_of(visitor)}/person")
    assert "Angaben zur Person" in visitor.heading()
    assert visitor.controls()["voller_name"][0].get("value") == "Amina"


def test_each_version_in_turn_leads_to_the_same_answers(publish: Publish) -> None:
    """Coming back in between makes no difference."""
    visitor = begin_with_the_first(publish(1))
    for number in (2, 3):
        town = publish(number)
        visitor = _moved_to(town, visitor)
        visitor.open(draft_of(visitor)).press("_go", "next")

    assert _raw(town, visitor)["voller_name"] == "Amina"
    assert _raw(town, visitor)["toechter"] == [{"vornamen": "Erfunda"}, {"vornamen": "Fiktiva"}]


def test_a_version_with_names_alone_says_that_all_fits(publish: Publish) -> None:
    """It is told all the same: never silently."""
    visitor = begin_with_the_first(publish(1))
    town = publish(2)
    visitor = _moved_to(town, visitor)
    visitor.open(draft_of(visitor))

    assert "Alle Ihre Angaben passen" in visitor.text


def test_a_version_that_is_taken_back_gets_its_answers_back(publish: Publish) -> None:
    """The way back follows the same renames."""
    visitor = begin_with_the_first(publish(1))
    for number in (2, 1):
        town = publish(number)
        visitor = _moved_to(town, visitor)
        visitor.open(draft_of(visitor)).press("_go", "next")

    assert _raw(town, visitor) == ANSWERS


def test_whoever_is_in_the_middle_goes_on_with_their_version(publish: Publish) -> None:
    """A page that is open is saved; the new version is told at the way in."""
    visitor = begin_with_the_first(publish(1)).open("person")
    town = publish(2)
    later = _moved_to(town, visitor)
    later.text = visitor.open(f"{draft_of(visitor)}/person").text
    later.press("_go", "next", {"rufname": ["Amina Erfunda"]})

    assert _raw(town, later)["rufname"] == "Amina Erfunda"
    later.open(f"{draft_of(later)}/task-list")
    assert later.path.endswith("/new-version")


def test_files_of_a_document_that_nobody_needs_any_more_are_named_and_go(
    publish: Publish,
) -> None:
    """Not before the applicant has read it."""
    first = publish(1)
    visitor = begin_with_the_first(first)
    draft = draft_of(visitor).rpartition("/")[2]
    session = visitor.client.cookies["vordruck"][:43]
    uploads.add(first.store, draft, session, "foto", None, "ich.png", "image/png", b"png")
    town = publish(3)
    visitor = _moved_to(town, visitor)
    visitor.open(draft_of(visitor))
    assert _listed(visitor, "Unterlagen") == ["Foto"]
    assert len(uploads.of_draft(town.store, draft, session)) == 1
    visitor.press("_go", "next")

    assert uploads.of_draft(town.store, draft, session) == []


def test_the_page_speaks_the_readers_language_and_a_second_press_is_harmless(
    publish: Publish,
) -> None:
    """Once moved, the page has nothing to tell."""
    visitor = begin_with_the_first(publish(1))
    town = publish(2)
    visitor = _moved_to(town, visitor)
    visitor.open(draft_of(visitor))
    form = visitor.form()
    visitor.press("_go", "next")
    visitor.press("_go", "next", form=form)

    assert visitor.path.endswith("/task-list")
    assert visitor.open(f"{draft_of(visitor)}/new-version").path.endswith("/task-list")
