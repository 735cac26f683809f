"""The page of documents: what is needed now, what was uploaded, adding and removing files."""

from collections.abc import Sequence
from functools import partial

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException
from starlette.responses import Response

from portal.fill.case import Case, evaluate, find_case
from portal.fill.routes import DraftId, ProcedureId, before
from portal.fill.views import DOCUMENTS, SAVED, SUMMARY, TASKS, steps
from portal.storage import promises, uploads
from portal.storage.records import UploadRecord
from portal.uploads.examine import Offered
from portal.uploads.needs import document_of, missing_documents, need_id, promised_of
from portal.uploads.taking import Find, Place, need_at, take_in
from portal.uploads.view import MISSING, Fault, Faults, need_view
from portal.web.pages import go_to, page, portal_of, switch_language, words_of
from portal.web.posted import Posted, check_token, read_form
from portal.web.refusal import Refusal, not_found

router = APIRouter()
ADDRESS = f"/p/{{procedure}}/form/{{draft}}/{DOCUMENTS}"
MOST_AT_ONCE = 20  # files in one form


@router.get(ADDRESS)
def show(request: Request, procedure: ProcedureId, draft: DraftId) -> Response:
    """The page."""
    return draw_documents(request, find_case(request, procedure, draft), {})


@router.post(ADDRESS)
async def change(request: Request, procedure: ProcedureId, draft: DraftId) -> Response:
    """A file comes, a file goes, or on to the next page."""
    return await change_documents(request, partial(find_case, request, procedure, draft))


async def change_documents(request: Request, find: Find) -> Response:
    """The same for whoever hands in documents."""
    kind = request.headers.get("content-type", "")
    if kind.startswith("multipart/form-data"):
        return await _upload(request, find)
    posted = await read_form(request)
    check_token(request, posted.get("_token"))
    return await run_in_threadpool(_onward, request, find, posted)


async def _upload(request: Request, find: Find) -> Response:
    place, faults = await take_files(request, find)
    return await run_in_threadpool(_after_upload, request, find, place, faults)


async def take_files(request: Request, find: Find) -> tuple[Place, list[Fault]]:
    """Files by a plain form: each for itself is kept or refused."""
    try:
        form = await request.form(max_files=MOST_AT_ONCE, max_fields=10, max_part_size=16 * 1024)
    except MultiPartException as fault:
        raise Refusal(400, "bad_request") from fault
    try:
        texts = {name: value for name, value in form.multi_items() if isinstance(value, str)}
        check_token(request, texts.get("_token", ""))
        place = Place(texts.get("document", ""), texts.get("row"))
        return place, await _take_all(request, find, place, form)
    finally:
        await form.close()


async def _take_all(request: Request, find: Find, place: Place, form: FormData) -> list[Fault]:
    files = [one for one in form.getlist("file") if isinstance(one, UploadFile)]
    faults: list[Fault] = []
    for file in files:
        name, declared = file.filename or "", file.content_type or ""
        offered = Offered(name, declared, await file.read())
        refused = await take_in(request, find, place, offered)
        if refused is not None:
            faults.append(Fault(refused.reason, name if len(files) > 1 else ""))
    return faults if files else [Fault("upload.none")]


def _after_upload(request: Request, find: Find, place: Place, faults: Sequence[Fault]) -> Response:
    case = find()
    here = need_id(need_at(request, case, place))
    if faults:
        return draw_documents(request, case, {here: faults})
    return go_to(request, f"{case.address}/{DOCUMENTS}#{here}")


def _onward(request: Request, find: Find, posted: Posted) -> Response:
    case = find()
    here = f"{case.address}/{DOCUMENTS}"
    if posted.get("_language"):
        switch_language(request, posted.get("_language"))
        return go_to(request, here)
    if posted.has("_remove"):
        store, gone = portal_of(request).store, posted.get("_remove")
        mine = {one.id for one in _mine(request, case)}
        if gone not in mine or not uploads.remove(store, case.draft.id, case.holder, gone):
            raise not_found()
        return go_to(request, here)
    state = evaluate(request, case.plan, case.draft.raw)
    match posted.get("_go"):
        case "back":
            return go_to(request, before(case, state, DOCUMENTS))
        case "later":
            return go_to(request, f"{case.address}/{SAVED}")
    if posted.has("_promise"):
        return _promise(request, case, posted)
    missing = missing_documents(case, state, _uploads(request, case), promised_of(request, case))
    if missing:
        faults = {need_id(need): [Fault(MISSING)] for need in missing}
        return draw_documents(request, case, faults)
    return go_to(request, f"{case.address}/{SUMMARY}")


def _promise(request: Request, case: Case, posted: Posted) -> Response:
    """The applicant says that a document will follow."""
    need = need_at(request, case, Place(posted.get("document"), posted.get("row")))
    if document_of(case, need.document).later:
        store = portal_of(request).store
        promises.promise(store, case.draft.id, case.holder, need.document, need.row)
    return go_to(request, f"{case.address}/{DOCUMENTS}#{need_id(need)}")


def _uploads(request: Request, case: Case) -> Sequence[UploadRecord]:
    return uploads.of_draft(portal_of(request).store, case.draft.id, case.holder)


def _mine(request: Request, case: Case) -> Sequence[UploadRecord]:
    """The files that the holder may take back: not those of pages that are in others' hands."""
    state = evaluate(request, case.plan, case.draft.raw)
    others = {name for part in case.handed(state) for name in part.documents}
    return [one for one in _uploads(request, case) if one.document not in others]


def draw_documents(request: Request, case: Case, faults: Faults) -> Response:
    """The page of documents, with what is wrong."""
    state = evaluate(request, case.plan, case.draft.raw)
    words = words_of(request, case.procedure)
    files, promised = _uploads(request, case), promised_of(request, case)
    needs = [
        need_view(case, need, files, words, faults.get(need_id(need), ()), promised)
        for need in case.needs(state)
    ]
    all_steps, position = steps(request, case, state, DOCUMENTS)
    values = {
        "needs": needs,
        "errors": [one.entry for one in needs if one.error],
        "notice": "",
        "action": f"{case.address}/{DOCUMENTS}",
        "steps": all_steps,
        "position": position,
        "overview": "" if case.part else f"{case.address}/{TASKS}",
    }
    return page(
        request,
        "documents.html",
        words.t("documents.title"),
        values,
        procedure=case.procedure,
        status=422 if faults else 200,
        has_token=True,
        keeps_answers=True,
        has_errors=bool(faults),
    )
