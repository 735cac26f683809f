"""What a transport is: it carries bytes to a target and tells what the target has."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """What the target says it has; only if size and hash are ours has it arrived (R16)."""

    size: int
    sha256: str
    detail: str  # where it is kept there; never anything about a person


class RefusedError(Exception):
    """The target refuses for good: trying again changes nothing, a person must look.

    The message is a code for the journal, without anything from the payload.
    """


class UnreachableError(Exception):
    """It did not work this time. The message is a code for the journal."""


class UnknownTransportError(Exception):
    """The settings name a transport that is not in the table, or leave out what it needs."""


class Transport(Protocol):
    """Carries one payload. Each transport says in its docstring what keeps doubles out (R15)."""

    def send(self, key: str, name: str, media_type: str, content: bytes) -> Acknowledgement:
        """Deliver once: the same `key` never leads to a second file, however often it comes.

        RefusedError if the target will never take it; any other exception: try again later.
        """
