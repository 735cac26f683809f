"""What must be read and confirmed behind the summary, in a step of its own (`after_summary`).

The application can be handed in from here alone, with the declarations of this very request: what
a draft holds of them from an earlier try counts for nothing.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from engine.model import Field, Item, Page
from portal.fill.case import Case, evaluate, find_case, of_page, receipt_of, save
from portal.fill.routes import DraftId, ProcedureId
from portal.fill.summary import changed, hand_in, open_points
from portal.fill.taking import Raw, take
from portal.fill.views import LAST, SAVED, SUMMARY, Shown, draw_last_step
from portal.web.pages import go_to, switch_language
from portal.web.posted import OwnForm, Posted

router = APIRouter()
ADDRESS = f"/p/{{procedure}}/form/{{draft}}/{LAST}"
Seen = Annotated[int, Query(ge=-1, le=10**9)]


@router.get(ADDRESS)
def show(request: Request, procedure: ProcedureId, draft: DraftId, seen: Seen = -1) -> Response:
    """The texts and the declarations; only after the summary, of the application as it is now."""
    case = find_case(request, procedure, draft)
    if done := receipt_of(request, case):
        return go_to(request, done)
    state = evaluate(request, case.plan, case.draft.raw)
    items = case.last_step(state)
    if not items or seen != case.draft.revision or open_points(request, case, state):
        return go_to(request, f"{case.address}/{SUMMARY}")
    unticked = _without(case.draft.raw, items)
    return draw_last_step(request, case, _page(case, items), unticked, Shown())


@router.post(ADDRESS)
def confirm(request: Request, procedure: ProcedureId, draft: DraftId, posted: OwnForm) -> Response:
    """Hand in with these declarations; a repeated press leads to the same receipt (R08)."""
    case = find_case(request, procedure, draft)
    if done := receipt_of(request, case):
        return go_to(request, done)
    here = f"{case.address}/{LAST}?seen={case.draft.revision}"
    if posted.get("_language"):
        switch_language(request, posted.get("_language"))
        return go_to(request, here)
    match posted.get("_go"):
        case "back":
            return go_to(request, f"{case.address}/{SUMMARY}")
        case "later":
            return go_to(request, f"{case.address}/{SAVED}")
        case "submit":
            return _confirmed(request, case, posted)
    # The Enter key must never submit an application.
    return go_to(request, here)


def _confirmed(request: Request, case: Case, posted: Posted) -> Response:
    state = evaluate(request, case.plan, case.draft.raw)
    items = case.last_step(state)
    if not items or open_points(request, case, state):
        return go_to(request, f"{case.address}/{SUMMARY}")
    seen = case.draft.revision
    if posted.get("_revision") != str(seen):
        return changed(request, case)
    asked = {item.id for item in items if isinstance(item, Field)}
    given = take(items, case.draft.raw, posted, asked)
    one = _page(case, items)
    problems = of_page(evaluate(request, case.plan, given).problems, one)
    if problems:
        return draw_last_step(request, case, one, given, Shown(problems=problems, status=422))
    case = save(request, case, lambda raw: take(items, raw, posted, asked))
    if case.draft.revision != seen + 1:  # somebody changed an answer in this moment
        return changed(request, case)
    state = evaluate(request, case.plan, case.draft.raw)
    return hand_in(request, case, state, str(case.draft.revision))


def _page(case: Case, items: tuple[Item, ...]) -> Page:
    """The step as a page: its title is the product's."""
    first = case.procedure.pages[0]
    return replace(first, id=LAST, intro=None, show_if=None, items=items, checks=(), purpose="")


def _without(raw: Raw, items: tuple[Item, ...]) -> Mapping[str, object]:
    late = {item.id for item in items}
    return {name: value for name, value in raw.items() if name not in late}
