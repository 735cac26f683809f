"""Questions, and the result with its reasons."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import Response

from engine import Evaluation, Plan, QuickCheckResult
from engine.answers import Problem
from engine.explain.explanation import explainer_of
from engine.model import QuickCheck
from portal.fill.carried import CARRIED, shared_ids
from portal.fill.routes import ProcedureId
from portal.fill.taking import ASKED, Raw, readable, take
from portal.web.pages import go_to, page, portal_of, switch_language, words_of
from portal.web.posted import Form, Posted
from portal.web.refusal import not_found
from renderers.html.changes import BetterView, better_views
from renderers.html.items import Asking
from renderers.html.page import FormPage, question_page
from renderers.html.shown import show_date
from renderers.html.summary import Given, Pair, pairs
from renderers.html.words import Said, Words

router = APIRouter()
ADDRESS = "/p/{procedure}/quick-check"
MOST_CHANGES = 5  # more would not be read


@dataclass(frozen=True, slots=True)
class Answered:
    """The answers of one post: as typed, and what follows from them."""

    raw: Raw
    state: Evaluation


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: a sentence and its paragraph."""

    text: Said
    because: str | None


@dataclass(frozen=True, slots=True)
class ResultView:
    """What came out, in words."""

    title: Said
    text: Markup | None
    next: Markup | None
    reasons: tuple[Reason, ...]
    earliest: str
    may_apply: bool


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
    return _draw_result(request, plan, check, answered)


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


def _draw_result(request: Request, plan: Plan, check: QuickCheck, answered: Answered) -> Response:
    result = plan.quick_check(answered.state.values, portal_of(request).clock.today())
    words = words_of(request, plan.procedure)
    view = _result(result, words)
    base = f"/p/{plan.procedure.id}"
    fields = _fields(check, answered.raw)
    shared = set(shared_ids(plan.procedure)) & set(answered.raw)
    values = {
        "check_title": words.text(check.title),
        "result": view,
        "changes": _changes(request, plan, answered, words),
        "start_address": f"{base}/form",
        "check_address": f"{base}/quick-check",
        "answers": [*((ASKED, name) for name in answered.state.visible), *fields],
        "carried": _carried(fields, shared),
        "given": _given(check, answered, words),
    }
    return page(
        request,
        "result.html",
        str(view.title),
        values,
        procedure=plan.procedure,
        has_token=True,
        keeps_answers=True,
    )


def _result(result: QuickCheckResult, words: Words) -> ResultView:
    """Where no rule decided, the authority must: nobody is kept from applying."""
    outcome = result.outcome
    return ResultView(
        title=words.text(outcome.title) if outcome else Said(words.t("result.none")),
        text=words.markdown(outcome.text) if outcome and outcome.text else None,
        next=words.markdown(outcome.next) if outcome and outcome.next else None,
        reasons=tuple(
            Reason(words.text(one.text), one.because) for one in result.reasons if one.text
        ),
        earliest=show_date(result.earliest, words) if result.earliest else "",
        may_apply=outcome.may_apply if outcome else True,
    )


def _changes(request: Request, plan: Plan, answered: Answered, words: Words) -> list[BetterView]:
    """The smallest changes that lead to a better outcome."""
    today = portal_of(request).clock.today()
    found = explainer_of(plan).suggestions(answered.state.values, today)
    better = [one for one in found if one.is_better]
    return better_views(better[:MOST_CHANGES], today, words)


def _fields(check: QuickCheck, raw: Raw) -> list[tuple[str, str]]:
    """The answers as hidden inputs: the same names the questions post."""
    found: list[tuple[str, str]] = []
    for one in check.questions:
        value = raw.get(one.id)
        if isinstance(value, dict):
            found += [(f"{one.id}.{part}", str(text)) for part, text in value.items()]
        elif isinstance(value, list):
            found += [(one.id, str(text)) for text in value]
        elif value is not None:
            found.append((one.id, str(value)))
    return found


def _carried(fields: list[tuple[str, str]], shared: set[str]) -> list[tuple[str, str]]:
    """What the form asks as well: taken along if the applicant wants it."""
    taken = [(name, value) for name, value in fields if name.partition(".")[0] in shared]
    return [*((CARRIED, name) for name in sorted(shared)), *taken] if taken else []


def _given(check: QuickCheck, answered: Answered, words: Words) -> tuple[Pair, ...]:
    values = answered.state.values
    known = Given(values, words, lambda group, path, row: "")
    return pairs(check.questions, values, known)
