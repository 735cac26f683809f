"""Pictures of every kind of page: `./run python -m tests.browser.pictures` writes docs/pictures.

The table of pages that the accessibility campaign walks along, in three languages (German, English,
Arabic) and two widths; procedure `musterprozess`, with invented answers, and what only another
procedure has: somebody is invited, the authority writes and is answered. 64 colours are enough for
people to judge a page by, and keep the folder small.
"""

import io
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import Browser, Page
from rich.progress import BarColumn, Progress, TextColumn

from tests.browser.accessibility.modes import quiet_context
from tests.browser.accessibility.pages import PORTAL, PROCEDURE, Stop
from tests.browser.accessibility.walk import Walk
from tests.browser.serving import ROOT, Served, serving
from tests.conftest import driving, find_chromium

TARGET: Final = ROOT / "docs" / "pictures"
LANGUAGES: Final = ("de", "en", "ar")
WIDTHS: Final = (1_280, 320)
SHOWN: Final = "musterprozess"
OTHER: Final = "beschaeftigungserlaubnis"
OF_THE_OTHER: Final = ("invitation", "message", "answer", "withdrawal")
# Of pages that differ in their questions only, one of each state.
LEFT_OUT: Final = re.compile(
    r"questions (?!person )|guest (?:taetigkeit|bedingungen|erklaerung|documents)"
    r"|session-over-no-word|portal-start"
)


def states(walk: Walk) -> Iterator[tuple[Stop, str]]:
    """Everything there is to see, as an applicant comes along."""
    is_other = walk.procedure_id == OTHER
    for stop in PROCEDURE if is_other else (*PORTAL, *PROCEDURE):
        for state in stop.way(walk):
            if not is_other or stop.name in OF_THE_OTHER:
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


def walk_along(walk: Walk, folder: Path, tick: Callable[[], None]) -> None:
    """The pictures of one procedure in one language; the page may change on the way."""
    for stop, state in states(walk):
        if LEFT_OUT.search(f"{stop.name} {state}"):
            continue
        for width in WIDTHS:
            suffix = "" if width == WIDTHS[0] else f"-{width}"
            (folder / f"{name_of(stop, state)}{suffix}.png").write_bytes(take(walk.page, width))
        walk.page.set_viewport_size({"width": WIDTHS[0], "height": 900})
        tick()


def one_language(browser: Browser, served: Served, language: str, folder: Path) -> None:
    """Both procedures, with a count of the pages."""
    folder.mkdir(parents=True)
    with Progress(TextColumn("{task.description} {task.completed}"), BarColumn()) as bar:
        task = bar.add_task(language, total=None)
        for procedure in (SHOWN, OTHER):
            context = quiet_context(browser, served.address, language)
            walk = Walk(context.new_page(), procedure, language, served.app)
            walk_along(walk, folder, lambda: bar.advance(task))
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
    with tempfile.TemporaryDirectory() as work, driving(find_chromium()) as browser:
        new = Path(work) / "pages"
        for language in LANGUAGES:
            with serving(Path(work) / f"data-{language}") as served:
                one_language(browser, served, language, new / language)
        shutil.rmtree(TARGET / "pages", ignore_errors=True)
        shutil.copytree(new, TARGET / "pages")
    pictures = (TARGET / "pages" / LANGUAGES[0]).glob("*.png")
    names = sorted(one.stem for one in pictures if not one.stem.endswith("-320"))
    (TARGET / "README.md").write_text(index(names), "utf-8")


if __name__ == "__main__":
    main()
