"""What a transport is: it carries bytes to a target and tells what the target has."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol, runtime_checkable

from portal.delivery.journal import Journal


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

    def __init__(self, code: str, retry_after: timedelta | None = None) -> None:
        super().__init__(code)
        self.retry_after = retry_after  # what the target asked for


class TargetDownError(UnreachableError):
    """It lies with the target, not with this payload: everything that goes there has to wait.

    Nobody listens, the line is down, the server is overloaded or under maintenance.
    """


class LockedOutError(TargetDownError):
    """The target does not accept our name, password or key: somebody has to change something."""


class WaitingError(UnreachableError):
    """It is there, but the target has not decided yet whether it takes it: ask again later."""


class UnknownTransportError(Exception):
    """The settings name a transport that is not in the table, or leave out what it needs."""


class Transport(Protocol):
    """Carries one payload. Each transport says in its docstring what keeps doubles out (R15)."""

    def send(self, key: str, name: str, media_type: str, content: bytes) -> Acknowledgement:
        """Deliver once: the same `key` never leads to a second file, however often it comes.

        RefusedError if the target will never take it; TargetDownError or LockedOutError if it
        takes nothing at all now; any other exception: try this payload again later.
        """


@runtime_checkable
class Stepwise(Protocol):
    """Carries one payload in steps that another worker can go on from after a crash."""

    def send_in_steps(
        self, journal: Journal, name: str, media_type: str, content: bytes
    ) -> Acknowledgement:
        """As `send`; notes in the journal what the next attempt has to know.

        WaitingError if the target has it but has not decided yet; LeaseLostError from the journal
        must pass through.
        """
