"""Akte, Vorgang and Dokument of xdomea: the same objects whether filed, created or handed over."""

from collections.abc import Iterable, Iterator

from lxml import etree

from engine.model_dms import AUSSONDERUNG, CONFIDENTIALITY
from outputs.application import PRODUCT
from outputs.dms import words
from outputs.dms import xdomea_3_1_0 as xdomea
from outputs.dms.filing import (
    RESTRICTED,
    FiledDocument,
    Filing,
    Kept,
    Link,
    Permission,
)
from outputs.dms.xdomea_3_1_0 import code, element
from outputs.names import extension

_PROTECT = "Zugriff beschränken: besonders schutzbedürftige Angaben"


def akte(filing: Filing) -> etree._Element:
    """The Akte with one Vorgang that holds every document."""
    one = filing.akte
    return element(
        "Akte",
        _identification(one.id),
        element(
            "AllgemeineMetadaten",
            element("Betreff", one.title),
            element("Kennzeichen", one.number) if one.number else None,
            element("Aktenfuehrung", filing.authority),
            _confidentiality(filing),
            _medium(),
            element(
                "Aktenplaneinheit",
                element("Kennzeichen", filing.unit.number),
                element("Inhaltsangabe", filing.unit.title) if filing.unit.title else None,
            ),
        ),
        _archival(filing.kept("akte")),
        element("Typ", one.type) if one.type else None,
        element("Laufzeit", element("Beginn", filing.vorgang.received.isoformat())),
        element("Akteninhalt", _vorgang(filing)),
        *(_link(link) for link in one.links),
        _extension(one.metadata, (*_retention(filing.retention), *_rights(filing.permissions))),
    )


def _vorgang(filing: Filing) -> etree._Element:
    one = filing.vorgang
    return element(
        "Vorgang",
        _identification(one.id),
        element(
            "AllgemeineMetadaten",
            element("Betreff", one.title),
            element("Kennzeichen", one.number) if one.number else None,
            element("Federfuehrung", filing.authority),
            _confidentiality(filing),
            _medium(),
        ),
        _archival(filing.kept("vorgang")),
        element("Aktenbetreff", filing.akte.title),
        element("Typ", one.type),
        element("Laufzeit", element("Beginn", one.received.isoformat())),
        *(_dokument(filing, document) for document in filing.documents),
        _extension(one.metadata),
    )


def _dokument(filing: Filing, one: FiledDocument) -> etree._Element:
    facts = ((words.CHECKSUM, one.sha256), (words.ACCESS, one.access), *one.metadata)
    readers = _readers(one)
    return element(
        "Dokument",
        _identification(one.id),
        element(
            "AllgemeineMetadaten",
            element("Betreff", one.title),
            _confidentiality(filing),
            element("Bemerkung", _PROTECT) if one.access == RESTRICTED else None,
            _medium(),
        ),
        element("Posteingangsdatum", one.received.isoformat()),
        element("Typ", one.type),
        element("Version", element("Nummer", "1"), _format(one)),
        _extension(facts, () if readers is None else (readers,)),
    )


def package_name(one: FiledDocument) -> str:
    """`<uuid>_<name>`: what the file is called inside a package."""
    return f"{one.id}_{one.name}"


def _format(one: FiledDocument) -> etree._Element:
    known = xdomea.PDF_A if one.is_application else xdomea.FORMATS.get(one.media_type)
    name, version = known or (xdomea.OTHER_FORMAT, "1.0")
    other = None if known else element("SonstigerName", extension(one.media_type).upper())
    return element(
        "Format",
        code("Name", xdomea.FILE_FORMATS, name),
        other,
        element("Version", version),
        element(
            "Primaerdokument",
            element("Dateiname", package_name(one)),
            element("DateinameOriginal", one.name),
        ),
    )


def _archival(kept: Kept | None) -> etree._Element | None:
    """The standard counts years from the Verfügung zu den Akten; other periods go beside it."""
    if kept is None:
        return None
    duration = None
    if not kept.period:
        duration = element("Aufbewahrungsdauer", xdomea.flag("Unbefristet", True))
    elif kept.years is not None and not kept.event:
        duration = element("Aufbewahrungsdauer", element("AnzahlJahre", str(kept.years)))
    kind = code("Aussonderungsart", xdomea.DISPOSAL, AUSSONDERUNG[kept.aussonderung])
    return element("ArchivspezifischeMetadaten", duration, element("Aussonderungsart", kind))


def _link(link: Link) -> etree._Element:
    return element(
        "Verweis",
        element("ID", link.id) if link.id else None,
        code("SGOTyp", xdomea.OBJECT_TYPES, xdomea.AKTE),
        element("Bemerkung", link.title),
    )


def _retention(rules: Iterable[Kept]) -> Iterator[etree._Element]:
    for number, one in enumerate(rules, start=1):
        fields = (
            *((words.PLACE, place) for place in one.on),
            (words.PERIOD, one.period or words.FOREVER),
            (words.BEGINS, one.event or words.CLOSED),
            (words.DISPOSAL, one.aussonderung),
            (words.SOURCE, one.source),
            (words.NOTE, one.note),
        )
        yield _group(f"{words.RETENTION} {number}", one.title, fields)


def _rights(permissions: Iterable[Permission]) -> Iterator[etree._Element]:
    for number, one in enumerate(permissions, start=1):
        fields = (
            (words.ACTION, one.action),
            *((words.PLACE, place) for place in one.on),
            (words.REACHES_RESTRICTED, words.YES if one.restricted else words.NO),
            *((words.ROLE + role, limit or words.YES) for role, limit in one.may),
        )
        yield _group(f"{words.PERMISSION} {number}", one.title, fields)


def _readers(one: FiledDocument) -> etree._Element | None:
    if not one.readers:
        return None
    fields = ((words.ROLE + role, limit or words.YES) for role, limit in one.readers)
    return _group(words.READERS, "Wer den Inhalt lesen darf", fields)


def _group(name: str, about: str, fields: Iterable[tuple[str, str]]) -> etree._Element:
    return element(
        "Feldgruppe",
        element("Name", name),
        element("Beschreibung", about),
        *(_field(key, value) for key, value in fields if value),
    )


def _extension(
    facts: Iterable[tuple[str, str]], groups: Iterable[etree._Element] = ()
) -> etree._Element:
    return element(
        "AnwendungsspezifischeErweiterung",
        element("Kennung", PRODUCT.lower()),
        element("Name", PRODUCT),
        *groups,
        *(_field(name, value) for name, value in facts),
    )


def _field(name: str, value: str) -> etree._Element:
    """A field without a value is one that the clerk fills in."""
    return element(
        "Feld",
        element("Name", name),
        code("Datentyp", xdomea.DATA_TYPES, xdomea.STRING),
        element("Wert", value) if value else None,
    )


def _identification(uuid: str) -> etree._Element:
    return element("Identifikation", element("ID", uuid))


def _medium() -> etree._Element:
    return code("Medium", xdomea.MEDIA, xdomea.ELECTRONIC)


def _confidentiality(filing: Filing) -> etree._Element | None:
    """Verschlusssachen only; what is merely sensitive has a Zugriffsklasse."""
    if not filing.confidentiality:
        return None
    value = CONFIDENTIALITY[filing.confidentiality]
    return code("Vertraulichkeitsstufe", xdomea.CONFIDENTIALITY, value)
