"""Files handed in: what they are by their content, and whether they may be taken."""

import re
import unicodedata
from dataclasses import dataclass

from engine.model import Document

MEDIA_TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}
_ENDINGS = {"pdf": ("pdf",), "jpg": ("jpg", "jpeg"), "png": ("png",)}
_SIGNATURES = (
    ("pdf", b"%PDF-"),
    ("jpg", b"\xff\xd8\xff"),
    ("png", b"\x89PNG\r\n\x1a\n"),
)
_ENDS = {"pdf": b"%%EOF", "jpg": b"\xff\xd9", "png": b"IEND\xaeB`\x82"}
_MEGABYTE = 1_000_000
LONGEST_NAME = 120
_FORBIDDEN = re.compile(r"[/\\:*?\"<>|]")


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that may be kept."""

    name: str
    media_type: str
    content: bytes


def examine(document: Document, name: str, content: bytes) -> Taken | str:
    """The file as it is kept, or the key of the text that says why not."""
    if not name and not content:
        return "upload.none"
    if not content:
        return "upload.empty"
    if len(content) > document.max_megabytes * _MEGABYTE:
        return "upload.too_large"
    kind = kind_of(content)
    ending = name.rpartition(".")[2].lower()
    # Content, ending and what the document allows must agree (R37).
    if kind is None or kind not in document.formats or ending not in _ENDINGS[kind]:
        return "upload.wrong_format"
    if _ENDS[kind] not in content[-1024:]:
        return "upload.broken"
    return Taken(clean_name(name), MEDIA_TYPES[kind], content)


def kind_of(content: bytes) -> str | None:
    """pdf, jpg or png by the first bytes."""
    return next((kind for kind, start in _SIGNATURES if content.startswith(start)), None)


def clean_name(name: str) -> str:
    """The file's name as data only: no path, no control or direction signs, not too long (R40)."""
    last = re.split(r"[/\\]", name)[-1]
    normal = unicodedata.normalize("NFC", last)
    plain = "".join(sign for sign in normal if unicodedata.category(sign)[0] != "C")
    plain = _FORBIDDEN.sub("_", plain).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    room = LONGEST_NAME - len(ending) - 1
    return f"{stem[:room]}{dot}{ending}" if dot else plain[:LONGEST_NAME] or "datei"
