"""The stores of all these tests."""

from tests.portal.stores import clock, folder, store

__all__ = ["clock", "folder", "store"]
