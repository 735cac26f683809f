"""R41: hostile files are refused with help, or come out as nothing but a page or a picture."""

import zipfile
from io import BytesIO

import pytest
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image

from portal.uploads.examine import Offered, Refused, Taken, examine
from portal.uploads.pictures import LONGEST_EDGE
from tests.portal.papers import PDF, jpg
from tests.portal.uploads import specimens
from tests.portal.uploads.specimens import HOSTILE, document

ANY = document("pdf", "jpg", "png", megabytes=10)
HELP = {
    "zip": "upload.archive",
    "zip called pdf": "upload.archive",
    "zip in zip": "upload.archive",
    "zip bomb": "upload.archive",
    "tar": "upload.archive",
    "gzip": "upload.archive",
    "word": "upload.office",
    "old word": "upload.office",
    "heic": "upload.heic",
    "heic called jpg": "upload.heic",
    "pixels": "upload.too_many_pixels",
    "pdf that is locked": "upload.locked",
    "pdf without pages": "upload.broken",
    "pdf without end": "upload.broken",
    "pdf of noise": "upload.broken",
    "jpg of noise": "upload.broken",
    "png of noise": "upload.broken",
    "half a jpg": "upload.broken",
}


def taken(name: str, content: bytes) -> bytes:
    """What is kept of a file."""
    found = examine(ANY, Offered(name, "", content))
    assert isinstance(found, Taken), found
    return found.content


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_files_are_refused_with_the_help_that_fits(kind: str) -> None:
    """No file is called wrong without a word on what to do."""
    name, make = HOSTILE[kind]
    reason = HELP.get(kind, "upload.wrong_format")
    assert Refused(reason) == examine(ANY, Offered(name, "", make()))


@pytest.mark.parametrize(
    ("make", "traces"),
    [
        (specimens.with_script, [b"JavaScript", b"app.alert"]),
        (specimens.with_launch, [b"Launch", b"cmd.exe"]),
        (specimens.with_attachment, [b"Embedded", b"FileAttachment", b"setup.exe"]),
        (specimens.with_page_actions, [b"submitForm", b"SubmitForm", b"xfa-payload", b"/AA"]),
    ],
)
def test_pdfs_lose_whatever_acts_or_hides(make: object, traces: list[bytes]) -> None:
    """The traces are in the file that came, and in no object of the one that is kept."""
    assert callable(make)
    came = _unpacked(make())
    kept = _unpacked(taken("a.pdf", make()))
    assert all(one in came for one in traces)
    assert not any(one in kept for one in traces)
    with Pdf.open(BytesIO(kept)) as pdf:
        assert len(pdf.pages) == 1


def test_a_harmless_link_stays_a_link() -> None:
    """Only the action behind it goes."""
    assert b"https://example.org" in _unpacked(taken("a.pdf", specimens.with_launch()))


@pytest.mark.parametrize("before", [True, False])
def test_a_pdf_that_is_an_archive_too_is_only_a_pdf_afterwards(*, before: bool) -> None:
    """What lies behind or between the document's own objects is not kept."""
    archive = specimens.zipped("evil.exe", b"MZ" + bytes(500))
    both = PDF.replace(b"%%EOF", b"%%EOF\n" + archive) if before else PDF + archive
    assert zipfile.is_zipfile(BytesIO(both))
    kept = taken("a.pdf", both)
    assert not zipfile.is_zipfile(BytesIO(kept))
    assert b"evil.exe" not in kept


def test_a_picture_that_is_an_archive_too_is_only_a_picture_afterwards() -> None:
    """Pictures are written anew from their pixels."""
    both = jpg() + specimens.zipped("evil.exe", b"MZ" + bytes(500))
    assert zipfile.is_zipfile(BytesIO(both))
    kept = taken("a.jpg", both)
    assert not zipfile.is_zipfile(BytesIO(kept))
    assert b"evil.exe" not in kept


