"""The invited person's pages: what it is about, their questions and documents, handing over."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from engine import Evaluation
from portal.fill.case import Case, evaluate, of_page
from portal.fill.documents import change_documents, draw_documents
from portal.fill.routes import Place, ProcedureId, show_page, take_page
from portal.fill.views import DOCUMENTS, SAVED, given, order
from portal.invite.guest import Guest, end_entry, find_guest
from portal.invite.offer import day
from portal.uploads.pieces import offer_pieces
from portal.web.pages import go_to, page, words_of
from portal.web.posted import OwnForm
from renderers.html.markdown import to_html
from renderers.html.summary import Block, section

router = APIRouter()
InvitedId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]
BASE = "/invited/{invited}"
DONE = "handed-over"


@router.get(BASE)
def welcome(request: Request, invited: InvitedId) -> Response:
    """Who invites whom to what, what comes along, until when."""
    guest = find_guest(request, invited)
    if done := _done_page(request, guest):
        return done
    case, one = guest.case, guest.part.invitation
    words = words_of(request, case.procedure)
    state = evaluate(request, case.plan, case.draft.raw)
    values = {
        "title": words.text(one.title),
        "text": words.markdown(one.text) if one.text else None,
        "seen": seen(request, guest, state),
        "pages": [words.text(case.page(name).title) for name in case.pages(state)],
        "has_documents": bool(case.needs(state)),
        "until": day(guest.invited.expires_at, words),
        "start": f"{case.address}/{first_open(case, state)}",
        "is_begun": bool(set(case.draft.raw) & guest.part.writes),
        "privacy": words.markdown(case.procedure.privacy) if case.procedure.privacy else None,
        "authority": case.procedure.authority,
    }
    title = str(words.text(one.title))
    return page(request, "invited.html", title, values, procedure=case.procedure, has_token=True)


def seen(request: Request, guest: Guest, state: Evaluation) -> tuple[Block, ...]:
    """The applicant's answers that the invitation shows."""
    items = tuple(guest.part.seen_items(guest.case.procedure))
    one = replace(guest.part.pages[0], items=items)
    return section(one, given(guest.case, state, request), "").blocks


def first_open(case: Case, state: Evaluation) -> str:
    """The first page that something is missing on."""
    for name in case.pages(state):
        if of_page(state.problems, case.page(name)):
            return name
    return order(case, state)[-1]


@router.get(f"{BASE}/{DOCUMENTS}")
def documents(request: Request, invited: InvitedId) -> Response:
    """Their documents."""
    guest = find_guest(request, invited)
    return _done_page(request, guest) or draw_documents(request, guest.case, {})


@router.post(f"{BASE}/{DOCUMENTS}")
async def hand_in(request: Request, invited: InvitedId) -> Response:
    """A file comes, a file goes, or on."""
    return await change_documents(request, lambda: find_guest(request, invited).case)


def _case_of_guest(request: Request) -> Case:
    return find_guest(request, request.path_params["invited"]).case


offer_pieces(router, f"{BASE}/{DOCUMENTS}", _case_of_guest)


@router.get(f"{BASE}/{SAVED}")
def later(request: Request, invited: InvitedId) -> Response:
    """Everything is kept; link and code lead back."""
    guest = find_guest(request, invited)
    case = guest.case
    words = words_of(request, case.procedure)
    until = day(guest.invited.expires_at, words)
    values = {
        "title": words.t("invited.saved.title"),
        "text": to_html(words.t("invited.saved.text", until=until)),
        "code": "",
        "forms": (
            {
                "action": f"{case.address}/end-visit",
                "label": words.t("invited.end"),
                "kind": "secondary",
            },
        ),
        "link": {"label": words.t("button.continue"), "address": case.address},
    }
    title = words.t("invited.saved.title")
    return page(request, "message.html", title, values, procedure=case.procedure, has_token=True)


@router.post(f"{BASE}/end-visit")
def end(request: Request, invited: InvitedId, posted: OwnForm) -> Response:
    """Close it on this device."""
    response = go_to(request, "/")
    end_entry(request, response, invited)
    return response


@router.get(f"{BASE}/{{page}}")
def show(
    request: Request,
    invited: InvitedId,
    page: ProcedureId,
    row: Place = "",
    more: Place = "",
    new: Place = "",
    back: Place = "",
) -> Response:
    """A page of questions."""
    guest = find_guest(request, invited)
    done = _done_page(request, guest)
    return done or show_page(request, guest.case, page, row=row, more=more, new=new, back=back)


@router.post(f"{BASE}/{{page}}")
def answer(request: Request, invited: InvitedId, page: ProcedureId, posted: OwnForm) -> Response:
    """Answers to a page."""
    guest = find_guest(request, invited)
    return _done_page(request, guest) or take_page(request, guest.case, page, posted)


def _done_page(request: Request, guest: Guest) -> Response | None:
    """What was handed over is only read, until it is opened again."""
    if guest.invited.done_at is None:
        return None
    return go_to(request, f"{guest.case.address}/{DONE}")
