"""Stores, and a portal whose clock is set by hand."""

from tests.portal.stores import clock, folder, store

__all__ = ["clock", "folder", "store"]
