"""The handbook as one HTML file, and its pictures for whoever makes something else of it."""

from renderers.handbook.pictures import pictures
from renderers.handbook.write import write

__all__ = ["pictures", "write"]
