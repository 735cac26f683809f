"""From an xdomea package of ours back to what is filed: what is stored once can go into any DMS."""

from collections.abc import Iterator, Mapping
from datetime import date

from lxml import etree

from engine.model_dms import CONFIDENTIALITY
from outputs.dms import words
from outputs.dms import xdomea_3_1_0 as xdomea
from outputs.dms.filing import (
    Facts,
    FiledAkte,
    FiledDocument,
    FiledVorgang,
    Filing,
    Kept,
    Link,
    Permission,
    PlanUnit,
)
from outputs.dms.messages import MESSAGES
from outputs.dms.package import unpack
from outputs.dms.versions import as_newest
from outputs.names import media_type_of
from outputs.xml_reading import UnsafeXml, read_xml

_NS = {"x": xdomea.NAMESPACE}
_ENDINGS = tuple(f"_{name}.xml" for name in MESSAGES)
_LEVELS = {code: word for word, code in CONFIDENTIALITY.items()}


class NotAFiling(ValueError):
    """No package of ours, or a damaged one. The message is a code without anything of the case."""


def read_filing(package: bytes) -> Filing:
    """The case in a package; everything of it is checked against the checksums inside."""
    files = unpack(package)
    if files is None:
        raise NotAFiling("not-a-package")
    messages = [name for name in files if name.endswith(_ENDINGS)]
    if len(messages) != 1:
        raise NotAFiling("no-filing-message")
    try:
        return filing_of(read_xml(files[messages[0]]), files)
    except NotAFiling:
        raise
    except (UnsafeXml, ValueError, KeyError, IndexError) as fault:
        raise NotAFiling("unreadable-filing-message") from fault


def filing_of(message: etree._Element, files: Mapping[str, bytes]) -> Filing:
    """The case in a message of any version; the files lie beside it."""
    root = as_newest(message)
    akte, vorgang = _one(root, "//x:Akte"), _one(root, "//x:Vorgang")
    level = _text(akte, "x:AllgemeineMetadaten/x:Vertraulichkeitsstufe/code")
    general = "x:AllgemeineMetadaten/x:"
    unit = general + "Aktenplaneinheit/x:"
    return Filing(
        key=_text(root, "//x:FachverfahrenObjektID"),
        authority=_text(akte, general + "Aktenfuehrung") or _text(akte, general + "Federfuehrung"),
        unit=PlanUnit(_text(akte, unit + "Kennzeichen"), _text(akte, unit + "Inhaltsangabe")),
        akte=_akte(akte),
        vorgang=_vorgang(vorgang),
        documents=tuple(_dokument(one, files) for one in _all(vorgang, "x:Dokument")),
        retention=tuple(map(_kept, _groups(akte, words.RETENTION))),
        permissions=tuple(map(_permission, _groups(akte, words.PERMISSION))),
        confidentiality=_LEVELS.get(level, ""),
    )


def _akte(akte: etree._Element) -> FiledAkte:
    return FiledAkte(
        id=_text(akte, "x:Identifikation/x:ID"),
        title=_text(akte, "x:AllgemeineMetadaten/x:Betreff"),
        type=_text(akte, "x:Typ"),
        number=_text(akte, "x:AllgemeineMetadaten/x:Kennzeichen"),
        metadata=_facts(akte),
        links=tuple(
            Link(_text(one, "x:ID") or None, _text(one, "x:Bemerkung"))
            for one in _all(akte, "x:Verweis")
        ),
    )


def _vorgang(vorgang: etree._Element) -> FiledVorgang:
    return FiledVorgang(
        id=_text(vorgang, "x:Identifikation/x:ID"),
        title=_text(vorgang, "x:AllgemeineMetadaten/x:Betreff"),
        type=_text(vorgang, "x:Typ"),
        number=_text(vorgang, "x:AllgemeineMetadaten/x:Kennzeichen"),
        received=date.fromisoformat(_text(vorgang, "x:Laufzeit/x:Beginn")),
        metadata=_facts(vorgang),
    )


def _dokument(one: etree._Element, files: Mapping[str, bytes]) -> FiledDocument:
    held_as = _text(one, ".//x:Dateiname")
    name = _text(one, ".//x:DateinameOriginal") or held_as.partition("_")[2]
    facts = _facts(one)
    known = dict(facts)
    readers = _groups(one, words.READERS)
    document = FiledDocument(
        id=_text(one, "x:Identifikation/x:ID"),
        title=_text(one, "x:AllgemeineMetadaten/x:Betreff"),
        type=_text(one, "x:Typ"),
        name=name,
        media_type=media_type_of(name),
        content=files[held_as],
        access=known[words.ACCESS],
        readers=_roles(readers[0]) if readers else (),
        received=date.fromisoformat(_text(one, "x:Posteingangsdatum")),
        metadata=facts[2:],  # checksum and access come first
        is_application=_text(one, ".//x:Format/x:Name/code") == xdomea.PDF_A[0],
    )
    if document.sha256 != known[words.CHECKSUM]:
        raise NotAFiling("document-damaged")
    return document


def _kept(group: etree._Element) -> Kept:
    facts = dict(_fields(group))
    period, event = facts[words.PERIOD], facts[words.BEGINS]
    return Kept(
        title=_text(group, "x:Beschreibung"),
        on=_places(group),
        period="" if period == words.FOREVER else period,
        event="" if event == words.CLOSED else event,
        aussonderung=facts[words.DISPOSAL],
        source=facts.get(words.SOURCE, ""),
        note=facts.get(words.NOTE, ""),
    )


def _permission(group: etree._Element) -> Permission:
    facts = dict(_fields(group))
    return Permission(
        title=_text(group, "x:Beschreibung"),
        action=facts[words.ACTION],
        on=_places(group),
        restricted=facts[words.REACHES_RESTRICTED] == words.YES,
        may=_roles(group),
    )


def _places(group: etree._Element) -> tuple[str, ...]:
    return tuple(value for name, value in _fields(group) if name == words.PLACE)


def _roles(group: etree._Element) -> Facts:
    return tuple(
        (name.removeprefix(words.ROLE), "" if value == words.YES else value)
        for name, value in _fields(group)
        if name.startswith(words.ROLE)
    )


def _groups(of: etree._Element, name: str) -> list[etree._Element]:
    extension = "x:AnwendungsspezifischeErweiterung/x:Feldgruppe"
    return [one for one in _all(of, extension) if _text(one, "x:Name").startswith(name)]


def _facts(of: etree._Element) -> Facts:
    return tuple(_fields(_one(of, "x:AnwendungsspezifischeErweiterung")))


def _fields(of: etree._Element) -> Iterator[tuple[str, str]]:
    for field in _all(of, "x:Feld"):
        yield _text(field, "x:Name"), _text(field, "x:Wert")


def _all(of: etree._Element, path: str) -> list[etree._Element]:
    found = of.xpath(path, namespaces=_NS)
    return (
        [one for one in found if isinstance(one, etree._Element)] if isinstance(found, list) else []
    )


def _one(of: etree._Element, path: str) -> etree._Element:
    return _all(of, path)[0]


def _text(of: etree._Element, path: str) -> str:
    found = _all(of, path)
    return (found[0].text or "") if found else ""
