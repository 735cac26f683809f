"""Everything is saved: until when, and the code with which to go on in another browser."""

from dataclasses import dataclass
from datetime import timedelta

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.fill.case import Case, find_case, receipt_of
from portal.fill.routes import DraftId, ProcedureId
from portal.fill.views import SAVED
from portal.mail.addresses import read_address
from portal.resume import word as words_for
from portal.resume.keeping import keeping_of
from portal.storage import notices, resuming
from portal.web.codes import code_from
from portal.web.numbers import new_number, read_number
from portal.web.pages import go_to, origin_of, page, portal_of, switch_language, words_of
from portal.web.posted import OwnForm, Posted
from portal.web.refusal import Refusal
from portal.web.sessions import session_of
from renderers.html.markdown import to_html
from renderers.html.problems import Entry
from renderers.html.words import Said

router = APIRouter()
BASE = "/p/{procedure}/form/{draft}"
CODE = "resume-code"
LENGTH = 16  # letters of a code: 80 bits
FRESH = timedelta(minutes=10)  # so long the form that made a code shows it again


@router.get(f"{BASE}/{SAVED}")
def saved(request: Request, procedure: ProcedureId, draft: DraftId, done: str = "") -> Response:
    """The draft is kept: until when, how to go on elsewhere, and what to do on a shared device."""
    case = find_case(request, procedure, draft)
    if there := receipt_of(request, case):
        return go_to(request, there)
    told = done if done in {"revoked", "closed_others"} else ""
    return _draw_saved(request, case, notice=f"resume.{told}" if told else "")


@router.post(f"{BASE}/{SAVED}")
def change(request: Request, procedure: ProcedureId, draft: DraftId, posted: OwnForm) -> Response:
    """Make a code, end it, or close what is open elsewhere."""
    case = find_case(request, procedure, draft)
    store, session = portal_of(request).store, session_of(request)
    here = f"{case.address}/{SAVED}"
    match posted.get("_go"):
        case "revoke":
            resuming.revoke(store, case.draft.id, session.id)
            return go_to(request, f"{here}?done=revoked")
        case "close":
            resuming.close_others(store, case.draft.id, session.id)
            return go_to(request, f"{here}?done=closed_others")
        case "code":
            return _make(request, case, posted)
    return go_to(request, here)


@router.get(f"{BASE}/{CODE}")
def reopened(request: Request, procedure: ProcedureId, draft: DraftId) -> Response:
    """A code is shown once; whoever comes back here may make another one."""
    case = find_case(request, procedure, draft)
    return go_to(request, f"{case.address}/{SAVED}")


@router.post(f"{BASE}/{CODE}")
def use_code(request: Request, procedure: ProcedureId, draft: DraftId, posted: OwnForm) -> Response:
    """Send the code, show it in another language, or go on."""
    case = find_case(request, procedure, draft)
    if posted.get("_language"):
        switch_language(request, posted.get("_language"))
        return _draw_code(request, case, posted, _Mail())
    # The Enter key in the address means the address.
    if posted.get("_go") == "mail" or posted.get("email").strip():
        return _send(request, case, posted)
    return go_to(request, case.address)


@dataclass(frozen=True, slots=True)
class _Mail:
    """The form for the address: what was typed, what is said of it."""

    typed: str = ""
    notices: bool = False
    fault: str = ""
    notice: str = ""


def _make(request: Request, case: Case, posted: Posted) -> Response:
    typed = posted.get("word")
    if fault := words_for.fault(typed, case.draft.answers):
        return _draw_saved(request, case, fault=fault)
    code = _code(request, case, posted)
    store, session = portal_of(request).store, session_of(request)
    if not resuming.make(store, case.draft.id, session.id, code, words_for.normal(typed)):
        raise Refusal(409, "submitted")
    # From here on the session has an end: the page that shows the code has it as well.
    return _draw_code(
        request, find_case(request, case.draft.procedure_id, case.draft.id), posted, _Mail()
    )


def _send(request: Request, case: Case, posted: Posted) -> Response:
    typed, wants = posted.get("email")[:254], posted.has("notices")
    words = words_of(request, case.procedure)
    if not portal_of(request).settings.writes_letters:
        return _draw_code(request, case, posted, _Mail())
    address = read_address(typed)
    if address is None:
        fault = words.t("resume.mail.fault")
        return _draw_code(request, case, posted, _Mail(typed, wants, fault))
    code, store = _code(request, case, posted), portal_of(request).store
    if not _is_fresh(request, case, code):
        return go_to(request, f"{case.address}/{SAVED}")
    ends_at = keeping_of(request, case).ends_at
    done = notices.send_code(
        store, case.draft.id, session_of(request).id, code, address, until=ends_at, keep=wants
    )
    notice = words.t("resume.mail.sent" if done else "resume.mail.enough")
    return _draw_code(request, case, posted, _Mail(notice=notice))


def _code(request: Request, case: Case, posted: Posted) -> str:
    """It follows from the form: a second press shows the same code instead of making another."""
    session = session_of(request)
    number = read_number(posted.get("_number"))
    purpose = f"resume/{case.draft.id}/{session.id}/{number}"
    return code_from(session.key, purpose, LENGTH)


def _is_fresh(request: Request, case: Case, code: str) -> bool:
    store = portal_of(request).store
    state = resuming.state(store, case.draft.id)
    if state is None or store.now() - state.created_at > FRESH:
        return False
    return resuming.is_code(store, case.draft.id, code)


def _draw_saved(request: Request, case: Case, *, fault: str = "", notice: str = "") -> Response:
    words = words_of(request, case.procedure)
    told = words.t(f"resume.word.{fault}") if fault else ""
    title = words.t("saved.title")
    kept = keeping_of(request, case)
    values = {
        "title": title,
        "text": to_html(words.t("saved.text", until=kept.until)),
        "keeping": kept,
        "has_code": resuming.state(portal_of(request).store, case.draft.id) is not None,
        "fault": told,
        "errors": [Entry("word", words.t("resume.word"), Said(told))] if fault else [],
        "notice": words.t(notice) if notice else "",
        "number": new_number(),
        "here": f"{case.address}/{SAVED}",
        "case": case.address,
    }
    return page(
        request,
        "saved.html",
        title,
        values,
        procedure=case.procedure,
        status=422 if fault else 200,
        has_token=True,
        has_errors=bool(fault),
    )


def _draw_code(request: Request, case: Case, posted: Posted, mail: _Mail) -> Response:
    """The code, for the form that made it and shortly after it did."""
    code = _code(request, case, posted)
    if not _is_fresh(request, case, code):
        return go_to(request, f"{case.address}/{SAVED}")
    words = words_of(request, case.procedure)
    title = words.t("resume.code.title")
    values = {
        "title": title,
        "service": words.text(case.procedure.title),
        "code": code,
        "door": f"{origin_of(request)}/continue",
        "until": keeping_of(request, case).until,
        "number": posted.get("_number"),
        "action": f"{case.address}/{CODE}",
        "mail": mail if portal_of(request).settings.writes_letters else None,
        "errors": [Entry("email", words.t("resume.mail.label"), Said(mail.fault))]
        if mail.fault
        else [],
    }
    return page(
        request,
        "resume_code.html",
        title,
        values,
        procedure=case.procedure,
        status=422 if mail.fault else 200,
        has_token=True,
        keeps_answers=True,
        has_errors=bool(mail.fault),
    )
