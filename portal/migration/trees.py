"""Cases out of folders and files: a disk, a WebDAV share, a CMIS repository.

The pages of Akte and Vorgang say what was filed. Files that somebody put into a drawer later are
documents too; files elsewhere in an Akte are told as strays.
"""

import hashlib
import json
import uuid
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from outputs.dms import words
from outputs.dms.filing import FiledDocument
from portal.delivery.transports.dms.names import document_name
from portal.delivery.transports.dms.tree import PAGE, REGISTER, Path, ReadableTree
from portal.migration.holding import CaseRef, HeldCase, UnreadableCaseError
from portal.migration.told import KEY, Told, document_of, filing_of

_ADDED = uuid.UUID("4d0a0f0e-52b5-5a0e-9a51-9f1f6c1b7e03")  # ids of files that were added there


class TreeHolding:
    """Reads a tree that `TreeDms` wrote."""

    def __init__(self, tree: ReadableTree) -> None:
        self.tree = tree

    def cases(self) -> Iterator[CaseRef]:
        """Folders with a page of a Vorgang; without it, its filing was never finished."""
        for unit in self._folders(()):
            if unit == REGISTER:
                continue
            for akte in self._folders((unit,)):
                for vorgang in self._folders((unit, akte)):
                    page = self.tree.read((unit, akte, vorgang, PAGE))
                    told = _object(page)["vorgang"] if page else {}
                    if KEY in told:
                        number = unit.partition(" ")[0]
                        yield CaseRef(told[KEY], number, "/".join((unit, akte, vorgang)))

    def case(self, ref: CaseRef) -> HeldCase:
        """All of it, each file against the checksum that it was filed with."""
        unit, akte, vorgang = ref.place.split("/")
        akte_page = _object(self.tree.read((unit, akte, PAGE)))
        page = _object(self.tree.read((unit, akte, vorgang, PAGE)))
        named = {str(one[KEY]): one for one in page.get("dokumente", ())}
        filing = filing_of(akte_page["akte"], page["vorgang"], (), akte_page)
        documents, stray = self._files((unit, akte, vorgang), named, filing.vorgang.received)
        held = {one.id for one in documents}
        whole = filing_of(akte_page["akte"], page["vorgang"], documents, akte_page)
        return HeldCase(whole, tuple(sorted(named.keys() - held)), tuple(stray))

    def _files(
        self, vorgang: Path, named: Mapping[str, Told], received: date
    ) -> tuple[list[FiledDocument], list[str]]:
        found: list[FiledDocument] = []
        stray: list[str] = []
        for name, is_folder in self.tree.children(vorgang):
            if not is_folder:
                stray += [] if name == PAGE else [f"{ref_of(vorgang)}/{_hashed(name)}"]
                continue
            for file, is_deeper in self.tree.children((*vorgang, name)):
                if is_deeper:
                    stray.append(f"{ref_of(vorgang)}/{_hashed(name)}/{_hashed(file)}")
                elif not file.startswith("."):
                    document = self._document((*vorgang, name, file), named, received)
                    found += [document] if document else []
        return found, stray

    def _document(
        self, path: Path, named: Mapping[str, Told], received: date
    ) -> FiledDocument | None:
        """None for a named one whose bytes are not those that were filed."""
        content = self.tree.read(path) or b""
        drawer, name = path[-2:]
        for told in named.values():
            one = document_of(told, content, drawer=drawer, received=received)
            if document_name(one) == name:
                return one if told.get(words.CHECKSUM) == one.sha256 else None
        title = name.rpartition(".")[0] or name
        told = {KEY: str(uuid.uuid5(_ADDED, "/".join(path[2:]))), "Betreff": title}
        added = {**told, "Typ": drawer, "Dateiname": name}
        return document_of(added, content, drawer=drawer, received=received)

    def _folders(self, path: Path) -> list[str]:
        return sorted(name for name, is_folder in self.tree.children(path) if is_folder)


def ref_of(path: Path) -> str:
    """A place without the names of people in it."""
    return "/".join(_hashed(part) for part in path)


def _hashed(text: str) -> str:
    """A name may be that of an applicant: reports have its hash."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _object(page: bytes | None) -> Mapping[str, Any]:
    try:
        found = json.loads(page or b"")
    except ValueError as fault:
        raise UnreadableCaseError("page-unreadable") from fault
    if not isinstance(found, dict) or not {"akte", "vorgang"} & found.keys():
        raise UnreadableCaseError("page-unreadable")
    return found
