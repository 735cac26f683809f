"""Asking clamd whether a file holds malware. Only its plain OK counts as clean (R39)."""

import asyncio
import struct
from dataclasses import dataclass
from enum import Enum

from portal.loops import wait_for
from portal.web.logs import log

_PIECE = 64 * 1024
_LONGEST_ANSWER = 1024


class Verdict(Enum):
    """What is known of a file."""

    CLEAN = "clean"
    FOUND = "found"
    UNKNOWN = "unknown"  # nobody to ask, or no proper answer: never taken for clean


@dataclass(frozen=True, slots=True)
class Scanner:
    """clamd at `host:port`, or at the path of its socket."""

    address: str
    patience: float = 60.0

    async def scan(self, content: bytes) -> Verdict:
        """Send the bytes, wait for the verdict."""
        try:
            async with asyncio.timeout(self.patience):
                answer = await self._ask(content)
        except (OSError, TimeoutError, EOFError, ValueError) as fault:
            log().error("scanner-unavailable", kind=type(fault).__name__)
            return Verdict.UNKNOWN
        if answer == b"stream: OK":
            return Verdict.CLEAN
        if answer.startswith(b"stream: ") and answer.endswith(b" FOUND"):
            log().warning("malware-found")
            return Verdict.FOUND
        log().error("scanner-unavailable", kind="answer")
        return Verdict.UNKNOWN

    def scan_now(self, content: bytes) -> Verdict:
        """The same for a thread that may wait."""
        return wait_for(lambda: self.scan(content))

    async def _ask(self, content: bytes) -> bytes:
        reader, writer = await self._connect()
        try:
            writer.write(b"zINSTREAM\0")
            for start in range(0, len(content), _PIECE):
                piece = content[start : start + _PIECE]
                writer.write(struct.pack(">I", len(piece)) + piece)
                await writer.drain()
            writer.write(struct.pack(">I", 0))
            await writer.drain()
            # Whoever closes without the final zero was cut off in the middle of a word.
            answer = await reader.readuntil(b"\0")
        except asyncio.LimitOverrunError as fault:
            raise ValueError("too long an answer") from fault
        finally:
            writer.close()
        return answer[:-1]

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self.address.startswith("/"):
            return await asyncio.open_unix_connection(self.address, limit=_LONGEST_ANSWER)
        host, _, port = self.address.rpartition(":")
        return await asyncio.open_connection(host.strip("[]"), int(port), limit=_LONGEST_ANSWER)
