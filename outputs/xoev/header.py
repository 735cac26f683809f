"""The header of XÖV-Basisnachricht 1.1 (g2g): who writes to whom, what, when."""

from datetime import datetime
from typing import Protocol

from lxml import etree

from engine.message.values import address_parts, split_street
from engine.model import Authority
from outputs.xoev import facts
from outputs.xoev.elements import code_element
from outputs.xoev.standards import Standard

_EMAIL = "01"
_LANDLINE = "02"


class Sent(Protocol):
    """What a header is written from: an application, or what its applicant sends later."""

    @property
    def authority(self) -> Authority:
        """Reader, and the office that the portal writes for."""

    @property
    def submitted_at(self) -> datetime:
        """When it was sent, aware."""

    def identifier(self, path: str) -> str:
        """A UUID that stays the same for the same message."""


def header(standard: Standard, application: Sent, message: str) -> list[etree._Element]:
    """`nachrichtenkopf.g2g` and the author's address."""
    authority = application.authority
    head = etree.Element("nachrichtenkopf.g2g")
    head.append(_identification(standard, application, message))
    head.append(_party("leser", authority, authority.name))
    author = _party("autor", authority, f"Onlinedienst {authority.name}")
    author.extend(_reach(authority))
    head.append(author)
    return [head, _address(authority)]


def _identification(standard: Standard, application: Sent, message: str) -> etree._Element:
    made = etree.Element("identifikation.nachricht")
    _text(made, "nachrichtenUUID", application.identifier(f"xoev/{message}"))
    code = message.rpartition(".")[2]
    made.append(code_element("nachrichtentyp", code, standard.message_types))
    when = application.submitted_at.isoformat(timespec="milliseconds")
    _text(made, "erstellungszeitpunkt", when)
    return made


def _party(tag: str, authority: Authority, name: str) -> etree._Element:
    made = etree.Element(tag)
    made.append(code_element("verzeichnisdienst", "DVDV", facts.DIRECTORY))
    _text(made, "kennung", authority.dvdv_key)
    _text(made, "name", name)
    return made


def _reach(authority: Authority) -> list[etree._Element]:
    ways = ((_EMAIL, authority.email), (_LANDLINE, authority.phone))
    return [_way(channel, address) for channel, address in ways if address]


def _way(channel: str, address: str) -> etree._Element:
    made = etree.Element("erreichbarkeit")
    made.append(code_element("kanal", channel, facts.CHANNEL))
    _text(made, "kennung", address)
    return made


def _address(authority: Authority) -> etree._Element:
    made = etree.Element("anschrift.autor")
    building = etree.SubElement(made, "gebaeude")
    street, number = split_street(authority.street)
    parts = {
        "strasse": street,
        "hausnummer": number,
        "plz": authority.postcode,
        "ort": authority.town,
    }
    for name, text in address_parts(parts):
        _text(building, name, text)
    return made


def _text(parent: etree._Element, tag: str, text: str) -> None:
    etree.SubElement(parent, tag).text = text
