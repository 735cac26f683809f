"""The authority's colours and coat of arms lie over KERN; what nobody could read is refused."""

from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from portal.app import create_app
from portal.look.reading import LookError, read_look
from portal.settings import Settings

ROOT = Path(__file__).resolve().parents[3]
ARMS = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 4"><path d="M0 0h3v4z"/></svg>'


def look_of(folder: Path, text: str, **files: str) -> Path:
    """A look.yaml with pictures beside it."""
    for name, content in files.items():
        (folder / name.replace("_", ".")).write_text(content, "utf-8")
    path = folder / "look.yaml"
    path.write_text(text, "utf-8")
    return path


def test_pages_wear_the_authoritys_look(tmp_path: Path) -> None:
    """Colours after KERN's, the arms beside the name; both may be kept for ever by browsers."""
    path = look_of(tmp_path, "colour: '#7a1f3d'\nlogo: arms.svg\n", arms_svg=ARMS)
    settings = Settings(
        definitions=ROOT / "definitions",
        data=tmp_path / "data",
        today=date(2026, 11, 23),
        look=path,
        operator="Kreis Beispielhausen",
    )
    with TestClient(create_app(settings)) as client:
        page = client.get("/?lang=de").text
        look = read_look(path)
        assert look.logo is not None
        style, arms = client.get(look.address), client.get(look.logo.address)
        unknown = client.get("/look/else.css")

    assert page.index("/static/portal.css") < page.index(f'href="{look.address}"')
    assert f'<img class="vd-header__logo" src="{look.logo.address}" alt=""' in page
    assert "--kern-color-action-default:#7a1f3d;--kern-color-action-on-default:#fff" in style.text
    assert style.headers["content-type"].startswith("text/css")
    assert arms.headers["content-type"] == "image/svg+xml"
    assert "immutable" in style.headers["cache-control"]
    assert "default-src 'none'" in arms.headers["content-security-policy"]
    assert unknown.status_code == 404


def test_a_portal_without_a_look_is_kern(tmp_path: Path) -> None:
    """No second style sheet is asked for."""
    settings = Settings(definitions=ROOT / "definitions", data=tmp_path, today=date(2026, 11, 23))
    with TestClient(create_app(settings)) as client:
        assert "/look/" not in client.get("/?lang=de").text


def test_every_fault_of_a_look_is_told_at_once(tmp_path: Path) -> None:
    """An operator mends all of them in one go."""
    path = look_of(
        tmp_path,
        "colour: '#ffcc00'\ncolour_dark: navy\ncolor: red\nlogo: missing.svg\nlogo_dark: bad.svg\n",
        bad_svg="<svg/>",
    )

    with pytest.raises(LookError) as told:
        read_look(path)

    for part in (
        "„color“ ist unbekannt; möglich: colour, colour_dark, logo, logo_dark",
        "„colour“ #ffcc00 ist auf hellem Grund schlecht zu lesen: Kontrast 1.4:1",
        "„colour_dark“ ist eine Farbe wie '#7a1f3d'",
        "das Bild missing.svg fehlt neben der Datei",
        "das Bild bad.svg ist weder SVG noch PNG",
    ):
        assert part in str(told.value)


@pytest.mark.parametrize(
    "content",
    [
        ARMS.replace("<path", '<image href="https://elsewhere.example/a.png"/><path'),
        ARMS.replace("<path", "<script>alert(1)</script><path"),
        ARMS.replace("<path", "<style>@import url(//elsewhere.example)</style><path"),
        '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + ARMS,
        "\x89PNG but not at all",
        "",
    ],
)
def test_arms_that_load_or_run_something_are_refused(tmp_path: Path, content: str) -> None:
    """They would be shown to everybody, on every page."""
    path = look_of(tmp_path, "logo: arms.svg\n", arms_svg=content)

    with pytest.raises(LookError, match=r"arms\.svg"):
        read_look(path)


@pytest.mark.parametrize("text", ["- a list", "colour: [", "\tcolour: x", ""])
def test_a_file_that_is_no_look_is_refused_in_words(tmp_path: Path, text: str) -> None:
    """Never a traceback."""
    with pytest.raises(LookError, match=r"look\.yaml"):
        read_look(look_of(tmp_path, text))
