"""Transports for tests: they remember what they were given, and fail as they are told."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field

from portal.delivery.transports.transport import Acknowledgement, UnreachableError

Sent = tuple[str, str, str, bytes]


def acknowledged(content: bytes) -> Acknowledgement:
    """What an honest target says."""
    return Acknowledgement(len(content), hashlib.sha256(content).hexdigest(), "there")


@dataclass
class Recorder:
    """Takes everything and remembers it."""

    sent: list[Sent] = field(default_factory=list)

    def send(self, key: str, name: str, media_type: str, content: bytes) -> Acknowledgement:
        """Remember."""
        self.sent.append((key, name, media_type, content))
        return acknowledged(content)


@dataclass
class Told:
    """Does what it was told before it acknowledges."""

    deed: Callable[[str, bytes], Acknowledgement | None]
    sent: list[Sent] = field(default_factory=list)

    def send(self, key: str, name: str, media_type: str, content: bytes) -> Acknowledgement:
        """Remember, act, acknowledge."""
        self.sent.append((key, name, media_type, content))
        return self.deed(key, content) or acknowledged(content)


def fail(_key: str, _content: bytes) -> Acknowledgement | None:
    """A target that is down."""
    raise UnreachableError("down")
