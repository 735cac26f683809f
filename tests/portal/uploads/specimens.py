"""Files that nobody should have to take, made here: nothing hostile lies in the repository."""

import random
import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO

from pikepdf import Array, Dictionary, Encryption, Name, Page, Pdf
from PIL import Image

from engine.model import Document
from engine.model_parts import Text
from engine.source import Position, Span
from tests.portal.papers import PDF, jpg

SPAN = Span("x", Position(1, 1), Position(1, 1))
# The industry's harmless test file, put together here so that no scanner stops at this source.
EICAR = b"".join(
    (
        rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$",
        b"EICAR-STANDARD-ANTIVIRUS-TEST-",
        b"FILE!$H+H*",
    )
)


def document(*formats: str, megabytes: int = 1, most: int = 2) -> Document:
    """A document that takes these formats."""
    return Document(
        "b01", Text("", "Pass", SPAN), None, None, None, None, None, formats, 1, most,
        megabytes, False, False, False, False, SPAN,
    )  # fmt: skip


def png(size: tuple[int, int] = (8, 8), mode: str = "RGB") -> bytes:
    """A plain picture."""
    target = BytesIO()
    Image.new(mode, size).save(target, "PNG")
    return target.getvalue()


def pdf(change: Callable[[Pdf, Page], None], encryption: Encryption | None = None) -> bytes:
    """A page that `change` does something to."""
    target = BytesIO()
    with Pdf.new() as made:
        page = made.add_blank_page()
        change(made, page)
        made.save(target, encryption=encryption if encryption else False)
    return target.getvalue()


def with_script() -> bytes:
    """A PDF that runs JavaScript when it is opened, and again by name."""

    def change(made: Pdf, page: Page) -> None:
        script = Dictionary(S=Name.JavaScript, JS="app.alert(1)")
        made.Root.OpenAction = made.make_indirect(script)
        made.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array(["x", script])))

    return pdf(change)


def with_launch() -> bytes:
    """A PDF whose link starts a program, behind a harmless first action."""

    def change(made: Pdf, page: Page) -> None:
        launch = made.make_indirect(Dictionary(S=Name.Launch, F="cmd.exe"))
        action = Dictionary(S=Name.URI, URI="https://example.org", Next=Array([launch]))
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=action)
        page.obj.Annots = Array([made.make_indirect(link)])

    return pdf(change)


def with_attachment() -> bytes:
    """A PDF that carries a program, once for the document and once as a note."""

    def change(made: Pdf, page: Page) -> None:
        made.attachments["setup.exe"] = b"MZ-the-program"
        note = Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=Array([0, 0, 9, 9]))
        page.obj.Annots = Array([note])

    return pdf(change)


def with_page_actions() -> bytes:
    """A PDF that acts when its page is shown, and sends a form away."""

    def change(made: Pdf, page: Page) -> None:
        send = Dictionary(S=Name.SubmitForm, F="https://example.org")
        page.obj.AA = Dictionary(O=Dictionary(S=Name.JavaScript, JS="this.submitForm()"))
        field = Dictionary(T="x", FT=Name.Btn, A=send, AA=Dictionary(U=send))
        made.Root.AcroForm = Dictionary(Fields=Array([field]), XFA="xfa-payload")

    return pdf(change)


def locked() -> bytes:
    """A PDF that wants a password."""
    return pdf(lambda made, page: None, Encryption(owner="a", user="b"))


def restricted() -> bytes:
    """A PDF that everybody may read, and nobody may print."""
    return pdf(lambda made, page: None, Encryption(owner="a", user=""))


