"""The form, page by page: every post saves what was typed, then decides where to go."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from engine import Evaluation
from engine.answers import Problem, items_of
from engine.model import Item, Page
from portal.fill.carried import carry
from portal.fill.case import (
    OVER,
    Case,
    evaluate,
    find_case,
    newer,
    of_page,
    receipt_of,
    save,
    shape,
)
from portal.fill.choosing import draw_choice
from portal.fill.clash import SEEN, Clashed, settle
from portal.fill.rows import add_row, remove_row
from portal.fill.taking import ASKED, ROW, Raw, padded, row_paths, take
from portal.fill.views import (
    INVITE,
    SAVED,
    SUMMARY,
    TASKS,
    Shown,
    draw_page,
    neighbour,
    order,
    proposed,
    view_of,
)
from portal.storage import drafts
from portal.web.logs import log
from portal.web.pages import go_to, portal_of, switch_language, words_of
from portal.web.posted import OwnForm, Posted
from portal.web.refusal import not_found
from portal.web.sessions import session_of
from renderers.html.widgets import html_id

router = APIRouter()

ProcedureId = Annotated[str, Path(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
DraftId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]
Place = Annotated[str, Query(max_length=200, pattern=r"^[a-z0-9_.\[\]-]*$")]


@router.post("/p/{procedure}/form")
def start(request: Request, procedure: ProcedureId, posted: OwnForm) -> Response:
    """Begin an application; answers of the Quick Check come along if they were sent."""
    portal = portal_of(request)
    plan = portal.library.current(procedure)
    if plan is None:
        raise not_found()
    session = session_of(request).use()
    language = words_of(request).language
    digest = plan.procedure.digest
    draft = drafts.create(portal.store, procedure, digest, session.id, language)
    case = Case(plan, draft, session.id, portal.clock.today())
    brought = carry(plan.procedure, posted)
    if brought:
        case = save(request, case, lambda raw: {**raw, **brought})
    return go_to(request, f"{case.address}/{TASKS}")


@router.get("/p/{procedure}/form/{draft}")
def resume(request: Request, procedure: ProcedureId, draft: DraftId) -> Response:
    """Back to the first page that is not finished."""
    case = find_case(request, procedure, draft)
    if done := receipt_of(request, case):
        return go_to(request, done)
    return go_to(request, newer(request, case) or first_unfinished(request, case))


def first_unfinished(request: Request, case: Case) -> str:
    """The address of the first step at which something is to be done."""
    state = evaluate(request, case.plan, case.draft.raw)
    steps = order(case, state)
    for number, name in enumerate(steps):
        if name in state.pages and of_page(state.problems, case.page(name)):
            # Whether to invite somebody is asked before their pages.
            is_after_offer = number > 0 and steps[number - 1].startswith(INVITE)
            return f"{case.address}/{steps[number - 1] if is_after_offer else name}"
    return f"{case.address}/{steps[-1]}"


@router.get("/p/{procedure}/form/{draft}/{page}")
def show(
    request: Request,
    procedure: ProcedureId,
    draft: DraftId,
    page: ProcedureId,
    row: Place = "",
    more: Place = "",
    new: Place = "",
    back: Place = "",
) -> Response:
    """A page of the form."""
    case = find_case(request, procedure, draft)
    if receipt_of(request, case):
        return go_to(request, case.address)
    return show_page(request, case, page, row=row, more=more, new=new, back=back)


def show_page(
    request: Request, case: Case, page: str, *, row: str, more: str, new: str, back: str
) -> Response:
    """A page of the applicant's form, or of an invited person's."""
    one = case.page(page)
    state = evaluate(request, case.plan, case.draft.raw)
    if page not in case.pages(state):
        return go_to(request, case.address)
    words = words_of(request, case.procedure)
    to_summary = back == SUMMARY
    shown = Shown(
        problems=of_page(state.problems, one) if to_summary else (),
        warnings=of_page(state.warnings, one) if to_summary else (),
        open_rows=frozenset((row,)) if row else frozenset(),
        more=frozenset((more,)) if more else frozenset(),
        notice=words.t("notice.new_questions") if new else "",
        back_to_summary=to_summary,
    )
    return draw_page(request, case, one, {**case.draft.raw, **proposed(case, one, state)}, shown)


@router.post("/p/{procedure}/form/{draft}/{page}")
def answer(
    request: Request, procedure: ProcedureId, draft: DraftId, page: ProcedureId, posted: OwnForm
) -> Response:
    """Answers to a page, and a button that says what is to happen."""
    case = find_case(request, procedure, draft, past_the_end=True)
    return take_page(request, case, page, posted)


def take_page(request: Request, case: Case, page: str, posted: Posted) -> Response:
    """The answers to a page, from whoever fills it in."""
    one = case.page(page)
    state = evaluate(request, case.plan, case.draft.raw)
    if page not in case.pages(state):
        return go_to(request, case.address)
    if case.is_open and posted.get("_shape") != shape(one.items, case.draft.raw):
        return _conflict(request, case, one, posted)
    try:
        case = save(request, case, lambda raw: accepted(request, case, one, raw, posted))
    except Clashed as clashed:
        return draw_choice(request, case, one, clashed, posted)
    if not case.is_open:
        return go_to(request, f"{case.address}/{OVER}?saved=1")
    return _onward(request, case, one, posted)


def accepted(request: Request, case: Case, one: Page, raw: Raw, posted: Posted) -> Raw:
    """The answers with those of this page; a question that is hidden now keeps its old answer."""
    if posted.get("_shape") != shape(one.items, raw):
        return raw  # rows came or went, and nobody can be asked
    settled = settle(one.items, raw, posted)
    if settled.clashes and case.is_open:
        raise Clashed(settled.clashes, raw)
    asked = settled.asked - set(settled.clashes)
    after = take(one.items, raw, posted, asked)
    visible = set(evaluate(request, case.plan, after).visible)
    if asked <= visible:
        return after
    # Hidden by the answers themselves, or invented by the sender.
    log().info("answers-dropped", procedure=case.procedure.id, count=len(asked - visible))
    return take(one.items, raw, posted, asked & visible)


def _conflict(request: Request, case: Case, one: Page, posted: Posted) -> Response:
    """Rows were added or removed in another window: show what was typed, save nothing."""
    typed = take(one.items, case.draft.raw, posted, set(posted.all(ASKED)))
    words = words_of(request, case.procedure)
    open_rows = frozenset(posted.all(ROW))
    # What stands outside rows is still where it was: of that both answers are shown later.
    seen = " ".join(one for one in posted.get(SEEN).split() if "[" not in one)
    shown = Shown(open_rows=open_rows, notice=words.t("notice.conflict"), seen=seen, status=409)
    return draw_page(request, case, one, typed, shown)


def _onward(request: Request, case: Case, one: Page, posted: Posted) -> Response:
    """What the pressed button means, now that everything is saved."""
    here = f"{case.address}/{one.id}"
    if posted.get("_language"):
        switch_language(request, posted.get("_language"))
        return go_to(request, here + _query(posted))
    for name in ("_add", "_remove", "_edit", "_close"):
        if posted.has(name):
            return _change_rows(request, case, one, name, posted)
    if posted.has("_more"):
        path = posted.get("_more")
        return go_to(request, f"{here}?more={path}#{html_id(path)}-1")
    match posted.get("_go"):
        case "back":
            state = evaluate(request, case.plan, case.draft.raw)
            return go_to(request, before(case, state, one.id))
        case "later":
            return go_to(request, f"{case.address}/{SAVED}")
        case "overview":
            return go_to(request, f"{case.address}/{TASKS}")
        case _:
            return _next(request, case, one, posted)


def before(case: Case, state: Evaluation, name: str) -> str:
    """The address of the step before; in front of the first one, where one came in."""
    found = neighbour(case, state, name, -1)
    if found:
        return f"{case.address}/{found}"
    return case.address if case.part else f"{case.address}/{TASKS}"


def _change_rows(request: Request, case: Case, one: Page, button: str, posted: Posted) -> Response:
    path = posted.get(button)
    here = f"{case.address}/{one.id}"
    keep = _query(posted).replace("?", "&")
    if button == "_add":
        items = items_of(case.procedure)
        added = add_row(items, with_least_rows(case.draft.raw, one), path)
        if added is None:
            return go_to(request, here + _query(posted))
        save(request, case, lambda raw: _one_more(items, raw, one, path))
        return go_to(request, f"{here}?row={added[1]}{keep}#{html_id(added[1])}")
    if path not in set(row_paths(one.items, case.draft.raw)):
        return go_to(request, here + _query(posted))
    if button == "_remove":
        save(request, case, lambda raw: remove_row(items_of(case.procedure), raw, path) or raw)
        group = path.rpartition("[")[0]
        return go_to(request, f"{here}{_query(posted)}#{html_id(group)}")
    opened = f"?row={path}{keep}" if button == "_edit" else _query(posted)
    return go_to(request, f"{here}{opened}#{html_id(path)}")


def with_least_rows(raw: Raw, one: Page) -> Raw:
    """Rows that a group must have are shown before they are stored: they count from here on."""
    return {**raw, **padded(one.items, raw)}


def _one_more(items: Sequence[Item], raw: Raw, one: Page, path: str) -> Raw:
    added = add_row(items, with_least_rows(raw, one), path)
    return raw if added is None else added[0]


def _query(posted: Posted) -> str:
    """Whoever came from the summary goes back there."""
    return f"?back={SUMMARY}" if posted.get("_return") == SUMMARY else ""


def _next(request: Request, case: Case, one: Page, posted: Posted) -> Response:
    """On to the next page, if this one is complete; else show what is missing."""
    raw = case.draft.raw
    view, state = view_of(request, case, one, raw, Shown())
    asked = set(posted.all(ASKED))
    closed = tuple(f"{path}." for path in _closed_rows(one, raw, posted))
    new = [path for path in view.asked if path not in asked and not path.startswith(closed)]
    problems = [one for one in of_page(state.problems, one) if not _is_about(one, new)]
    open_rows = frozenset(posted.all(ROW))
    to_summary = posted.get("_return") == SUMMARY
    if problems:
        words = words_of(request, case.procedure)
        shown = Shown(
            problems=problems,
            open_rows=open_rows,
            notice=words.t("notice.new_questions") if new else "",
            back_to_summary=to_summary,
            status=422,
        )
        return draw_page(request, case, one, raw, shown)
    if new:
        query = f"{_query(posted)}&new=1" if _query(posted) else "?new=1"
        return go_to(request, f"{case.address}/{one.id}{query}#{html_id(new[0])}")
    warnings = of_page(state.warnings, one)
    if _unseen(request, case, one, raw, warnings, posted):
        shown = Shown(
            warnings=warnings, open_rows=open_rows, ask_warnings=True, back_to_summary=to_summary
        )
        return draw_page(request, case, one, raw, shown)
    if to_summary:
        return go_to(request, f"{case.address}/{SUMMARY}")
    return go_to(request, f"{case.address}/{neighbour(case, state, one.id, 1) or SUMMARY}")


def _closed_rows(one: Page, raw: Raw, posted: Posted) -> list[str]:
    """Rows that were there but not open: their questions were asked before."""
    open_rows = set(posted.all(ROW))
    return [path for path in row_paths(one.items, raw) if path not in open_rows]


def _is_about(problem: Problem, paths: list[str]) -> bool:
    return any(problem.field == path or problem.field.startswith(f"{path}.") for path in paths)


def _unseen(
    request: Request,
    case: Case,
    one: Page,
    raw: Raw,
    warnings: tuple[Problem, ...],
    posted: Posted,
) -> bool:
    """Whether there is a warning that this form did not show yet."""
    if not warnings:
        return False
    view, _ = view_of(request, case, one, raw, Shown(warnings=warnings))
    return not {entry.target for entry in view.warnings} <= set(posted.all("_warned"))
