"""From an xdomea package of ours back to what is filed: what is stored once can go into any DMS."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from lxml import etree

from engine.model_dms import CONFIDENTIALITY
from outputs.dms import words
from outputs.dms import xdomea_3_1_0 as xdomea
from outputs.dms.filing import (
    RESTRICTED,
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
from outputs.dms.messages import MESSAGES, schema_for
from outputs.dms.package import LARGEST, unpack
from outputs.dms.versions import as_newest, version_of
from outputs.names import file_name, media_type_of
from outputs.schemas import Schemas
from outputs.xml_reading import UnsafeXml, read_xml

_NS = {"x": xdomea.NAMESPACE}
_ENDINGS = tuple(f"_{name}.xml" for name in MESSAGES)
_LEVELS = {code: word for word, code in CONFIDENTIALITY.items()}


class NotAFiling(ValueError):
    """No package of ours, or a damaged one. The message is a code without anything of the case."""


@dataclass(frozen=True, slots=True)
class Package:
    """What came: which message, about which process, from whom, with which case."""

    message: str  # Abgabe.Abgabe.0401
    version: str
    process: str
    sender: str
    akte_id: str
    filing: Filing


def read_filing(package: bytes) -> Filing:
    """The case in a package; everything of it is checked against the checksums inside."""
    return read_package(package).filing


def read_package(package: bytes, schemas: Schemas | None = None, largest: int = LARGEST) -> Package:
    """Message and case; a schema is asked if it is there."""
    files = unpack(package, largest)
    if files is None:
        raise NotAFiling("not-a-package")
    messages = [name for name in files if name.endswith(_ENDINGS)]
    if len(messages) != 1:
        raise NotAFiling("no-filing-message")
    try:
        return _package(read_xml(files[messages[0]]), files, schemas)
    except NotAFiling:
        raise
    except (UnsafeXml, ValueError, KeyError, IndexError) as fault:
        raise NotAFiling("unreadable-filing-message") from fault


def _package(
    message: etree._Element, files: Mapping[str, bytes], schemas: Schemas | None
) -> Package:
    version, name = version_of(message), etree.QName(message).localname
    if version is None or name not in MESSAGES:
        raise NotAFiling("unknown-message")
    schema = schema_for(schemas, version, name)
    if schema is not None and schema.problems(message):
        raise NotAFiling("invalid")
    root = as_newest(message)
    filing = _filing(root, files)
    return Package(
        message=name,
        version=version,
        process=_text(root, "x:Kopf/x:ProzessID").lower(),
        sender=_text(root, "x:Kopf/x:Absender/x:Institution/x:Name"),
        akte_id=filing.akte.id,
        filing=filing,
    )


def _filing(root: etree._Element, files: Mapping[str, bytes]) -> Filing:
    akte, vorgang = _one(root, "//x:Akte"), _one(root, "//x:Vorgang")
    # What others put elsewhere must not get lost silently.
    if len(_all(root, "//x:Vorgang")) != 1 or len(_all(root, "//x:Akte")) != 1:
        raise NotAFiling("other-structure")
    if len(_all(root, "//x:Dokument")) != len(_all(vorgang, "x:Dokument")):
        raise NotAFiling("other-structure")
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
        received=date.fromisoformat(_text(vorgang, "x:Laufzeit/x:Beginn") or _sent_on(vorgang)),
        metadata=_facts(vorgang),
    )


def _dokument(one: etree._Element, files: Mapping[str, bytes]) -> FiledDocument:
    held_as = _text(one, ".//x:Dateiname")
    if len(_all(one, ".//x:Dateiname")) != 1:
        raise NotAFiling("other-structure")
    name = _text(one, ".//x:DateinameOriginal") or held_as.partition("_")[2] or held_as
    name = file_name(name, media_type_of(name))
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
        # Others do not say so: then nobody may read it whom they did not mean.
        access=known.get(words.ACCESS, RESTRICTED),
        readers=_roles(readers[0]) if readers else (),
        received=date.fromisoformat(_text(one, "x:Posteingangsdatum") or _sent_on(one)),
        metadata=tuple(fact for fact in facts if fact[0] not in (words.CHECKSUM, words.ACCESS)),
        is_application=_text(one, ".//x:Format/x:Name/code") == xdomea.PDF_A[0],
    )
    if document.sha256 != known.get(words.CHECKSUM, document.sha256):
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
    extensions = _all(of, "x:AnwendungsspezifischeErweiterung")
    return tuple(fact for one in extensions for fact in _fields(one))


def _sent_on(of: etree._Element) -> str:
    """The day of the message, for what has no day of its own."""
    return _text(of, "//x:Kopf/x:Erstellungszeitpunkt")[:10]


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
