"""A running service, a package to hand in, and a worker that does."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from portal.storage.store import Store
from tests.portal.delivery.fit_connect.service import FitConnectService
from tests.portal.stores import VirtualClock, open_store


@pytest.fixture
def store(folder: Path, clock: VirtualClock) -> Iterator[Store]:
    """SQLite is enough here: what steps need of the database is tested on both elsewhere."""
    opened = open_store(folder, clock)
    yield opened
    opened.close()


@pytest.fixture
def service(clock: VirtualClock) -> Iterator[FitConnectService]:
    """On the loopback, with the virtual clock."""
    found = FitConnectService(clock)
    config = uvicorn.Config(found.app(), "127.0.0.1", 0, log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    found.url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    yield found
    server.should_exit = True
    thread.join(timeout=5)
