"""The list of tasks: the entry of an application, reached from each of its pages."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from engine import Evaluation
from engine.answers import Problem
from engine.model import Field, Group, Page
from portal.fill.case import Case, evaluate, find_case, newer, of_page, receipt_of
from portal.fill.routes import DraftId, ProcedureId
from portal.fill.summary import files_of, open_points
from portal.fill.views import DOCUMENTS, INVITE, LAST, SAVED, SUMMARY, TASKS, order, title_of
from portal.invite.standing import Standing
from portal.invite.waiting import stands
from portal.resume.keeping import keeping_of
from portal.uploads.needs import missing_documents, promised_of
from portal.web.pages import go_to, page, words_of
from renderers.html.tasks import Task, TaskGroup, TaskList, TaskState

router = APIRouter()
# What is missing; anything else that is said of an answer means that it is wrong.
_MISSING = frozenset({"missing", "too-few-rows"})
_INVITED = {
    Standing.NONE: TaskState.OPTIONAL,
    Standing.SENT: TaskState.WAITING,
    Standing.BEGUN: TaskState.WAITING,
    Standing.DONE: TaskState.DONE,
    Standing.AGAIN: TaskState.WAITING,
    Standing.EXPIRED: TaskState.WRONG,
    Standing.LOCKED: TaskState.WRONG,
}


@router.get(f"/p/{{procedure}}/form/{{draft}}/{TASKS}")
def show(request: Request, procedure: ProcedureId, draft: DraftId) -> Response:
    """Every page with its state, and where to go on."""
    case = find_case(request, procedure, draft)
    if done := receipt_of(request, case):
        return go_to(request, done)
    if changed := newer(request, case):
        return go_to(request, changed)
    words = words_of(request, case.procedure)
    values = {
        "list": tasks(request, case, evaluate(request, case.plan, case.draft.raw)),
        "is_new": not case.draft.raw,
        "later_address": f"{case.address}/{SAVED}",
        "keeping": keeping_of(request, case),
    }
    title = words.t("tasks.title")
    return page(request, "tasks.html", title, values, procedure=case.procedure)


def tasks(request: Request, case: Case, state: Evaluation) -> TaskList:
    """The tasks of a case, in the order in which they are best done."""
    words = words_of(request, case.procedure)
    is_ready = not open_points(request, case, state)
    groups: dict[str, list[Task]] = {}
    late = (LAST,) if case.last_step(state) else ()
    for name in (*order(case, state), *late):
        how = _state(request, case, state, name, is_ready=is_ready)
        task = Task(title_of(case, name, words), f"{case.address}/{name}", how)
        groups.setdefault(_group(name), []).append(task)
    return TaskList(tuple(TaskGroup(name, tuple(found)) for name, found in groups.items()))


def _group(name: str) -> str:
    return "tasks.last" if name in {DOCUMENTS, SUMMARY, LAST} else "tasks.answers"


def _state(
    request: Request, case: Case, state: Evaluation, name: str, *, is_ready: bool
) -> TaskState:
    if name == SUMMARY:
        return TaskState.OPEN if is_ready else TaskState.LOCKED
    if name == LAST:
        return TaskState.LOCKED
    if name == DOCUMENTS:
        return _of_documents(request, case, state)
    if name.startswith(INVITE):
        return _of_invitation(request, case, state, name.removeprefix(INVITE))
    one = case.page(name)
    return state_of_page(one, case.draft.raw, of_page(state.problems, one))


def state_of_page(one: Page, raw: dict[str, object], problems: tuple[Problem, ...]) -> TaskState:
    """How far a page is, by what was typed on it and what is said of that."""
    asked = (item for item in one.items if isinstance(item, Field | Group))
    is_begun = any(item.id in raw for item in asked)
    if not problems:
        return TaskState.DONE if is_begun else TaskState.OPTIONAL
    if not is_begun:
        return TaskState.OPEN
    is_wrong = any(problem.code not in _MISSING for problem in problems)
    return TaskState.WRONG if is_wrong else TaskState.BEGUN


def _of_documents(request: Request, case: Case, state: Evaluation) -> TaskState:
    files, promised = files_of(request, case), promised_of(request, case)
    if missing_documents(case, state, files, promised):
        return TaskState.BEGUN if files else TaskState.OPEN
    if files or promised:
        return TaskState.DONE
    # Which documents are asked for hangs on the answers.
    return TaskState.LOCKED if state.problems else TaskState.OPTIONAL


def _of_invitation(request: Request, case: Case, state: Evaluation, name: str) -> TaskState:
    part = case.plan.parts[name]
    how = _INVITED[stands(request, case, state, part)]
    is_needed = part.invitation.required and how is TaskState.OPTIONAL
    return TaskState.OPEN if is_needed else how
