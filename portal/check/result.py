"""The result of a Quick Check: what came out, why, what is in order, what would change it."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import Request
from markupsafe import Markup
from starlette.responses import Response

from engine import Evaluation, Plan, QuickCheckResult
from engine.explain.explanation import explainer_of
from engine.model import QuickCheck
from engine.plan.quick_check import Reason
from portal.fill.carried import CARRIED, shared_ids
from portal.fill.taking import ASKED, Raw, readable
from portal.web.pages import page, portal_of, words_of
from renderers.html.changes import BetterView, better_views
from renderers.html.shown import show_date
from renderers.html.summary import Given, Pair, pairs
from renderers.html.words import Said, Words

MOST_CHANGES = 5  # more would not be read


@dataclass(frozen=True, slots=True)
class Answered:
    """The answers of one post: as typed, and what follows from them."""

    raw: Raw
    state: Evaluation


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence and its paragraph."""

    text: Said
    because: str | None


@dataclass(frozen=True, slots=True)
class ResultView:
    """What came out, in words."""

    title: Said
    text: Markup | None
    next: Markup | None
    reasons: tuple[Told, ...]
    fulfilled: tuple[Told, ...]
    earliest: str
    may_apply: bool


def draw_result(
    request: Request, plan: Plan, answered: Answered, result: QuickCheckResult
) -> Response:
    """The page; the answers are in its forms, because nothing is kept."""
    check = plan.procedure.quick_check
    assert check is not None  # noqa: S101 - there is a result
    words = words_of(request, plan.procedure)
    view = _view(result, words)
    base = f"/p/{plan.procedure.id}"
    fields = _fields(check, answered.raw)
    shared = set(shared_ids(plan.procedure)) & set(answered.raw)
    values = {
        "check_title": words.text(check.title),
        "result": view,
        "changes": _changes(request, plan, answered, words),
        "documents": _documents(request, plan, answered, words) if view.may_apply else (),
        "authority": plan.procedure.authority,
        "as_of": _as_of(request, plan, words),
        "service_address": base,
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


def _view(result: QuickCheckResult, words: Words) -> ResultView:
    """Where no rule decided, the authority must: nobody is kept from applying."""
    outcome = result.outcome
    return ResultView(
        title=words.text(outcome.title) if outcome else Said(words.t("result.none")),
        text=words.markdown(outcome.text) if outcome and outcome.text else None,
        next=words.markdown(outcome.next) if outcome and outcome.next else None,
        reasons=_told(result.reasons, words),
        fulfilled=_told(result.fulfilled, words),
        earliest=show_date(result.earliest, words) if result.earliest else "",
        may_apply=outcome.may_apply if outcome else True,
    )


def _told(reasons: Sequence[Reason], words: Words) -> tuple[Told, ...]:
    return tuple(Told(words.text(one.text), one.because) for one in reasons if one.text)


def _changes(request: Request, plan: Plan, answered: Answered, words: Words) -> list[BetterView]:
    """The smallest changes that lead to a better outcome."""
    today = portal_of(request).clock.today()
    found = explainer_of(plan).suggestions(answered.state.values, today)
    better = [one for one in found if one.is_better]
    return better_views(better[:MOST_CHANGES], today, words)


def _documents(request: Request, plan: Plan, answered: Answered, words: Words) -> tuple[Said, ...]:
    """What is needed as far as these answers tell; the rest depends on the form."""
    check = plan.procedure.quick_check
    assert check is not None  # noqa: S101 - there is a result
    typed = readable(check.questions, answered.raw)
    known = {name: typed[name] for name in shared_ids(plan.procedure) if name in typed}
    state = plan.check(known, portal_of(request).clock.today())
    needed = {one.document for one in state.documents if one.required}
    return tuple(
        words.text(one.title)
        for one in plan.procedure.documents
        if one.id in needed and one.min_files > 0
    )


def _as_of(request: Request, plan: Plan, words: Words) -> str:
    """The day that counted, and the law it was decided by."""
    day = words.t("result.as_of", day=show_date(portal_of(request).clock.today(), words))
    law = plan.procedure.law_as_of
    return day if law is None else f"{day} {words.t('result.law', day=show_date(law, words))}"


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
