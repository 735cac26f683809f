"""The application as a document that people read, file and keep."""

from engine.texts.catalogue import Catalogue
from outputs.application import Application, OutputFile
from outputs.pdf import words
from outputs.pdf.content import Data, Printer, pages
from outputs.pdf.documents import documents
from outputs.pdf.frame import catalogue_of, frame
from outputs.pdf.typesetting import known_characters, typeset


def write(application: Application, data: OutputFile, catalogue: Catalogue | None) -> OutputFile:
    """All answers by page, German with the applicant's language beside it; `data` is attached."""
    printer = Printer(catalogue_of(application, catalogue), known_characters())
    content = _content(application, data, printer)
    return OutputFile(
        output="pdf",
        name=f"{application.submission_id}_antrag.pdf",
        media_type="application/pdf",
        content=typeset("application.typ", content, application.submitted_at),
    )


def _content(application: Application, data: OutputFile, printer: Printer) -> Data:
    procedure = application.procedure
    title = procedure.title
    return {
        **frame(application, printer, title.german, words.APPLICATION),
        "kicker": words.KICKER,
        "title_translation": printer.translation(title),
        "facts": _facts(application, printer),
        "pages": pages(application, printer),
        "documents": documents(application, printer),
        "about": words.ABOUT.format(
            name=data.name,
            hash=words.checksum(application.data_hash),
            procedure=procedure.id,
            version=procedure.version,
        ),
        "attachment": {
            "name": data.name,
            "content": data.content.decode(),
            "description": words.ATTACHMENT,
        },
    }


def _facts(application: Application, printer: Printer) -> list[list[str]]:
    procedure = application.procedure
    facts = {
        "Referenznummer": application.submission_id,
        "Eingegangen am": words.moment(application.submitted_at),
        "Rechtsgrundlage": printer.text(", ".join(procedure.legal_basis)),
        "Leistungsschlüssel": ", ".join(procedure.leika),
        "Ausgefüllt auf": application.spoken,
    }
    return [[name, value] for name, value in facts.items() if value]
