"""R26: translations in which every text is an attack make pages on which nothing runs.

The checker refuses markup in a definition's German texts; translations reach the pages unchecked,
so they show what the pages themselves are worth.
"""

import re
import shutil
from collections.abc import Iterator
from io import BytesIO

import pytest
from babel.messages.pofile import read_po, write_po
from starlette.testclient import TestClient

from portal.app import create_app
from portal.settings import Settings
from tests.portal.complete import ROOT
from tests.portal.conftest import TODAY
from tests.portal.fill.test_application import begin
from tests.portal.visitor import Visitor

PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "[x](javascript:alert(1))",
    "{{ 7777*7777 }}{% for x in [] %}alert",
    "alert {0.__class__} {familienname} {:>99999999}",
    "<base href=//evil.example><meta http-equiv=refresh content=alert>",
    "' onmouseover=alert(1) x='",
)
LIVE = re.compile(
    r"<script(?![^>]*src=\"/static/)|<img(?! class=\"vd-picture\" src=\"/(p|static/pictures)/)"
    r"|<svg|<base|<meta http"
    r"|href=\"javascript|60481729"
    r"|<[^>]*\son\w+=\"?alert",
    re.IGNORECASE,
)


@pytest.fixture(scope="module", params=PAYLOADS, ids=range(len(PAYLOADS)))
def hostile(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Visitor]:
    """A portal whose blueprint procedure says the payload everywhere."""
    folder = tmp_path_factory.mktemp("hostile") / "definitions"
    shutil.copytree(ROOT / "definitions", folder)
    path = folder / "locales" / "en" / "LC_MESSAGES" / "musterprozess.po"
    catalogue = read_po(BytesIO(path.read_bytes()))
    attacked = [message for message in catalogue if message.id]
    assert len(attacked) > 60
    for message in attacked:
        message.string = request.param
    with path.open("wb") as file:
        write_po(file, catalogue)
    settings = Settings(definitions=folder, data=folder.parent / "data", today=TODAY)
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        yield Visitor(client)


def test_r26_translated_texts_never_become_live(hostile: Visitor) -> None:
    """Start, service, Quick Check, form, errors, summary: all as text."""
    seen = [hostile.open("/?lang=en").text]
    seen += [hostile.open(one).text for one in ("/p/musterprozess", "/p/musterprozess/quick-check")]
    seen.append(hostile.press("_go", "next", {"hauptwohnung": ["nein"]}).text)
    seen.append(begin(hostile).text)
    seen.append(hostile.press("_go", "next", {"schwerbehindert": ["ja"]}).text)
    seen.append(hostile.open(hostile.path.replace("person", "check-answers")).text)

    for number, text in enumerate(seen):
        assert "alert" in text, number
        assert not LIVE.search(text), (number, LIVE.search(text))
