"""The end of a session: it is kept by one click, and afterwards the secret word opens it again."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from engine.model import Procedure
from portal.fill.case import OVER, STAY, find_case
from portal.fill.routes import DraftId, ProcedureId
from portal.resume.word import LONGEST, normal
from portal.storage import drafts, resuming
from portal.web.pages import go_to, page, portal_of, switch_language, words_of
from portal.web.posted import OwnForm
from portal.web.refusal import not_found
from portal.web.sessions import session_of
from renderers.html.problems import Entry
from renderers.html.words import Said

router = APIRouter()
BASE = "/p/{procedure}/form/{draft}"


@router.post(f"{BASE}/{STAY}")
def stay(request: Request, procedure: ProcedureId, draft: DraftId, posted: OwnForm) -> Response:
    """Somebody is still there; without a script the form leads back to the draft."""
    case = find_case(request, procedure, draft)
    ending = getattr(request.state, "ending", None)
    if request.headers.get("accept") == "text/plain" and ending is not None:
        return Response(str(ending.seconds), media_type="text/plain")
    return go_to(request, case.address)


@router.get(f"{BASE}/{OVER}")
def over(request: Request, procedure: ProcedureId, draft: DraftId, saved: str = "") -> Response:
    """The question for the secret word; nothing of the draft is shown."""
    one = _procedure(request, procedure, draft)
    return _draw(request, one, draft, is_saved=bool(saved), fault="")


@router.post(f"{BASE}/{OVER}")
def unlock(request: Request, procedure: ProcedureId, draft: DraftId, posted: OwnForm) -> Response:
    """With the word back to the draft."""
    one = _procedure(request, procedure, draft)
    here = f"/p/{procedure}/form/{draft}"
    if posted.get("_language"):
        switch_language(request, posted.get("_language"))
        return go_to(request, f"{here}/{OVER}")
    words, word = words_of(request, one), normal(posted.get("word")[:LONGEST])
    if not word:
        return _draw(request, one, draft, is_saved=False, fault=words.t("continue.word.missing"))
    if resuming.unlock(portal_of(request).store, draft, word, session_of(request).id):
        return go_to(request, here)
    return _draw(request, one, draft, is_saved=False, fault=words.t("session.over.wrong"))


def _procedure(request: Request, procedure_id: str, draft_id: str) -> Procedure:
    """What the draft is about, if it is this browser's; else nothing is there (R58)."""
    portal, session = portal_of(request), session_of(request)
    draft = drafts.load(portal.store, draft_id, session.id)
    plan = portal.library.pinned(draft.digest) if draft else None
    if draft is None or plan is None or draft.procedure_id != procedure_id:
        raise not_found()
    session.use()
    return plan.procedure


def _draw(
    request: Request, one: Procedure, draft_id: str, *, is_saved: bool, fault: str
) -> Response:
    words = words_of(request, one)
    title = words.t("session.over.title")
    values = {
        "title": title,
        "is_saved": is_saved,
        "fault": fault,
        "errors": [Entry("word", words.t("resume.word"), Said(fault))] if fault else [],
        "action": f"/p/{one.id}/form/{draft_id}/{OVER}",
    }
    return page(
        request,
        "session_over.html",
        title,
        values,
        procedure=one,
        status=422 if fault else 200,
        has_token=True,
        keeps_answers=True,
        has_errors=bool(fault),
    )
