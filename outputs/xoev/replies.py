"""Messages of the applicant after the application: an answer (130103), a withdrawal (130111)."""

import base64
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from lxml import etree

from engine.model import Authority
from engine.model_outputs import XoevOutput
from outputs.application import IDS, OutputFile, UnknownStandard
from outputs.names import extension, file_name
from outputs.schemas import Schema, Schemas
from outputs.xml_writing import serialise
from outputs.xoev.documents import as_jpeg
from outputs.xoev.elements import code_element
from outputs.xoev.header import header
from outputs.xoev.standards import Standard, find_standard
from outputs.xoev.write import root_of

ANSWER = "OZG.RueckkanalAntwort.130103"
WITHDRAWAL = "OZG.Ruecknahme.130111"


@dataclass(frozen=True, slots=True)
class ReplyFile:
    """A file that goes along with an answer."""

    name: str
    media_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Reply:
    """What the applicant sends; `number` counts the replies of a case."""

    authority: Authority
    reference: str
    number: int
    submitted_at: datetime  # aware
    answers: str = ""  # id of the authority's message; empty: a withdrawal answers nothing
    text: str = field(default="", repr=False)
    files: tuple[ReplyFile, ...] = ()

    def identifier(self, path: str) -> str:
        """A UUID that is the same whenever the same reply is written."""
        return reply_id(self.reference, path, self.number)


def reply_id(reference: str, path: str, number: int) -> str:
    """The id of a reply: follows from the case and its number."""
    return str(uuid.uuid5(uuid.uuid5(IDS, reference), f"{path}/{number}"))


def application_id(reference: str, message: str) -> str:
    """The id of the message with which the case began."""
    return str(uuid.uuid5(uuid.uuid5(IDS, reference), f"xoev/{message}"))


def can_reply(output: XoevOutput | None) -> bool:
    """Whether the standard of a procedure has messages for answers and withdrawals."""
    standard = find_standard(output.standard, output.version) if output else None
    return standard is not None and {ANSWER, WITHDRAWAL} <= standard.messages.keys()


def write_answer(reply: Reply, output: XoevOutput, schemas: Schemas | None) -> OutputFile:
    """130103: text and files to a question or an intended refusal."""
    standard = _standard(output)
    root = _begun(standard, reply, ANSWER)
    _own(standard, root, ANSWER, "ausloeserUUID", reply.answers)
    for one in reply.files:
        root.append(_document(standard, one))
    if reply.text:
        _own(standard, root, ANSWER, "antworttext", reply.text)
    return _file(standard, reply, ANSWER, root, schemas)


def write_withdrawal(reply: Reply, output: XoevOutput, schemas: Schemas | None) -> OutputFile:
    """130111: the applicant no longer wants what they applied for."""
    standard = _standard(output)
    return _file(standard, reply, WITHDRAWAL, _begun(standard, reply, WITHDRAWAL), schemas)


def accepted_formats(output: XoevOutput) -> Sequence[str]:
    """Media types of the files that an answer can take along."""
    return ("application/pdf", "image/jpeg", "image/png") if can_reply(output) else ()


def _standard(output: XoevOutput) -> Standard:
    standard = find_standard(output.standard, output.version)
    if standard is None or not can_reply(output):
        raise UnknownStandard(f"{output.standard} {output.version} {ANSWER}")
    return standard


def _begun(standard: Standard, reply: Reply, message: str) -> etree._Element:
    root = root_of(standard, message)
    root.extend(header(standard, reply, message))
    _own(standard, root, message, "antragsidentifikation", reply.reference)
    _own(standard, root, message, "rueckkanalVorhanden", "true")
    return root


def _document(standard: Standard, one: ReplyFile) -> etree._Element:
    kind, content, media_type = extension(one.media_type), one.content, one.media_type
    if kind == "png":
        kind, content, media_type = "jpg", as_jpeg(content), "image/jpeg"
    made = etree.Element(standard.tag(ANSWER, "unterlage"))
    held = etree.SubElement(made, standard.tag("unterlage", "dokumentOderReferenz"))
    encoded = base64.b64encode(content).decode("ascii")
    _own(standard, held, "dokumentOderReferenz", "dokument", encoded)
    tag = standard.tag("unterlage", "dokumententyp")
    made.append(
        code_element(tag, standard.formats[kind], standard.code_list("unterlage", "dokumententyp"))
    )
    _own(standard, made, "unterlage", "dateiname", file_name(one.name, media_type))
    return made


def _own(standard: Standard, parent: etree._Element, inside: str, name: str, text: str) -> None:
    etree.SubElement(parent, standard.tag(inside, name)).text = text


def _file(
    standard: Standard, reply: Reply, message: str, root: etree._Element, schemas: Schemas | None
) -> OutputFile:
    schema: Schema | None = schemas.declaring(standard.namespace, message) if schemas else None
    return OutputFile(
        output=f"{message.rpartition('.')[2]}-{reply.number}",
        name=f"{reply.reference}_{message}_{reply.number}.xml",
        media_type="application/xml",
        content=serialise(root),
        problems=schema.problems(root) if schema else None,
    )
