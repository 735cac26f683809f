"""The primary documents of a case: what was produced for it and what was handed in."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.model import Document
from engine.model_outputs import DmsOutput
from outputs.application import Application, OutputFile, Upload
from outputs.dms.xdomea_3_1_0 import FORMATS, OTHER_FORMAT, PDF_A
from outputs.names import extension, file_name

_DEFAULT_TYPE = "Nachweis"
_PROTECT = "Zugriff beschränken: besonders schutzbedürftige Angaben"


@dataclass(frozen=True, slots=True)
class Primary:
    """A file of the package and what its Dokument says about it."""

    id: str  # of the Dokument
    file: str  # <uuid>_<name> inside the package
    original: str
    title: str
    type: str
    format: tuple[str, str]  # code and version
    other_format: str | None
    remark: str | None
    content: bytes

    @property
    def sha256(self) -> str:
        """Hex digest, so that the receiver can compare."""
        return hashlib.sha256(self.content).hexdigest()


def primary_documents(
    application: Application, output: DmsOutput, produced: Sequence[OutputFile]
) -> Iterator[Primary]:
    """The application first, then its messages, then the proofs in the procedure's order."""
    title = application.plan.text(output.application_title, application.environment)
    readable_first = sorted(produced, key=lambda file: file.media_type != "application/pdf")
    for number, file in enumerate(readable_first):
        yield _produced(application, file, title, number)
    order = {document.id: place for place, document in enumerate(application.procedure.documents)}
    uploads = sorted(application.uploads, key=lambda one: order.get(one.document, len(order)))
    declared = {document.id: document for document in application.procedure.documents}
    for number, upload in enumerate(uploads):
        yield _uploaded(application, output, upload, declared.get(upload.document), number)


def _produced(application: Application, file: OutputFile, title: str, number: int) -> Primary:
    is_pdf = file.media_type == "application/pdf"
    what = "Antrag" if is_pdf else "Antragsdaten"
    return _primary(
        application,
        path=f"dms/produced/{number}",
        name=file.name,
        media_type=file.media_type,
        title=title if is_pdf else f"{title} ({extension(file.media_type).upper()})",
        type=what,
        format=PDF_A if is_pdf else None,
        remark=None,
        content=file.content,
    )


def _uploaded(
    application: Application,
    output: DmsOutput,
    upload: Upload,
    declared: Document | None,
    number: int,
) -> Primary:
    types = output.document_types
    return _primary(
        application,
        path=f"dms/upload/{number}",
        name=file_name(upload.name, upload.media_type),
        media_type=upload.media_type,
        title=application.document_title(upload.document, upload.row),
        type=types.get(upload.document, types.get("*", _DEFAULT_TYPE)),
        format=None,
        remark=_PROTECT if declared is not None and declared.confidential else None,
        content=upload.content,
    )


def _primary(
    application: Application,
    *,
    path: str,
    name: str,
    media_type: str,
    title: str,
    type: str,  # noqa: A002 - xdomea's own word for it
    format: tuple[str, str] | None,  # noqa: A002
    remark: str | None,
    content: bytes,
) -> Primary:
    known = format or FORMATS.get(media_type)
    return Primary(
        id=application.identifier(path),
        file=f"{application.identifier(path + '/file')}_{name}",
        original=name,
        title=title,
        type=type,
        format=known or (OTHER_FORMAT, "1.0"),
        other_format=None if known else extension(media_type).upper(),
        remark=remark,
        content=content,
    )
