"""Which documents a case asks for, and which files are there for them."""

from collections.abc import Sequence

from starlette.requests import Request

from engine import DocumentNeed, Evaluation
from engine.model import Document
from portal.fill.case import Case
from portal.storage import promises
from portal.storage.promises import Promised
from portal.storage.records import UploadRecord
from portal.web.pages import portal_of
from portal.web.refusal import not_found
from renderers.html.words import Words


def document_of(case: Case, document_id: str) -> Document:
    """The document as declared."""
    return next(one for one in case.procedure.documents if one.id == document_id)


def find_need(needs: Sequence[DocumentNeed], document: str, row: str | None) -> DocumentNeed:
    """The document, if it is asked for; files nobody asked for are not taken."""
    number = int(row) if row and row.isascii() and row.isdigit() and len(row) < 5 else None
    for need in needs:
        if need.document == document and need.row == number:
            return need
    raise not_found()


def need_id(need: DocumentNeed) -> str:
    """Its place on the page."""
    return f"d-{need.document}" + ("" if need.row is None else f"-{need.row}")


def files_for(files: Sequence[UploadRecord], need: DocumentNeed) -> list[UploadRecord]:
    """What was handed in for it."""
    return [one for one in files if one.document == need.document and one.row == need.row]


def missing_documents(
    case: Case, state: Evaluation, files: Sequence[UploadRecord], promised: Promised
) -> list[DocumentNeed]:
    """Required documents without enough files, of which nobody said that they will follow."""
    lacking = without_files(case, case.needs(state), files, also_later=True)
    return [one for one in lacking if not follows(case, one, promised)]


def follows(case: Case, need: DocumentNeed, promised: Promised) -> bool:
    """Whether the document may follow, and will."""
    return document_of(case, need.document).later and (need.document, need.row) in promised


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
        short = len(files_for(files, need)) < max(document.min_files, 1)
        if need.required and short and (also_later or not document.later):
            found.append(need)
    return found


def promised_of(request: Request, case: Case) -> Promised:
    """The documents of which the applicant said that they will follow."""
    return promises.of_draft(portal_of(request).store, case.draft.id, case.holder)


def need_title(case: Case, need: DocumentNeed, words: Words) -> str:
    """The document and whose it is."""
    title = str(words.text(document_of(case, need.document).title))
    return f"{title}, {need.title}" if need.title else title
