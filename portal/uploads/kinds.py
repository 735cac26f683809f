"""What a file is by its content, its ending and what the browser calls it; the three must agree.

A format that documents may take is a line in KINDS, and a cleaner in `examine`.
"""

from dataclasses import dataclass

from portal.uploads.names import ending_of

# What browsers say when they do not know: then the content and the ending decide.
UNKNOWN_TYPES = ("", "application/octet-stream", "binary/octet-stream")


@dataclass(frozen=True, slots=True)
class Kind:
    """A format."""

    id: str
    media_type: str
    start: bytes
    endings: tuple[str, ...]
    declared: tuple[str, ...]  # what browsers call it


KINDS = {
    one.id: one
    for one in (
        Kind(
            "pdf", "application/pdf", b"%PDF-", ("pdf",), ("application/pdf", "application/x-pdf")
        ),
        Kind(
            "jpg",
            "image/jpeg",
            b"\xff\xd8\xff",
            ("jpg", "jpeg"),
            ("image/jpeg", "image/jpg", "image/pjpeg"),
        ),
        Kind("png", "image/png", b"\x89PNG\r\n\x1a\n", ("png",), ("image/png", "image/x-png")),
    )
}
_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif")
_ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh",
             b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd")  # fmt: skip
_OFFICE_ENDINGS = ("doc", "docx", "odt", "rtf", "pages", "xls", "xlsx", "ods", "ppt", "pptx", "odp")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def kind_of(content: bytes) -> Kind | None:
    """The format by the first bytes."""
    return next((one for one in KINDS.values() if content.startswith(one.start)), None)


def agrees(kind: Kind, name: str, declared: str) -> bool:
    """Whether ending and declared type say the same as the content."""
    told = declared.partition(";")[0].strip().lower()
    return ending_of(name) in kind.endings and (told in kind.declared or told in UNKNOWN_TYPES)


def why_not(content: bytes, name: str) -> str:
    """The key of the text that helps with a file that is none of ours."""
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        return "upload.heic"
    is_office = ending_of(name) in _OFFICE_ENDINGS
    if content.startswith(_OLD_OFFICE) or (is_office and content.startswith((b"PK", b"{\\rtf"))):
        return "upload.office"
    # A tape archive has its mark further behind.
    if content.startswith(_ARCHIVES) or content[257:262] == b"ustar":
        return "upload.archive"
    return "upload.wrong_format"
