"""The documents of a file as one ZIP, cut into pieces, and put together again."""

from collections.abc import Iterable, Mapping, Sequence

from outputs.aktenversendung.messages import FileMetadata, Piece
from outputs.dms.package import pack, unpack

# A message may have 50 MB; in base64 a piece is a third larger.
PIECE = 36_000_000
MOST = 1_000


class IncompleteDelivery(ValueError):
    """Something is missing or other than announced. The message is a code."""


def cut(archive: bytes, size: int = PIECE) -> tuple[bytes, ...]:
    """At least one piece."""
    return tuple(archive[at : at + size] for at in range(0, max(len(archive), 1), size))


def build(files: Iterable[tuple[str, bytes]]) -> bytes:
    """The ZIP: files flat, the same bytes for the same files."""
    return pack(files)


def missing(metadata: FileMetadata, pieces: Iterable[Piece]) -> tuple[int, ...]:
    """Numbers of the pieces that have not come yet."""
    here = {one.number for one in pieces}
    if metadata.package_count > MOST:
        raise IncompleteDelivery("too-many")
    return tuple(n for n in range(1, metadata.package_count + 1) if n not in here)


def join(metadata: FileMetadata, pieces: Sequence[Piece]) -> Mapping[str, bytes]:
    """Document id -> content; IncompleteDelivery unless it is exactly what was announced."""
    if missing(metadata, pieces):
        raise IncompleteDelivery("piece-missing")
    by_number = {one.number: one.content for one in pieces}
    archive = b"".join(by_number[n] for n in range(1, metadata.package_count + 1))
    if len(archive) != metadata.archive_size:
        raise IncompleteDelivery("other-size")
    files = unpack(archive)
    if files is None:
        raise IncompleteDelivery("not-an-archive")
    if files.keys() != {one.archive_name for one in metadata.entries}:
        raise IncompleteDelivery("other-documents")
    return {one.id: files[one.archive_name] for one in metadata.entries}
