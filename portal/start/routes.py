"""Pages that anybody reads before, beside or after an application."""

from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse, Response

from engine import Plan
from engine.model import Document, Procedure
from portal.fill.routes import ProcedureId
from portal.fill.views import TASKS
from portal.resume.keeping import Keeping, keeping
from portal.start.statement import results, statement
from portal.storage import drafts
from portal.storage.records import Draft
from portal.web.pages import page, portal_of, words_of
from portal.web.refusal import not_found
from portal.web.sessions import session_of
from renderers.bpmn import Speech, draw
from renderers.html.markdown import to_html
from renderers.html.options import sort_key
from renderers.html.progress import progress
from renderers.html.shown import show_moment
from renderers.html.words import Words

router = APIRouter()
PICTURE = "process.svg"
INFORMATION = ("imprint", "privacy", "accessibility", "feedback")


@router.get("/")
def start(request: Request) -> Response:
    """All services, and what this browser has begun."""
    library = portal_of(request).library
    words = words_of(request)
    services = [_card(request, plan.procedure) for plan in library.plans.values()]
    services.sort(key=lambda one: sort_key(str(one["title"])))
    values = {"services": services, "drafts": _begun(request, words)}
    return page(request, "start.html", words.t("start.title"), values)


def _card(request: Request, procedure: Procedure) -> dict[str, object]:
    words = words_of(request, procedure)
    return {
        "title": words.text(procedure.title),
        "summary": words.text(procedure.summary) if procedure.summary else None,
        "address": f"/p/{procedure.id}",
        "tag": words.tag,
    }


def _begun(request: Request, words: Words, procedure_id: str = "") -> list[dict[str, object]]:
    """Drafts of this session, if there is a session."""
    portal, session = portal_of(request), session_of(request)
    if session.is_new:
        return []
    found = drafts.of_session(portal.store, session.id)
    return [
        told
        for draft in found
        if procedure_id in {"", draft.procedure_id} and (told := _draft(request, draft, words))
    ]


def _draft(request: Request, draft: Draft, words: Words) -> dict[str, object] | None:
    plan = portal_of(request).library.pinned(draft.digest)
    if plan is None:
        return None
    own = words_of(request, plan.procedure)
    return {
        "title": own.text(plan.procedure.title),
        "tag": own.tag,
        "saved": show_moment(draft.updated_at, words),
        "kept": _kept(request, draft, words),
        "address": f"/p/{draft.procedure_id}/form/{draft.id}/{TASKS}",
    }


def _kept(request: Request, draft: Draft, words: Words) -> Keeping | None:
    portal = portal_of(request)
    plan = portal.library.current(draft.procedure_id)
    if plan is None:
        return None
    now = portal.store.now()
    return keeping(portal.settings, plan.procedure, draft.updated_at, now, words)


@router.get("/p/{procedure}")
def service(request: Request, procedure: ProcedureId) -> Response:
    """What, who, cost, duration, documents, next steps, contact; and the way in."""
    plan = portal_of(request).library.current(procedure)
    if plan is None:
        raise not_found()
    one = plan.procedure
    words = words_of(request, one)
    values = {
        "service": _service(plan, words),
        "progress": progress(one.process, words),
        "picture": f"/p/{one.id}/{PICTURE}" if one.process and one.process.soll else "",
        "authority": one.authority,
        "drafts": _begun(request, words, one.id),
    }
    title = str(words.text(one.title))
    return page(request, "service.html", title, values, procedure=one, has_token=True)


@router.get("/p/{procedure}/process.svg")
def picture(request: Request, procedure: ProcedureId) -> Response:
    """How a case is handled, drawn; browsers with scripts fetch it when it is opened."""
    plan = portal_of(request).library.current(procedure)
    made = None if plan is None else _drawn(request, plan.procedure)
    if made is None:
        raise not_found()
    return Response(made, media_type="image/svg+xml")


def _drawn(request: Request, procedure: Procedure) -> bytes | None:
    words = words_of(request, procedure)
    title = words.t("service.picture_of", title=words.text(procedure.title))
    speech = Speech(title, words.language, lambda text: str(words.text(text)))
    return draw(procedure, "soll", speech)


def _service(plan: Plan, words: Words) -> dict[str, object]:
    one = plan.procedure
    about = one.service
    facts = [
        (words.t(f"service.{name}"), words.markdown(text))
        for name, text in (
            ("who", about.who),
            ("cost", about.cost),
            ("duration", about.duration),
            ("result", about.result),
        )
        if text
    ]
    check = one.quick_check
    return {
        "title": words.text(one.title),
        "summary": words.text(one.summary) if one.summary else None,
        "facts": facts,
        "documents": [_document(document, words) for document in one.documents],
        "next_steps": [words.text(step) for step in about.next_steps],
        "privacy": words.markdown(one.privacy) if one.privacy else None,
        "privacy_address": f"/p/{one.id}/privacy",
        "legal_basis": one.legal_basis,
        "check_title": words.text(check.title) if check else None,
        "check_address": f"/p/{one.id}/quick-check" if check else "",
        "start_address": f"/p/{one.id}/form",
        "continue_address": f"/p/{one.id}/continue",
    }


def _document(document: Document, words: Words) -> dict[str, object]:
    return {
        "title": words.text(document.title),
        "why": words.text(document.why) if document.why else None,
        "depends": bool(document.required_if or document.optional_if),
    }


@router.get("/imprint", name="imprint")
@router.get("/privacy", name="privacy")
@router.get("/feedback", name="feedback")
def information(request: Request) -> Response:
    """Imprint, privacy notice, feedback: linked from every page, as is the statement (R64)."""
    name = request.url.path.strip("/")
    settings = portal_of(request).settings
    words = words_of(request)
    told = words.t(f"{name}.text", operator=settings.operator, email=settings.feedback_email)
    values = {
        "title": words.t(f"{name}.title"),
        "text": to_html(told),
        "code": "",
        "forms": (),
        "link": None,
    }
    return page(request, "message.html", words.t(f"{name}.title"), values)


@router.get("/accessibility", name="accessibility")
def accessibility(request: Request) -> Response:
    """The accessibility statement, from the results of the last campaign of tests."""
    settings, words = portal_of(request).settings, words_of(request)
    title = words.t("accessibility.title")
    values = {
        "title": title,
        "intro": to_html(words.t("statement.scope", operator=settings.operator)),
        "sections": statement(results(), settings, words),
    }
    return page(request, "statement.html", title, values)


@router.get("/health/live")
def live() -> Response:
    """The process answers; nothing is read or written."""
    return PlainTextResponse("ok")


@router.get("/health/ready")
def ready(request: Request) -> Response:
    """Whether applications can be accepted: for a balancer, so without any figures (R66)."""
    is_ready = request.app.state.probe.is_ready()
    return PlainTextResponse("ready" if is_ready else "not ready", 200 if is_ready else 503)
