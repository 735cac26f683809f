"""The service page tells how an application is handled, and shows it to those who want to look."""

import pytest
from lxml import etree
from starlette.testclient import TestClient

from tests.engine.made import PROCEDURES, page_of
from tests.portal.visitor import Visitor

MOST_PICTURE = 40_000  # bytes; with scripts it is fetched when opened, without them at once


def _told(visitor: Visitor) -> list[str]:
    items = visitor.page.xpath("//h2[starts-with(., 'So läuft')]/following-sibling::ol[1]/li")
    return [" ".join(one.text_content().split()) for one in items]


def test_what_applicants_are_told_stands_in_order(visitor: Visitor) -> None:
    """What happens in some cases only is marked: a question may be asked, a permit always comes."""
    told = _told(visitor.open("/p/musterprozess"))

    assert [
        "Ihr Antrag ist bei uns angekommen.",
        "Wir prüfen Ihre Angaben.",
        "Wir warten auf eine Antwort von Ihnen. (nicht in jedem Fall)",
        "Der Ausweis ist unterwegs.",
    ] == told


@pytest.mark.parametrize("name", PROCEDURES)
def test_every_procedure_shows_its_process(name: str, visitor: Visitor) -> None:
    """As a picture that is fetched when it is opened, and whose words stand in the list."""
    picture = visitor.open(f"/p/{name}").page.xpath("//details//img")[0]

    assert "lazy" == picture.get("loading")
    assert "Liste" in picture.get("alt")
    assert _told(visitor)
    answer = visitor.client.get(picture.get("src"))
    root = etree.fromstring(answer.content)
    assert "image/svg+xml" == answer.headers["content-type"]
    assert len(answer.content) < MOST_PICTURE
    assert "So läuft Ihr Antrag" in str(root[0].text)


def test_the_picture_speaks_the_readers_language(visitor: Visitor) -> None:
    """Roles and steps are translated with everything else."""
    visitor.open("/p/musterprozess?lang=en")
    text = visitor.client.get("/p/musterprozess/process.svg").text

    assert "Citizens" in text
    assert "Bürgerbüro" not in text


@pytest.mark.parametrize("address", ["/p/gibtsnicht/process.svg", "/p/../process.svg"])
def test_without_a_procedure_there_is_no_picture(address: str, client: TestClient) -> None:
    """An address that somebody made up is not found, like any other."""
    assert 404 == client.get(address).status_code


def test_a_process_that_nobody_declared_is_not_announced(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, visitor: Visitor
) -> None:
    """No heading, no list, no picture, and nothing behind the address."""
    plan = page_of("- {field: ort, type: text, label: Ort}")
    monkeypatch.setitem(client.app.state.portal.library.plans, "beispiel", plan)  # type: ignore[attr-defined]
    visitor.open("/p/beispiel")

    assert 200 == visitor.status
    assert [] == _told(visitor)
    assert [] == visitor.page.xpath("//img")
    assert 404 == client.get("/p/beispiel/process.svg").status_code
