"""R37, R40: files are taken by what they are, and their names are data only."""

import pytest

from engine.model import Document
from engine.model_parts import Text
from engine.source import Position, Span
from portal.fill.files import Taken, clean_name, examine, kind_of

SPAN = Span("x", Position(1, 1), Position(1, 1))
PDF = b"%PDF-1.7\n...\n%%EOF\n"
JPG = b"\xff\xd8\xff\xe0...\xff\xd9"
PNG = b"\x89PNG\r\n\x1a\n...IEND\xaeB`\x82"


def document(*formats: str, megabytes: int = 1) -> Document:
    """A document that takes these formats."""
    return Document(
        "b01", Text("", "Pass", SPAN), None, None, None, None, None, formats, 1, 2,
        megabytes, False, False, False, False, SPAN,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("formats", "name", "content", "expected"),
    [
        (("pdf",), "pass.pdf", PDF, Taken("pass.pdf", "application/pdf", PDF)),
        (("jpg",), "pass.JPEG", JPG, Taken("pass.JPEG", "image/jpeg", JPG)),
        (("pdf", "png"), "pass.png", PNG, Taken("pass.png", "image/png", PNG)),
        (("pdf",), "pass.png", PNG, "upload.wrong_format"),
        (("pdf", "png"), "pass.pdf", PNG, "upload.wrong_format"),
        (("pdf",), "pass.pdf", b"MZ\x90\x00", "upload.wrong_format"),
        (("pdf",), "pass.svg", b"<svg onload='x'>", "upload.wrong_format"),
        (("pdf",), "pass", PDF, "upload.wrong_format"),
        (("pdf",), "pass.pdf", b"%PDF-1.7\n half", "upload.broken"),
        (("pdf",), "pass.pdf", b"", "upload.empty"),
        (("pdf",), "", b"", "upload.none"),
        (("pdf",), "pass.pdf", PDF + b" " * 1_000_000, "upload.too_large"),
    ],
)
def test_r37_content_ending_and_definition_must_agree(
    formats: tuple[str, ...], name: str, content: bytes, expected: object
) -> None:
    """One of the three alone never decides."""
    assert expected == examine(document(*formats), name, content)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\x\\Pass.pdf", "Pass.pdf"),
        ("gpj.\u202efdp.pdf", "gpj.fdp.pdf"),
        ("a\x00b\r\nc.pdf", "abc.pdf"),
        ('a"b<c>.pdf', "a_b_c_.pdf"),
        ("Nachweis U\u0308ber.pdf", "Nachweis Über.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        ("...", "datei"),
    ],
)
def test_r40_names_carry_no_path_and_no_hidden_signs(given: str, kept: str) -> None:
    """A name is shown to people and put into packages, never used as a path."""
    assert kept == clean_name(given)
    assert len(clean_name(given)) <= 120


def test_unknown_content_has_no_kind() -> None:
    """HTML is none of the three, whatever it is called."""
    assert kind_of(b"<html>") is None
