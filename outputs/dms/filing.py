"""What is filed, in words of no system: the same Akte, Vorgang and Dokumente for every DMS.

An adapter reads this and nothing else, so that a case looks the same wherever it is kept. Keys are
made of the case alone: whoever files it again finds what is there.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

OPEN, RESTRICTED = "offen", "geschützt"
Facts: TypeAlias = tuple[tuple[str, str], ...]  # names with values, in order
_YEARS = re.compile(r"P([0-9]+)Y")


@dataclass(frozen=True, slots=True)
class PlanUnit:
    """The place in the Aktenplan."""

    number: str
    title: str


@dataclass(frozen=True, slots=True)
class Kept:
    """How long, counted from what, and what becomes of it then."""

    title: str
    on: tuple[str, ...]  # akte, vorgang, dokument or titles of document types
    period: str  # P10Y, P14D; "" for good
    event: str  # "" for the Verfügung zu den Akten
    aussonderung: str  # archivieren bewerten vernichten
    source: str
    note: str

    @property
    def years(self) -> int | None:
        """Whole years, if it is counted in them."""
        found = _YEARS.fullmatch(self.period)
        return int(found[1]) if found else None


@dataclass(frozen=True, slots=True)
class Permission:
    """A line of the Berechtigungskonzept; `may` names role and limit."""

    title: str
    action: str
    on: tuple[str, ...]  # akte, vorgang, dokument or titles of document types
    restricted: bool
    may: Facts


@dataclass(frozen=True, slots=True)
class Link:
    """A Verweis to another Akte; without `id` only in words."""

    id: str | None
    title: str


@dataclass(frozen=True, slots=True)
class FiledDocument:
    """One Dokument with its file."""

    id: str  # the same for the same file of the same case: the key of the source
    title: str
    type: str  # title of its drawer: "02 Identität"
    name: str  # of the file, harmless in every system
    media_type: str
    content: bytes
    access: str  # OPEN or RESTRICTED
    readers: Facts  # role and limit
    received: date
    metadata: Facts
    is_application: bool  # the summary that the portal made: PDF/A-3b

    @property
    def sha256(self) -> str:
        """Hex digest, so that the receiver can compare."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class FiledVorgang:
    """The Vorgang of one application."""

    id: str
    title: str
    type: str
    number: str
    received: date
    metadata: Facts


@dataclass(frozen=True, slots=True)
class FiledAkte:
    """The Akte: found by its id, made if it is not there."""

    id: str
    title: str
    type: str
    number: str  # Aktenzeichen of a new one; "": the Registratur gives it
    metadata: Facts
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Filing:
    """Everything about one case."""

    key: str  # reference number of the application
    authority: str
    unit: PlanUnit
    akte: FiledAkte
    vorgang: FiledVorgang
    documents: tuple[FiledDocument, ...]
    retention: tuple[Kept, ...]
    permissions: tuple[Permission, ...]
    confidentiality: str  # a word of engine.model_dms.CONFIDENTIALITY, or ""

    def kept(self, level: str) -> Kept | None:
        """The period that counts for a level while nobody has decided."""
        return next((one for one in self.retention if level in one.on), None)
