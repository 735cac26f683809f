"""Answers against a definition: reading what was sent, and writing it the one canonical way."""

from engine.answers.paths import flatten, unflatten
from engine.answers.problem import Complaint, Problem
from engine.answers.read import Reading, items_of, read_answers
from engine.answers.write import canonical_bytes, write_answers, write_value

__all__ = [
    "Complaint",
    "Problem",
    "Reading",
    "canonical_bytes",
    "flatten",
    "items_of",
    "read_answers",
    "unflatten",
    "write_answers",
    "write_value",
]
