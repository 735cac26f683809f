"""A running portal, and visitors to it."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from engine import Plan
from portal.app import create_app
from portal.settings import Settings
from tests.portal.visitor import Visitor

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 23)


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The repository's definitions, a data folder that goes away, a day that stands still."""
    data = tmp_path_factory.mktemp("portal") / "data"
    return Settings(definitions=ROOT / "definitions", data=data, today=TODAY)


@pytest.fixture(scope="session")
def app(settings: Settings) -> FastAPI:
    """The portal; one for all tests, because every visitor has a session of its own."""
    return create_app(settings)


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    """Requests to the portal; faults become pages, as for everybody."""
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def visitor(client: TestClient) -> Visitor:
    """A browser without JavaScript."""
    return Visitor(client)


@pytest.fixture
def new_visitor(app: FastAPI) -> Callable[[], Visitor]:
    """More browsers, each with its own cookies."""
    return lambda: Visitor(TestClient(app, raise_server_exceptions=False))


@pytest.fixture(scope="session")
def plan(app: FastAPI) -> Plan:
    """The blueprint procedure."""
    found: Plan = app.state.portal.library.plans["musterprozess"]
    return found
