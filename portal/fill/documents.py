"""The page of documents: what is needed now, what was uploaded, adding and removing files."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException
from starlette.responses import Response

from engine import DocumentNeed, Evaluation
from engine.model import Document
from portal.fill.case import Case, evaluate, find_case
from portal.fill.files import Taken, examine
from portal.fill.routes import DraftId, ProcedureId, before
from portal.fill.views import DOCUMENTS, SAVED, SUMMARY, steps
from portal.storage import uploads
from portal.storage.records import UploadRecord
from portal.web.pages import go_to, page, portal_of, switch_language, words_of
from portal.web.posted import Posted, check_token, read_form
from portal.web.refusal import Refusal, not_found
from renderers.html.problems import Entry
from renderers.html.words import Said, Words

router = APIRouter()
MISSING = "upload.missing"
ADDRESS = f"/p/{{procedure}}/form/{{draft}}/{DOCUMENTS}"


@dataclass(frozen=True, slots=True)
class NeedView:
    """One document that is asked for."""

    id: str
    document: str
    row: int | None
    title: Said
    item: str
    why: Markup | None
    required: bool
    notes: tuple[str, ...]
    rules: str
    accept: str
    files: tuple[Mapping[str, str], ...]
    can_add: bool
    error: str


Find = Callable[[], Case]  # looked for in the thread that works, and anew in each request


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
    try:
        form = await request.form(max_files=1, max_fields=10, max_part_size=16 * 1024)
    except MultiPartException as fault:
        raise Refusal(400, "bad_request") from fault
    try:
        texts = {name: value for name, value in form.multi_items() if isinstance(value, str)}
        check_token(request, texts.get("_token", ""))
        file = form.get("file")
        name, content = "", b""
        if isinstance(file, UploadFile):
            name, content = file.filename or "", await file.read()
    finally:
        await form.close()
    return await run_in_threadpool(_keep, request, find, texts, name, content)


def _keep(
    request: Request, find: Find, texts: Mapping[str, str], name: str, content: bytes
) -> Response:
    """Take the file in, or say why not."""
    case = find()
    state = evaluate(request, case.plan, case.draft.raw)
    need = _need(case.needs(state), texts.get("document", ""), texts.get("row"))
    document = document_of(case, need.document)
    held = _files_of(_uploads(request, case), need)
    if len(held) >= document.max_files:
        return draw_documents(request, case, {_id(need): "upload.too_many"})
    taken = examine(document, name, content)
    if isinstance(taken, str):
        return draw_documents(request, case, {_id(need): taken})
    if not _store(request, case, need, taken):
        raise Refusal(409, "submitted")
    return go_to(request, f"{case.address}/{DOCUMENTS}#{_id(need)}")


def _store(request: Request, case: Case, need: DocumentNeed, taken: Taken) -> bool:
    kept = uploads.add(
        portal_of(request).store,
        case.draft.id,
        case.holder,
        need.document,
        need.row,
        taken.name,
        taken.media_type,
        taken.content,
    )
    return kept is not None


def _need(needs: Sequence[DocumentNeed], document: str, row: str | None) -> DocumentNeed:
    """The document, if it is asked for; files nobody asked for are not taken."""
    number = int(row) if row and row.isdigit() and len(row) < 5 else None
    for need in needs:
        if need.document == document and need.row == number:
            return need
    raise not_found()


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
    missing = missing_documents(case, state, _uploads(request, case))
    if missing:
        return draw_documents(request, case, {_id(need): MISSING for need in missing})
    return go_to(request, f"{case.address}/{SUMMARY}")


def document_of(case: Case, document_id: str) -> Document:
    """The document as declared."""
    return next(one for one in case.procedure.documents if one.id == document_id)


def _uploads(request: Request, case: Case) -> Sequence[UploadRecord]:
    return uploads.of_draft(portal_of(request).store, case.draft.id, case.holder)


def _mine(request: Request, case: Case) -> Sequence[UploadRecord]:
    """The files that the holder may take back: not those of pages that are in others' hands."""
    state = evaluate(request, case.plan, case.draft.raw)
    others = {name for part in case.handed(state) for name in part.documents}
    return [one for one in _uploads(request, case) if one.document not in others]


def _files_of(files: Sequence[UploadRecord], need: DocumentNeed) -> list[UploadRecord]:
    return [one for one in files if one.document == need.document and one.row == need.row]


