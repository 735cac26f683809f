"""A portal on a free port and a Chromium, for tests and for the campaign."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import uvicorn
from fastapi import FastAPI

from portal.app import create_app
from portal.settings import Settings

ROOT: Final = Path(__file__).resolve().parents[2]
TODAY: Final = date(2026, 11, 23)


@dataclass(frozen=True, slots=True)
class Served:
    """A portal that runs."""

    address: str
    app: FastAPI


@contextmanager
def serving(data: Path) -> Iterator[Served]:
    """A portal that keeps its data in a folder."""
    app = create_app(Settings(definitions=ROOT / "definitions", data=data, today=TODAY))
    with running(app) as address:
        yield Served(address, app)


@contextmanager
def running(app: FastAPI) -> Iterator[str]:
    """The address of an application that runs in a thread."""
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
