"""Files in pieces over a bad connection: announce, send on from where it stopped, finish (R38).

    POST   …/pieces              document, row, name, type, size, replaces → 201 {address, piece}
    HEAD   …/pieces/<id>         Upload-Offset: how much is there
    PATCH  …/pieces/<id>         Upload-Offset and bytes → 204; 409 with the right Upload-Offset
    POST   …/pieces/<id>         the file is complete: look, scan, clean, keep; may be repeated
    DELETE …/pieces/<id>         forget it

All of it is spoken by frontend/uploads.ts alone; without JavaScript files come by plain forms. What
the applicant is to read is in `text`, in their language.
"""

from collections.abc import Callable
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Path, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from engine.model import Document
from portal.fill.case import Case, find_case
from portal.fill.views import DOCUMENTS
from portal.storage import pieces
from portal.storage.pieces import LEAST_PIECE, Announced, Elsewhere, FullError
from portal.storage.records import Unfinished
from portal.uploads.examine import MEGABYTE, Offered, Refused
from portal.uploads.kinds import KINDS
from portal.uploads.names import ending_of
from portal.uploads.needs import document_of
from portal.uploads.taking import Find, Place, need_at, take_in
from portal.uploads.view import told
from portal.web.pages import portal_of, words_of
from portal.web.posted import Posted, check_token, read_own_form
from portal.web.refusal import Refusal, not_found

PIECE = 240 * 1024  # fits into the limit of every form; lost in a few seconds at most
OFFSET = "Upload-Offset"
TOKEN = "X-Form-Token"  # noqa: S105 - the name of a header
_LONGEST_NAME = 1000
_LATER = "upload.try_again"  # the file is fine so far: its pieces stay
FindFor = Callable[[Request], Case]
PieceId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]


def offer_pieces(router: APIRouter, base: str, find_for: FindFor) -> None:
    """The addresses below a page of documents; `find_for` is who may use them."""

    async def announce(request: Request) -> Response:
        posted = await read_own_form(request)
        return await run_in_threadpool(_announce, request, partial(find_for, request), posted)

    def ask(request: Request, piece: PieceId) -> Response:
        return _ask(request, find_for(request), piece)

    async def send(request: Request, piece: PieceId) -> Response:
        check_token(request, request.headers.get(TOKEN, ""))
        start, content = _offset(request), await request.body()
        return await run_in_threadpool(_send, request, find_for, piece, start, content)

    async def finish(request: Request, piece: PieceId) -> Response:
        check_token(request, request.headers.get(TOKEN, ""))
        return await _finish(request, partial(find_for, request), piece)

    def cancel(request: Request, piece: PieceId) -> Response:
        check_token(request, request.headers.get(TOKEN, ""))
        case = find_for(request)
        pieces.cancel(portal_of(request).store, case.draft.id, case.holder, piece)
        return Response(status_code=204)

    one = f"{base}/pieces/{{piece}}"
    router.add_api_route(f"{base}/pieces", announce, methods=["POST"])
    router.add_api_route(one, ask, methods=["GET"])  # HEAD comes as GET
    router.add_api_route(one, send, methods=["PATCH"])
    router.add_api_route(one, finish, methods=["POST"])
    router.add_api_route(one, cancel, methods=["DELETE"])


def _of_draft(request: Request) -> Case:
    return find_case(request, request.path_params["procedure"], request.path_params["draft"])


router = APIRouter()
offer_pieces(router, f"/p/{{procedure}}/form/{{draft}}/{DOCUMENTS}", _of_draft)


def _announce(request: Request, find: Find, posted: Posted) -> Response:
    case = find()
    place = Place(posted.get("document"), posted.get("row"))
    need = need_at(request, case, place)
    document = document_of(case, need.document)
    name, size = posted.get("name")[-_LONGEST_NAME:], _number(posted.get("size"))
    reason = _at_once(document, name, size)
    if reason:
        return _refused(request, case, document, reason)
    announced = Announced(
        document.id,
        need.row,
        name,
        posted.get("type"),
        size,
        posted.get("replaces")[:32] or None,
    )
    try:
        begun = pieces.begin(portal_of(request).store, case.draft.id, case.holder, announced)
    except FullError:
        return _refused(request, case, document, "upload.full")
    if begun is None:
        raise Refusal(409, "submitted")
    address = f"{request.url.path}/{begun.id}"
    return JSONResponse({"address": address, "piece": PIECE}, status_code=201)


def _at_once(document: Document, name: str, size: int) -> str:
    """What can be known before anything is sent."""
    if size == 0:
        return "upload.empty"
    if size > document.max_megabytes * MEGABYTE:
        return "upload.too_large"
    endings = {ending for one in document.formats for ending in KINDS[one].endings}
    if ending_of(name) in ("heic", "heif"):
        return "upload.heic"
    return "" if ending_of(name) in endings else "upload.wrong_format"


def _ask(request: Request, case: Case, piece: str) -> Response:
    found = _found(request, case, piece)
    body = {"received": found.received, "kept": found.kept_as is not None}
    return JSONResponse(body, headers={OFFSET: str(found.received)})


def _send(request: Request, find_for: FindFor, piece: str, start: int, content: bytes) -> Response:
    case = find_for(request)
    found = _found(request, case, piece)
    is_last = start + len(content) == found.size
    if not content or (len(content) < LEAST_PIECE and not is_last):
        raise Refusal(400, "bad_request")
    store = portal_of(request).store
    added = pieces.add(store, case.draft.id, case.holder, piece, start, content)
    if added is None:
        raise not_found()
    if isinstance(added, Elsewhere):
        return Response(status_code=409, headers={OFFSET: str(added.received)})
    return Response(status_code=204, headers={OFFSET: str(added.received)})


async def _finish(request: Request, find: Find, piece: str) -> Response:
    case = await run_in_threadpool(find)
    found = await run_in_threadpool(_found, request, case, piece)
    if found.kept_as is not None:
        return JSONResponse({"kept": True})
    store = portal_of(request).store
    content = await run_in_threadpool(pieces.content_of, store, case.draft.id, case.holder, piece)
    if content is None:
        return Response(status_code=409, headers={OFFSET: str(found.received)})
    row = None if found.row is None else str(found.row)
    place = Place(found.document, row, found.replaces, found.id)
    refused = await take_in(request, find, place, Offered(found.name, found.declared, content))
    if refused is None:
        return JSONResponse({"kept": True})
    return await run_in_threadpool(_not_kept, request, case, found, refused)


def _not_kept(request: Request, case: Case, found: Unfinished, refused: Refused) -> Response:
    if refused.reason != _LATER:
        pieces.cancel(portal_of(request).store, case.draft.id, case.holder, found.id)
    return _refused(request, case, document_of(case, found.document), refused.reason)


def _refused(request: Request, case: Case, document: Document, reason: str) -> Response:
    text = told(document, reason, words_of(request, case.procedure))
    return JSONResponse({"text": text}, status_code=503 if reason == _LATER else 422)


def _found(request: Request, case: Case, piece: str) -> Unfinished:
    found = pieces.find(portal_of(request).store, case.draft.id, case.holder, piece)
    if found is None:
        raise not_found()
    return found


def _offset(request: Request) -> int:
    return _number(request.headers.get(OFFSET, ""))


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 12):
        raise Refusal(400, "bad_request")
    return int(text)
