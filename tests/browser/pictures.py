"""Pictures of every kind of page: `./run python -m tests.browser.pictures` writes docs/pictures.

The table of pages that the accessibility campaign walks along, in three languages (German, English,
Arabic) and two widths; procedure `musterprozess`, with invented answers. 64 colours are enough for
people to judge a page by, and keep the folder small.
"""

import io
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import Browser, Page
from rich.progress import Progress

from tests.browser.accessibility.pages import PORTAL, PROCEDURE, Stop
from tests.browser.accessibility.walk import Walk
from tests.browser.serving import ROOT, driving, serving

TARGET: Final = ROOT / "docs" / "pictures"
LANGUAGES: Final = ("de", "en", "ar")
WIDTHS: Final = (1_280, 320)
SHOWN: Final = "musterprozess"
# Of pages that differ in their questions only, one of each state.
LEFT_OUT: Final = re.compile(r"questions (?!person )|session-over-no-word|portal-start")


def states(walk: Walk) -> Iterator[tuple[Stop, str]]:
    """Everything there is to see, as an applicant comes along."""
    for stop in (*PORTAL, *PROCEDURE):
        for state in stop.way(walk):
            yield stop, state


def name_of(stop: Stop, state: str) -> str:
    """`check-answers-open-row`."""
    return re.sub(r"[^a-z0-9]+", "-", f"{stop.name} {state}".lower()).strip("-")


def take(page: Page, width: int) -> bytes:
    """The whole page at a width, as a small PNG."""
    page.set_viewport_size({"width": width, "height": 900})
    raw = page.screenshot(full_page=True, animations="disabled")
    small = io.BytesIO()
    with Image.open(io.BytesIO(raw)) as picture:
        picture.convert("RGB").quantize(64).save(small, "PNG", optimize=True)
    return small.getvalue()


def walk_along(browser: Browser, base: str, language: str, folder: Path, bar: Progress) -> None:
    """All pictures of one language."""
    context = browser.new_context(base_url=base, locale=language, reduced_motion="reduce")
    context.set_default_timeout(20_000)
    page = context.new_page()
    walk = Walk(page, SHOWN, language)
    task = bar.add_task(language, total=None)
    folder.mkdir(parents=True)
    for stop, state in states(walk):
        if LEFT_OUT.search(f"{stop.name} {state}"):
            continue
        for width in WIDTHS:
            suffix = "" if width == WIDTHS[0] else f"-{width}"
            (folder / f"{name_of(stop, state)}{suffix}.png").write_bytes(take(page, width))
        page.set_viewport_size({"width": WIDTHS[0], "height": 900})
        bar.advance(task)
    context.close()


def index(names: list[str]) -> str:
    """A page with all of them side by side."""
    lines = [
        "# The pages in pictures",
        "",
        "Made by `./run python -m tests.browser.pictures`: every kind of page in German, English",
        "and Arabic, at 1,280 and at 320 pixels, with invented answers. People judge what pages",
        "look like; tests what they must not do: stick out, hide the focus, lose contrast.",
        "",
    ]
    for name in names:
        lines += [f"## {name.replace('-', ' ')}", ""]
        for suffix in ("", "-320"):
            cells = [f"[{one}](pages/{one}/{name}{suffix}.png)" for one in LANGUAGES]
            lines.append(f"- {'wide' if not suffix else '320 px'}: {', '.join(cells)}")
        lines.append("")
    return "\n".join(lines)


def main() -> None:
    """Take all pictures, then put them in the place of the old ones."""
    chromium = shutil.which("chromium") or sys.exit("needs chromium")
    with tempfile.TemporaryDirectory() as work, driving(Path(chromium)) as browser:
        new = Path(work) / "pages"
        with Progress() as bar:
            for language in LANGUAGES:
                with serving(Path(work) / f"data-{language}") as base:
                    walk_along(browser, base, language, new / language, bar)
        shutil.rmtree(TARGET / "pages", ignore_errors=True)
        shutil.copytree(new, TARGET / "pages")
    pictures = (TARGET / "pages" / LANGUAGES[0]).glob("*.png")
    names = sorted(one.stem for one in pictures if not one.stem.endswith("-320"))
    (TARGET / "README.md").write_text(index(names), "utf-8")


if __name__ == "__main__":
    main()