def missing_documents(
    case: Case, state: Evaluation, files: Sequence[UploadRecord], *, also_later: bool = False
) -> list[DocumentNeed]:
    """Required documents without enough files; those that may follow later only if asked for."""
    return without_files(case, case.needs(state), files, also_later=also_later)


def without_files(
    case: Case,
    needs: Sequence[DocumentNeed],
    files: Sequence[UploadRecord],
    *,
    also_later: bool = False,
) -> list[DocumentNeed]:
    """Of these documents those without enough files."""
    found: list[DocumentNeed] = []
    for need in needs:
        document = document_of(case, need.document)
        short = len(_files_of(files, need)) < max(document.min_files, 1)
        if need.required and short and (also_later or not document.later):
            found.append(need)
    return found


def need_title(case: Case, need: DocumentNeed, words: Words) -> str:
    """The document and whose it is."""
    title = str(words.text(document_of(case, need.document).title))
    return f"{title}, {need.title}" if need.title else title


def _id(need: DocumentNeed) -> str:
    return f"d-{need.document}" + ("" if need.row is None else f"-{need.row}")


def draw_documents(request: Request, case: Case, errors: Mapping[str, str]) -> Response:
    """The page of documents, with what is wrong."""
    state = evaluate(request, case.plan, case.draft.raw)
    words = words_of(request, case.procedure)
    files = _uploads(request, case)
    needs = [_view(case, need, files, words, errors) for need in case.needs(state)]
    all_steps, position = steps(request, case, state, DOCUMENTS)
    values = {
        "needs": needs,
        "errors": [_entry(one) for one in needs if one.error],
        "notice": "",
        "action": f"{case.address}/{DOCUMENTS}",
        "steps": all_steps,
        "position": position,
    }
    return page(
        request,
        "documents.html",
        words.t("documents.title"),
        values,
        procedure=case.procedure,
        status=422 if errors else 200,
        has_token=True,
        keeps_answers=True,
        has_errors=bool(errors),
    )


def _entry(need: NeedView) -> Entry:
    place = f"{need.title}, {need.item}" if need.item else str(need.title)
    # Where no further file can be added, there is no input to jump to.
    return Entry(f"{need.id}-file" if need.can_add else need.id, place, Said(need.error))


def _view(
    case: Case,
    need: DocumentNeed,
    files: Sequence[UploadRecord],
    words: Words,
    errors: Mapping[str, str],
) -> NeedView:
    document = document_of(case, need.document)
    held = _files_of(files, need)
    lacking = max(document.min_files, 1) - len(held)
    return NeedView(
        id=_id(need),
        document=need.document,
        row=need.row,
        title=words.text(document.title),
        item=need.title,
        why=words.markdown(document.why) if document.why else None,
        required=need.required and document.min_files > 0,
        notes=_notes(document, words),
        rules=_rules(document, words),
        accept=",".join(f".{one}" for one in document.formats),
        files=tuple(
            {"id": one.id, "name": one.name, "size": _size(one.size, words)} for one in held
        ),
        can_add=len(held) < document.max_files,
        error=_error(document, errors.get(_id(need), ""), lacking, words),
    )


def _error(document: Document, key: str, lacking: int, words: Words) -> str:
    formats = _formats(document)
    if key == MISSING:
        return words.count(key, lacking, formats=formats)
    return words.t(key, formats=formats, megabytes=document.max_megabytes) if key else ""


def _notes(document: Document, words: Words) -> tuple[str, ...]:
    notes = {
        "documents.original": document.original,
        "documents.translation": document.translation,
        "documents.later": document.later,
        "documents.confidential": document.confidential,
    }
    return tuple(words.t(key) for key, holds in notes.items() if holds)


def _rules(document: Document, words: Words) -> str:
    """How many, which formats, how large: told before, not after a mistake."""
    least, most = max(document.min_files, 1), document.max_files
    key = "one" if most == 1 else "exactly" if least == most else "range" if least > 1 else "many"
    return words.t(
        f"documents.rules.{key}",
        least=least,
        number=most,
        formats=_formats(document),
        megabytes=document.max_megabytes,
    )


def _formats(document: Document) -> str:
    return ", ".join(one.upper() for one in document.formats)


def _size(size: int, words: Words) -> str:
    if size < 1_000_000:
        return words.t("size.kilobytes", number=max(1, round(size / 1000)))
    number = f"{size / 1_000_000:.1f}"
    return words.t("size.megabytes", number=number.replace(".", words.t("size.comma")))
