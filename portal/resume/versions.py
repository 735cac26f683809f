"""A new version of the definition while a draft is open: taken over, and never silently (R28).

Whoever comes back to a draft is shown first what the new version changes for them: answers that
are not asked for any more, answers that do not fit any more, new questions. The draft moves when
they go on; until then it stays with the version it was begun with.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import Response

from engine import Evaluation, Plan
from engine.model import Field, Group, Item
from engine.values import Value
from portal.fill.case import MOVED, Case, canonical, evaluate, find_case, receipt_of
from portal.fill.routes import DraftId, ProcedureId
from portal.fill.views import TASKS
from portal.resume.moving import Moved, move_along, with_paths
from portal.storage import definitions, drafts, uploads
from portal.storage.records import Conflict, UploadRecord
from portal.web.pages import go_to, page, portal_of, switch_language, words_of
from portal.web.posted import OwnForm
from portal.web.refusal import Refusal
from portal.web.sessions import session_of
from renderers.html.shown import show
from renderers.html.words import Said, Words

router = APIRouter()
ADDRESS = f"/p/{{procedure}}/form/{{draft}}/{MOVED}"
_ROW = re.compile(r"\[\d+\]")
_TRIES = 5


@dataclass(frozen=True, slots=True)
class Change:
    """What the new version means for one draft."""

    plan: Plan
    moved: Moved
    removed: tuple[tuple[Said, Said], ...]  # question and answer
    files: tuple[Said, ...]  # titles of documents
    unfit: tuple[Said, ...]
    new: tuple[Said, ...]
    gone: tuple[str, ...]  # ids of uploads that nobody needs any more


@router.get(ADDRESS)
def show_change(request: Request, procedure: ProcedureId, draft: DraftId) -> Response:
    """What has changed for this draft."""
    case = find_case(request, procedure, draft)
    if done := receipt_of(request, case):
        return go_to(request, done)
    change = change_of(request, case)
    if change is None:
        return go_to(request, f"{case.address}/{TASKS}")
    words = words_of(request, change.plan.procedure)
    title = words.t("moved.title")
    values = {"title": title, "change": change, "action": f"{case.address}/{MOVED}"}
    return page(
        request,
        "moved.html",
        title,
        values,
        procedure=change.plan.procedure,
        has_token=True,
        keeps_answers=True,
    )


@router.post(ADDRESS)
def take_over(
    request: Request, procedure: ProcedureId, draft: DraftId, posted: OwnForm
) -> Response:
    """On with the new version; a second press finds it done."""
    if posted.get("_language"):
        switch_language(request, posted.get("_language"))
        return go_to(request, f"/p/{procedure}/form/{draft}/{MOVED}")
    for _ in range(_TRIES):
        case = find_case(request, procedure, draft)
        change = change_of(request, case)
        if change is None or _store(request, case, change):
            return go_to(request, f"{case.address}/{TASKS}")
    raise Refusal(409, "busy")


def _store(request: Request, case: Case, change: Change) -> bool:
    """Move draft and files; False if somebody saved an answer in this moment."""
    store, session = portal_of(request).store, session_of(request)
    one = change.plan.procedure
    answers, _ = canonical(one, change.moved.raw)
    saved = drafts.save(
        store,
        case.draft.id,
        session.id,
        case.draft.revision,
        answers,
        change.moved.raw,
        digest=one.digest,
    )
    if saved is None:
        raise Refusal(409, "submitted")
    if isinstance(saved, Conflict):
        return False
    for upload in change.gone:
        uploads.remove(store, case.draft.id, case.holder, upload)
    return True


def change_of(request: Request, case: Case) -> Change | None:
    """What the version of today changes for a draft; None if it has that version."""
    portal = portal_of(request)
    current = portal.library.current(case.draft.procedure_id)
    if current is None or current.procedure.digest == case.draft.digest:
        return None
    moved = move_along(
        [plan.procedure for plan in _way(request, case.plan, current)], case.draft.raw
    )
    before = evaluate(request, case.plan, case.draft.raw)
    after = evaluate(request, current, moved.raw)
    files = uploads.of_draft(portal.store, case.draft.id, case.holder)
    kept = {one.id for one in current.procedure.documents}
    gone = tuple(one for one in files if one.document not in kept)
    words = words_of(request, current.procedure)
    return Change(
        plan=current,
        moved=moved,
        removed=tuple(_removed(case, before, moved, words_of(request, case.procedure))),
        files=tuple(_titles(case, gone, words)),
        unfit=tuple(_unfit(current, before, after, moved, words)),
        new=tuple(_new(current, after, moved, words)),
        gone=tuple(one.id for one in gone),
    )


def _way(request: Request, old: Plan, new: Plan) -> list[Plan]:
    """The versions from one to the other, in the order they were published; or straight back."""
    portal = portal_of(request)
    digests = definitions.history(portal.store, new.procedure.id)
    first, last = old.procedure.digest, new.procedure.digest
    between: list[str] = []
    if first in digests and last in digests:
        between = digests[digests.index(first) + 1 : digests.index(last)]
    plans = [portal.library.pinned(digest) for digest in between]
    return [old, *(plan for plan in plans if plan is not None), new]


def _removed(
    case: Case, before: Evaluation, moved: Moved, words: Words
) -> Iterator[tuple[Said, Said]]:
    items = [item for page in case.procedure.pages for item in page.items]
    return _lost(items, before.values, "", moved.names, words)


def _lost(
    items: list[Item] | tuple[Item, ...],
    values: Mapping[str, Value],
    prefix: str,
    names: Mapping[str, str],
    words: Words,
) -> Iterator[tuple[Said, Said]]:
    """Answers that count and have no place in the new version."""
    for item in items:
        value = values.get(item.id)
        if value is None or not isinstance(item, Field | Group):
            continue
        path = f"{prefix}{item.id}"
        label = words.text(item.label)
        if isinstance(item, Field):
            if path not in names:
                yield label, show(value, item, words)
            continue
        for row in value if isinstance(value, list) else ():
            inside = {} if path not in names else names
            yield from _lost(item.items, row, f"{path}[].", inside, words)


def _titles(case: Case, gone: tuple[UploadRecord, ...], words: Words) -> Iterator[Said]:
    documents = {one.document for one in gone}
    for one in case.procedure.documents:
        if one.id in documents:
            yield words.text(one.title)


def _unfit(
    current: Plan, before: Evaluation, after: Evaluation, moved: Moved, words: Words
) -> Iterator[Said]:
    """Answers that were in order and are not any more."""
    labels = _labels(current)
    wrong = {moved.names.get(_plain(one.field)) for one in before.problems}
    told = set()
    for one in after.problems:
        path = _plain(one.field)
        is_known = path in moved.names.values() and path not in wrong
        if one.code != "missing" and is_known and path in labels and path not in told:
            told.add(path)
            yield words.text(labels[path].label)


def _new(current: Plan, after: Evaluation, moved: Moved, words: Words) -> Iterator[Said]:
    """Questions that were not there before and are to be answered now."""
    known = set(moved.names.values())
    visible = {_plain(path) for path in after.visible}
    for path, item in _labels(current).items():
        if path in visible and path not in known:
            yield words.text(item.label)


def _labels(plan: Plan) -> dict[str, Field | Group]:
    items = [item for page in plan.procedure.pages for item in page.items]
    return dict(with_paths(items, ""))


def _plain(path: str) -> str:
    """`kinder[0].plz` as definitions name it; a line of an address is the address."""
    return _ROW.sub("[]", path)
