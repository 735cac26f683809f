"""What is inside a PDF, for people and for checks."""

import io

import pikepdf
from pypdf import PdfReader


def text(content: bytes) -> str:
    """The text of all pages."""
    pages = PdfReader(io.BytesIO(content)).pages
    return "\n".join(
        f"--- page {number} ---\n{page.extract_text().strip()}\n"
        for number, page in enumerate(pages, start=1)
    )


def opened(content: bytes) -> pikepdf.Pdf:
    """The file, to look at its objects."""
    return pikepdf.open(io.BytesIO(content))
