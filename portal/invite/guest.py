"""The invited person's case: the only place where an entry opens a draft.

Whatever this hands out holds the answers of the invited part alone, and its holder reaches the
files of the invited documents alone. Pages, messages, summaries and changes are made from that.
"""

from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import Response

from engine.plan.part import Part
from portal.fill.case import Case, narrowed
from portal.storage import drafts, invitations
from portal.storage.holders import STAY, Entry
from portal.storage.records import Invited
from portal.web.pages import portal_of
from portal.web.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Guest:
    """An invited person with what they may have of the application."""

    case: Case
    part: Part
    invited: Invited
    entry: Entry


def find_guest(request: Request, invited_id: str) -> Guest:
    """The part of the draft that this browser was let in for; else nothing is there (R58)."""
    portal = portal_of(request)
    entry = entry_from(request, invited_id)
    invited = invitations.entry_of(portal.store, entry)
    draft = None if invited is None else drafts.load(portal.store, invited.draft_id, entry)
    plan = None if draft is None else portal.library.pinned(draft.digest)
    part = None if plan is None or invited is None else plan.parts.get(invited.name)
    if invited is None or draft is None or plan is None or part is None:
        raise Refusal(404, "invited")
    holder = replace(entry, documents=part.documents)
    today = portal.clock.today()
    case = Case(plan, narrowed(draft, part), holder, today, part=part, invitation=invited)
    return Guest(case, part, invited, holder)


def entry_from(request: Request, invited_id: str) -> Entry:
    """What this browser shows for an invitation, whether it is worth anything or not."""
    secret = request.cookies.get(_cookie(request, invited_id), "")
    return Entry(invited_id, secret, portal_of(request).store.now())


def keep_entry(request: Request, response: Response, invited: Invited, secret: str) -> None:
    """Let this browser in. Each invitation has a cookie of its own: somebody may have several."""
    response.set_cookie(
        _cookie(request, invited.id),
        secret,
        max_age=int(STAY.total_seconds()),
        path="/",
        httponly=True,
        samesite="lax",
        secure=portal_of(request).settings.is_https,
    )


def end_entry(request: Request, response: Response, invited_id: str) -> None:
    """This browser is not let in any more, nor is a copy of its cookie."""
    invitations.leave(portal_of(request).store, entry_from(request, invited_id))
    response.delete_cookie(
        _cookie(request, invited_id), path="/", secure=portal_of(request).settings.is_https
    )


def _cookie(request: Request, invited_id: str) -> str:
    # The prefix makes browsers refuse the cookie from other hosts and over http.
    prefix = "__Host-" if portal_of(request).settings.is_https else ""
    return f"{prefix}vordruck-invited-{invited_id[:12]}"
