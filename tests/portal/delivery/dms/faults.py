"""Connections that break where a test wants them to: before a step, or when its answer is lost."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import httpx2

from portal.delivery.transports.dms.facts import Told
from portal.delivery.transports.dms.tree import FileTree
from portal.delivery.transports.dms.tree import Path as TreePath
from portal.delivery.transports.transport import Acknowledgement, Transport, UnreachableError

_Answer = TypeVar("_Answer")


@dataclass
class Fault:
    """Breaks the step of this number; all others go through."""

    number: int
    is_after: bool  # the server did it, but its answer never came
    steps: int = 0

    def around(self, step: Callable[[], _Answer], broken: Exception) -> _Answer:
        """The step, or what its failing looks like to the client."""
        self.steps += 1
        is_now = self.steps == self.number
        if is_now and not self.is_after:
            raise broken
        answer = step()
        if is_now:
            raise broken
        return answer


@dataclass
class BrokenWire(httpx2.BaseTransport):
    """For everything that speaks HTTP."""

    fault: Fault
    wire: httpx2.BaseTransport

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """As the name says."""

        def whole() -> httpx2.Response:
            answer = self.wire.handle_request(request)
            answer.read()
            return answer

        lost: Exception = (
            httpx2.ReadError("lost") if self.fault.is_after else httpx2.ConnectError("")
        )
        return self.fault.around(whole, lost)


@dataclass
class BrokenTree:
    """For folders on a disk."""

    fault: Fault
    tree: FileTree

    def make_folder(self, path: TreePath, kind: str, facts: Told) -> None:
        """Perhaps."""
        self.fault.around(lambda: self.tree.make_folder(path, kind, facts), OSError("lost"))

    def put_new(self, path: TreePath, content: bytes, media_type: str, facts: Told) -> None:
        """Perhaps."""
        self.fault.around(
            lambda: self.tree.put_new(path, content, media_type, facts), OSError("lost")
        )

    def read(self, path: TreePath) -> bytes | None:
        """Perhaps."""
        return self.fault.around(lambda: self.tree.read(path), OSError("lost"))


@dataclass
class BrokenCarrier:
    """For packages that travel whole."""

    fault: Fault
    carrier: Transport

    def send(self, key: str, name: str, media_type: str, content: bytes) -> Acknowledgement:
        """Perhaps."""
        return self.fault.around(
            lambda: self.carrier.send(key, name, media_type, content), UnreachableError("lost")
        )
