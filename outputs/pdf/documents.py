"""The table of documents: what was asked for, and what came."""

from engine.model import Document
from engine.plan import DocumentNeed
from outputs.application import Application
from outputs.pdf import words
from outputs.pdf.content import Data, Printer


def documents(application: Application, printer: Printer) -> list[Data]:
    """One line per document that was asked for, in the procedure's order."""
    declared = {one.id: one for one in application.procedure.documents}
    return [
        _line(application, printer, need, declared[need.document])
        for need in application.evaluation.documents
        if need.document in declared
    ]


def _line(
    application: Application, printer: Printer, need: DocumentNeed, document: Document
) -> Data:
    files = [
        f"{upload.name} ({words.size(len(upload.content))})"
        for upload in application.uploads
        if (upload.document, upload.row) == (need.document, need.row)
    ]
    return {
        "title": printer.text(application.document_title(need.document, need.row)),
        "translation": printer.translation(document.title),
        "status": "\n".join(_status(need, document, bool(files))),
        "files": [printer.text(one) for one in files],
    }


def _status(need: DocumentNeed, document: Document, came: bool) -> list[str]:
    if came:
        status = words.HANDED_IN
    elif not need.required:
        status = words.NOT_HANDED_IN
    else:
        status = words.TO_FOLLOW if document.later else words.MISSING
    return [status, words.SHOW_ORIGINAL] if came and document.original else [status]
