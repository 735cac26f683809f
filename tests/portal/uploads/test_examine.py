"""R37, R40: files are taken by what they are, and their names are data only."""

import pytest

from engine.model import Document
from portal.uploads.examine import Offered, Refused, Taken, accept, examine
from portal.uploads.kinds import kind_of
from portal.uploads.names import clean_name
from tests.portal.papers import PDF, jpg
from tests.portal.uploads.specimens import document, png

TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "svg": "image/svg+xml",
    "html": "text/html",
    "zip": "application/zip",
    "exe": "application/x-msdownload",
    "gif": "image/gif",
    "heic": "image/heic",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "txt": "text/plain",
}
REAL = {"pdf": PDF, "jpg": jpg(), "jpeg": jpg(), "png": png()}


def offered(name: str, content: bytes, declared: str = "") -> Offered:
    """A file as a browser sends it."""
    return Offered(name, declared, content)


@pytest.mark.parametrize("content", REAL)
@pytest.mark.parametrize("ending", TYPES)
def test_r37_content_ending_and_declared_type_decide_together(content: str, ending: str) -> None:
    """Of all combinations only those are taken in which all three say the same."""
    same = {"jpeg": "jpg"}
    takes = document("pdf", "jpg", "png")
    for declared, media_type in TYPES.items():
        found = examine(takes, offered(f"x.{ending}", REAL[content], media_type))
        agree = len({same.get(one, one) for one in (content, ending, declared)}) == 1
        assert isinstance(found, Taken) == agree
        assert agree or found == Refused("upload.wrong_format")


@pytest.mark.parametrize(
    ("formats", "name", "content", "reason"),
    [
        (("pdf",), "pass.png", png(), "upload.wrong_format"),
        (("pdf",), "pass", PDF, "upload.wrong_format"),
        (("pdf",), "pass.pdf", b"MZ\x90\x00", "upload.wrong_format"),
        (("pdf",), "pass.svg", b"<svg onload='x'>", "upload.wrong_format"),
        (("pdf",), "pass.pdf", b"%PDF-1.7\n half", "upload.broken"),
        (("jpg",), "pass.jpg", jpg()[:200], "upload.broken"),
        (("png",), "pass.png", png()[:-30], "upload.broken"),
        (("pdf",), "pass.pdf", b"", "upload.empty"),
        (("pdf",), "", b"", "upload.none"),
        (("pdf",), "pass.pdf", PDF + b" " * 1_000_000, "upload.too_large"),
    ],
)
def test_what_cannot_be_taken_is_told_why(
    formats: tuple[str, ...], name: str, content: bytes, reason: str
) -> None:
    """Each mistake has its own help."""
    assert Refused(reason) == examine(document(*formats), offered(name, content))


@pytest.mark.parametrize("declared", ["", "application/octet-stream", "IMAGE/JPEG; x=y"])
def test_browsers_that_do_not_know_the_type_are_no_obstacle(declared: str) -> None:
    """Some phones call every file a stream of bytes; content and ending still have to agree."""
    found = examine(document("jpg"), offered("DSC_0001.JPG", jpg(), declared))
    assert isinstance(found, Taken)
    assert (found.name, found.media_type) == ("DSC_0001.JPG", "image/jpeg")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\x\\Pass.pdf", "Pass.pdf"),
        ("gpj.\u202efdp.pdf", "gpj.fdp.pdf"),
        ("a\x00b\r\nc.pdf", "abc.pdf"),
        ("evil.php\x00.pdf", "evil.php.pdf"),
        ('a"b<c>.pdf', "a_b_c_.pdf"),
        ("Nachweis U\u0308ber.pdf", "Nachweis Über.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        ("x" * 9000 + ".pdf", "x" * 116 + ".pdf"),
        ("a." + "b" * 300, "a." + "b" * 118),
        ("CON.pdf", "_CON.pdf"),
        ("lpt1", "_lpt1"),
        (".htaccess.pdf", "htaccess.pdf"),
        ("a\u200b\u2066b.pdf", "ab.pdf"),
        ("...", "datei"),
        ("", "datei"),
    ],
)
def test_r40_names_carry_no_path_and_no_hidden_signs(given: str, kept: str) -> None:
    """A name is shown to people and put into packages, never used as a path."""
    assert kept == clean_name(given)
    assert len(clean_name(given)) <= 120


def test_unknown_content_has_no_kind() -> None:
    """HTML is none of the three, whatever it is called."""
    assert kind_of(b"<html>") is None


def test_inputs_ask_for_media_types_first() -> None:
    """iPhones then hand over JPEG instead of HEIC, and Android offers the camera."""
    both: Document = document("pdf", "jpg")
    assert accept(both) == "application/pdf,image/jpeg,.pdf,.jpg,.jpeg"
