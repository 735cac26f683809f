"""In a made-up language everything that people wrote is in brackets: nothing is untranslatable."""

import re
from datetime import date
from pathlib import Path

import pytest
from fastapi import FastAPI
from lxml import html
from starlette.testclient import TestClient

from engine import Plan
from engine.texts.languages import PSEUDO
from engine.texts.pseudo import FIRST, LAST, pseudo
from portal.app import create_app
from portal.settings import Settings
from tests.portal.check.test_quick_check import answered
from tests.portal.fill.test_application import begin, case_of, fill_in, upload_all
from tests.portal.visitor import Visitor

ROOT = Path(__file__).resolve().parents[2]
# Figures, days, ids, file names, addresses, what the operator is called; and the titles of rows,
# which the engine still makes in German.
DATA = re.compile(
    r"[\W\d_]*|Stadt Musterstadt|[\w.]+@[\w.]+|\S+\.(pdf|png|jpg)|[0-9A-Z-]{8,}|.*\d:.*|(§|Art).*"
    r"|.*\d\s(Monat|Tag).*|[\W\d]*(PDF|JPG|PNG)([\W\d]|PDF|JPG|PNG)*"
    r"|Max Muster-Beispiel|(, )?Fahrzeug MU-AB 123"
    # The statement: a standard, and the arbitration office as the operator wrote it.
    r"|[\d. ]*WCAG [\d.]+ AA|Schlichtungsstelle .*|.*\.example"
)
ANSWERS = (
    "//script", "//style", "//option", "//address", "//main//dd", "//*[@translate='no']",
    "//*[@lang and not(self::html)]",
)  # fmt: skip
ADDRESSES = (
    "/", "/p/musterprozess", "/p/musterprozess/quick-check", "/accessibility", "/privacy",
    "/imprint", "/nirgends",
)  # fmt: skip


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """A portal that offers the made-up language."""
    data = tmp_path_factory.mktemp("pseudo")
    definitions = ROOT / "definitions"
    settings = Settings(definitions=definitions, data=data, today=date(2026, 11, 23), pseudo=True)
    return create_app(settings)


@pytest.fixture
def visitor(client: TestClient) -> Visitor:
    """Somebody who reads it."""
    client.get(f"/?lang={PSEUDO}")
    return Visitor(client)


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Weiter", "⟦Wėïŧėr~~⟧"),
        ("Noch {number} Dateien", "⟦Ńøćh~⟧ {number} ⟦Ďåŧėïėń~~⟧"),
        ("[Hier](https://x.example/)", "⟦[Hïėr~~⟧](https://x.example/)"),
        ("a\n\n- b\n- c", "⟦å⟧\n\n- ⟦b⟧\n- ⟦ć⟧"),
        ("", ""),
    ],
)
def test_marks_of_texts_are_kept(text: str, made: str) -> None:
    """Places, links and lists work as in German."""
    assert made == pseudo(text)


@pytest.mark.parametrize("address", ADDRESSES)
def test_pages_that_need_no_application(visitor: Visitor, address: str) -> None:
    """Start, service, questions, information, error."""
    assert [] == bare(visitor.open(address).text)


def test_the_result_of_the_quick_check(visitor: Visitor, plan: Plan) -> None:
    """With reasons and advice."""
    answered(visitor, plan, "MP-02")
    assert [] == bare(visitor.text)


def test_pages_of_an_application(visitor: Visitor, plan: Plan) -> None:
    """Questions, mistakes, documents, check-your-answers, receipt."""
    begin(visitor)
    assert [] == bare(visitor.text)
    visitor.press("_go", "next")
    assert visitor.errors()
    assert [] == bare(visitor.text)
    fill_in(visitor, plan.procedure, case_of(plan.procedure, "MP-voll"))
    assert [] == bare(visitor.text)
    upload_all(visitor)
    assert [] == bare(visitor.text)
    visitor.press("_go", "submit")
    assert [] == bare(visitor.text)


def bare(page: str) -> list[str]:
    """Texts that are neither in brackets nor data."""
    tree = html.fromstring(page)
    assert tree.get("lang") == PSEUDO
    for path in ANSWERS:
        for element in tree.xpath(path):
            element.drop_tree()
    pieces = (
        re.sub(f"{FIRST}.*?{LAST}", "", one.text_content(), flags=re.DOTALL)
        for one in tree.xpath("//body")
    )
    lines = (line.strip() for piece in pieces for line in piece.splitlines())
    return [line for line in lines if not DATA.fullmatch(line)]
