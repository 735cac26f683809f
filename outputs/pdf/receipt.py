"""What the applicant keeps: that, when and what was received, with checksums."""

from collections.abc import Sequence

from engine.texts.catalogue import Catalogue
from outputs.application import Application, OutputFile
from outputs.pdf import words
from outputs.pdf.content import Data, Printer
from outputs.pdf.frame import catalogue_of, frame
from outputs.pdf.typesetting import known_characters, typeset


def write_receipt(
    application: Application, received: Sequence[OutputFile], catalogue: Catalogue | None
) -> OutputFile:
    """One page; `received` are the files whose checksums it vouches for, uploads come with them."""
    printer = Printer(catalogue_of(application, catalogue), known_characters())
    content = _content(application, received, printer)
    return OutputFile(
        output="receipt",
        name=f"{application.submission_id}_eingangsbestaetigung.pdf",
        media_type="application/pdf",
        content=typeset("receipt.typ", content, application.submitted_at),
    )


def _content(application: Application, received: Sequence[OutputFile], printer: Printer) -> Data:
    procedure = application.procedure
    return {
        **frame(application, printer, words.RECEIPT_TITLE, words.RECEIPT),
        "kicker": printer.text(procedure.title.german),
        "title_translation": printer.translation(procedure.title),
        "opening": [words.GREETING, words.OPENING],
        "facts": _facts(application, printer),
        "files": _files(application, received, printer),
        "closing": words.CLOSING,
    }


def _facts(application: Application, printer: Printer) -> list[list[str]]:
    duration = application.procedure.service.duration
    facts = {
        "Referenznummer": application.submission_id,
        "Eingegangen am": words.moment(application.submitted_at),
        "Zuständig": printer.text(application.authority.name),
        "Bearbeitungsdauer": printer.text(duration.german) if duration else "",
        "Ausgefüllt auf": application.spoken,
    }
    return [[name, value] for name, value in facts.items() if value]


def _files(
    application: Application, received: Sequence[OutputFile], printer: Printer
) -> list[Data]:
    named = [(words.PRODUCED.get(file.output, ""), file) for file in received]
    for upload in application.uploads:
        title = application.document_title(upload.document, upload.row)
        named.append((title, OutputFile(upload.name, upload.media_type, upload.content)))
    return [
        {
            "title": printer.text(title),
            "name": printer.text(f"{file.name} ({words.size(len(file.content))})"),
            "sha256": words.checksum(file.sha256),
        }
        for title, file in named
    ]