def swelling_pdf(megabytes: int = 150) -> bytes:
    """A small PDF with a stream of objects that unpacks to very much."""
    packer = zlib.compressobj(9)
    blank = b" " * 1_000_000
    packed = packer.compress(b"7 0 null") + b"".join(
        packer.compress(blank) for _ in range(megabytes)
    )
    packed += packer.flush()
    objects = [
        b"1 0 obj\n<</Type/Catalog/Pages 2 0 R/X 7 0 R>>\nendobj\n",
        b"2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n",
        b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>\nendobj\n",
        b"5 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n%s\n"
        b"endstream\nendobj\n" % (len(packed), packed),
    ]
    made, places = b"%PDF-1.7\n", []
    for one in objects:
        places.append(len(made))
        made += one
    here = len(made)
    rows = [(0, 0, 0), *((1, place, 0) for place in places[:3]), (0, 0, 0)]
    rows += [(1, places[3], 0), (1, here, 0), (2, 5, 0)]
    table = b"".join(struct.pack(">BIH", *row) for row in rows)
    made += b"6 0 obj\n<</Type/XRef/Size 8/W[1 4 2]/Root 1 0 R/Length %d>>stream\n" % len(table)
    return made + table + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % here


def nested_pdf(depth: int = 100_000) -> bytes:
    """A PDF with brackets in brackets."""
    inner = b"[" * depth + b"]" * depth
    return PDF.replace(b"/MediaBox", b"/X " + inner + b" /MediaBox", 1)


def huge_png(edge: int = 50_000) -> bytes:
    """A few bytes that say they are a picture of 2.5 gigapixels."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + check

    head = struct.pack(">IIBBBBB", edge, edge, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def zipped(name: str = "a.pdf", content: bytes = PDF) -> bytes:
    """An archive."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return target.getvalue()


def photo(size: tuple[int, int] = (40, 20), orientation: int = 6) -> bytes:
    """A photo that lies on its side and tells where it was taken; its left half is red."""
    image = Image.new("RGB", size, "white")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Fictional Phones"
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 36.0)})
    target = BytesIO()
    image.save(target, "JPEG", exif=exif, comment=b"secret-comment", quality=95)
    return target.getvalue()


def noise(edge: int = 900) -> bytes:
    """A picture that no method makes small."""
    target = BytesIO()
    pixels = random.Random(7).randbytes(edge * edge)  # noqa: S311 - always the same
    Image.frombytes("L", (edge, edge), pixels).save(target, "JPEG", quality=90)
    return target.getvalue()


HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "html in pdf": ("a.pdf", lambda: b"<html><script>alert(1)</script>" + PDF),
    "zip": ("a.zip", zipped),
    "zip called pdf": ("a.pdf", zipped),
    "zip in zip": ("a.zip", lambda: zipped("b.zip", zipped())),
    "zip bomb": ("a.zip", lambda: zipped("a", bytes(50_000_000))),
    "program": ("a.exe", lambda: b"MZ" + bytes(100)),
    "program called pdf": ("a.pdf.exe", lambda: PDF),
    "gif with script": ("a.gif", lambda: b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)"),
    "svg with script": ("a.svg", lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='x'/>"),
    "xml with entities": ("a.xml", lambda: b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///x'>]><x/>"),
    "word": ("a.docx", lambda: zipped("word/document.xml", b"<w/>")),
    "old word": ("a.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    "heic": ("a.heic", lambda: b"\0\0\0\x18ftypheic" + bytes(60)),
    "heic called jpg": ("a.jpg", lambda: b"\0\0\0\x18ftypmif1" + bytes(60)),
    "tar": ("a.tar", lambda: bytes(257) + b"ustar\x0000" + bytes(250)),
    "gzip": ("a.gz", lambda: b"\x1f\x8b" + bytes(60)),
    "pixels": ("a.png", huge_png),
    "pdf that is locked": ("a.pdf", locked),
    "pdf without pages": ("a.pdf", lambda: PDF.replace(b"/Count 1", b"/Count 0")[:60]),
    "pdf without end": ("a.pdf", lambda: PDF[: len(PDF) // 4]),
    "pdf of noise": ("a.pdf", lambda: b"%PDF-1.7\n" + bytes(range(256)) * 40 + b"\n%%EOF"),
    "jpg of noise": ("a.jpg", lambda: b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40 + b"\xff\xd9"),
    "png of noise": ("a.png", lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40),
    "half a jpg": ("a.jpg", lambda: jpg()[: len(jpg()) // 2]),
    "one byte": ("a.pdf", lambda: b"%"),
}
