"""Number and code: the door to a case from any browser."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.clock import BERLIN
from portal.status.access import SubmissionId, address_of, end_entry, keep_entry
from portal.storage import case_codes
from portal.storage.case_codes import Blocked
from portal.web.codes import typed
from portal.web.pages import go_to, page, portal_of, switch_language, words_of
from portal.web.posted import OwnForm
from renderers.html.problems import Entry
from renderers.html.words import Said

router = APIRouter()
ADDRESS = "/case"


@router.get(ADDRESS)
def show(request: Request) -> Response:
    """The question for number and code."""
    return _draw(request, {}, "")


@router.post(ADDRESS)
def enter(request: Request, posted: OwnForm) -> Response:
    """With the right pair to the case, else to another try."""
    if posted.get("_language"):
        switch_language(request, posted.get("_language"))
        return go_to(request, ADDRESS)
    given = {name: posted.get(name)[:60] for name in ("reference", "code")}
    missing = {
        name: words_of(request).t(f"case.door.{name}.missing")
        for name in given
        if not typed(given[name])
    }
    if missing:
        return _draw(request, given, "", missing)
    found = case_codes.enter(
        portal_of(request).store, typed(given["reference"]), typed(given["code"])
    )
    if not isinstance(found, tuple):
        return _draw(request, given, _told(request, found))
    submission_id, secret = found
    response = go_to(request, address_of(submission_id))
    keep_entry(request, response, submission_id, secret)
    return response


@router.post("/case/{submission}/leave")
def leave(request: Request, submission: SubmissionId, posted: OwnForm) -> Response:
    """On somebody else's computer: this browser forgets the case."""
    response = go_to(request, ADDRESS)
    end_entry(request, response, submission)
    return response


def _told(request: Request, found: Blocked | None) -> str:
    words = words_of(request)
    if found is None:
        return words.t("case.door.wrong")
    if found.until is None:
        return words.t("case.door.locked")
    return words.t("case.door.blocked", until=f"{found.until.astimezone(BERLIN):%H:%M}")


def _draw(
    request: Request, given: dict[str, str], fault: str, missing: dict[str, str] | None = None
) -> Response:
    words = words_of(request)
    faults = missing or ({"code": fault} if fault else {})
    values = {
        "title": words.t("case.door.title"),
        # The code is not shown again: who mistyped it types it anew.
        "reference": given.get("reference", ""),
        "faults": faults,
        "errors": [
            Entry(name, words.t(f"case.door.{name}"), Said(text)) for name, text in faults.items()
        ],
    }
    return page(
        request,
        "case_door.html",
        str(values["title"]),
        values,
        status=422 if faults else 200,
        has_token=True,
        keeps_answers=True,
        has_errors=bool(faults),
    )
