"""The handbook of a procedure: everything a legal department signs, as data without a format."""

from engine.handbook.build import build
from engine.handbook.structure import Handbook

__all__ = ["Handbook", "build"]
