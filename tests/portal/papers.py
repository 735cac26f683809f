"""Small real files to hand in."""

from functools import cache
from io import BytesIO

from PIL import Image

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@cache
def jpg() -> bytes:
    """A grey picture."""
    target = BytesIO()
    Image.new("L", (8, 8), 128).save(target, "JPEG")
    return target.getvalue()


def paper_for(accept: str) -> tuple[str, bytes]:
    """A file that an input with this `accept` takes."""
    return ("nachweis.pdf", PDF) if ".pdf" in accept else ("foto.jpg", jpg())
