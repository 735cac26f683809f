"""The messages that carry an Akte: filed, created, given away, copied, offered, archived."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from lxml import etree

from outputs.application import PRODUCT, PRODUCT_VERSION, OutputFile, Problem, UnknownStandard
from outputs.dms import xdomea_3_1_0 as xdomea
from outputs.dms.case_file import akte, package_name
from outputs.dms.filing import Filing
from outputs.dms.package import pack
from outputs.dms.versions import NAMESPACES, as_version
from outputs.dms.xdomea_3_1_0 import code, element, flag
from outputs.schemas import Schema, Schemas
from outputs.xml_writing import serialise

CREATE, FILE = "FVDaten.SGOErstellen.0604", "FVDaten.SGOAblegen.0605"
GIVE, COPY = "Abgabe.Abgabe.0401", "Information.Information.0101"
OFFER, ARCHIVE = "Aussonderung.Anbieteverzeichnis.0501", "Aussonderung.Aussonderung.0503"


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who writes to whom, about which process, when."""

    process: str  # UUID; every answer names it
    sent_at: datetime  # aware
    sender: str
    receiver: str
    note: str = ""  # for people: "Hinweis"


@dataclass(frozen=True, slots=True)
class _Kind:
    flags: tuple[tuple[str, bool], ...]  # at the end of the head, in order
    object_in: str  # the element around the Schriftgutobjekt; "": none
    with_documents: bool = True


_IMPORTED, _RECEIVED = ("Importbestaetigung", True), ("Empfangsbestaetigung", True)
_FILED = (_RECEIVED, _IMPORTED)
_KINDS: Mapping[str, _Kind] = {
    CREATE: _Kind(_FILED, "SchriftgutobjektZumErstellen"),
    FILE: _Kind(_FILED, "SchriftgutobjektZumAblegen"),
    GIVE: _Kind((_IMPORTED, _RECEIVED), ""),
    COPY: _Kind((_RECEIVED,), ""),
    # Metadata are enough for the archive to choose by.
    OFFER: _Kind((_RECEIVED,), "", with_documents=False),
    ARCHIVE: _Kind((_IMPORTED, ("RueckmeldungArchivkennung", True), _RECEIVED), ""),
}
MESSAGES = tuple(_KINDS)


def message(name: str, envelope: Envelope, filing: Filing) -> etree._Element:
    """The message, as 3.1.0."""
    kind = _KINDS[name]
    shown = filing if kind.with_documents else replace(filing, documents=())
    content = element("Schriftgutobjekt", akte(shown))
    if kind.object_in:
        content = element(kind.object_in, element("FachverfahrenObjektID", filing.key), content)
    return element(name, head(name, envelope, _ending(kind)), content)


def head(name: str, envelope: Envelope, ending: Iterable[etree._Element] = ()) -> etree._Element:
    """`Kopf`, which all messages share."""
    title, _, number = name.rpartition(".")
    return element(
        "Kopf",
        element("ProzessID", envelope.process),
        code("Nachrichtentyp", xdomea.MESSAGE_TYPES, number, title),
        element("Erstellungszeitpunkt", envelope.sent_at.isoformat(timespec="seconds")),
        _contact("Absender", envelope.sender),
        _contact("Empfaenger", envelope.receiver),
        element(
            "SendendesSystem",
            element("Produktname", PRODUCT),
            element("Version", PRODUCT_VERSION),
        ),
        element("Hinweis", envelope.note) if envelope.note else None,
        *ending,
    )


def write_package(
    name: str, envelope: Envelope, filing: Filing, version: str, schemas: Schemas | None
) -> OutputFile:
    """Message and primary documents in one ZIP, checked against the schema if it is there."""
    root = as_version(message(name, envelope, filing), known(version))
    documents = filing.documents if _KINDS[name].with_documents else ()
    file = f"{envelope.process}_{name}"
    files = [(f"{file}.xml", serialise(root))]
    files += [(package_name(one), one.content) for one in documents]
    return OutputFile(
        output="dms",
        name=f"{file}.zip",
        media_type="application/zip",
        content=pack(files),
        problems=_problems(name, version, root, schemas),
    )


def write_message(
    name: str, root: etree._Element, version: str, schemas: Schemas | None
) -> OutputFile:
    """A message without documents: an answer."""
    made = as_version(root, known(version))
    process = root.findtext(f".//{{{xdomea.NAMESPACE}}}ProzessID", "")
    return OutputFile(
        name=f"{process}_{name}.xml",
        media_type="application/xml",
        content=serialise(made),
        problems=_problems(name, version, made, schemas),
    )


def known(version: str) -> str:
    """The version, if it is one that can be written."""
    if version not in NAMESPACES:
        raise UnknownStandard(f"xdomea {version}")
    return version


def schema_for(schemas: Schemas | None, version: str, name: str) -> Schema | None:
    """The schema of a message, if the operator's folder has it."""
    return schemas.declaring(NAMESPACES[version], name) if schemas else None


def _problems(
    name: str, version: str, root: etree._Element, schemas: Schemas | None
) -> tuple[Problem, ...] | None:
    schema = schema_for(schemas, version, name)
    return schema.problems(root) if schema else None


def _contact(role: str, name: str) -> etree._Element:
    return element(role, element("Institution", element("Name", name)))


def _ending(kind: _Kind) -> list[etree._Element]:
    ending = [flag(name, value) for name, value in kind.flags]
    if kind.flags == _FILED:
        ending += [element("Erstellerkennung", PRODUCT.lower()), flag("Stapel", False)]
    return ending
