"""Check your answers, and submit once."""

from collections.abc import Sequence
from dataclasses import replace

from fastapi import APIRouter, Request
from starlette.responses import Response

from engine import DocumentNeed, Evaluation
from engine.answers import Problem
from engine.model import Page
from portal.fill.case import Case, evaluate, find_case, of_page, receipt_address, receipt_of
from portal.fill.payloads import build_payloads
from portal.fill.routes import DraftId, ProcedureId, before
from portal.fill.views import DOCUMENTS, INVITE, LAST, SAVED, SUMMARY, TASKS, given, steps
from portal.invite.waiting import seen_pages, waiting
from portal.storage import submissions, uploads
from portal.storage.records import UploadRecord
from portal.storage.submissions import Changed
from portal.uploads.needs import follows, missing_documents, need_title, promised_of
from portal.uploads.rescan import scan_rest
from portal.web.logs import log
from portal.web.pages import go_to, page, portal_of, switch_language, words_of
from portal.web.posted import OwnForm
from portal.web.refusal import not_found
from portal.web.sessions import session_of
from renderers.html.problems import Entry, say
from renderers.html.summary import Section, section
from renderers.html.widgets import html_id
from renderers.html.words import Said, Words

router = APIRouter()
ADDRESS = f"/p/{{procedure}}/form/{{draft}}/{SUMMARY}"


@router.get(ADDRESS)
def show(request: Request, procedure: ProcedureId, draft: DraftId) -> Response:
    """Every answer, with links to change it."""
    case = find_case(request, procedure, draft)
    done = receipt_of(request, case)
    return go_to(request, done) if done else draw(request, case)


@router.post(ADDRESS)
def submit(request: Request, procedure: ProcedureId, draft: DraftId, posted: OwnForm) -> Response:
    """Hand the application in; a repeated press leads to the same receipt (R08)."""
    case = find_case(request, procedure, draft)
    if posted.get("_language"):
        switch_language(request, posted.get("_language"))
        return go_to(request, f"{case.address}/{SUMMARY}")
    state = evaluate(request, case.plan, case.draft.raw)
    match posted.get("_go"):
        case "back":
            return go_to(request, before(case, state, SUMMARY))
        case "later":
            return go_to(request, f"{case.address}/{SAVED}")
        case "submit":
            return _submit(request, case, state, posted.get("_revision"))
    # The Enter key must never submit an application.
    return go_to(request, f"{case.address}/{SUMMARY}")


def _submit(request: Request, case: Case, state: Evaluation, revision: str) -> Response:
    """Hand in; where something must be read and confirmed before that, on to this step."""
    if case.last_step(state) and not open_points(request, case, state):
        seen = _number(revision)
        return go_to(request, f"{case.address}/{LAST}?seen={seen}")
    return hand_in(request, case, state, revision)


def hand_in(request: Request, case: Case, state: Evaluation, revision: str) -> Response:
    """Accept the application as it stood in the summary of this revision, once."""
    portal, session = portal_of(request), session_of(request)
    done = submissions.receipt_of_draft(portal.store, case.draft.id, session.id)
    if done is None:
        if open_points(request, case, state):
            return draw(request, case, status=422)
        scan_rest(portal, case)
        seen = _number(revision)
        made = build_payloads(portal, case, session.id)
        accepted = submissions.accept(portal.store, case.draft.id, session.id, seen, made)
        if accepted is None:
            raise not_found()
        if isinstance(accepted, Changed):
            return changed(request, case)
        done = accepted
        log().info("accepted", procedure=done.procedure_id, submission=done.submission_id)
    return go_to(request, receipt_address(done))


def _number(revision: str) -> int:
    """What somebody posted as a revision; -1 is none."""
    return int(revision) if revision.isascii() and revision.isdigit() and len(revision) < 10 else -1


def changed(request: Request, case: Case) -> Response:
    """The summary once more: the application is no longer the one that was read."""
    words = words_of(request, case.procedure)
    case = find_case(request, case.draft.procedure_id, case.draft.id)
    return draw(request, case, status=409, notice=words.t("notice.changed"))


