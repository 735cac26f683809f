"""A portal on a free port, and pages in a real browser."""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page

from portal.app import create_app
from portal.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 23)
NewPage = Callable[..., Page]


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a running portal."""
    data = tmp_path_factory.mktemp("browser") / "data"
    app = create_app(Settings(definitions=ROOT / "definitions", data=data, today=TODAY))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(timeout=10)


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
        context.set_default_timeout(10_000)
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()
