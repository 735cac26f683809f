"""May this file be taken, and as what? Content, ending and declared type together decide (R37)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from engine.model import Document
from portal.uploads.kinds import KINDS, Kind, agrees, kind_of, why_not
from portal.uploads.names import clean_name
from portal.uploads.pdfs import clean_pdf
from portal.uploads.pictures import UnreadableError, clean_jpg, clean_png

MEGABYTE = 1_000_000
_CLEANERS: Mapping[str, Callable[[bytes], bytes]] = {
    "pdf": clean_pdf,
    "jpg": clean_jpg,
    "png": clean_png,
}


class Bounds(Protocol):
    """What a document, or an answer, takes."""

    @property
    def formats(self) -> tuple[str, ...]:
        """pdf, jpg, png."""

    @property
    def max_megabytes(self) -> int:
        """Of one file."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A file as it came."""

    name: str = field(repr=False)
    declared: str  # the type that the browser names
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that may be kept."""

    name: str = field(repr=False)
    media_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that may not; `reason` is the key of the text that helps."""

    reason: str


def look(document: Bounds, file: Offered) -> Kind | Refused:
    """What the file seems to be; cheap, before anything is unpacked."""
    if not file.name and not file.content:
        return Refused("upload.none")
    if not file.content:
        return Refused("upload.empty")
    if len(file.content) > document.max_megabytes * MEGABYTE:
        return Refused("upload.too_large")
    kind = kind_of(file.content)
    if kind is None:
        return Refused(why_not(file.content, file.name))
    if kind.id not in document.formats or not agrees(kind, file.name, file.declared):
        return Refused("upload.wrong_format")
    return kind


def clean(kind: Kind, file: Offered) -> Taken | Refused:
    """The file as it is kept: only what could be decoded, nothing that acts or hides (R41)."""
    try:
        content = _CLEANERS[kind.id](file.content)
    except UnreadableError as fault:
        return Refused(fault.reason)
    return Taken(clean_name(file.name), kind.media_type, content)


def examine(document: Document, file: Offered) -> Taken | Refused:
    """Both in a row, for whoever does not scan in between."""
    kind = look(document, file)
    return kind if isinstance(kind, Refused) else clean(kind, file)


def accept(document: Document) -> str:
    """What an input for this document offers to choose from.

    Media types come first: phones offer their camera for these, and iPhones hand over photos as
    JPEG if nothing else is asked for.
    """
    kinds = [KINDS[one] for one in document.formats]
    endings = [f".{ending}" for kind in kinds for ending in kind.endings]
    return ",".join([*(kind.media_type for kind in kinds), *endings])
