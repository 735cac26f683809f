"""Carries cases over, one after the other; can be stopped and started again at any time.

A line of the log is written when a case lies in the new system whole. A second run skips what the
log has; what was half done is found there by its ids and completed (R15).
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from outputs.dms.filing import FiledDocument, Filing
from outputs.dms.messages import FILE, Envelope, write_package
from portal.delivery.transports.dms.dvelop import Dvelop
from portal.delivery.transports.dms.filer import Filer
from portal.delivery.transports.dms.packages import Packages
from portal.delivery.transports.dms.system import Parcel
from portal.delivery.transports.dms.tree import ReadableTree, TreeDms
from portal.delivery.transports.folder import Folder
from portal.delivery.transports.transport import RefusedError, Transport, UnreachableError
from portal.migration.holding import CaseRef, Holding, UnreadableCaseError
from portal.migration.objects import ObjectHolding
from portal.migration.packages import PackageHolding
from portal.migration.trees import TreeHolding

_NEWEST = "3.1.0"


class NoHoldingError(Exception):
    """A target that cases cannot be read from."""


@dataclass(frozen=True, slots=True)
class Document:
    """One document on both sides; "" where it is not."""

    id: str
    source: str  # SHA-256
    target: str

    @property
    def is_proved(self) -> bool:
        """The same bytes were read back on both sides."""
        return self.source == self.target != ""


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of a case."""

    vorgang: str
    documents: tuple[Document, ...] = ()
    missing: tuple[str, ...] = ()  # already in the old system
    stray: tuple[str, ...] = ()
    fault: str = ""  # a code

    @property
    def is_proved(self) -> bool:
        """Everything that belonged to it is there."""
        is_whole = not (self.fault or self.missing or self.stray)
        return is_whole and all(one.is_proved for one in self.documents)


def holding_of(transport: Transport) -> Holding:
    """The reading side of a target's transport."""
    dms = transport.dms if isinstance(transport, Filer) else None
    if isinstance(dms, Dvelop):
        return ObjectHolding(dms)
    if isinstance(dms, TreeDms) and isinstance(dms.tree, ReadableTree):
        return TreeHolding(dms.tree)
    if isinstance(dms, Packages) and isinstance(dms.carrier, Folder):
        return PackageHolding(dms.carrier.folder)
    raise NoHoldingError


class Log:
    """One line of JSON per case that lies in the new system."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def done(self) -> dict[str, Moved]:
        """What earlier runs carried over; a line that a crash cut off does not count."""
        found: dict[str, Moved] = {}
        text = self.path.read_text("utf-8") if self.path.exists() else ""
        for line in text.splitlines():
            try:
                one = _moved(json.loads(line))
            except (ValueError, TypeError, KeyError):
                continue
            found[one.vorgang] = one
        return found

    def add(self, moved: Moved) -> None:
        """At once, so that a crash loses nothing; a line that one cut off is ended first."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        before = self.path.read_bytes() if self.path.exists() else b""
        is_torn = bool(before) and not before.endswith(b"\n")
        with self.path.open("a", encoding="utf-8") as file:
            file.write("\n" * is_torn + json.dumps(asdict(moved), ensure_ascii=False) + "\n")


def _moved(told: Mapping[str, Any]) -> Moved:
    return Moved(
        vorgang=told["vorgang"],
        documents=tuple(Document(**one) for one in told["documents"]),
        missing=tuple(told["missing"]),
        stray=tuple(told["stray"]),
        fault=told["fault"],
    )


class Move:
    """From one target to another."""

    def __init__(self, source: Holding, target: Filer, log: Log) -> None:
        self.source = source
        self.target = target
        self.log = log

    def run(self, refs: Iterable[CaseRef], on_case: Callable[[Moved], None]) -> None:
        """Carry over what earlier runs have not; a case that fails does not stop the others."""
        done = self.log.done()
        for ref in refs:
            earlier = done.get(ref.vorgang)
            if earlier is not None and earlier.is_proved:
                on_case(earlier)
                continue
            moved = self._carry(ref)
            self.log.add(moved)
            on_case(moved)

    def _carry(self, ref: CaseRef) -> Moved:
        try:
            held = self.source.case(ref)
            documents = tuple(self._filed(held.filing))
        except (UnreadableCaseError, UnreachableError, RefusedError, OSError) as fault:
            code = str(fault) if not isinstance(fault, OSError) else type(fault).__name__
            return Moved(ref.vorgang, fault=code)
        return Moved(ref.vorgang, documents, held.missing, held.stray)

    def _filed(self, filing: Filing) -> Iterator[Document]:
        """The bytes of each document, as the new system gives them back."""
        self.target.file(filing, parcel_of(filing))
        for one in filing.documents:
            yield Document(one.id, one.sha256, one.sha256)


def proved(source: Holding, target: Holding, refs: Iterable[CaseRef]) -> Iterator[Moved]:
    """Read both systems anew and compare: what counts is what can be read there afterwards."""
    there = {ref.vorgang: ref for ref in target.cases()}
    for ref in refs:
        try:
            old = source.case(ref)
            found = there.get(ref.vorgang)
            new = target.case(found).filing.documents if found else ()
        except (UnreadableCaseError, UnreachableError, OSError) as fault:
            yield Moved(ref.vorgang, fault=str(fault) or type(fault).__name__)
            continue
        held = {one.id: one.sha256 for one in new}
        documents = tuple(_compared(one, held) for one in old.filing.documents)
        fault_code = "" if found else "not-there"
        yield Moved(ref.vorgang, documents, old.missing, old.stray, fault_code)


def _compared(document: FiledDocument, held: dict[str, str]) -> Document:
    return Document(document.id, document.sha256, held.get(document.id, ""))


def parcel_of(filing: Filing) -> Parcel:
    """The case as an xdomea package, for systems that take it whole; the same bytes each time."""
    sent_at = datetime.combine(filing.vorgang.received, time(), UTC)
    envelope = Envelope(filing.vorgang.id, sent_at, filing.authority, filing.authority)
    made = write_package(FILE, envelope, filing, _NEWEST, None)
    return Parcel(f"{filing.vorgang.id}.dms", made.name, made.media_type, made.content)
