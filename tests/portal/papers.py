"""Small real files to hand in."""

from functools import cache
from io import BytesIO

from pikepdf import Pdf
from PIL import Image


def _pdf() -> bytes:
    target = BytesIO()
    with Pdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(target, deterministic_id=True)
    return target.getvalue()


PDF = _pdf()


@cache
def jpg() -> bytes:
    """A grey picture."""
    target = BytesIO()
    Image.new("L", (8, 8), 128).save(target, "JPEG")
    return target.getvalue()


def paper_for(accept: str) -> tuple[str, bytes]:
    """A file that an input with this `accept` takes."""
    return ("nachweis.pdf", PDF) if ".pdf" in accept else ("foto.jpg", jpg())
