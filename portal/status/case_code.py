"""The code of a case as the applicant sees it: for an hour after it was made, and never stored.

It follows from a stored number and the portal's key, so that loading the page again or changing the
language shows the same code instead of making another.
"""

from collections.abc import Callable
from datetime import timedelta

from starlette.requests import Request

from portal.storage import case_codes
from portal.web.codes import code_from
from portal.web.pages import portal_of
from portal.web.sessions import session_of

FRESH = timedelta(hours=1)


def shown_code(request: Request, submission_id: str) -> str:
    """The code, made now if there is none yet; nothing once its first hour is over.

    Ask this for the browser that submitted only.
    """
    store = portal_of(request).store
    make = _maker(request, submission_id)
    code = case_codes.first(store, submission_id, make)
    if code is None or store.now() - code.created_at > FRESH:
        return ""
    return make(code.number)


def renew_code(request: Request, submission_id: str) -> bool:
    """Another code; False if this is not the browser that submitted."""
    session, make = session_of(request), _maker(request, submission_id)
    store = portal_of(request).store
    return case_codes.renew(store, submission_id, session.id, make) is not None


def _maker(request: Request, submission_id: str) -> Callable[[str], str]:
    key = session_of(request).key
    return lambda number: code_from(key, f"case/{submission_id}/{number}")
