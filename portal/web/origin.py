"""Requests that change something must come from our own pages (R60)."""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from portal.web.refusal import Refusal

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class OwnOrigin:
    """Believes the two headers that pages of other sites cannot set; the form token comes later."""

    def __init__(self, app: ASGIApp, public_url: str) -> None:
        self.app = app
        self.public_origin = public_url.rstrip("/")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse what another site's page sent."""
        if scope["type"] == "http" and scope["method"] not in _SAFE:
            headers = Headers(scope=scope)
            site = headers.get("sec-fetch-site")
            origin = headers.get("origin")
            if site not in {None, "same-origin"} or not self._is_ours(origin, headers, scope):
                raise Refusal(403, "other_site")
        await self.app(scope, receive, send)

    def _is_ours(self, origin: str | None, headers: Headers, scope: Scope) -> bool:
        if origin is None:
            return True
        if self.public_origin:
            return origin == self.public_origin
        return origin == f"{scope['scheme']}://{headers.get('host', '')}"
