"""R26: texts of definitions, translations and answers are data, on every page and in every PDF."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from lxml import html
from starlette.testclient import TestClient

from engine import Plan, SharedLists, prepare, read_lists
from engine.source import Source
from engine.texts.extract import texts_by_place
from outputs.application import Application
from outputs.building import build_all
from portal.app import create_app
from portal.clock import BERLIN
from portal.settings import Settings
from tests.outputs.pdf.reading import text as pdf_text
from tests.portal.commands.mutations import as_text, tree_of
from tests.portal.conftest import ROOT, TODAY
from tests.portal.fill.test_application import begin, case_of
from tests.portal.form_values import form_values, rows
from tests.portal.poisoned import EVALUATED, PAYLOADS, poisoned, poisoned_catalogue
from tests.portal.visitor import Visitor

SHIFTS = range(0, len(PAYLOADS), 5)
# What our own Markdown may add to a page besides what the unharmed procedure shows.
MARKDOWN = {("strong",), ("p",), ("ul",), ("ol",), ("li",), ("a", "class", "href", "rel")}
LEADING = {"href", "src", "action", "formaction", "poster", "data", "srcset", "background"}
# Our own pages, places of friends, and the empty icon.
ADDRESS = re.compile(
    r"/(?!/).*|[#?].*|https://a\.example.*|mailto:[^<>\"]*|tel:[+0-9]*|data:,|[a-z-]+|"
)


@dataclass(frozen=True)
class House:
    """A portal in which every procedure but the first is poisoned."""

    client: TestClient
    counts: dict[str, int]  # procedure -> texts that hold the payload


@pytest.fixture(scope="module")
def lists() -> SharedLists:
    """The shared lists of the repository."""
    files = sorted((ROOT / "definitions" / "shared").glob("*.yaml"))
    return read_lists([Source(one.name, one.read_text("utf-8")) for one in files])[0]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, lists: SharedLists) -> Iterator[House]:
    """One procedure per payload, and some with poisoned translations."""
    folder = tmp_path_factory.mktemp("poisoned")
    shutil.copytree(ROOT / "definitions" / "shared", folder / "definitions" / "shared")
    english = folder / "definitions" / "locales" / "en" / "LC_MESSAGES"
    english.mkdir(parents=True)
    counts: dict[str, int] = {}
    for number, payload in enumerate(PAYLOADS):
        name = f"gift_{number}"
        text, _, counts[name] = poisoned(payload, name, lists)
        (folder / "definitions" / f"{name}.yaml").write_text(text, "utf-8")
    clean = tree_of("musterprozess")
    for shift in SHIFTS:
        clean["procedure"] = f"wort_{shift}"
        text = as_text(clean)
        (folder / "definitions" / f"wort_{shift}.yaml").write_text(text, "utf-8")
        plan = _plan(text, lists)
        # A language is offered when nothing is missing in its catalogue.
        places = texts_by_place(plan.procedure).items()
        said = ((path, text.german) for path, text in places)
        (english / f"wort_{shift}.po").write_text(poisoned_catalogue(said, shift), "utf-8")
    shutil.copy(ROOT / "definitions" / "musterprozess.yaml", folder / "definitions")
    # In English too: a language without a catalogue is not offered, and its shapes were not seen.
    delivered = ROOT / "definitions" / "locales" / "en" / "LC_MESSAGES"
    shutil.copy(delivered / "musterprozess.po", english)
    app = create_app(
        Settings(definitions=folder / "definitions", data=folder / "data", today=TODAY)
    )
    with TestClient(app, raise_server_exceptions=False) as client:
        yield House(client, counts)


def _plan(text: str, lists: SharedLists) -> Plan:
    plan, found = prepare(Source("x.yaml", text), lists)
    assert plan is not None, found
    return plan


@pytest.fixture(scope="module")
def shapes(house: House) -> set[tuple[str, ...]]:
    """Elements with their attributes, as the unharmed procedure has them."""
    return {
        shape
        for language in ("de", "en")
        for page in _pages(house, "musterprozess", language)
        for shape in _shapes(page)
    } | MARKDOWN


def _pages(house: House, procedure_id: str, language: str) -> list[str]:
    """Every page of a procedure, with answers and with mistakes."""
    visitor = Visitor(TestClient(house.client.app, raise_server_exceptions=False))
    seen = [visitor.open(f"/?lang={language}").text, visitor.open(f"/p/{procedure_id}").text]
    seen.append(visitor.open(f"/p/{procedure_id}/quick-check").text)
    for given in ({"hauptwohnung": ["nein"]}, {"hauptwohnung": ["false"]}):
        seen.append(visitor.press("_go", "next", given).text)
        visitor.open(f"/p/{procedure_id}/quick-check")
    plan = house.client.app.state.portal.library.plans[procedure_id]  # type: ignore[attr-defined]
    answers = {
        **case_of(plan.procedure, "MP-fremd"),
        "begruendung": "{familienname} <script>alert(1)</script> {{1337*1337}} **x**",
        "gueltig_ab": "2026-12-01",
    }
    whole = {**case_of(plan.procedure, "MP-voll"), **answers}
    seen.append(begin(visitor, procedure_id).text)
    seen.append(visitor.press("_go", "next").text)
    values, wanted = form_values(plan.procedure, whole), rows(plan.procedure, whole)
    for _ in plan.procedure.pages:
        visitor.fill_page(values, wanted)
        seen.append(visitor.text)
    seen.append(visitor.open(visitor.path.rpartition("/")[0] + "/check-answers").text)
    return seen


def _shapes(page: str) -> Iterator[tuple[str, ...]]:
    for element in html.fromstring(page).iter():
        if isinstance(element.tag, str):
            yield (element.tag, *sorted(element.attrib))


def _assert_harmless(page: str, shapes: set[tuple[str, ...]]) -> None:
    tree = html.fromstring(page)
    assert set() == set(_shapes(page)) - shapes
    assert [] == [one for one in tree.iter("script") if not one.get("src") or one.text]
    attributes = [pair for element in tree.iter() for pair in element.attrib.items()]
    assert [] == [name for name, _ in attributes if name.startswith("on")]
    leading = {value for name, value in attributes if name in LEADING}
    assert set() == {one for one in leading if not ADDRESS.fullmatch(one)}
    assert [] == [one for one in EVALUATED if one in page]


@pytest.mark.parametrize("number", range(len(PAYLOADS)))
def test_r26_texts_of_a_definition_stay_texts(
    house: House, shapes: set[tuple[str, ...]], number: int
) -> None:
    """The payload in every text that the checker lets it stand in, on every page."""
    name = f"gift_{number}"
    pages = _pages(house, name, "de")

    for page in pages:
        _assert_harmless(page, shapes)
    assert house.counts[name] >= 20
    assert any(PAYLOADS[number].split()[0] in html.fromstring(page).text_content()
               for page in pages)  # fmt: skip


@pytest.mark.parametrize("shift", SHIFTS)
def test_r26_translations_stay_texts(
    house: House, shapes: set[tuple[str, ...]], shift: int
) -> None:
    """Nobody checks a catalogue; it is data all the same."""
    pages = _pages(house, f"wort_{shift}", "en")

    for page in pages:
        _assert_harmless(page, shapes)
    shown = "".join(html.fromstring(page).text_content() for page in pages)
    assert sum(one in shown for one in PAYLOADS) >= len(PAYLOADS) - 8


def test_r26_answers_are_never_read_again(house: House, shapes: set[tuple[str, ...]]) -> None:
    """An answer that looks like a place, a tag or a template is shown as it was typed."""
    summary = _pages(house, "musterprozess", "de")[-1]

    typed = "{familienname} <script>alert(1)</script> {{1337*1337}} **x**"
    assert typed in " ".join(html.fromstring(summary).text_content().split())
    _assert_harmless(summary, shapes)


@pytest.mark.parametrize("number", [0, 12, 18, 20, 23, 24])
def test_r26_documents_hold_texts_as_they_are(lists: SharedLists, number: int) -> None:
    """The PDF's own language would read files and run code, if it were let."""
    _, plan, _ = poisoned(PAYLOADS[number], "gift", lists)
    answers = {**case_of(plan.procedure, "MP-voll"), **case_of(plan.procedure, "MP-fremd"),
               "begruendung": " ".join(PAYLOADS), "gueltig_ab": "2026-12-01"}  # fmt: skip
    evaluation = plan.check(answers, TODAY)
    assert evaluation.problems == ()
    made = build_all(
        Application(
            plan=plan,
            evaluation=evaluation,
            submission_id="probe",
            submitted_at=datetime(2026, 11, 23, 12, tzinfo=BERLIN),
            today=TODAY,
            language="de",
            uploads=(),
        ),
        None,
    )
    content = {one.output: one.content for one in made}
    shown = "".join(pdf_text(content["pdf"]).split())

    assert {"json", "pdf", "dms"} == set(content)
    assert [] == [one for one in EVALUATED if one in shown]
    missing = [one for one in PAYLOADS if "".join(one.split()) not in shown]
    assert len(missing) <= 1, missing  # a page may end in the middle of one
    assert b"/JavaScript" not in content["pdf"]
    assert b"/Launch" not in content["pdf"]
    assert Path("/etc/passwd").read_bytes().split(b":")[0] + b":x:" not in content["pdf"]
