"""Who a message is for, read from its own header: what an OSCI or XTA client has to be told.

XÖV-Basisnachricht 1.1 (g2g); the words are those of XTA 2 (Leser, Autor, Kategorie des Verzeichnis-
dienstes and Kennung), so that a client's configuration can be filled in from them.
"""

import json
from dataclasses import asdict, dataclass

from lxml import etree

from outputs.xml_reading import UnsafeXml, read_xml


class NoAddressError(ValueError):
    """The message names nobody; the message of the error is a code."""


@dataclass(frozen=True, slots=True)
class Party:
    """Reader or author."""

    directory: str  # "DVDV"
    key: str  # Kennung in the directory: "abh:00000000"
    name: str  # of the authority


@dataclass(frozen=True, slots=True)
class Addressing:
    """All that decides where a message goes."""

    message_id: str  # UUID
    message_type: str  # code: "130101"
    list_version: str  # of the list of message types
    standard: str
    version: str
    namespace: str
    reader: Party
    author: Party


def addressing_of(content: bytes) -> Addressing:
    """From the bytes of a message."""
    try:
        root = read_xml(content)
    except UnsafeXml as fault:
        raise NoAddressError("message-unreadable") from fault
    head = root.find("{*}nachrichtenkopf.g2g")
    if head is None:
        raise NoAddressError("header-missing")
    kind = head.find("{*}identifikation.nachricht/{*}nachrichtentyp")
    found = Addressing(
        message_id=_text(head, "{*}identifikation.nachricht/{*}nachrichtenUUID"),
        message_type=_text(head, "{*}identifikation.nachricht/{*}nachrichtentyp/{*}code"),
        list_version="" if kind is None else kind.get("listVersionID", ""),
        standard=root.get("standard", ""),
        version=root.get("version", ""),
        namespace=etree.QName(root).namespace or "",
        reader=_party(head, "leser"),
        author=_party(head, "autor"),
    )
    if not (found.message_id and found.message_type and found.reader.key):
        raise NoAddressError("header-incomplete")
    return found


def as_json(addressing: Addressing, sha256: str) -> bytes:
    """For a program: keys in a fixed order, and the hash of the message they belong to."""
    told = {**asdict(addressing), "sha256": sha256}
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def _party(head: etree._Element, name: str) -> Party:
    return Party(
        directory=_text(head, f"{{*}}{name}/{{*}}verzeichnisdienst/{{*}}code"),
        key=_text(head, f"{{*}}{name}/{{*}}kennung"),
        name=_text(head, f"{{*}}{name}/{{*}}name"),
    )


def _text(node: etree._Element, path: str) -> str:
    return (node.findtext(path) or "").strip()