def files_of(request: Request, case: Case) -> Sequence[UploadRecord]:
    """What was uploaded."""
    return uploads.of_draft(portal_of(request).store, case.draft.id, case.holder)


def open_points(request: Request, case: Case, state: Evaluation) -> list[Entry]:
    """Everything that keeps the application from being handed in, with where to mend it."""
    words = words_of(request, case.procedure)
    found: list[Entry] = []
    for name in case.pages(state):
        one = case.page(name)
        found += _points(case, one, of_page(state.problems, one), words)
    found += waiting(request, case, state)
    for need in missing_documents(case, state, files_of(request, case), promised_of(request, case)):
        address = f"{case.address}/{DOCUMENTS}"
        title = need_title(case, need, words)
        found.append(Entry(address, title, Said(words.t("upload.needed"))))
    return found


def _points(case: Case, one: Page, problems: Sequence[Problem], words: Words) -> list[Entry]:
    if not problems:
        return []
    labels = {path: field.label for path, field in case.procedure.fields()}
    return [
        Entry(
            _place(case, one, problem.field),
            str(words.text(labels.get(_plain(problem.field), one.title))),
            say(problem, words),
        )
        for problem in problems
    ]


def _place(case: Case, one: Page, path: str) -> str:
    """Where an answer is changed: on its page, or by whoever was invited to fill that in."""
    for part in case.plan.parts.values():
        if part.invitation.id in case.invited and one.id in {page.id for page in part.pages}:
            return f"{case.address}/{INVITE}{part.invitation.id}"
    return f"{case.address}/{one.id}?back={SUMMARY}#{html_id(path)}"


def _plain(path: str) -> str:
    """`kinder[0].plz` as the procedure names it: `kinder[].plz`."""
    parts = path.split("[")
    return parts[0] + "".join("[" + part[part.index("]") :] for part in parts[1:])


def draw(request: Request, case: Case, *, status: int = 200, notice: str = "") -> Response:
    """The page."""
    state = evaluate(request, case.plan, case.draft.raw)
    words = words_of(request, case.procedure)
    errors = open_points(request, case, state)
    all_steps, position = steps(request, case, state, SUMMARY)
    pages = [case.page(name) for name in seen_pages(request, case, state)]
    warnings = [
        entry for one in pages for entry in _points(case, one, of_page(state.warnings, one), words)
    ]
    values = {
        "errors": errors,
        "warnings": warnings,
        "notice": notice,
        "sections": sections(request, case, state),
        "documents": (document_rows(request, case, state.documents) if state.documents else None),
        "documents_address": f"{case.address}/{DOCUMENTS}",
        "action": f"{case.address}/{SUMMARY}",
        "revision": case.draft.revision,
        "has_last_step": bool(case.last_step(state)),
        "steps": all_steps,
        "position": position,
        "overview": f"{case.address}/{TASKS}",
    }
    return page(
        request,
        "summary.html",
        words.t("summary.title"),
        values,
        procedure=case.procedure,
        status=status,
        has_token=True,
        keeps_answers=True,
        has_errors=bool(errors),
    )


def sections(
    request: Request, case: Case, state: Evaluation, *, can_change: bool = True
) -> list[Section]:
    """The answers page by page; of pages in others' hands when they have handed over."""
    known = given(case, state, request)
    own, seen = set(case.pages(state) if can_change else ()), seen_pages(request, case, state)
    note = words_of(request, case.procedure).t("invite.summary")
    found = []
    for name in seen:
        address = f"{case.address}/{name}?back={SUMMARY}" if name in own else ""
        one = section(case.page(name), known, address)
        found.append(one if address or case.part else replace(one, note=note))
    return found


def document_rows(
    request: Request, case: Case, needs: Sequence[DocumentNeed]
) -> list[tuple[str, str]]:
    """Every document that is asked for, with its files."""
    words = words_of(request, case.procedure)
    files, promised = files_of(request, case), promised_of(request, case)
    rows: list[tuple[str, str]] = []
    for need in needs:
        names = [one.name for one in files if (one.document, one.row) == (need.document, need.row)]
        later = "follows" if follows(case, need, promised) else "none_yet"
        told = ", ".join(names) or words.t(f"documents.{later}")
        rows.append((need_title(case, need, words), told))
    return rows
