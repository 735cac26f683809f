"""The handbook as one HTML file, and its pictures for whoever makes something else of it."""

from renderers.handbook.pictures import PAPER_HEIGHT, pictures
from renderers.handbook.write import write

__all__ = ["PAPER_HEIGHT", "pictures", "write"]
