"""The applicant's page: invite somebody, or fill in the pages oneself; how far they are."""

from datetime import datetime

from fastapi import APIRouter, Request
from starlette.responses import Response

from engine import Evaluation
from engine.plan.part import Part
from portal.clock import BERLIN
from portal.fill.case import Case, canonical, evaluate, find_case, receipt_of
from portal.fill.routes import DraftId, ProcedureId, before
from portal.fill.views import INVITE, SAVED, TASKS, neighbour, steps
from portal.invite.handing import FRESH, Handover, make, new_number
from portal.invite.standing import Standing
from portal.invite.waiting import stands
from portal.storage import invitations
from portal.storage.invitations import Secrets
from portal.web.pages import go_to, origin_of, page, portal_of, switch_language, words_of
from portal.web.posted import OwnForm, Posted
from portal.web.refusal import Refusal, not_found
from portal.web.sessions import session_of
from renderers.html.shown import show_date
from renderers.html.words import Words

router = APIRouter()
ADDRESS = f"/p/{{procedure}}/form/{{draft}}/{INVITE}{{invitation}}"


@router.get(ADDRESS)
def show(
    request: Request, procedure: ProcedureId, draft: DraftId, invitation: ProcedureId
) -> Response:
    """The page."""
    case = find_case(request, procedure, draft)
    if receipt_of(request, case):
        return go_to(request, case.address)
    return _draw(request, case, invitation)


@router.post(ADDRESS)
def change(
    request: Request,
    procedure: ProcedureId,
    draft: DraftId,
    invitation: ProcedureId,
    posted: OwnForm,
) -> Response:
    """Invite, renew, take back, or go on."""
    case = find_case(request, procedure, draft)
    state = evaluate(request, case.plan, case.draft.raw)
    part = _part(case, state, invitation)
    here = f"{case.address}/{INVITE}{invitation}"
    if posted.get("_language"):
        switch_language(request, posted.get("_language"))
        # The page that shows link and code is made once more; any other is only shown.
        return _draw_secrets(request, case, part, posted) or go_to(request, here)
    match posted.get("_go"):
        case "invite" | "renew" as wish:
            return _invite(request, case, part, posted, is_new=wish == "renew")
        case "revoke":
            return _draw(request, case, invitation, ask_revoke=True)
        case "revoke-for-good":
            _revoke(request, case, part)
            return go_to(request, here)
        case "back":
            return go_to(request, before(case, state, f"{INVITE}{invitation}"))
        case "later":
            return go_to(request, f"{case.address}/{SAVED}")
        case "next":
            name = neighbour(case, state, f"{INVITE}{invitation}", 1)
            return go_to(request, f"{case.address}/{name}")
    return go_to(request, here)


def _part(case: Case, state: Evaluation, invitation: str) -> Part:
    """The part, if it is offered here or somebody was invited already."""
    for part in case.offered(state):
        if part.invitation.id == invitation:
            return part
    raise not_found()


def _secrets(request: Request, case: Case, part: Part, posted: Posted) -> Secrets:
    place = f"{case.draft.id}/{part.invitation.id}/{session_of(request).id}"
    return make(session_of(request).key, place, posted.get("_number"))


def _invite(request: Request, case: Case, part: Part, posted: Posted, *, is_new: bool) -> Response:
    store, session = portal_of(request).store, session_of(request)
    made = _secrets(request, case, part, posted)
    one = part.invitation
    act = invitations.renew if is_new else invitations.invite
    done = act(store, case.draft.id, session.id, one.id, made, one.valid_for)
    if done is None:
        raise Refusal(409, "submitted")
    # If another window was quicker, its link and code are the ones that count.
    shown = _draw_secrets(request, case, part, posted) if done[1] else None
    return shown or go_to(request, f"{case.address}/{INVITE}{one.id}")


