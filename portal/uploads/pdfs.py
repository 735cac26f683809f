"""PDFs: opened, rid of everything that acts by itself or hides other files, and written anew.

Only what can be reached from the document is written, so nothing in front of, behind or between
survives. A signed document in which nothing is to be removed stays as it is: writing it anew would
break the signature that makes it a proof.
"""

import time
from collections.abc import Iterator
from io import BytesIO

from pikepdf import Array, Dictionary, Name, Object, PasswordError, Pdf, Stream, settings

from portal.uploads.pictures import UnreadableError

_PATIENCE = 15.0  # seconds
_MOST_OBJECTS = 500_000
_MEGABYTE = 1024 * 1024
# Structure is small; a stream of objects that swells up to more is a bomb. Contents of pages and
# pictures are never unpacked here.
settings.set_qpdf_limits(
    flate_max_memory=16 * _MEGABYTE,
    run_length_max_memory=16 * _MEGABYTE,
    png_max_memory=16 * _MEGABYTE,
    tiff_max_memory=16 * _MEGABYTE,
    doc_max_warnings=500,
)

_UNWANTED_KEYS = ("/AA", "/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/AF", "/XFA",
                  "/Collection", "/RichMediaContent", "/RichMediaSettings")  # fmt: skip
_UNWANTED_ACTIONS = ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR",
                     "/Rendition", "/Movie", "/Sound", "/RichMediaExecute", "/GoTo3DView",
                     "/Trans")  # fmt: skip
_UNWANTED_NOTES = ("/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D")


def clean_pdf(content: bytes) -> bytes:
    """The document without active contents; UnreadableError if it is locked or broken."""
    try:
        with Pdf.open(BytesIO(content)) as pdf:
            return _cleaned(pdf, content)
    except UnreadableError:
        raise
    except PasswordError as fault:
        raise UnreadableError("upload.locked") from fault
    except Exception as fault:  # whatever the library throws at hostile bytes
        raise UnreadableError from fault


def _cleaned(pdf: Pdf, content: bytes) -> bytes:
    is_signed, is_changed = False, False
    for held in _dictionaries(pdf):
        is_signed = is_signed or "/ByteRange" in held
        is_changed = _strip(held) or is_changed
    if not len(pdf.pages):
        raise UnreadableError
    if is_signed and not is_changed and not pdf.is_encrypted and _ends_properly(content):
        return content
    target = BytesIO()
    pdf.save(target, deterministic_id=True)
    return target.getvalue()


def _ends_properly(content: bytes) -> bool:
    return content.rstrip(b"\r\n \x00").endswith(b"%%EOF")


def _dictionaries(pdf: Pdf) -> Iterator[Object]:
    """Everything that can be reached, each once, before what is in it."""
    ends = time.monotonic() + _PATIENCE
    seen: set[tuple[int, int]] = set()
    waiting: list[Object] = [pdf.trailer]
    count = 0
    while waiting:
        held = waiting.pop()
        if held.is_indirect:
            if held.objgen in seen:
                continue
            seen.add(held.objgen)
        count += 1
        if count > _MOST_OBJECTS or time.monotonic() > ends:
            raise UnreadableError("upload.too_complex")
        if isinstance(held, Array):
            waiting += [one for one in held if isinstance(one, Object)]
        elif isinstance(held, Dictionary | Stream):
            yield held
            waiting += [one for one in held.values() if isinstance(one, Object)]


def _strip(held: Object) -> bool:
    """Take out what acts or hides; whether there was anything."""
    gone = [key for key in _UNWANTED_KEYS if key in held]
    gone += [key for key in ("/OpenAction", "/A", "/PA", "/Next") if _acts(held.get(key))]
    for key in gone:
        del held[key]
    if _is_unwanted(held, "/S", _UNWANTED_ACTIONS) and "/K" not in held:
        # An action that somebody still points to: it now leads to the first page.
        for key in list(held.keys()):
            del held[key]
        held["/S"], held["/N"] = Name("/Named"), Name("/FirstPage")
        return True
    return _strip_notes(held) or bool(gone)


def _acts(value: object) -> bool:
    if isinstance(value, Array):
        return any(_acts(one) for one in value)
    if not isinstance(value, Dictionary):
        return False
    return _is_unwanted(value, "/S", _UNWANTED_ACTIONS)


def _strip_notes(held: Object) -> bool:
    notes = held.get("/Annots")
    if not isinstance(notes, Array):
        return False
    kept = [one for one in notes if not _is_unwanted(one, "/Subtype", _UNWANTED_NOTES)]
    if len(kept) == len(notes):
        return False
    held["/Annots"] = Array(kept)
    return True


def _is_unwanted(held: object, key: str, unwanted: tuple[str, ...]) -> bool:
    if not isinstance(held, Dictionary):
        return False
    value = held.get(key)
    return isinstance(value, Name) and str(value) in unwanted
