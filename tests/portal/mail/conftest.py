"""Stores, and an open mail server."""

from collections.abc import Iterator

import pytest

from tests.portal.mail.post_office import PostOffice, opened
from tests.portal.stores import clock, folder, store

__all__ = ["clock", "folder", "store"]


@pytest.fixture
def office() -> Iterator[PostOffice]:
    """A mail server that takes everything."""
    with opened(PostOffice()) as found:
        yield found
