"""How much a request may bring: measured before anything is parsed (R31)."""

import asyncio
import re
from contextlib import suppress

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from portal.web.refusal import Refusal

FORM_BYTES = 256 * 1024
MOST_FIELDS = 1000
LONGEST_ADDRESS = 2048
_ENVELOPE = 64 * 1024  # the multipart frame around a file
_PATIENCE = 10.0  # seconds
_DRAINED = 4  # times the limit; whoever sends more has the connection closed


class BodyLimit:
    """Refuses bodies that are too large, whether they say so or only turn out to be."""

    def __init__(self, app: ASGIApp, upload_path: re.Pattern[str], upload_bytes: int) -> None:
        self.app = app
        self.upload_path = upload_path
        self.upload_bytes = upload_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count what comes in; `Refusal` reaches the middleware that draws error pages."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if len(scope["raw_path"]) + len(scope["query_string"]) > LONGEST_ADDRESS:
            raise Refusal(414, "too_long")
        limit = self._limit(scope)
        if _declared(scope) > limit:
            await _drain(receive, min(_declared(scope), limit * _DRAINED))
            raise Refusal(413, "too_large")
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                if message.get("more_body"):
                    await _drain(receive, limit * _DRAINED)
                raise Refusal(413, "too_large")
            return message

        await self.app(scope, counted, send)

    def _limit(self, scope: Scope) -> int:
        is_upload = scope["method"] == "POST" and self.upload_path.fullmatch(scope["path"])
        return self.upload_bytes + _ENVELOPE if is_upload else FORM_BYTES


def _declared(scope: Scope) -> int:
    """The length that the request says it has; 0 if it does not say."""
    for name, value in scope["headers"]:
        if name == b"content-length":
            if not value.isdigit() or len(value) > 15:
                raise Refusal(400, "bad_request")
            return int(value)
    return 0


async def _drain(receive: Receive, most: int) -> None:
    """Throw away what is on its way: a browser that is still sending does not read the answer."""
    rest = most
    with suppress(TimeoutError):
        async with asyncio.timeout(_PATIENCE):
            while rest > 0:
                message = await receive()
                rest -= len(message.get("body", b"")) or 1
                if not message.get("more_body"):
                    return
