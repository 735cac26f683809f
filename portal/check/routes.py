"""The questions of a Quick Check: asked, asked again, and then decided."""

from collections.abc import Sequence

from fastapi import APIRouter, Request
from starlette.responses import Response

from engine import Plan
from engine.answers import Problem
from engine.model import QuickCheck
from portal.check.calendar import calendar_of
from portal.check.result import Answered, draw_result
from portal.fill.routes import ProcedureId
from portal.fill.taking import ASKED, Raw, readable, take
from portal.web.pages import go_to, page, portal_of, switch_language, words_of
from portal.web.posted import Form, Posted
from portal.web.refusal import not_found
from renderers.html.items import Asking
from renderers.html.page import FormPage, question_page

router = APIRouter()
ADDRESS = "/p/{procedure}/quick-check"


def _check(request: Request, procedure: str) -> tuple[Plan, QuickCheck]:
    plan = portal_of(request).library.current(procedure)
    if plan is None or plan.procedure.quick_check is None:
        raise not_found()
    return plan, plan.procedure.quick_check


@router.get(ADDRESS)
def ask(request: Request, procedure: ProcedureId) -> Response:
    """The questions, unanswered."""
    plan, check = _check(request, procedure)
    return _draw(request, plan, check, _read(request, plan, check, {}))


@router.post(ADDRESS)
def answer(request: Request, procedure: ProcedureId, posted: Form) -> Response:
    """The result; or the questions again, if something is missing or new."""
    plan, check = _check(request, procedure)
    if posted.get("_language"):
        switch_language(request, posted.get("_language"))
    answered = _answered(request, plan, check, posted)
    words = words_of(request, plan.procedure)
    is_result = posted.get("_view") == "result"
    if posted.get("_go") == "back":
        return go_to(request, f"/p/{procedure}")
    if posted.get("_go") == "edit" or (posted.get("_language") and not is_result):
        return _draw(request, plan, check, answered)
    asked = set(posted.all(ASKED))
    new = [path for path in _view(request, plan, check, answered, ()).asked if path not in asked]
    told = answered.state.problems
    problems = tuple(one for one in told if one.field.partition(".")[0] not in new)
    notice = words.t("notice.new_questions") if new else ""
    if problems or new:
        return _draw(request, plan, check, answered, problems, notice)
    result = plan.quick_check(answered.state.values, portal_of(request).clock.today())
    if posted.get("_go") == "calendar" and result.earliest is not None:
        return calendar_of(request, plan.procedure, result.earliest)
    return draw_result(request, plan, answered, result)


def _answered(request: Request, plan: Plan, check: QuickCheck, posted: Posted) -> Answered:
    """Only questions that are to be seen count: a hidden one cannot answer itself."""
    asked = set(posted.all(ASKED))
    answered = _read(request, plan, check, take(check.questions, {}, posted, asked))
    visible = set(answered.state.visible)
    if asked <= visible:
        return answered
    return _read(request, plan, check, take(check.questions, {}, posted, asked & visible))


def _read(request: Request, plan: Plan, check: QuickCheck, raw: Raw) -> Answered:
    typed = readable(check.questions, raw)
    return Answered(raw, plan.check_questions(typed, portal_of(request).clock.today()))


def _view(
    request: Request,
    plan: Plan,
    check: QuickCheck,
    answered: Answered,
    problems: Sequence[Problem],
) -> FormPage:
    asking = Asking(
        words=words_of(request, plan.procedure),
        visible=frozenset(answered.state.visible),
        required=frozenset(answered.state.required),
        problems=problems,
    )
    return question_page(check, answered.raw, asking)


def _draw(
    request: Request,
    plan: Plan,
    check: QuickCheck,
    answered: Answered,
    problems: tuple[Problem, ...] = (),
    notice: str = "",
) -> Response:
    words = words_of(request, plan.procedure)
    view = _view(request, plan, check, answered, problems)
    values = {
        "page": view,
        "action": f"/p/{plan.procedure.id}/quick-check",
        "hidden": [],
        "notice": notice,
        "ask_warnings": False,
        "steps": [],
        "position": 0,
        "next_label": words.t("button.result"),
        "can_go_back": True,
        "can_save": False,
    }
    return page(
        request,
        "form.html",
        str(view.title),
        values,
        procedure=plan.procedure,
        status=422 if view.errors else 200,
        keeps_answers=True,
        has_errors=bool(view.errors),
    )
