"""The file store: a name exists only once its bytes are on the disk (R04).

Our own few lines, because the object-store library does not fsync, and a row must never refer to
a file that a power cut can take away.
"""

import os
import re
import time
from pathlib import Path

_NAME = re.compile(r"[0-9a-z][0-9a-z._-]{3,79}")
_UNFINISHED = ".unfinished"


class FileStore:
    """Files by name in one folder, spread over 256 sub-folders."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)

    def write(self, name: str, content: bytes) -> None:
        """Write durably: temporary name, fsync, rename, fsync of the folder."""
        target = self._path(name)
        self._make_folder(target.parent)
        unfinished = target.with_name(f"{target.name}.{os.urandom(6).hex()}{_UNFINISHED}")
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            unfinished.rename(target)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise
        _sync_folder(target.parent)

    def read(self, name: str) -> bytes:
        """The bytes; FileNotFoundError if there are none."""
        return self._path(name).read_bytes()

    def remove(self, name: str) -> None:
        """Forget a file; nothing happens if it is gone already."""
        path = self._path(name)
        if path.exists():
            path.unlink()
            _sync_folder(path.parent)

    def names(self) -> set[str]:
        """All finished files."""
        return {
            path.name
            for path in self.root.glob("*/*")
            if not path.name.endswith(_UNFINISHED) and path.is_file()
        }

    def sweep(self, known: set[str], older_than_seconds: float = 3600) -> int:
        """Remove unfinished files and files without a row, if old enough not to be under way."""
        limit = time.time() - older_than_seconds
        removed = 0
        for path in self.root.glob("*/*"):
            if path.name not in known and path.stat().st_mtime <= limit:
                path.unlink(missing_ok=True)
                removed += 1
        return removed

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise ValueError("not a name of the file store")
        return self.root / name[-2:] / name

    def _make_folder(self, folder: Path) -> None:
        if not folder.is_dir():
            folder.mkdir(parents=True, exist_ok=True)
            _sync_folder(self.root)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
