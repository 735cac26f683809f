"""Measurements: always a ratio to a reference of the same run, because machines differ and drift."""
