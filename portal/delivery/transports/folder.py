"""A folder that the receiving system reads from: on a disk or a mounted share.

What keeps doubles out: the file's name follows from the key, and a name comes into the folder by a
hard link, which never replaces another file. A receiver that takes files away moves them into the
sub-folder `abgeholt`; there they are still known. The file appears whole or not at all: receivers
may read whatever does not begin with a dot.
"""

import hashlib
import os
import re
from pathlib import Path

from portal.delivery.transports.transport import Acknowledgement, RefusedError
from portal.settings import Target
from portal.storage.faults import failpoint
from portal.storage.files import make_folder, sync_folder, write_synced

PICKED_UP = "abgeholt"
_NAME = re.compile(r"\w[\w.-]{0,180}")
PART = ".part"


class Folder:
    """Delivers by writing files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, key: str, name: str, media_type: str, content: bytes) -> Acknowledgement:
        """Put the file there, unless it is there already; tell what can be read back."""
        file_name = name_for(key, name)
        make_folder(self.folder)
        self._remove_parts(file_name)
        for place in (self.folder / file_name, self.folder / PICKED_UP / file_name):
            if place.exists():
                # Who put it there may have died before its name was on the disk.
                sync_folder(place.parent)
                return _read_back(place)
        part = self.folder / f".{file_name}.{os.urandom(4).hex()}{PART}"
        try:
            # Readable for the group: the receiving system is another user.
            write_synced(part, content, mode=0o640, half_way="half-sent")
            failpoint("parcel-synced")
            place_new(part, self.folder / file_name)
        finally:
            part.unlink(missing_ok=True)
        failpoint("parcel-placed")
        sync_folder(self.folder)
        return _read_back(self.folder / file_name)

    def _remove_parts(self, file_name: str) -> None:
        """What a dead worker left of this very file."""
        for path in self.folder.glob(f".{file_name}.*{PART}"):
            path.unlink(missing_ok=True)


def open_folder(name: str, target: Target, data: Path) -> Folder:
    """The folder of a target: as set, or below the data folder."""
    return Folder(target.folder or data / "deliveries" / name)


def name_for(key: str, name: str) -> str:
    """The file's name: the same for every attempt, another for every submission."""
    case, _, place = key.partition(".")
    later = place.partition(".")[2]  # what the case sends later has a number at the end of its key
    start = f"{case}-{later}" if later else case
    full = name if name.startswith(case) else f"{start}_{name}"
    if not _NAME.fullmatch(full):
        raise RefusedError("file-name")
    return full


def place_new(part: Path, target: Path) -> None:
    """Give a finished file its name, unless another one has it."""
    try:
        target.hardlink_to(part)
    except FileExistsError:
        return  # another worker was quicker; what is there is read back like our own
    except OSError:
        # A share without hard links. Whoever might be replaced here has the same key, and so the
        # same bytes.
        if not target.exists():
            part.rename(target)


def _read_back(place: Path) -> Acknowledgement:
    content = place.read_bytes()
    return Acknowledgement(len(content), hashlib.sha256(content).hexdigest(), place.name)
