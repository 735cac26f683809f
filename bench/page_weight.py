"""Page weight and slow 3G: writes the table of docs/page-weight.md.

    ./run python -m bench.page_weight

Every page is loaded by a phone of 320 px with an empty store, first over the machine's own line for
its bytes, then over slow 3G (400 kbit/s, two seconds until the first byte) for its seconds.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page
from rich.progress import track

from tests.browser.fill import begin
from tests.browser.serving import ROOT, serving
from tests.browser.weighing import Weight, weigh
from tests.conftest import driving, find_chromium

TARGET = ROOT / "docs" / "page-weight.md"
LANGUAGES = ("de", "en", "tr", "ar", "uk", "fr", "ru")
PAGES = (
    ("start", "/"),
    ("service", "/p/einbuergerung"),
    ("Quick Check", "/p/einbuergerung/quick-check"),
    ("privacy", "/privacy"),
    ("first form page", ""),  # known once an application is begun
)
_HEAD = """# What a page weighs

Made by `./run python -m bench.page_weight`; a test keeps the first pages under 60 KB in all and
10 KB of script. Kilobytes as they travel, compressed, with an empty store; seconds over slow 3G
(400 kbit/s, two seconds until the first byte) until the page can be read and used, and until its
last font is there. Later pages of a visit cost their document alone.

"""


@contextmanager
def phones(browser: Browser, base: str) -> Iterator[list[Page]]:
    """Two fresh phones: one for bytes, one for seconds."""
    contexts = [
        browser.new_context(base_url=base, viewport={"width": 320, "height": 640}) for _ in range(2)
    ]
    yield [context.new_page() for context in contexts]
    for context in contexts:
        context.close()


def measured(browser: Browser, base: str, address: str, language: str) -> tuple[Weight, Weight]:
    """Bytes over a fast line, seconds over a slow one."""
    weights = []
    with phones(browser, base) as pages:
        for page, slow in zip(pages, (False, True), strict=True):
            target = address
            if not target:
                begin(page, "einbuergerung", language)
                target = page.url
            joint = "&" if "?" in target else "?"
            weights.append(weigh(page, f"{target}{joint}lang={language}", slow=slow))
    return weights[0], weights[1]


def row(name: str, language: str, bytes_: Weight, seconds: Weight) -> str:
    """One line of the table."""
    kinds = ("Document", "Stylesheet", "Script", "Font")
    cells = [f"{bytes_.by_kind.get(kind, 0) / 1_000:.1f}" for kind in kinds]
    return (
        f"| {name} | {language} | {' | '.join(cells)} | **{bytes_.total / 1_000:.1f}** "
        f"| {seconds.readable:.1f} | {seconds.complete:.1f} |"
    )


def main() -> None:
    """Measure everything, then write the page."""
    lines = [
        "| page | language | document | styles | script | fonts | all, KB | usable, s | whole, s |",
        "|---|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    wanted = [(name, address, one) for name, address in PAGES for one in LANGUAGES]
    with (
        tempfile.TemporaryDirectory() as data,
        driving(find_chromium()) as browser,
        serving(Path(data) / "data") as served,
    ):
        for name, address, language in track(wanted, description="pages"):
            weights = measured(browser, served.address, address, language)
            lines.append(row(name, language, *weights))
    TARGET.write_text(_HEAD + "\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
