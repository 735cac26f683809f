"""The folder that messages come into: on a disk or a mounted share.

Whoever brings a message writes it under a name that begins with a dot or ends in `.part`, and
renames it when it is whole. What was kept moves to `abgeholt`, where its sender can see for a week
that it has arrived; what a person must look at moves to `abgelehnt` and stays.
"""

import hashlib
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from portal.storage.files import make_folder, sync_folder

DONE = "abgeholt"
REFUSED = "abgelehnt"
PART = ".part"
KEPT = 7 * 86_400.0  # seconds
SETTLED = 60.0  # seconds: a younger file that makes no sense may still be on its way


@dataclass(frozen=True, slots=True)
class Parcel:
    """A file that has come."""

    path: Path
    size: int
    age: float  # seconds

    @property
    def name(self) -> str:
        """What it is called."""
        return self.path.name


@dataclass(frozen=True, slots=True)
class IncomingFolder:
    """The messages for one target's way back."""

    target: str
    folder: Path = field(compare=False)

    def parcels(self) -> Iterator[Parcel]:
        """What has come, oldest first."""
        if not self.folder.is_dir():
            make_folder(self.folder)
        found = []
        for path in self.folder.iterdir():
            if path.name.startswith(".") or path.name.endswith(PART):
                continue
            try:
                known = path.stat()
            except FileNotFoundError:  # another worker was quicker
                continue
            if path.is_file() and not path.is_symlink():
                found.append((known.st_mtime, path.name, path, known.st_size))
        now = time.time()
        for changed, _, path, size in sorted(found):
            yield Parcel(path, size, now - changed)

    def done(self, parcel: Parcel) -> None:
        """It is kept."""
        self._move(parcel, DONE)

    def refuse(self, parcel: Parcel) -> None:
        """A person must look at it."""
        self._move(parcel, REFUSED)

    def forget_old(self) -> int:
        """Delete what was kept a week ago: it lies here as anybody can read it."""
        gone = 0
        for path in (self.folder / DONE).glob("*"):
            if path.is_file() and time.time() - path.stat().st_mtime > KEPT:
                path.unlink(missing_ok=True)
                gone += 1
        return gone

    def bring_back(self, name: str) -> bool:
        """What was refused comes in once more; False if it is not there."""
        held = self.folder / REFUSED / Path(name).name
        if not held.is_file():
            return False
        held.rename(_free(self.folder, held.name))
        sync_folder(self.folder)
        return True

    def _move(self, parcel: Parcel, to: str) -> None:
        make_folder(self.folder / to)
        place = _free(self.folder / to, parcel.name)
        try:
            parcel.path.rename(place)
        except FileNotFoundError:  # another worker was quicker
            return
        place.touch()  # the week begins now
        sync_folder(self.folder / to)
        sync_folder(self.folder)


def _free(folder: Path, name: str) -> Path:
    """A name that is not taken: moving must not replace what lies there."""
    path = folder / name
    if not path.exists():
        return path
    stamp = hashlib.sha256(f"{name}{time.time_ns()}".encode()).hexdigest()[:8]
    return folder / f"{stamp}-{name}"
