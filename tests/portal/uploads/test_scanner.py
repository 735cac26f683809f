"""R39: only a scanner's plain OK counts; whatever else happens, nothing is kept."""

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from engine import Plan
from portal.loops import wait_for
from portal.storage import uploads
from portal.uploads.scanner import Scanner, Verdict
from tests.portal.fill.test_application import begin, case_of, fill_in
from tests.portal.papers import PDF
from tests.portal.uploads.scanners import OUT_OF_ORDER, fake_clamd, real_clamd, says
from tests.portal.uploads.specimens import EICAR
from tests.portal.visitor import Visitor

INPUT = "d-ausweis_kopie-file"


def scan(address: str, content: bytes = b"x" * 200_000, patience: float = 0.5) -> Verdict:
    """One question."""
    return wait_for(lambda: Scanner(address, patience).scan(content))


@pytest.fixture(scope="module")
def clamd() -> Iterator[tuple[str, str]]:
    """The real one."""
    with real_clamd() as addresses:
        yield addresses


def test_the_real_clamd_finds_eicar_and_lets_others_pass(clamd: tuple[str, str]) -> None:
    """By TCP and by its socket."""
    for address in clamd:
        assert scan(address, EICAR, 20) is Verdict.FOUND
        assert scan(address, PDF, 20) is Verdict.CLEAN


def test_the_real_clamd_looks_into_archives(clamd: tuple[str, str]) -> None:
    """We refuse archives anyhow; this shows that files are scanned as they came, not as cleaned."""
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("harmless.txt", EICAR)
    assert scan(clamd[0], archive.getvalue(), 20) is Verdict.FOUND


def test_what_is_too_long_for_clamd_is_not_clean(clamd: tuple[str, str]) -> None:
    """It closes the line in the middle."""
    assert scan(clamd[0], bytes(3_000_000), 20) is Verdict.UNKNOWN


@pytest.mark.parametrize("mode", OUT_OF_ORDER)
def test_a_scanner_that_is_out_of_order_calls_nothing_clean(mode: str) -> None:
    """Down, slow, cut off, mad: all the same."""
    with fake_clamd(OUT_OF_ORDER[mode]) as address:
        assert scan(address) is Verdict.UNKNOWN


@pytest.mark.parametrize("address", ["127.0.0.1:9", "/nowhere/clamd.sock", "nonsense"])
def test_a_scanner_that_is_not_there_calls_nothing_clean(address: str) -> None:
    """Neither does an address that is none."""
    assert scan(address) is Verdict.UNKNOWN


def test_a_proper_answer_is_believed() -> None:
    """So that the tests above fail for the reason they name."""
    with fake_clamd(says(b"stream: OK\0")) as address:
        assert scan(address) is Verdict.CLEAN
    with fake_clamd(says(b"stream: Eicar FOUND\0")) as address:
        assert scan(address) is Verdict.FOUND


@pytest.fixture
def at_documents(app: FastAPI, plan: Plan) -> Iterator[Visitor]:
    """A visitor at the page of documents; the portal's scanner is put back afterwards."""
    before = app.state.portal
    visitor = Visitor(TestClient(app, raise_server_exceptions=False))
    fill_in(begin(visitor), plan.procedure, case_of(plan.procedure, "MP-voll"))
    assert visitor.path.endswith("/your-documents")
    yield visitor
    app.state.portal = before


def use(app: FastAPI, address: str) -> None:
    """The portal asks this scanner."""
    app.state.portal = replace(app.state.portal, scanner=Scanner(address, 0.5))


def kept(app: FastAPI, visitor: Visitor) -> list[str]:
    """The names of the files that the draft has."""
    draft = visitor.path.split("/")[4]
    session = visitor.client.cookies["vordruck"]
    return [one.name for one in uploads.of_draft(app.state.portal.store, draft, session)]


def test_an_infected_file_is_refused_and_not_kept(app: FastAPI, at_documents: Visitor) -> None:
    """In words; the next file may be fine."""
    with fake_clamd(says(b"stream: Eicar FOUND\0")) as address:
        use(app, address)
        at_documents.upload(INPUT, "pass.pdf", PDF)
    assert at_documents.status == 422
    assert "Schadprogramm" in at_documents.errors()[0]
    assert kept(app, at_documents) == []


def test_without_a_verdict_nothing_is_kept(app: FastAPI, at_documents: Visitor) -> None:
    """The applicant is asked to try again."""
    use(app, "127.0.0.1:9")
    at_documents.upload(INPUT, "pass.pdf", PDF)
    assert at_documents.status == 422
    assert "noch einmal" in at_documents.errors()[0]
    assert kept(app, at_documents) == []


def test_what_was_kept_without_a_scanner_is_scanned_before_it_is_submitted(
    app: FastAPI, at_documents: Visitor
) -> None:
    """With the scanner down nothing is submitted; an infected file goes; a clean one passes."""
    visitor = at_documents
    visitor.upload(INPUT, "pass.pdf", PDF)
    for one in list(visitor.page.xpath("//input[@type='file']/@id")):
        if one != INPUT:
            visitor.upload(str(one), "schein.pdf", PDF)
    visitor.press("_go", "next")
    summary = visitor.path
    assert summary.endswith("/check-answers"), visitor.errors()
    use(app, "127.0.0.1:9")
    visitor.press("_go", "submit")
    assert visitor.status == 503
    with fake_clamd(says(b"stream: Eicar FOUND\0")) as address:
        use(app, address)
        visitor.open(summary).press("_go", "submit")
    assert visitor.status == 409
    assert kept(app, visitor) == []
