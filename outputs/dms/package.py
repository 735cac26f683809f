"""One ZIP for message and primary documents; the same content gives the same bytes."""

import io
import zipfile
import zlib
from collections.abc import Iterable

_FIRST_DAY_OF_ZIP = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_READ_WRITE = 0o100644 << 16
LARGEST = 2_000_000_000  # what a package may unpack to


def pack(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Stored, not deflated: PDF and JPEG gain nothing, and no compressor's version shows."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(name, _FIRST_DAY_OF_ZIP)
            entry.create_system = _UNIX
            entry.external_attr = _READ_WRITE
            archive.writestr(entry, content)
    return written.getvalue()


def unpack(package: bytes, largest: int = LARGEST) -> dict[str, bytes] | None:
    """The files of a package; None if it is none, or too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(package)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > largest:
                return None
            return {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        return None
