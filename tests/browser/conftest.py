"""A portal on a free port, and pages in a real browser."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.serving import ROOT, TODAY, Served, serving

__all__ = ["ROOT", "TODAY", "NewPage"]

NewPage = Callable[..., Page]


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Give a portal that runs."""
    with serving(tmp_path_factory.mktemp("browser") / "data") as served:
        yield served


@pytest.fixture(scope="session")
def portal(running: Served) -> str:
    """Give the address of a running portal."""
    return running.address


@pytest.fixture
def new_page(browser: Browser, portal: str) -> Iterator[NewPage]:
    """Give pages with cookies of their own: scripts on or off, any width."""
    contexts = []

    def make(
        *, scripts: bool = True, width: int = 1280, height: int = 900, language: str = "de"
    ) -> Page:
        context = browser.new_context(
            base_url=portal,
            java_script_enabled=scripts,
            viewport={"width": width, "height": height},
            locale=language,
        )
        context.set_default_timeout(30_000)  # a busy machine is slow, not wrong
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()
