"""File names that every system takes: no paths, no controls, no tricks of writing direction."""

import re
import unicodedata

LONGEST = 80

_EXTENSIONS = {
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    "application/xml": "xml",
    "application/json": "json",
    "application/zip": "zip",
    # What authorities put beside it.
    "text/plain": "txt",
    "message/rfc822": "eml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.oasis.opendocument.text": "odt",
}
_NOT_ALLOWED = re.compile(r"[^A-Za-z0-9ÄÖÜäöüßÀ-ÖØ-öø-ž._-]+")


def extension(media_type: str) -> str:
    """The one extension a media type has here; never taken from the applicant's name."""
    return _EXTENSIONS.get(media_type, "bin")


def media_type_of(name: str) -> str:
    """What a file of ours is, by the extension it was given here."""
    end = name.rpartition(".")[2]
    return next(
        (kind for kind, one in _EXTENSIONS.items() if one == end), "application/octet-stream"
    )


def file_name(given: str, media_type: str) -> str:
    """The applicant's name for a file, made harmless."""
    stem = unicodedata.normalize("NFC", given).replace("\\", "/").rpartition("/")[2]
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", stem)
    stem = _NOT_ALLOWED.sub("_", stem).strip("._-")[:LONGEST].rstrip("._-")
    return f"{stem or 'datei'}.{extension(media_type)}"
