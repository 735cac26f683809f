"""What a DMS has to be able to do to be left: say which cases it holds, and give each back."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from outputs.dms.filing import Filing


@dataclass(frozen=True, slots=True)
class CaseRef:
    """A Vorgang where it lies; `place` is a word of the system, read by nobody else."""

    vorgang: str  # its id, the same in every system
    unit: str  # number in the Aktenplan
    place: str


@dataclass(frozen=True, slots=True)
class HeldCase:
    """A case as the system has it."""

    filing: Filing
    missing: tuple[str, ...] = ()  # ids of documents that it names and has not, or not whole
    stray: tuple[str, ...] = ()  # files in places that no document has: they cannot be carried


class UnreadableCaseError(Exception):
    """A case that cannot be read back; the message is a code without anything of the case."""


class Holding(Protocol):
    """The reading side of a DMS."""

    def cases(self) -> Iterator[CaseRef]:
        """Every case that was filed; `UnreachableError` if the system does not answer."""

    def case(self, ref: CaseRef) -> HeldCase:
        """One of them, with the bytes of its documents; `UnreadableCaseError` if it is damaged."""