def test_a_stream_that_swells_is_not_unpacked() -> None:
    """150 kB that become 150 MB cost neither the memory nor the time."""
    bomb = specimens.swelling_pdf()
    assert len(bomb) < 1_000_000
    found = examine(ANY, Offered("a.pdf", "", bomb))
    if isinstance(found, Taken):
        assert len(found.content) < 100_000


def test_brackets_in_brackets_break_nothing() -> None:
    """Whatever comes of it, it is an answer."""
    found = examine(ANY, Offered("a.pdf", "", specimens.nested_pdf()))
    assert isinstance(found, Taken | Refused)


def test_a_restricted_pdf_can_be_read_by_the_authority() -> None:
    """Who may open it without a password needs no help; printing is not forbidden any more."""
    kept = taken("a.pdf", specimens.restricted())
    with Pdf.open(BytesIO(kept)) as pdf:
        assert not pdf.is_encrypted


def test_a_signed_pdf_stays_as_it_is() -> None:
    """Writing it anew would break the signature; one with a script loses it all the same."""

    def sign(made: Pdf, page: object) -> None:
        made.Root.Sig = Dictionary(Type=Name.Sig, ByteRange=Array([0, 1, 2, 3]))

    signed = specimens.pdf(sign)
    assert taken("a.pdf", signed) == signed

    def sign_and_script(made: Pdf, page: object) -> None:
        sign(made, page)
        made.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")

    assert b"app.alert" not in _unpacked(taken("a.pdf", specimens.pdf(sign_and_script)))


def test_the_same_pdf_comes_out_the_same() -> None:
    """A repeated upload is the same file."""
    assert taken("a.pdf", specimens.with_script()) == taken("a.pdf", specimens.with_script())


@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_photos_stand_upright_without_their_notes(orientation: int) -> None:
    """Turned by its own note, and then without notes: nobody learns where it was taken."""
    came = specimens.photo(orientation=orientation)
    assert Image.open(BytesIO(came)).getexif().get_ifd(0x8825)
    kept = Image.open(BytesIO(taken("a.jpg", came)))
    assert kept.size == ((40, 20) if orientation == 3 else (20, 40))
    red = {3: (35, 10), 6: (10, 5), 8: (10, 35)}[orientation]
    white = {3: (5, 10), 6: (10, 35), 8: (10, 5)}[orientation]
    assert _is_red(kept, red)
    assert not _is_red(kept, white)
    assert not kept.getexif()
    assert not {"comment", "exif", "xmp", "icc_profile"} & set(kept.info)


def _is_red(image: Image.Image, place: tuple[int, int]) -> bool:
    found = image.convert("RGB").getpixel(place)
    assert isinstance(found, tuple)
    return found[0] - found[1] > 100


def test_large_pictures_shrink_to_what_can_still_be_read() -> None:
    """The longer edge is bounded, the shape stays."""
    kept = Image.open(BytesIO(taken("a.jpg", specimens.photo((6000, 3000), 1))))
    assert kept.size == (LONGEST_EDGE, LONGEST_EDGE // 2)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_can_be_taken(mode: str) -> None:
    """Also those with 16 bits, palettes and holes."""
    kept = Image.open(BytesIO(taken("a.png", specimens.png(mode=mode))))
    assert kept.size == (8, 8)


def test_a_cmyk_photo_becomes_one_that_screens_show() -> None:
    """Scanners in copy shops make such files."""
    target = BytesIO()
    Image.new("CMYK", (8, 8)).save(target, "JPEG")
    assert Image.open(BytesIO(taken("a.jpg", target.getvalue()))).mode == "RGB"


def _unpacked(content: bytes) -> bytes:
    """A PDF in plain bytes, so that nothing hides in a packed stream."""
    target = BytesIO()
    with Pdf.open(BytesIO(content)) as pdf:
        pdf.save(target, qdf=True)
    return target.getvalue()
