"""The invited person checks their answers and hands them over."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from engine import Evaluation
from portal.fill.case import evaluate
from portal.fill.routes import before
from portal.fill.summary import document_rows, open_points, sections
from portal.fill.views import DOCUMENTS, SAVED, SUMMARY, steps
from portal.invite.guest import Guest, find_guest
from portal.invite.pages import BASE, DONE, InvitedId, seen
from portal.invite.standing import in_view
from portal.storage import invitations
from portal.storage.records import Conflict
from portal.web.pages import go_to, page, portal_of, switch_language, words_of
from portal.web.posted import OwnForm
from portal.web.refusal import Refusal
from renderers.html.shown import show_moment

router = APIRouter()


@router.get(f"{BASE}/{SUMMARY}")
def check(request: Request, invited: InvitedId) -> Response:
    """Every answer of theirs, with links to change it."""
    guest = find_guest(request, invited)
    if guest.invited.done_at is not None:
        return go_to(request, f"{guest.case.address}/{DONE}")
    return _draw(request, guest)


@router.post(f"{BASE}/{SUMMARY}")
def hand_over(request: Request, invited: InvitedId, posted: OwnForm) -> Response:
    """Hand over; a repeated press leads to the same page."""
    guest = find_guest(request, invited)
    case = guest.case
    here = f"{case.address}/{SUMMARY}"
    if posted.get("_language"):
        switch_language(request, posted.get("_language"))
        return go_to(request, here)
    state = evaluate(request, case.plan, case.draft.raw)
    match posted.get("_go"):
        case "back":
            return go_to(request, before(case, state, SUMMARY))
        case "later":
            return go_to(request, f"{case.address}/{SAVED}")
        case "submit":
            return _hand_over(request, guest, state, posted.get("_revision"))
    # The Enter key must never hand over.
    return go_to(request, here)


def _hand_over(request: Request, guest: Guest, state: Evaluation, revision: str) -> Response:
    if guest.invited.done_at is None and open_points(request, guest.case, state):
        return _draw(request, guest, status=422)
    read = int(revision) if revision.isdigit() and len(revision) < 10 else -1
    agreed = in_view(guest.part, guest.case.draft.raw)
    done = invitations.finish(portal_of(request).store, guest.entry, read, agreed)
    if done is None:
        raise Refusal(409, "submitted")
    if isinstance(done, Conflict):
        words = words_of(request, guest.case.procedure)
        fresh = find_guest(request, guest.invited.id)
        return _draw(request, fresh, status=409, notice=words.t("invited.changed"))
    return go_to(request, f"{guest.case.address}/{DONE}")


@router.get(f"{BASE}/{DONE}")
def done(request: Request, invited: InvitedId) -> Response:
    """What was handed over and when, to be printed or kept."""
    guest = find_guest(request, invited)
    case = guest.case
    if guest.invited.done_at is None:
        return go_to(request, case.address)
    words = words_of(request, case.procedure)
    state = evaluate(request, case.plan, case.draft.raw)
    values = {
        "moment": show_moment(guest.invited.done_at, words),
        "seen": seen(request, guest, state),
        "has_changed": guest.invited.agreed != in_view(guest.part, case.draft.raw),
        "sections": sections(request, case, state, can_change=False),
        "documents": document_rows(request, case, case.needs(state)),
        "action": f"{case.address}/{DONE}",
        "end": f"{case.address}/end-visit",
        "authority": case.procedure.authority,
        "service": words.text(case.procedure.title),
    }
    title = words.t("invited.done.title")
    return page(
        request, "invited_done.html", title, values, procedure=case.procedure, has_token=True
    )


@router.post(f"{BASE}/{DONE}")
def change(request: Request, invited: InvitedId, posted: OwnForm) -> Response:
    """Open it again, as long as the application was not submitted."""
    guest = find_guest(request, invited)
    if invitations.reopen(portal_of(request).store, guest.entry) is None:
        raise Refusal(409, "submitted")
    return go_to(request, f"{guest.case.address}/{SUMMARY}")


def _draw(request: Request, guest: Guest, *, status: int = 200, notice: str = "") -> Response:
    case = guest.case
    state = evaluate(request, case.plan, case.draft.raw)
    words = words_of(request, case.procedure)
    all_steps, position = steps(request, case, state, SUMMARY)
    needs = case.needs(state)
    errors = open_points(request, case, state)
    values = {
        "errors": errors,
        "notice": notice,
        "seen": seen(request, guest, state),
        "sections": sections(request, case, state),
        "documents": document_rows(request, case, needs) if needs else None,
        "documents_address": f"{case.address}/{DOCUMENTS}",
        "action": f"{case.address}/{SUMMARY}",
        "revision": case.draft.revision,
        "steps": all_steps,
        "position": position,
    }
    return page(
        request,
        "invited_summary.html",
        words.t("invited.check.title"),
        values,
        procedure=case.procedure,
        status=status,
        has_token=True,
        keeps_answers=True,
        has_errors=bool(errors),
    )
