"""Any procedure may invite anybody: a host who must declare herself, for a family with children."""

from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from portal.app import create_app
from portal.settings import Settings
from tests.portal.conftest import TODAY
from tests.portal.fill.test_application import begin
from tests.portal.invite.people import enter, shown_secrets
from tests.portal.papers import PDF
from tests.portal.visitor import Visitor

DEFINITION = """\
procedure: besuch
version: 2026.1.0
title: Besuch einer Familie
authority: {name: Stadt Beispiel, ags: '00000000', dvdv_key: 'abh:00000000'}
recipients:
  amt: {text: Das Amt, receives: [dms]}
  gast: {text: Die Gastgeberin, receives: [invitation]}
purposes:
  besuch: {text: T, legal_basis: § 1, recipients: [amt, gast], retention: drafts, by_hand: true}
pages:
  - page: familie
    title: Ihre Familie
    purpose: besuch
    fields:
      - {field: name, type: name, label: Name, required: true}
      - {field: religion, type: text, label: Religion}
      - group: kinder
        label: Kinder
        repeat: {min: 1, max: 3, item: '{rufname}'}
        fields: [{field: rufname, type: name, label: Rufname, required: true}]
  - page: wohnung
    title: Wohnung
    purpose: besuch
    fields:
      - {field: zimmer, type: integer, label: Zimmer, required: true}
      - field: genug
        type: yes_no
        label: Ist für alle Kinder Platz?
        show_if: count(kinder) > zimmer
        required: true
      - group: betten
        label: Betten
        repeat: {min: 1, max: 3}
        fields: [{field: laenge, type: integer, label: Länge, required: true}]
      - field: haftung
        type: declaration
        label: Ich hafte
        version: '1'
        required: true
        after_summary: true
documents:
  - {document: bett, title: Foto des Betts, each: kinder, item: '{rufname}', formats: [pdf]}
invitations:
  - invitation: gastgeberin
    title: Gastgeberin
    required: true
    pages: [wohnung]
    documents: [bett]
    sees: [name, kinder]
    valid_for: P7D
"""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """A portal with this procedure alone."""
    folder = tmp_path_factory.mktemp("besuch")
    (folder / "definitions").mkdir()
    Path(folder / "definitions" / "besuch.yaml").write_text(DEFINITION, "utf-8")
    app = create_app(
        Settings(definitions=folder / "definitions", data=folder / "data", today=TODAY)
    )
    assert app.state.portal.library.refused == {}
    return app


@pytest.fixture
def new_visitor(app: FastAPI) -> Callable[[], Visitor]:
    """Browsers at this portal."""
    return lambda: Visitor(TestClient(app, raise_server_exceptions=False))


def test_a_host_declares_herself_for_a_family(new_visitor: Callable[[], Visitor]) -> None:
    """Rows come along; one document for each; a late declaration is asked on her page."""
    family, host = new_visitor(), new_visitor()
    begin(family, "besuch")
    family.press("_add", "kinder", {"name": ["Muster"], "religion": ["Geheim"]})
    family.press("_go", "next", {"kinder[0].rufname": ["Anton"], "kinder[1].rufname": ["Berta"]})
    assert family.path.endswith("/invite-gastgeberin")
    assert "Selbst ausfüllen" not in family.text
    base = family.path.rpartition("/")[0]
    assert not family.open(f"{base}/wohnung").path.endswith("/wohnung")
    summary = family.open(f"{base}/check-answers")
    assert "Gastgeberin: Laden Sie jemanden ein" in str(summary.errors())
    family.open(f"{base}/invite-gastgeberin").press("_go", "invite")

    enter(host, shown_secrets(family))
    for told in ("Muster", "Anton", "Berta"):
        assert told in host.text
    assert "Geheim" not in host.text
    host.open(f"{host.path}/wohnung")
    ticks = {"zimmer": ["1"], "betten[0].laenge": ["190"], "haftung": ["ja"]}
    assert "Ich hafte" in host.text
    host.press("_go", "next", ticks)
    assert "Ist für alle Kinder Platz?" in host.text
    host.press("_go", "next", {**ticks, "genug": ["ja"]})
    assert host.path.endswith("/your-documents"), host.errors()
    for number in (0, 1):
        host.upload(f"d-bett-{number}-file", "bett.pdf", PDF)
    assert "Foto des Betts" in host.text
    host.press("_go", "next").press("_go", "submit")
    assert host.path.endswith("/handed-over"), host.text

    summary = family.open(f"{base}/check-answers")
    assert summary.errors() == []
    assert "last-step" not in summary.text
    for told in ("190", "Ich hafte", "bett.pdf"):
        assert told in summary.text
    assert "/receipt/" in summary.press("_go", "submit").path
