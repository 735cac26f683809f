"""Link and code: the door of the invited person."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from engine.plan.part import Part
from portal.clock import BERLIN
from portal.invite.guest import keep_entry
from portal.invite.handing import LINK, typed
from portal.storage import invitations
from portal.storage.invitations import Blocked, Wrong
from portal.web.pages import go_to, page, portal_of, switch_language, words_of
from portal.web.posted import OwnForm
from portal.web.refusal import Refusal
from renderers.html.problems import Entry
from renderers.html.words import Said, Words

router = APIRouter()
Link = Annotated[str, Path(pattern=LINK)]
ADDRESS = "/invitation/{link}"


@router.get(ADDRESS)
def show(request: Request, link: Link) -> Response:
    """What this is about, and the question for the code; nothing is noted yet."""
    return _draw(request, link, "")


@router.post(ADDRESS)
def enter(request: Request, link: Link, posted: OwnForm) -> Response:
    """With the right code to the pages, else to another try."""
    if posted.get("_language"):
        switch_language(request, posted.get("_language"))
        return go_to(request, f"/invitation/{link}")
    _part_behind(request, link)
    code = typed(posted.get("code"))
    words = words_of(request)
    if not code:
        return _draw(request, link, words.t("invited.code.missing"))
    found = invitations.enter(portal_of(request).store, link, code)
    if found is None:
        raise Refusal(404, "invitation")
    if isinstance(found, Wrong | Blocked):
        return _draw(request, link, _told(found, words))
    invited, secret = found
    response = go_to(request, f"/invited/{invited.id}")
    keep_entry(request, response, invited, secret)
    return response


def _told(found: Wrong | Blocked, words: Words) -> str:
    if isinstance(found, Wrong):
        return words.count("invited.code.wrong", found.left)
    if found.until is None:
        return words.t("invited.code.locked")
    until = found.until.astimezone(BERLIN)
    return words.t("invited.code.blocked", until=f"{until:%H:%M}")


def _part_behind(request: Request, link: str) -> Part:
    """Unknown, ended and withdrawn links answer alike."""
    portal = portal_of(request)
    found = invitations.find(portal.store, link)
    plan = None if found is None else portal.library.pinned(found[1])
    part = None if plan is None or found is None else plan.parts.get(found[0].name)
    if part is None:
        raise Refusal(404, "invitation")
    return part


def _draw(request: Request, link: str, fault: str) -> Response:
    portal = portal_of(request)
    part = _part_behind(request, link)
    found = invitations.find(portal.store, link)
    plan = None if found is None else portal.library.pinned(found[1])
    procedure = None if plan is None else plan.procedure
    words = words_of(request, procedure)
    title = words.t("invited.door.title")
    values = {
        "title": title,
        "who": words.text(part.invitation.title),
        "action": f"/invitation/{link}",
        "fault": fault,
        "errors": [Entry("code", words.t("invited.code.label"), Said(fault))] if fault else [],
        "authority": None if procedure is None else procedure.authority,
    }
    return page(
        request,
        "invitation.html",
        title,
        values,
        procedure=procedure,
        status=422 if fault else 200,
        has_token=True,
        keeps_answers=True,
        has_errors=bool(fault),
    )
