"""An accepted application as a submission: the message or the JSON as data, files beside it."""

import hashlib
import uuid
from collections.abc import Iterable, Mapping

from lxml import etree

from outputs.application import Application, OutputFile
from outputs.fit_connect.submission import (
    ATTACHMENT,
    FORM,
    Attachment,
    Submission,
    write_package,
)
from outputs.names import file_name
from outputs.xml_reading import read_xml

LEIKA = "urn:de:fim:leika:leistung:"
OWN_DATA = "urn:vordruck:antrag:"  # the JSON of a procedure, followed by its id and version
OWN_SERVICE = "urn:vordruck:leistung:"  # of a procedure without a LeiKa key
_DATA = ("xoev", "json")  # what data are taken from, the best first


def write(application: Application, built: Iterable[OutputFile]) -> OutputFile:
    """The package that is stored; `built` is what `build_all` made of the same application."""
    by_output = {one.output: one for one in built}
    data = next(by_output[name] for name in _DATA if name in by_output)
    procedure = application.procedure
    leika = procedure.leika
    submission = Submission(
        service=LEIKA + leika[0] if leika else OWN_SERVICE + procedure.id,
        service_name=procedure.title.german,
        reference=application.submission_id,
        applied_on=application.submitted_at.date().isoformat(),
        data=data.content,
        schema_uri=_schema_uri(application, data),
        media_type=data.media_type,
        attachments=(*_form(application, by_output), *_uploads(application)),
    )
    return OutputFile(
        output="fit_connect",
        name=f"{application.submission_id}_einreichung.zip",
        media_type="application/zip",
        content=write_package(submission),
        problems=data.problems,
    )


def schema_uri_of(message: bytes) -> str:
    """An XÖV message is told apart by its namespace."""
    return etree.QName(read_xml(message)).namespace or ""


def _schema_uri(application: Application, data: OutputFile) -> str:
    if data.output == "xoev":
        return schema_uri_of(data.content)
    return f"{OWN_DATA}{application.procedure.id}:{application.procedure.version}"


def _form(application: Application, built: Mapping[str, OutputFile]) -> tuple[Attachment, ...]:
    summary = built.get("pdf")
    if summary is None:
        return ()
    title = f"Antrag: {application.procedure.title.german}"
    key = _id(application, "form")
    return (Attachment(key, FORM, summary.name, title, summary.media_type, summary.content),)


def _uploads(application: Application) -> Iterable[Attachment]:
    for number, one in enumerate(application.uploads):
        yield Attachment(
            _id(application, f"attachment/{number}"),
            ATTACHMENT,
            file_name(one.name, one.media_type),
            application.document_title(one.document, one.row),
            one.media_type,
            one.content,
        )


def _id(application: Application, path: str) -> str:
    """A UUID of version 4, as the metadata want it, that is the same for every repetition."""
    digest = hashlib.sha256(application.identifier(f"fit-connect/{path}").encode()).digest()
    return str(uuid.UUID(bytes=digest[:16], version=4))
