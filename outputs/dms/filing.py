"""What is filed, in words of no system: the same Akte, Vorgang and Dokumente for every DMS.

An adapter reads this and nothing else, so that a case looks the same wherever it is kept. Keys are
made of the case alone: whoever files it again finds what is there.
"""

import hashlib
from dataclasses import dataclass
from datetime import date

OPEN, RESTRICTED = "offen", "geschützt"


@dataclass(frozen=True, slots=True)
class PlanUnit:
    """The place in the Aktenplan."""

    number: str
    title: str


@dataclass(frozen=True, slots=True)
class Kept:
    """How long, counted from what, and what becomes of it then."""

    title: str
    years: int | None  # whole years; None: another period or for good
    period: str  # in words of ISO 8601, "" for good
    event: str | None  # None: the Verfügung zu den Akten
    aussonderung: str  # archivieren bewerten vernichten
    source: str
    note: str | None

    @property
    def is_forever(self) -> bool:
        """Whether the period never ends."""
        return not self.period


@dataclass(frozen=True, slots=True)
class Permission:
    """A line of the Berechtigungskonzept; `may` names role and limit."""

    title: str
    action: str
    on: tuple[str, ...]  # akte, vorgang, dokument or titles of document types
    restricted: bool
    may: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A Verweis to another Akte; without `id` only in words."""

    id: str | None
    title: str


@dataclass(frozen=True, slots=True)
class FiledDocument:
    """One Dokument with its file."""

    id: str
    key: str  # of the source: the same for the same file of the same case
    title: str
    type: str  # title of its drawer: "02 Identität"
    name: str  # of the file, harmless in every system
    media_type: str
    content: bytes
    access: str  # OPEN or RESTRICTED
    readers: tuple[tuple[str, str], ...]  # role and limit
    received: date
    metadata: tuple[tuple[str, str], ...]
    is_application: bool  # the summary that the portal made: PDF/A-3b

    @property
    def sha256(self) -> str:
        """Hex digest, so that the receiver can compare."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class FiledVorgang:
    """The Vorgang of one application."""

    id: str
    key: str
    title: str
    type: str
    number: str
    received: date
    metadata: tuple[tuple[str, str], ...]
    kept: Kept | None


@dataclass(frozen=True, slots=True)
class FiledAkte:
    """The Akte: found by `key`, made if it is not there."""

    id: str
    key: str
    title: str
    type: str
    number: str  # Aktenzeichen of a new one; "": the Registratur gives it
    metadata: tuple[tuple[str, str], ...]
    links: tuple[Link, ...]
    kept: Kept | None


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
    confidentiality: str | None
