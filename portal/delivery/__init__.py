"""Carrying what was accepted to its targets: once, whole, however long that takes."""
