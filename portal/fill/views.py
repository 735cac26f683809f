"""Drawing the pages of a case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import Response

from engine import Evaluation
from engine.answers import Problem, write_value
from engine.model import Expression, Field, Group, Info, Item, Page
from engine.values import Value
from portal.fill.case import Case, evaluate, incomplete_rows, of_page, shape
from portal.fill.clash import SEEN, marks
from portal.fill.taking import padded
from portal.web.pages import page, portal_of, words_of
from renderers.html.items import Asking
from renderers.html.page import FormPage, Step, form_page
from renderers.html.purposes import purpose_views
from renderers.html.shown import template_text
from renderers.html.summary import Given, Pair, pairs
from renderers.html.tokens import tokens
from renderers.html.words import Said, Words

# Page ids are snake_case, so these names never meet one.
DOCUMENTS, SUMMARY, SAVED = "your-documents", "check-answers", "saved-draft"
TASKS = "task-list"
LAST = "last-step"  # behind the summary, where something must be read before submitting
INVITE = "invite-"  # before the id of an invitation
_TITLES = {DOCUMENTS: "documents.title", SUMMARY: "summary.title", LAST: "last_step.title"}


@dataclass(frozen=True, slots=True)
class Shown:
    """How a page is to be shown."""

    problems: Sequence[Problem] = ()
    warnings: Sequence[Problem] = ()
    open_rows: frozenset[str] = frozenset()
    more: frozenset[str] = frozenset()
    notice: str = ""
    ask_warnings: bool = False
    back_to_summary: bool = False
    seen: str = ""  # marks of what was stored when the page was first drawn
    status: int = 200


def given(case: Case, state: Evaluation, request: Request) -> Given:
    """The answers with everything needed to show them."""
    words = words_of(request, case.procedure)
    today = portal_of(request).clock.today()
    environment = case.plan.environment(state, today)

    def row_title(group: Group, path: str, row: Mapping[str, Value]) -> str:
        number = int(path.rpartition("[")[2].rstrip("]")) + 1
        label = words.text(group.label)
        standard = words.t("row.title", group=label, number=number)
        if group.item is None:
            return standard
        names = {**environment, **blank(group), **row}
        values = {
            part.text: case.plan.value(part, names)
            for part in group.item.parts
            if isinstance(part, Expression)
        }
        if all(value is None for value in values.values()):
            return standard
        return template_text(group.item, values, group.items, words).strip(" ,;–-")

    return Given(state.values, words, row_title)


def blank(group: Group) -> dict[str, Value]:
    """Every name of a row, unanswered: names of the row come before those of the form."""
    return {one.id: None for one in group.items if not isinstance(one, Info)}


def asking(
    case: Case, state: Evaluation, request: Request, shown: Shown, items: Sequence[Item]
) -> Asking:
    """What the renderer has to know about the page."""
    known = given(case, state, request)
    titles: dict[str, str] = {}
    answers: dict[str, tuple[Pair, ...]] = {}
    _describe(items, state.values, known, "", titles, answers)
    return Asking(
        words=known.words,
        visible=frozenset((*state.visible, *state.infos)),
        required=frozenset(state.required),
        problems=shown.problems,
        warnings=shown.warnings,
        open_rows=shown.open_rows,
        more=shown.more,
        incomplete=incomplete_rows(state),
        titles=titles,
        shown=answers,
        tokens=tokens(case.procedure),
        purposes=purpose_views(case.procedure, known.words),
    )


def _describe(
    items: Sequence[Item],
    values: Mapping[str, Value],
    known: Given,
    prefix: str,
    titles: dict[str, str],
    answers: dict[str, tuple[Pair, ...]],
) -> None:
    """Title and answers of every row, by path."""
    for group in items:
        rows = values.get(group.id) if isinstance(group, Group) else None
        if not isinstance(group, Group) or not isinstance(rows, list):
            continue
        for number, row in enumerate(rows):
            path = f"{prefix}{group.id}[{number}]"
            titles[path] = known.row_title(group, path, row)
            inner = _counts(group, row, known.words)
            answers[path] = (*pairs(group.items, row, known), *inner)
            _describe(group.items, row, known, f"{path}.", titles, answers)


def _counts(group: Group, row: Mapping[str, Value], words: Words) -> list[Pair]:
    """How many rows the groups inside have."""
    found: list[Pair] = []
    for inner in group.items:
        rows = row.get(inner.id) if isinstance(inner, Group) else None
        if isinstance(inner, Group) and isinstance(rows, list) and rows:
            found.append((words.text(inner.label), Said(words.count("row.count", len(rows)))))
    return found


def proposed(case: Case, one: Page, state: Evaluation) -> dict[str, object]:
    """What the definition proposes on a page on which nothing was answered yet (`prefill`)."""
    if any(item.id in case.draft.raw for item in one.items):
        return {}
    names = case.plan.environment(state, case.today)
    fields = [item for item in one.items if isinstance(item, Field)]
    values = {
        item.id: case.plan.value(item.prefill, names)
        for item in fields
        if item.prefill is not None and item.id in state.visible
    }
    return {name: write_value(value) for name, value in values.items() if value is not None}


def view_of(
    request: Request, case: Case, one: Page, raw: Mapping[str, object], shown: Shown
) -> tuple[FormPage, Evaluation]:
    """The page as data, with the rows that a group must have at least."""
    full = {**raw, **padded(one.items, raw)}
    state = evaluate(request, case.plan, full)
    return form_page(one, full, asking(case, state, request, shown, one.items)), state


def draw_page(
    request: Request, case: Case, one: Page, raw: Mapping[str, object], shown: Shown
) -> Response:
    """A page of the form."""
    view, state = view_of(request, case, one, raw, shown)
    words = words_of(request, case.procedure)
    all_steps, position = steps(request, case, state, one.id)
    # Marks that are given come last: of two for the same question they are the ones that count.
    seen = f"{marks(case.draft.raw, view.asked)} {shown.seen}".strip()
    hidden = [("_shape", shape(one.items, raw)), (SEEN, seen)]
    if shown.back_to_summary:
        hidden.append(("_return", SUMMARY))
    if shown.ask_warnings:
        hidden += [("_warned", warning.target) for warning in view.warnings]
    values = {
        "page": view,
        "action": f"{case.address}/{one.id}",
        "hidden": hidden,
        "notice": shown.notice,
        "ask_warnings": shown.ask_warnings and bool(view.warnings),
        "steps": all_steps,
        "position": position,
        "next_label": words.t("button.save_return" if shown.back_to_summary else "button.next"),
        "can_go_back": True,
        "can_save": True,
        "overview": "" if case.part else "button",
    }
    return page(
        request,
        "form.html",
        str(view.title),
        values,
        procedure=case.procedure,
        status=shown.status,
        has_token=True,
        keeps_answers=True,
        has_errors=bool(view.errors),
    )


def draw_last_step(
    request: Request, case: Case, one: Page, raw: Mapping[str, object], shown: Shown
) -> Response:
    """What must be read and confirmed before submitting."""
    view, state = view_of(request, case, one, raw, shown)
    words = words_of(request, case.procedure)
    all_steps, position = steps(request, case, state, LAST)
    title = words.t(_TITLES[LAST])
    values = {
        "page": replace(view, title=Said(title)),
        "action": f"{case.address}/{LAST}",
        "revision": case.draft.revision,
        "steps": all_steps,
        "position": position,
        "overview": f"{case.address}/{TASKS}",
    }
    return page(
        request,
        "last_step.html",
        title,
        values,
        procedure=case.procedure,
        status=shown.status,
        has_token=True,
        keeps_answers=True,
        has_errors=bool(view.errors),
    )


def steps(request: Request, case: Case, state: Evaluation, current: str) -> tuple[list[Step], int]:
    """All pages of the case with their state, and where `current` stands (from 1)."""
    words = words_of(request, case.procedure)
    found: list[Step] = []
    position = 1
    reached = True
    last = (LAST,) if case.last_step(state) else ()
    for name in (*order(case, state), *last):
        if name == current:
            position = len(found) + 1
        mark = "current" if name == current else "done" if reached else "open"
        found.append(Step(title_of(case, name, words), f"{case.address}/{name}", mark))
        # Pages behind the first unfinished one are not offered yet.
        reached = reached and not (_is_open(case, state, name))
    return found, position


def title_of(case: Case, name: str, words: Words) -> Said:
    """What a step is called."""
    if name in _TITLES:
        return words.said(_TITLES[name])
    if name.startswith(INVITE):
        return words.said("invite.step", who=who_of(case, name, words))
    return words.text(case.page(name).title)


def who_of(case: Case, step: str, words: Words) -> str:
    """Who is invited at this step."""
    part = case.plan.parts.get(step.removeprefix(INVITE))
    return "" if part is None else str(words.text(part.invitation.title))


def _is_open(case: Case, state: Evaluation, name: str) -> bool:
    if name in _TITLES or name.startswith(INVITE):
        return False
    return bool(of_page(state.problems, case.page(name)))


def order(case: Case, state: Evaluation) -> list[str]:
    """The steps of the case from first to last; invitations stand before their first page."""
    invitations = {
        part.shown_pages(state)[0]: f"{INVITE}{part.invitation.id}" for part in case.offered(state)
    }
    own = set(case.pages(state))
    found: list[str] = []
    for name in state.pages:
        if name in invitations:
            found.append(invitations[name])
        if name in own:
            found.append(name)
    return [*found, *([DOCUMENTS] if case.needs(state) else []), SUMMARY]


def neighbour(case: Case, state: Evaluation, name: str, step: int) -> str | None:
    """The step after (1) or before (-1) this one."""
    names = order(case, state)
    if name not in names:
        return names[0]
    place = names.index(name) + step
    return names[place] if 0 <= place < len(names) else None
