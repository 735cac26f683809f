"""Names of folders and files that every system takes, and that people can read."""

import re
import unicodedata

from outputs.dms.filing import FiledDocument, Filing
from outputs.names import extension

_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f-\x9f\\/:*?"<>|\u200e\u200f\u202a-\u202e\u2066-\u2069]+')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
_LONGEST = 80  # characters; with the id and four folders above it still fits everywhere
_SHORT = 8  # signs of an id: enough to keep apart what has the same title in one folder


def segment(text: str) -> str:
    """One part of a path: nothing that leads elsewhere, that hides, or that writes backwards."""
    name = _FORBIDDEN.sub(" ", unicodedata.normalize("NFC", text))
    name = " ".join(name.split())[:_LONGEST].strip(" .")
    return f"_{name}" if not name or _RESERVED.fullmatch(name) else name


def unit_name(filing: Filing) -> str:
    """The folder of the Aktenplaneinheit."""
    return segment(f"{filing.unit.number} {filing.unit.title}")


def akte_name(filing: Filing) -> str:
    """What a new Akte is called."""
    return _with_id(filing.akte.title, filing.akte.id)


def vorgang_name(filing: Filing) -> str:
    """What the Vorgang is called, in every attempt."""
    return _with_id(filing.vorgang.title, filing.vorgang.id)


def document_name(document: FiledDocument) -> str:
    """What the file is called, in every attempt; its extension is that of its type."""
    return f"{_with_id(document.title, document.id)}.{extension(document.media_type)}"


def _with_id(title: str, id: str) -> str:  # noqa: A002 - the id of an object
    return f"{segment(title)} {id[:_SHORT]}"
