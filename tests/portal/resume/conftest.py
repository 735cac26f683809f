"""Portals whose clocks are set by hand; time only goes on in them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.portal.resume.people import Town, opened
from tests.portal.stores import VirtualClock, clock, folder, store

__all__ = ["clock", "folder", "store"]


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """One for all tests; sessions of protected drafts last half an hour, no letters."""
    with opened(Path(tmp_path_factory.mktemp("town")), VirtualClock()) as found:
        yield found


@pytest.fixture(scope="session")
def writing_town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """One that writes letters; nobody takes them yet."""
    folder = Path(tmp_path_factory.mktemp("writing"))
    mail = {"mail_host": "127.0.0.1", "mail_from": "portal@antrag.example", "mail_tls": "none"}
    with opened(folder, VirtualClock(), **mail) as found:
        yield found
