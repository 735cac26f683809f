"""Answers to messages: received, imported or not, and what an archive wants. Written and read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from lxml import etree

from engine.model_dms import AUSSONDERUNG
from outputs.application import OutputFile
from outputs.dms import xdomea_3_1_0 as xdomea
from outputs.dms.messages import (
    ARCHIVE,
    COPY,
    CREATE,
    FILE,
    GIVE,
    OFFER,
    Envelope,
    head,
    schema_for,
    write_message,
)
from outputs.dms.versions import as_newest, version_of
from outputs.dms.xdomea_3_1_0 import code, element, flag
from outputs.schemas import Schemas
from outputs.xml_reading import UnsafeXml, read_xml

LARGEST = 5_000_000
LONGEST = 2_000
_NS = {"x": xdomea.NAMESPACE}
_DISPOSALS = {letter: word for word, letter in AUSSONDERUNG.items()}
_WELL = ("0000000", "0000009")  # done; done before
_YES = ("1", "true")


class AnswerKind(StrEnum):
    """What an answer says."""

    RECEIVED = "received"
    IMPORTED = "imported"  # or not: `Answer.is_well`
    APPRAISED = "appraised"


_RECEIVED, _IMPORTED, _APPRAISED = AnswerKind
ANSWERS: Mapping[str, AnswerKind] = {
    "Information.EmpfangBestaetigen.0102": _RECEIVED,
    "Abgabe.ImportBestaetigen.0402": _IMPORTED,
    "Abgabe.EmpfangBestaetigen.0403": _RECEIVED,
    "Aussonderung.Bewertungsverzeichnis.0502": _APPRAISED,
    "Aussonderung.AnbietungEmpfangBestaetigen.0504": _RECEIVED,
    "Aussonderung.AussonderungImportBestaetigen.0506": _IMPORTED,
    "Aussonderung.AussonderungEmpfangBestaetigen.0507": _RECEIVED,
    "FVDaten.EmpfangBestaetigen.0629": _RECEIVED,
    "FVDaten.ImportBestaetigen.0630": _IMPORTED,
}
_ON_RECEIPT = {
    FILE: "FVDaten.EmpfangBestaetigen.0629",
    CREATE: "FVDaten.EmpfangBestaetigen.0629",
    COPY: "Information.EmpfangBestaetigen.0102",
    GIVE: "Abgabe.EmpfangBestaetigen.0403",
    OFFER: "Aussonderung.AnbietungEmpfangBestaetigen.0504",
    ARCHIVE: "Aussonderung.AussonderungEmpfangBestaetigen.0507",
}
_ON_IMPORT = {
    FILE: "FVDaten.ImportBestaetigen.0630",
    CREATE: "FVDaten.ImportBestaetigen.0630",
    GIVE: "Abgabe.ImportBestaetigen.0402",
    ARCHIVE: "Aussonderung.AussonderungImportBestaetigen.0506",
}
_ONLY_NEWER = ("0403", "0507")  # 2.4.0 has no such messages
_APPRAISAL = "Aussonderung.Bewertungsverzeichnis.0502"


class NotAnAnswer(ValueError):
    """It cannot be read as one. The message is a code without anything of the case."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one object."""

    id: str
    is_well: bool = True
    fault: str = ""  # in the words of the other side: never into a log
    archive_id: str = ""
    wish: str = ""  # of an archive: archivieren bewerten vernichten


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer; `process` names the message it answers."""

    kind: AnswerKind
    name: str  # of the message
    process: str
    created_at: datetime
    sender: str
    outcomes: tuple[Outcome, ...] = ()
    is_validated: bool = False

    @property
    def code(self) -> str:
        """0402, 0629, …"""
        return self.name.rpartition(".")[2]

    @property
    def is_well(self) -> bool:
        """Nothing in it says that something failed."""
        return all(one.is_well for one in self.outcomes)


def receipt_name(message: str, version: str) -> str | None:
    """The message that says "received"; None if the version has none."""
    name = _ON_RECEIPT.get(message)
    is_missing = version == "2.4.0" and name is not None and name.endswith(_ONLY_NEWER)
    return None if is_missing else name


def write_receipt(
    message: str, envelope: Envelope, version: str, schemas: Schemas | None
) -> OutputFile | None:
    """It has arrived; None if the version has no such message."""
    name = receipt_name(message, version)
    if name is None:
        return None
    return write_message(name, element(name, head(name, envelope)), version, schemas)


def write_outcome(
    message: str,
    envelope: Envelope,
    outcomes: Sequence[Outcome],
    version: str,
    schemas: Schemas | None,
) -> OutputFile | None:
    """It was taken over, or not; None for a copy, of which nobody wants to know that."""
    name = _ON_IMPORT.get(message)
    if name is None:
        return None
    if message in (FILE, CREATE):
        ending = [element("FVSessionID", "0")]
        root = element(name, head(name, envelope, ending), _filed(outcomes))
    else:
        tag = "AbgegebenesObjekt" if message == GIVE else "AusgesondertesSGO"
        objects = (_object(tag, one) for one in outcomes)
        root = element(name, head(name, envelope), *objects)
    return write_message(name, root, version, schemas)


def write_appraisal(
    envelope: Envelope, outcomes: Sequence[Outcome], version: str, schemas: Schemas | None
) -> OutputFile:
    """What an archive wants of what it was offered (0502)."""
    objects = (
        element(
            "BewertetesObjekt",
            element("ID", one.id),
            element(
                "Aussonderungsart",
                code("Aussonderungsart", xdomea.DISPOSAL, AUSSONDERUNG[one.wish]),
            ),
        )
        for one in outcomes
    )
    top = head(_APPRAISAL, envelope, [flag("Empfangsbestaetigung", False)])
    return write_message(_APPRAISAL, element(_APPRAISAL, top, *objects), version, schemas)


def read_answer(content: bytes, schemas: Schemas | None) -> Answer:
    """The answer; NotAnAnswer if it is none."""
    try:
        root = read_xml(content, largest=LARGEST)
    except UnsafeXml as fault:
        raise NotAnAnswer("not-xml") from fault
    version, name = version_of(root), etree.QName(root).localname
    kind = ANSWERS.get(name)
    if version is None or kind is None:
        raise NotAnAnswer("unknown-message")
    schema = schema_for(schemas, version, name)
    if schema is not None and schema.problems(root):
        raise NotAnAnswer("invalid")
    try:
        return _answer(as_newest(root), kind, name, is_validated=schema is not None)
    except ValueError as fault:
        raise NotAnAnswer("incomplete") from fault


def _answer(root: etree._Element, kind: AnswerKind, name: str, *, is_validated: bool) -> Answer:
    if _text(root, "x:Kopf/x:Nachrichtentyp/code") != name.rpartition(".")[2]:
        raise NotAnAnswer("incomplete")
    created = datetime.fromisoformat(_text(root, "x:Kopf/x:Erstellungszeitpunkt"))
    outcomes = tuple(_READ[kind](root))
    if kind is not AnswerKind.RECEIVED and not outcomes:
        raise NotAnAnswer("incomplete")
    return Answer(
        kind=kind,
        name=name,
        process=_text(root, "x:Kopf/x:ProzessID").lower(),
        # The standard allows a time without a zone: then the day is what counts.
        created_at=created if created.tzinfo else created.astimezone(),
        sender=_text(root, "x:Kopf/x:Absender/x:Institution/x:Name", ""),
        outcomes=outcomes,
        is_validated=is_validated,
    )


def _imported(root: etree._Element) -> list[Outcome]:
    objects = [*_all(root, "x:AbgegebenesObjekt"), *_all(root, "x:AusgesondertesSGO")]
    if objects:
        return [
            Outcome(
                _text(one, "x:IDSGO").lower(),
                _text(one, "x:Erfolgreich") in _YES,
                _text(one, "x:Fehlermeldung", ""),
                _text(one, "x:Archivkennung", ""),
            )
            for one in objects
        ]
    # 2.4.0 and the messages between DMS and Fachverfahren speak of everything at once.
    whole = _all(root, "x:ErfolgOderMisserfolg")
    return [outcome for one in whole for outcome in _of_whole(one)]


def _of_whole(one: etree._Element) -> list[Outcome]:
    told = _text(one, "x:Erfolgreich", "")
    if told:
        fault = _text(one, "x:Fehlermeldung", "")
        kept = _text(one, "x:Rueckgabeparameter/x:Archivkennung", "")
        return [Outcome("", told in _YES, fault, kept)]
    told = _text(one, "x:Rueckmeldung/x:AllgemeineRueckmeldung/code", "")
    fault = _text(one, "x:Rueckmeldung/x:SonstigeFehlermeldung", "") or told
    singles = [
        Outcome(_text(each, "x:IDSGO", "").lower(), _text(each, "x:Erfolgreich") in _YES)
        for each in _all(one, "x:Rueckgabeparameter")
    ]
    is_well = told in _WELL
    return [Outcome("", is_well, "" if is_well else fault or "?"), *singles]


def _appraised(root: etree._Element) -> list[Outcome]:
    found = []
    for one in _all(root, "x:BewertetesObjekt"):
        letter = _text(one, "x:Aussonderungsart/x:Aussonderungsart/code", "") or _text(
            one, "x:Aussonderungsart/code", ""
        )
        if letter not in _DISPOSALS:
            raise NotAnAnswer("incomplete")
        found.append(Outcome(_text(one, "x:ID").lower(), wish=_DISPOSALS[letter]))
    return found


_READ: Mapping[AnswerKind, Callable[[etree._Element], list[Outcome]]] = {
    AnswerKind.RECEIVED: lambda _root: [],
    AnswerKind.IMPORTED: _imported,
    AnswerKind.APPRAISED: _appraised,
}


def _filed(outcomes: Sequence[Outcome]) -> etree._Element:
    is_well = all(one.is_well for one in outcomes)
    general = code("AllgemeineRueckmeldung", xdomea.GENERAL_ANSWERS, _WELL[0])
    failed = element("SonstigeFehlermeldung", next((one.fault for one in outcomes), ""))
    return element("ErfolgOderMisserfolg", element("Rueckmeldung", general if is_well else failed))


def _object(tag: str, one: Outcome) -> etree._Element:
    return element(
        tag,
        element("IDSGO", one.id),
        flag("Erfolgreich", one.is_well),
        element("Fehlermeldung", one.fault) if one.fault else None,
        element("Archivkennung", one.archive_id) if one.archive_id else None,
    )


def _all(of: etree._Element, path: str) -> list[etree._Element]:
    return of.findall(path, _NS)


def _text(of: etree._Element, path: str, default: str | None = None) -> str:
    found = (of.findtext(path, "", _NS) or "").strip()
    if (not found and default is None) or len(found) > LONGEST:
        raise NotAnAnswer("incomplete")
    return found or default or ""
