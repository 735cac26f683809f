"""Taking a file in: looked at, scanned, cleaned, kept; in this order (R37, R39, R41).

The scanner gets the bytes as they came, since cleaning could wash out what it would have known. A
file is kept only after all of it, so nothing unscanned is ever there to be submitted.
"""

from collections.abc import Callable
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from engine import DocumentNeed
from portal.fill.case import Case, evaluate
from portal.storage import uploads
from portal.storage.uploads import Terms, TooManyFilesError
from portal.uploads.examine import Offered, Refused, clean, look
from portal.uploads.kinds import Kind
from portal.uploads.needs import document_of, find_need
from portal.uploads.scanner import Verdict
from portal.web.logs import log
from portal.web.pages import portal_of
from portal.web.refusal import Refusal

Find = Callable[[], Case]  # looked for in the thread that works, and anew in each request
_VERDICTS = {Verdict.FOUND: "upload.malware", Verdict.UNKNOWN: "upload.try_again"}


@dataclass(frozen=True, slots=True)
class Place:
    """Which document a file is for."""

    document: str
    row: str | None
    replaces: str | None = None
    unfinished: str | None = None  # the upload in pieces that it was


@dataclass(frozen=True, slots=True)
class _Found:
    case: Case
    need: DocumentNeed
    kind: Kind


async def take_in(request: Request, find: Find, place: Place, file: Offered) -> Refused | None:
    """Keep the file, or say why not."""
    found = await run_in_threadpool(_look, request, find, place, file)
    if isinstance(found, Refused):
        return found
    scanner = portal_of(request).scanner
    if scanner is not None:
        verdict = await scanner.scan(file.content)
        if verdict is not Verdict.CLEAN:
            return Refused(_VERDICTS[verdict])
    return await run_in_threadpool(_keep, request, found, place, file)


def _look(request: Request, find: Find, place: Place, file: Offered) -> _Found | Refused:
    case = find()
    need = need_at(request, case, place)
    kind = look(document_of(case, need.document), file)
    return kind if isinstance(kind, Refused) else _Found(case, need, kind)


def need_at(request: Request, case: Case, place: Place) -> DocumentNeed:
    """The document that a file is for, as long as the case asks for it."""
    state = evaluate(request, case.plan, case.draft.raw)
    return find_need(case.needs(state), place.document, place.row)


def _keep(request: Request, found: _Found, place: Place, file: Offered) -> Refused | None:
    taken = clean(found.kind, file)
    if isinstance(taken, Refused):
        return taken
    portal, case, need = portal_of(request), found.case, found.need
    terms = Terms(
        most=document_of(case, need.document).max_files,
        replaces=place.replaces,
        scanned=portal.scanner is not None,
        unfinished=place.unfinished,
    )
    try:
        kept = uploads.add(
            portal.store,
            case.draft.id,
            case.holder,
            need.document,
            need.row,
            taken.name,
            taken.media_type,
            taken.content,
            terms,
        )
    except TooManyFilesError:
        return Refused("upload.too_many")
    if kept is None:
        raise Refusal(409, "submitted")
    log().info("upload-kept", procedure=case.procedure.id)
    return None
