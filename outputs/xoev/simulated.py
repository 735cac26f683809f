"""Messages as an authority would write them: for trials, demonstrations and tests.

Everything in them is invented and says so; `test="ja"` marks them for whoever receives them by
mistake.
"""

import base64
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lxml import etree

from engine.message.values import address_parts, split_street
from engine.model import Authority
from outputs.application import IDS, OutputFile, UnknownStandard
from outputs.xml_writing import serialise
from outputs.xoev.elements import code_element
from outputs.xoev.facts import CodeList
from outputs.xoev.header import header
from outputs.xoev.returned import MESSAGES, Kind
from outputs.xoev.standards import STANDARDS, Standard
from outputs.xoev.write import root_of

_STATUS = CodeList("urn:xoev-de:xauslaender:codeliste:ozg.status", "4")
_FORMAT = CodeList("urn:de:xauslaender:codelist:dokumentformat", "2")
_ANSWER_WITHIN = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Trial:
    """One message of an authority that plays its part; `pdf` is the letter it encloses."""

    kind: Kind
    authority: Authority
    reference: str
    answers: str  # id of the message of ours
    submitted_at: datetime
    pdf: bytes
    number: int = 1
    text: str = ""
    status: str = "01"

    def identifier(self, path: str) -> str:
        """A UUID that is the same whenever the same message is written."""
        return str(uuid.uuid5(uuid.uuid5(IDS, self.reference), f"trial/{path}/{self.number}"))

    @property
    def day(self) -> date:
        """When it was written."""
        return self.submitted_at.date()


def write_trial(trial: Trial) -> OutputFile:
    """The message, whole and valid."""
    message = next(name for name, kind in MESSAGES.items() if kind is trial.kind)
    standard = _standard_with_replies()
    root = root_of(standard, message)
    root.set("test", "ja")
    root.extend(header(standard, trial, message))
    name = root.find("nachrichtenkopf.g2g/autor/name")
    if name is not None:  # our own header speaks for the portal
        name.text = trial.authority.name
    _own(standard, root, "antragsidentifikation", trial.reference)
    _own(standard, root, "ausloeserUUID", trial.answers)
    _CONTENTS[trial.kind](standard, root, trial)
    file_name = f"{trial.reference}_{message}_{trial.identifier('name')[:8]}.xml"
    return OutputFile(name=file_name, media_type="application/xml", content=serialise(root))


def _standard_with_replies() -> Standard:
    for standard in STANDARDS:
        if standard.id == "xauslaender":
            return standard
    raise UnknownStandard("xauslaender")


def _question(standard: Standard, root: etree._Element, trial: Trial) -> None:
    asked = "Bitte schicken Sie uns eine Kopie Ihres Mietvertrags. (Erfundene Nachricht zum Test)"
    _own(standard, root, "frage", trial.text or asked)
    _own(standard, root, "fristdatum", (trial.day + _ANSWER_WITHIN).isoformat())


def _status(standard: Standard, root: etree._Element, trial: Trial) -> None:
    root.append(code_element(f"{{{standard.namespace}}}status", trial.status, _STATUS))


def _appointment(standard: Standard, root: etree._Element, trial: Trial) -> None:
    made = _own(standard, root, "strukturierteTermininformationen", None)
    _own(standard, made, "datum", (trial.day + timedelta(days=21)).isoformat())
    _own(standard, made, "uhrzeitAb", "09:30:00")
    _own(standard, made, "uhrzeitBis", "10:00:00")
    place = _own(standard, made, "ort", None)
    street, number = split_street(trial.authority.street)
    parts = {
        "strasse": street,
        "hausnummer": number,
        "plz": trial.authority.postcode,
        "ort": trial.authority.town,
    }
    for name, text in address_parts(parts):
        etree.SubElement(place, name).text = text
    _own(standard, made, "weitereAngabenZumOrt", "Zimmer 204, 2. Stock (erfunden)")
    hint = "Bringen Sie Ihren Pass und die Originale mit. (Erfundene Nachricht zum Test)"
    _own(standard, root, "weitereHinweise", trial.text or hint)


def _withdrawal_reply(standard: Standard, root: etree._Element, trial: Trial) -> None:
    said = (
        "Ihre Rücknahme ist angekommen. Das Verfahren ist beendet. (Erfundene Nachricht zum Test)"
    )
    _own(standard, root, "rueckmeldung", trial.text or said)


def _not_competent(standard: Standard, root: etree._Element, trial: Trial) -> None:
    said = "Sie sind umgezogen. Wir sind nicht mehr zuständig. (Erfundene Nachricht zum Test)"
    _own(standard, root, "hinweis", trial.text or said)
    _own(standard, root, "zustaendigeABH", "Ausländerbehörde Beispielstadt (erfunden)")


def _refusal(standard: Standard, root: etree._Element, trial: Trial) -> None:
    letter = _own(standard, root, "mitteilung", None)
    _own(standard, letter, "dokument", base64.b64encode(trial.pdf).decode("ascii"))
    letter.append(code_element(f"{{{standard.namespace}}}dokumententyp", "1", _FORMAT))


_CONTENTS: Mapping[Kind, Callable[[Standard, etree._Element, Trial], None]] = {
    Kind.QUESTION: _question,
    Kind.STATUS: _status,
    Kind.APPOINTMENT: _appointment,
    Kind.WITHDRAWAL_REPLY: _withdrawal_reply,
    Kind.NOT_COMPETENT: _not_competent,
    Kind.REFUSAL: _refusal,
}


def _own(standard: Standard, parent: etree._Element, name: str, text: str | None) -> etree._Element:
    made = etree.SubElement(parent, f"{{{standard.namespace}}}{name}")
    made.text = text
    return made


def sample_letter() -> bytes:
    """A page that says that it is invented, written by hand: no typesetting for a trial."""
    lines = ("Erfundenes Schreiben zum Test", "Anhoerung vor einer Ablehnung (Paragraf 28 VwVfG)",
             "Bitte antworten Sie innerhalb von zwei Wochen.")  # fmt: skip
    shown = "".join(f"({line}) Tj 0 -28 Td " for line in lines)
    stream = f"BT /F1 16 Tf 60 760 Td {shown}ET".encode("ascii")
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        font,
    )
    written, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    written += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    end = len(written) - len(b"xref\n0 %d\n0000000000 65535 f \n" % size) - len(table)
    return written + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, end)
