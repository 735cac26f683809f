"""The Ablagestruktur as folders and files: for every system that has these.

    33.20.04 Beschäftigung von Ausländern/
      Muster, Erika 70d1113c/                  the Akte
        metadaten.json
        Antrag vom 24.11.2026 11d4b8cf/        the Vorgang
          metadaten.json                       comes last: the Vorgang is complete
          02 Identität/                        the Dokumenttyp
            Reisepass 06c98268.pdf

What keeps doubles out: a name is unique in its folder, and `put_new` never replaces anything. Names
of Vorgang and Dokument follow from the payload. The title of an Akte may read differently in the
next application of the same person; so the first one writes its name into `_vordruck/<id>.txt`,
and all others read it there.
"""

import hashlib
from typing import Protocol, TypeAlias, runtime_checkable

from outputs.dms.filing import FiledDocument, Filing
from portal.delivery.transports.dms import names
from portal.delivery.transports.dms.facts import (
    Told,
    akte_facts,
    akte_page,
    document_facts,
    vorgang_facts,
    vorgang_page,
)
from portal.delivery.transports.dms.system import Parcel, Stored
from portal.delivery.transports.transport import UnreachableError

REGISTER, PAGE = "_vordruck", "metadaten.json"
_JSON, _PLAIN = "application/json", "text/plain"

Path: TypeAlias = tuple[str, ...]


class FileTree(Protocol):
    """Folders and files below one place; `facts` are properties for systems that have them."""

    def make_folder(self, path: Path, kind: str, facts: Told) -> None:
        """Make it; nothing happens if it is there. `kind`: akte, vorgang or folder."""

    def put_new(self, path: Path, content: bytes, media_type: str, facts: Told) -> None:
        """Make a file, whole or not at all; one that is there stays as it is."""

    def read(self, path: Path) -> bytes | None:
        """What the file holds; None: there is none."""


@runtime_checkable
class ReadableTree(FileTree, Protocol):
    """One whose cases can be taken elsewhere."""

    def children(self, path: Path) -> list[tuple[str, bool]]:
        """Names in a folder, each with whether it is a folder; () is the place of all."""


class TreeDms:
    """Files into folders."""

    def __init__(self, tree: FileTree) -> None:
        self.tree = tree

    def akte(self, filing: Filing) -> str:
        """The folder that the register names; the first application decides its name."""
        unit = (names.unit_name(filing),)
        entry = (REGISTER, f"{filing.akte.id}.txt")
        self.tree.make_folder((REGISTER,), "folder", {})
        self.tree.put_new(entry, names.akte_name(filing).encode(), _PLAIN, {})
        name = self.tree.read(entry)
        if not name:
            raise UnreachableError("register-empty")
        akte = (*unit, names.segment(name.decode()))
        self.tree.make_folder(unit, "folder", {})
        self.tree.make_folder(akte, "akte", akte_facts(filing))
        self.tree.put_new((*akte, PAGE), akte_page(filing), _JSON, {})
        return "/".join(akte)

    def vorgang(self, filing: Filing, akte: str) -> str:
        """A folder in the Akte."""
        path = (*akte.split("/"), names.vorgang_name(filing))
        self.tree.make_folder(path, "vorgang", vorgang_facts(filing))
        return "/".join(path)

    def store(self, filing: Filing, vorgang: str, document: FiledDocument) -> Stored:
        """A file in the folder of its type."""
        drawer = (*vorgang.split("/"), names.segment(document.type))
        path = (*drawer, names.document_name(document))
        self.tree.make_folder(drawer, "folder", {})
        facts = document_facts(document)
        self.tree.put_new(path, document.content, document.media_type, facts)
        held = self.tree.read(path) or b""
        return Stored(len(held), hashlib.sha256(held).hexdigest())

    def close(self, filing: Filing, vorgang: str, parcel: Parcel) -> None:
        """The page of the Vorgang, which names every document with its checksum."""
        page = vorgang_page(filing)
        path = (*vorgang.split("/"), PAGE)
        if self.tree.read(path) not in (None, page):
            # Documents that came later: their page stands beside the first one.
            digest = hashlib.sha256(page).hexdigest()
            path = (*vorgang.split("/"), f"metadaten {digest[:8]}.json")
        self.tree.put_new(path, page, _JSON, {})
        if self.tree.read(path) != page:
            raise UnreachableError("stored-differs")