def _revoke(request: Request, case: Case, part: Part) -> None:
    """The answers of the part go with the invitation: nobody changes them in another's name."""

    def strip(raw: dict[str, object]) -> tuple[dict[str, object], dict[str, object]]:
        kept = part.without(raw)
        return canonical(case.procedure, kept)[0], kept

    store, session = portal_of(request).store, session_of(request)
    name = part.invitation.id
    invitations.revoke(store, case.draft.id, session.id, name, strip, part.documents)


def _draw(request: Request, case: Case, invitation: str, *, ask_revoke: bool = False) -> Response:
    state = evaluate(request, case.plan, case.draft.raw)
    part = _part(case, state, invitation)
    words = words_of(request, case.procedure)
    stand = stands(request, case, state, part)
    who = str(words.text(part.invitation.title))
    ask_revoke = ask_revoke and stand is not Standing.NONE
    values = {
        **_frame(request, case, state, part),
        "title": words.t(_title(stand, ask_revoke=ask_revoke), who=who),
        "offer": words.markdown(part.invitation.offer) if part.invitation.offer else None,
        "stand": str(stand),
        "facts": _facts(case, part, stand, words),
        "told": words.t(f"invite.state.{stand}") if case.invited.get(invitation) else "",
        "ask_revoke": ask_revoke,
        "required": part.invitation.required,
        "number": new_number(),
        "who": who,
    }
    return _page(request, case, "invite.html", str(values["title"]), values)


def _title(stand: Standing, *, ask_revoke: bool) -> str:
    if ask_revoke:
        return "invite.revoke.title"
    return "invite.title" if stand is Standing.NONE else "invite.title.live"


def _facts(case: Case, part: Part, stand: Standing, words: Words) -> list[tuple[str, str]]:
    invited = case.invited.get(part.invitation.id)
    if invited is None:
        return []
    times = (
        ("opened", invited.opened_at),
        ("done", invited.done_at),
        ("expires", None if stand is Standing.DONE else invited.expires_at),
    )
    return [(words.t(f"invite.fact.{key}"), day(at, words)) for key, at in times if at]


def day(moment: datetime, words: Words) -> str:
    """The day in Germany."""
    return show_date(moment.astimezone(BERLIN).date(), words)


def _draw_secrets(request: Request, case: Case, part: Part, posted: Posted) -> Response | None:
    """Link and code, for the form that made them and shortly after it did."""
    portal, one = portal_of(request), part.invitation
    # Read anew: the invitation may have been made a moment ago.
    case = find_case(request, case.draft.procedure_id, case.draft.id)
    made = _secrets(request, case, part, posted)
    found = invitations.find(portal.store, made.link)
    invited = case.invited.get(one.id)
    if found is None or invited is None or found[0].id != invited.id:
        return None
    if portal.store.now() - invited.created_at > FRESH:
        return None
    words = words_of(request, case.procedure)
    who = str(words.text(one.title))
    link = f"{origin_of(request)}/invitation/{made.link}"
    values = {
        **_frame(request, case, evaluate(request, case.plan, case.draft.raw), part),
        "title": words.t("invite.secrets.title", who=who),
        "handover": Handover(link, made.code, invited.expires_at),
        "until": day(invited.expires_at, words),
        "number": posted.get("_number"),
        "who": who,
        "service": words.text(case.procedure.title),
    }
    return _page(request, case, "invite_secrets.html", str(values["title"]), values)


def _frame(request: Request, case: Case, state: Evaluation, part: Part) -> dict[str, object]:
    name = f"{INVITE}{part.invitation.id}"
    all_steps, position = steps(request, case, state, name)
    return {
        "steps": all_steps,
        "position": position,
        "action": f"{case.address}/{name}",
        "overview": f"{case.address}/{TASKS}",
    }


def _page(
    request: Request, case: Case, template: str, title: str, values: dict[str, object]
) -> Response:
    return page(
        request,
        template,
        title,
        values,
        procedure=case.procedure,
        has_token=True,
        keeps_answers=True,
    )
