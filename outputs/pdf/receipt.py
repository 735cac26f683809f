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
        "facts": [
            ["Referenznummer", application.submission_id],
            ["Eingegangen am", words.moment(application.submitted_at)],
            ["Zuständig", printer.text(application.authority.name)],
        ],
        "files": [_file(printer, file) for file in (*received, *_uploads(application))],
        "next_steps": [printer.text(one.german) for one in procedure.service.next_steps],
        "closing": words.CLOSING,
    }


def _uploads(application: Application) -> list[OutputFile]:
    return [OutputFile(one.name, one.media_type, one.content) for one in application.uploads]


def _file(printer: Printer, file: OutputFile) -> Data:
    name = printer.text(f"{file.name} ({words.size(len(file.content))})")
    return {"name": name, "sha256": words.checksum(file.sha256)}
