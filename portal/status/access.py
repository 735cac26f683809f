"""Who may see a case: the browser that submitted it, or one that showed number and code.

    case = case_of(request, submission_id)        # a Receipt; 404 for everybody else (R58)

is the one place where a case is opened after it was submitted.
"""

from typing import Annotated

from fastapi import Path
from starlette.requests import Request
from starlette.responses import Response

from portal.storage import case_codes
from portal.storage.holders import STAY
from portal.storage.records import Receipt
from portal.web.pages import portal_of
from portal.web.refusal import not_found
from portal.web.sessions import session_of

SubmissionId = Annotated[str, Path(pattern=r"^[0-9a-f-]{36}$")]


def address_of(submission_id: str) -> str:
    """The page of a case."""
    return f"/case/{submission_id}"


def case_of(request: Request, submission_id: str) -> Receipt:
    """The submission this browser may see; unknown and foreign ones answer alike."""
    session = session_of(request)
    secret = request.cookies.get(_cookie(request, submission_id), "")
    found = case_codes.opened(portal_of(request).store, submission_id, session.id, secret)
    if found is None:
        raise not_found()
    session.use()
    return found


def keep_entry(request: Request, response: Response, submission_id: str, secret: str) -> None:
    """Let this browser in. Each case has a cookie of its own: somebody may have several."""
    response.set_cookie(
        _cookie(request, submission_id),
        secret,
        max_age=int(STAY.total_seconds()),
        path="/",
        httponly=True,
        samesite="lax",
        secure=portal_of(request).settings.is_https,
    )


def end_entry(request: Request, response: Response, submission_id: str) -> None:
    """This browser is not let in any more, nor is a copy of its cookie."""
    name = _cookie(request, submission_id)
    case_codes.leave(portal_of(request).store, request.cookies.get(name, ""))
    response.delete_cookie(name, path="/", secure=portal_of(request).settings.is_https)


def _cookie(request: Request, submission_id: str) -> str:
    # The prefix makes browsers refuse the cookie from other hosts and over http.
    prefix = "__Host-" if portal_of(request).settings.is_https else ""
    return f"{prefix}vordruck-case-{submission_id[:8]}"
