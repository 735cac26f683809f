"""The document management systems that every case is filed in, and how to look into each."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from outputs.dms.read import read_filing
from portal.delivery.transports.dms.filer import Filer
from portal.delivery.transports.dms.folders import Folders
from portal.delivery.transports.dms.packages import Packages
from portal.delivery.transports.dms.tree import PAGE, REGISTER, TreeDms
from portal.delivery.transports.folder import Folder
from tests.portal.delivery.dms.cases import Row, rows_of
from tests.portal.delivery.dms.faults import BrokenCarrier, BrokenTree, Fault


class System(Protocol):
    """A DMS of the tests."""

    def filer(self, fault: Fault | None = None) -> Filer:
        """A connection to it, which may break."""

    def held(self) -> list[Row]:
        """Everything in it, found with other means than the adapter's."""

    def pages(self) -> int:
        """How many pages of metadata lie beside the documents; 0 where objects have properties."""


class FolderSystem:
    """Folders on a disk."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def filer(self, fault: Fault | None = None) -> Filer:
        """Straight, or through a tree that breaks."""
        folders = Folders(self.root)
        return Filer(TreeDms(folders if fault is None else BrokenTree(fault, folders)))

    def held(self) -> list[Row]:
        """By walking through the folders."""
        return rows_in(self.root)

    def pages(self) -> int:
        """The files of that name."""
        return sum(1 for _ in self.root.rglob(PAGE))


class PackageSystem:
    """xdomea packages in a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def filer(self, fault: Fault | None = None) -> Filer:
        """Straight, or with a carrier that breaks."""
        folder = Folder(self.root)
        return Filer(Packages(folder if fault is None else BrokenCarrier(fault, folder)))

    def held(self) -> list[Row]:
        """What a system would import from all packages."""
        found = (read_filing(path.read_bytes()) for path in self.root.glob("*.zip"))
        return sorted(row for filing in found for row in rows_of(filing))

    def pages(self) -> int:
        """None: all of it is in the message."""
        return 0


def rows_in(root: Path) -> list[Row]:
    """The rows of a tree of folders, ids taken off the names."""
    return sorted(_rows(root))


def _rows(root: Path) -> Iterator[Row]:
    for path in root.rglob("*"):
        parts = path.relative_to(root).parts
        if path.is_dir() or parts[0] == REGISTER or path.name == PAGE:
            continue
        unit, akte, vorgang, kind, name = parts
        yield row(unit, akte, vorgang, kind, name, hashlib.sha256(path.read_bytes()).hexdigest())


def row(unit: str, akte: str, vorgang: str, kind: str, name: str, sha256: str) -> Row:
    """From the names of folders and file, which end with the first signs of an id."""
    akte_title, _, akte_id = akte.rpartition(" ")
    title = name.rpartition(".")[0].rpartition(" ")[0]
    return Row(unit, akte_id, akte_title, vorgang.rpartition(" ")[0], kind, title, sha256)
