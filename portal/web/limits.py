"""How much a request may bring: measured before anything is parsed (R31)."""

import re

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from portal.web.refusal import Refusal

FORM_BYTES = 256 * 1024
MOST_FIELDS = 1000
LONGEST_ADDRESS = 2048
_ENVELOPE = 64 * 1024  # the multipart frame around a file


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
        _check_declared(scope, limit)
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                raise Refusal(413, "too_large")
            return message

        await self.app(scope, counted, send)

    def _limit(self, scope: Scope) -> int:
        is_upload = scope["method"] == "POST" and self.upload_path.fullmatch(scope["path"])
        return self.upload_bytes + _ENVELOPE if is_upload else FORM_BYTES


def _check_declared(scope: Scope, limit: int) -> None:
    for name, value in scope["headers"]:
        if name == b"content-length":
            if not value.isdigit() or len(value) > 15:
                raise Refusal(400, "bad_request")
            if int(value) > limit:
                raise Refusal(413, "too_large")
