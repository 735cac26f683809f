"""The operators' pages over a store with the virtual clock."""

import base64
from collections.abc import Iterator

import pytest
import structlog
from starlette.testclient import TestClient

from portal.operators.door import Secrets, create_app
from portal.operators.metrics import Metrics
from portal.settings import Settings
from portal.storage.store import Store
from tests.portal.stores import clock, folder, store

__all__ = ["clock", "folder", "store"]
PASSWORD, TOKEN = "a-secret-of-the-operators", "a-token-for-the-metrics"


def basic(name: str = "Erika Beispiel", word: str = PASSWORD) -> dict[str, str]:
    """The header of a browser that was asked for name and password."""
    text = base64.b64encode(f"{name}:{word}".encode()).decode()
    return {"Authorization": f"Basic {text}"}


@pytest.fixture
def metrics(store: Store) -> Metrics:
    """Counters of their own."""
    return Metrics(store, ("dms", "fachverfahren"))


@pytest.fixture
def visitor(store: Store, metrics: Metrics) -> Iterator[TestClient]:
    """A browser before the door, without a password."""
    app = create_app(Settings(), store, metrics, Secrets(PASSWORD, TOKEN), ("dms", "fachverfahren"))
    with structlog.testing.capture_logs(), TestClient(app) as client:
        yield client


@pytest.fixture
def operator(visitor: TestClient) -> TestClient:
    """The same with name and password, and German."""
    visitor.headers.update({**basic(), "Accept-Language": "de"})
    return visitor
