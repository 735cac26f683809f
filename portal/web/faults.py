"""Whatever goes wrong becomes a page that says what to do; details go to the log alone."""

import secrets

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from portal.storage.refusals import UnavailableError
from portal.web.logs import log, where
from portal.web.pages import error_page, go_to
from portal.web.refusal import ElsewhereError, Refusal

_REASONS = {404: "not_found", 405: "not_found", 413: "too_large", 403: "no_token"}
RETRY_SECONDS = "60"


class FaultPages:
    """Catches every exception of the application."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with an error page, unless an answer has begun."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def noted(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, noted)
        except Exception as fault:
            status, reason, code = _meaning(fault)
            if begun:
                return
            response = error_page(Request(scope), status, reason, code)
            if status == 503:
                response.headers["retry-after"] = RETRY_SECONDS
            await response(scope, receive, send)


def _meaning(fault: Exception) -> tuple[int, str, str]:
    if isinstance(fault, Refusal):
        return fault.status, fault.reason, ""
    if isinstance(fault, HTTPException):
        return fault.status_code, _REASONS.get(fault.status_code, "bad_request"), ""
    code = secrets.token_hex(4)
    if isinstance(fault, UnavailableError):
        # Disk full, database locked or gone: nothing was kept, and a later attempt may work (R09).
        log().error("storage-unavailable", code=code, why=str(fault), where=where(fault))
        return 503, "unavailable", code
    log().error("fault", code=code, kind=type(fault).__name__, where=where(fault))
    return 500, "fault", code


async def on_refusal(request: Request, fault: Exception) -> Response:
    """For the framework's own handlers: our refusals and its HTTP errors."""
    status, reason, code = _meaning(fault)
    return error_page(request, status, reason, code)


async def on_bad_address(request: Request, fault: Exception) -> Response:
    """A part of the address that cannot be: nothing is there."""
    return error_page(request, 404, "not_found", "")


async def on_elsewhere(request: Request, fault: Exception) -> Response:
    """To the page that says what to do."""
    return go_to(request, fault.address if isinstance(fault, ElsewhereError) else "/")
