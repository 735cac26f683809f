"""Measurements, always as ratios to a reference of the same run: machines differ and drift."""
