"""Folders on a disk or a mounted share: `filed`.

What keeps doubles out: a file gets its name by a hard link, which never replaces another one.
"""

import os
from glob import escape
from pathlib import Path

from portal.delivery.transports.dms.facts import Told
from portal.delivery.transports.dms.filer import Filer
from portal.delivery.transports.dms.tree import Path as TreePath
from portal.delivery.transports.dms.tree import TreeDms
from portal.delivery.transports.folder import PART, place_new
from portal.settings import Target
from portal.storage.files import make_folder, sync_folder, write_synced


class Folders:
    """A `FileTree` below one folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def make_folder(self, path: TreePath, kind: str, facts: Told) -> None:
        """Durably: the folder above is synced."""
        make_folder(self.root)
        folder = self.root.joinpath(*path)
        folder.mkdir(exist_ok=True, mode=0o750)
        sync_folder(folder.parent)

    def put_new(self, path: TreePath, content: bytes, media_type: str, facts: Told) -> None:
        """A file of another name first; what a dead worker left of it goes."""
        target = self.root.joinpath(*path)
        short = path[-1][-20:]  # with the id in it, and short enough for any disk
        for left in target.parent.glob(f".{escape(short)}.*{PART}"):
            left.unlink(missing_ok=True)
        if not target.exists():
            part = target.with_name(f".{short}.{os.urandom(4).hex()}{PART}")
            try:
                write_synced(part, content, mode=0o640, half_way="half-sent")
                place_new(part, target)
            finally:
                part.unlink(missing_ok=True)
        sync_folder(target.parent)

    def read(self, path: TreePath) -> bytes | None:
        """What lies there."""
        try:
            return self.root.joinpath(*path).read_bytes()
        except FileNotFoundError:
            return None

    def children(self, path: TreePath) -> list[tuple[str, bool]]:
        """What lies in the folder, links to elsewhere left out."""
        folder = self.root.joinpath(*path)
        if not folder.is_dir():
            return []
        return [(one.name, one.is_dir()) for one in folder.iterdir() if not one.is_symlink()]


def open_filed(name: str, target: Target, data: Path) -> Filer:
    """As all transports are opened."""
    return Filer(TreeDms(Folders(target.folder or data / "deliveries" / name)))
