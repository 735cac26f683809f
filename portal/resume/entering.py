"""Code and secret word: the door to a draft from any browser."""

import secrets

from fastapi import APIRouter, Request
from starlette.responses import Response

from engine.model import Procedure
from portal.fill.routes import ProcedureId
from portal.resume.word import LONGEST, normal
from portal.storage import resuming
from portal.storage.resuming import Elsewhere, Opened, Submitted
from portal.web.codes import typed
from portal.web.pages import go_to, page, portal_of, switch_language, words_of
from portal.web.posted import OwnForm, Posted
from portal.web.refusal import not_found
from portal.web.sessions import session_of
from renderers.html.problems import Entry
from renderers.html.words import Said, Words

router = APIRouter()
ADDRESS = "/continue"
OF_ONE = "/p/{procedure}/continue"


@router.get(ADDRESS)
def show(request: Request) -> Response:
    """The question for code and word, for any procedure."""
    return _draw(request, None, {}, {})


@router.post(ADDRESS)
def enter(request: Request, posted: OwnForm) -> Response:
    """To the draft, or to another try."""
    return _enter(request, None, posted)


@router.get(OF_ONE)
def show_one(request: Request, procedure: ProcedureId) -> Response:
    """The question for code and word of this procedure."""
    return _draw(request, _procedure(request, procedure), {}, {})


@router.post(OF_ONE)
def enter_one(request: Request, procedure: ProcedureId, posted: OwnForm) -> Response:
    """To the draft of this procedure, or to another try."""
    return _enter(request, _procedure(request, procedure), posted)


def _procedure(request: Request, procedure_id: str) -> Procedure:
    plan = portal_of(request).library.current(procedure_id)
    if plan is None:
        raise not_found()
    return plan.procedure


def _enter(request: Request, one: Procedure | None, posted: Posted) -> Response:
    if posted.get("_language"):
        switch_language(request, posted.get("_language"))
        return go_to(request, _address(one))
    words = words_of(request, one)
    # The word is never sent back: whoever mistyped it types it again.
    given = {"code": posted.get("code")[:60], "word": posted.get("word")[:LONGEST]}
    code, word = typed(given["code"]), normal(given["word"])
    missing = {
        name: words.t(f"continue.{name}.missing")
        for name, value in (("code", code), ("word", word))
        if not value
    }
    if missing:
        return _draw(request, one, given, missing)
    session = session_of(request)
    fresh = secrets.token_urlsafe(32)
    procedure_id = one.id if one else ""
    found = resuming.enter(portal_of(request).store, code, word, procedure_id, session.id, fresh)
    match found:
        case Opened():
            session.become(fresh)
            return go_to(request, f"/p/{found.procedure_id}/form/{found.draft_id}")
        case Elsewhere():
            return _draw_elsewhere(request, found)
        case Submitted():
            return _draw(request, one, given, {"code": words.t("continue.submitted")})
        case None:
            return _draw(request, one, given, {"code": words.t("continue.wrong")})


def _draw_elsewhere(request: Request, found: Elsewhere) -> Response:
    """A code opens one application only (R59); this one is another's."""
    plan = portal_of(request).library.current(found.procedure_id)
    words = words_of(request, plan.procedure if plan else None)
    title = words.t("continue.other.title")
    service = words.text(plan.procedure.title) if plan else found.procedure_id
    values = {
        "title": title,
        "text": words.t("continue.other.text", service=service),
        "code": "",
        "forms": (),
        "link": {
            "label": words.t("continue.other.link"),
            "address": f"/p/{found.procedure_id}/continue" if plan else ADDRESS,
        },
    }
    return page(request, "message.html", title, values, status=403)


def _address(one: Procedure | None) -> str:
    return ADDRESS if one is None else f"/p/{one.id}/continue"


def _draw(
    request: Request, one: Procedure | None, given: dict[str, str], faults: dict[str, str]
) -> Response:
    words = words_of(request, one)
    title = words.t("continue.title")
    values = {
        "title": title,
        "action": _address(one),
        "given": given.get("code", ""),
        "faults": faults,
        "errors": _entries(faults, words),
        "authority": one.authority if one else None,
    }
    return page(
        request,
        "continue.html",
        title,
        values,
        procedure=one,
        status=422 if faults else 200,
        has_token=True,
        keeps_answers=True,
        has_errors=bool(faults),
    )


def _entries(faults: dict[str, str], words: Words) -> list[Entry]:
    labels = {"code": words.t("resume.code"), "word": words.t("resume.word")}
    return [Entry(name, labels[name], Said(told)) for name, told in faults.items()]
