"""What a DMS has to be able to do, and nothing more; behind it stands an adapter for each."""

from dataclasses import dataclass
from typing import Protocol

from outputs.dms.filing import FiledDocument, Filing


@dataclass(frozen=True, slots=True)
class Stored:
    """What the DMS says it has of a document, read back from there."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Parcel:
    """The stored payload as it is: for systems that take the whole package."""

    key: str
    name: str
    media_type: str
    content: bytes


class Dms(Protocol):
    """Each step may be repeated at any time: what is there already is found by the ids of the case.

    An adapter says in its docstring which constraint of the server keeps doubles out (R15); asking
    first and creating then is not one. `UnreachableError`: try again; `RefusedError`: never.
    Places are words of the adapter; nobody else reads them.
    """

    def akte(self, filing: Filing) -> str:
        """Find the Akte by its id, or make it; where it is."""

    def vorgang(self, filing: Filing, akte: str) -> str:
        """Find or make the Vorgang in its Akte; where it is."""

    def store(self, filing: Filing, vorgang: str, document: FiledDocument) -> Stored:
        """Put a document into its drawer, whole or not at all, and read it back."""

    def close(self, filing: Filing, vorgang: str, parcel: Parcel) -> None:
        """All documents are there: the last step."""
