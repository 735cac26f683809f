"""The file store: a name exists only once its bytes are on the disk (R04).

Our own few lines, because the object-store library does not fsync, and a row must never refer to
a file that a power cut can take away.
"""

import os
import re
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from portal.storage.faults import failpoint, is_armed
from portal.storage.refusals import UnavailableError

_NAME = re.compile(r"[0-9a-f]{2}[0-9a-z._-]{2,78}")
_UNFINISHED = ".unfinished"


class FileStore:
    """Files by name in one folder, in 256 sub-folders after the first two signs of the name."""

    def __init__(self, root: Path) -> None:
        self.root = root
        make_folder(root)
        # All at once: a folder made while files come in would need a sync of its own each time,
        # and whoever finds it there could not know whether that has happened yet.
        for number in range(256):
            (root / f"{number:02x}").mkdir(exist_ok=True)
        sync_folder(root)
        self._writers = ThreadPoolExecutor(max_workers=8, thread_name_prefix="files")

    def write(self, name: str, content: bytes) -> None:
        """Write one file durably."""
        self.write_all({name: content})

    def write_all(self, files: Mapping[str, bytes]) -> None:
        """Write durably: temporary names, fsync, rename, then one fsync for each folder.

        Names that begin alike share a folder, so that files which belong together cost one.
        """
        unfinished: dict[Path, Path] = {}
        try:
            for name in files:
                target = self._path(name)
                made = target.with_name(f"{name}.{os.urandom(6).hex()}{_UNFINISHED}")
                unfinished[made] = target
            # Side by side: the disk answers several fsyncs together, which takes a fraction.
            list(self._writers.map(_write_part, unfinished, files.values()))
            failpoint("file-synced")
            for made, target in unfinished.items():
                made.rename(target)
                failpoint("file-renamed")
            for folder in {target.parent for target in unfinished.values()}:
                sync_folder(folder)
        except BaseException as fault:
            for made in unfinished:
                made.unlink(missing_ok=True)
            if isinstance(fault, OSError):
                raise UnavailableError(f"file store: {type(fault).__name__}") from fault
            raise
        failpoint("folder-synced")

    def read(self, name: str) -> bytes:
        """The bytes; FileNotFoundError if there are none."""
        return self._path(name).read_bytes()

    def has(self, name: str) -> bool:
        """Whether there is such a file."""
        return self._path(name).is_file()

    def remove(self, name: str) -> None:
        """Forget a file; nothing happens if it is gone already.

        Not synced: should a power cut bring the name back, it has no row, and a sweep takes it.
        """
        self._path(name).unlink(missing_ok=True)

    def names(self) -> set[str]:
        """All finished files."""
        return {path.name for path in self._all() if not path.name.endswith(_UNFINISHED)}

    def old_names(self, older_than_seconds: float) -> set[str]:
        """Finished files that are old enough not to be under way."""
        return {path.name for path in self._old(older_than_seconds) if not _is_unfinished(path)}

    def remove_unfinished(self, older_than_seconds: float) -> int:
        """Remove what a dead process left half-written; no row ever refers to it."""
        gone = [path for path in self._old(older_than_seconds) if _is_unfinished(path)]
        for path in gone:
            path.unlink(missing_ok=True)
        return len(gone)

    def _old(self, seconds: float) -> Iterator[Path]:
        limit = time.time() - seconds
        for path in self._all():
            try:
                if path.stat().st_mtime <= limit:
                    yield path
            except FileNotFoundError:  # removed, or renamed to its final name, meanwhile
                continue

    def _all(self) -> Iterator[Path]:
        return (path for path in self.root.glob("*/*") if path.is_file())

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise ValueError("not a name of the file store")
        return self.root / name[:2] / name


def make_folder(folder: Path) -> None:
    """Make a folder whose own name survives a power cut."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Put the names in a folder on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _is_unfinished(path: Path) -> bool:
    return path.name.endswith(_UNFINISHED)


def _write_part(path: Path, content: bytes) -> None:
    write_synced(path, content, mode=0o600, half_way="file-half-written")


def write_synced(path: Path, content: bytes, *, mode: int, half_way: str = "") -> None:
    """A new file whose bytes are on the disk; a test may kill the process `half_way`."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as file:
        if half_way and is_armed(half_way):
            file.write(content[: len(content) // 2])
            file.flush()
            failpoint(half_way)
            file.seek(0)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
