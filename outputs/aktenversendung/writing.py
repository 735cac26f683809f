"""Messages between Ausländerbehörden, written."""

import base64
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, TypeAlias

from lxml import etree

from engine.message.values import address_parts
from outputs.aktenversendung.messages import (
    FORMAT_LIST,
    NAMES,
    OBSTACLE_LIST,
    REASON_LIST,
    AdvanceInformation,
    Answer,
    CompetenceAnswer,
    CompetenceQuestion,
    Confirmation,
    FileEntry,
    FileMetadata,
    Header,
    Message,
    Office,
    Person,
    Piece,
    Reminder,
    Request,
)
from outputs.application import OutputFile
from outputs.schemas import Schemas
from outputs.xml_writing import serialise
from outputs.xoev import facts
from outputs.xoev.elements import code_element
from outputs.xoev.facts import CodeList
from outputs.xoev.standards import XAUSLAENDER_2611
from outputs.xoev.write import root_of

NAMESPACE = XAUSLAENDER_2611.namespace
_TYPES = XAUSLAENDER_2611.message_types
Node: TypeAlias = etree._Element
_EMAIL, _PHONE = "01", "02"


def write_message(message: Message, schemas: Schemas | None) -> OutputFile:
    """The message, checked against its schema if it is there."""
    root = root_of(XAUSLAENDER_2611, message.name)
    if message.header.is_test:
        root.set("test", "ja")
    root.extend(_head(message.header, message.code))
    root.extend(_BODIES[type(message.body)](message.body))
    schema = schemas.declaring(NAMESPACE, message.name) if schemas else None
    return OutputFile(
        name=f"{message.header.id}_{message.name}.xml",
        media_type="application/xml",
        content=serialise(root),
        problems=schema.problems(root) if schema else None,
    )


def _head(header: Header, message_type: str) -> Iterator[Node]:
    identification = _plain(
        "identifikation.nachricht",
        _plain("nachrichtenUUID", header.id),
        code_element("nachrichtentyp", message_type, _TYPES),
        _plain("erstellungszeitpunkt", _moment(header.created_at)),
    )
    reader, author = _office("leser", header.reader), _office("autor", header.author)
    yield _plain("nachrichtenkopf.g2g", identification, reader, author)
    if header.reader.town:
        yield _plain("anschrift.leser", _plain("gebaeude", *_address(header.reader)))
    yield _plain("anschrift.autor", _plain("gebaeude", *_address(header.author)))
    if header.triggered_by:
        yield _own("ausloeserUUID", header.triggered_by)


def _office(tag: str, office: Office) -> Node:
    ways = ((_EMAIL, office.email), (_PHONE, office.phone))
    return _plain(
        tag,
        code_element("verzeichnisdienst", "DVDV", facts.DIRECTORY),
        _plain("kennung", office.key),
        _plain("name", office.name),
        *(_way(channel, address) for channel, address in ways if address),
    )


def _way(channel: str, address: str) -> Node:
    kind = code_element("kanal", channel, facts.CHANNEL)
    return _plain("erreichbarkeit", kind, _plain("kennung", address))


def _address(of: Office | CompetenceQuestion) -> Iterator[Node]:
    parts = {
        "strasse": of.street,
        "hausnummer": of.house_number,
        "plz": of.postcode,
        "ort": of.town,
    }
    for name, text in address_parts(parts):
        yield _plain(name, text)


def _person(person: Person) -> Node:
    made = _own("identifikationPersonABHABH")
    for key in person.nationalities:
        inside = _coded("staatsangehoerigkeit", key, facts.NATIONALITY)
        made.append(_own("staatsangehoerigkeit", inside))
    made.append(
        _own("geschlecht", _coded("geschlecht", person.sex, facts.SEX) if person.sex else None)
    )
    place = _own("ort", person.birthplace) if person.birthplace else _own("unbekannt", "true")
    made.append(_own("geburt", _own("geburtsort", place), _own("tagDerGeburt", _day(person))))
    known = {one.kind: one for one in person.names}
    for kind, tag in NAMES.items():
        if kind in known:
            one = known[kind]
            parts = (
                ("vorname", one.given),
                ("familienname", one.family),
                ("geburtsname", one.birth),
            )
            made.append(_own(tag, *(_own(name, _name(text)) for name, text in parts)))
    made.append(_own("azrNummer", person.azr_number))
    return made


def _day(person: Person) -> Node:
    if not person.birthday:
        return _plain("unbekannt", "true")
    tag = {4: "jahr", 7: "jahrMonat"}.get(len(person.birthday), "jahrMonatTag")
    return _plain("teilbekanntesDatum", _plain(tag, person.birthday))


def _name(text: str) -> Node:
    return _plain("name", text) if text else _plain("nichtVorhanden", "true")


def _request(body: Request) -> Iterator[Node]:
    yield _person(body.person)
    yield _own("aktenzeichenAuftraggebendeABH", body.our_number)
    yield _coded("anforderungsgrund", body.reason, REASON_LIST)
    yield _own("versandbestaetigung", _flag(body.wants_confirmation))
    for one in body.more_formats:
        yield _coded("zusaetzlichAkzeptiertesFormat", one, FORMAT_LIST)


def _answer(body: Answer) -> Iterator[Node]:
    yield _person(body.person)
    yield _own("aktenzeichenAuftraggebendeABH", body.their_number)
    if body.our_number:
        yield _own("aktenzeichenAntwortendeABH", body.our_number)
    if body.sent_on is not None:
        content = _own("akteBereitsVersandt", body.sent_on.isoformat())
    elif body.obstacle:
        content = _coded("sonstigeAntwort", body.obstacle, OBSTACLE_LIST)
    else:
        name = "zustaendigkeitBekanntWeiterleitungNichtMoeglich"
        content = _own(name, _own("zustaendig", body.competent))
    yield _own("antwortInhalt", content)


def _confirmation(body: Confirmation) -> Iterator[Node]:
    yield _own("aktenzeichenAuftraggebendeABH", body.their_number)
    yield _own("aktenzeichenAntwortendeABH", body.our_number)
    yield _person(body.person)


def _advance(body: AdvanceInformation) -> Iterator[Node]:
    yield _person(body.person)
    card = body.card
    if card is None:
        missing = _own("eATBestellt", _flag(body.is_card_ordered))
        yield _own("eAT", _own("informationenLiegenNichtVor", missing))
    else:
        yield _own(
            "eAT",
            _own(
                "eATInformationen",
                _own("sperrkennwort", card.password),
                _own("sperrsumme", card.checksum),
                _own("eIDFunktionAktiv", _flag(card.is_eid_active)),
                _own("eATSeriennummer", card.serial),
                _own("eATSeriennummerPruefziffer", card.check_digit) if card.check_digit else None,
            ),
        )
    if body.bamf_number:
        yield _own("bamfkennziffer", body.bamf_number)
    for one in body.conditions:
        yield _own("nebenbestimmung", _own("nB.Individuell", _own("beschreibung", one)))


def _metadata(body: FileMetadata) -> Iterator[Node]:
    yield _person(body.person)
    yield from map(_entry, body.entries)
    if body.receipt_for is not None:
        at, sign = body.receipt_for
        yield _own(
            "identifikation.quittungsrelevanterSachverhalt",
            _plain("ereignis.zeitpunkt", _moment(at)),
            _plain("ereignis.zeichen", sign),
        )
    yield _own("anzahlDerPakete", str(body.package_count))
    yield _own("archivgroesse", str(body.archive_size))


def _entry(one: FileEntry) -> Node:
    at = one.effective_at
    return _own(
        "dokument",
        _own("pfad", *(_own("bestandteil", part) for part in one.path)) if one.path else None,
        _own("dokumentuuid", one.id),
        _own("dateiname", one.name),
        _coded("dokumenttyp", one.format, FORMAT_LIST),
        _own("beschreibung", one.description) if one.description else None,
        _own("dokumentenposition", str(one.position)),
        None if at is None else _own("aktenwirksamkeitszeitpunkt", _moment(at)),
    )


def _piece(body: Piece) -> Iterator[Node]:
    yield _own("dokumentcontainer", base64.b64encode(body.content).decode("ascii"))
    yield _own("identifikationAktenlieferung", body.delivery)
    yield _own("paketnummer", str(body.number))


def _reminder(body: Reminder) -> Iterator[Node]:
    original = _own(
        "urspruenglicheNachricht",
        _own("nachricht", base64.b64encode(body.original).decode("ascii")),
    )
    if body.original_at is not None:
        original.append(
            _own(
                "nachrichtenID",
                _own("nachrichtUUID", body.original_id),
                _coded("nachrichtentyp", body.original_type, CodeList(_TYPES.uri, _TYPES.version)),
                _own("erstellungszeitpunkt", _moment(body.original_at)),
            )
        )
    told = _own(
        "transportinformationen",
        _own("betreff", body.subject) if body.subject else None,
        _own("ergaenzendeHinweise", body.note) if body.note else None,
    )
    yield _own("aBHABH.Administration.Container", told, original)


def _question(body: CompetenceQuestion) -> Iterator[Node]:
    yield _own("aktenzeichenAnbietendeABH", body.our_number)
    yield _person(body.person)
    for channel, address in body.contacts:
        yield _own(
            "erreichbarkeit",
            _coded("art", channel, facts.CHANNEL),
            _own("zugangsinfo", address),
        )
    yield _own("gewoehnlicherAufenthalt", *_address(body))


def _competence_answer(body: CompetenceAnswer) -> Iterator[Node]:
    yield _own("aktenzeichenAnfragendeABH", body.their_number)
    yield _person(body.person)
    content = _own("gewoehnlicherAufenthaltLiegtNichtVor", "true")
    if body.reason:
        content = _own("nichtZustaendigMitBegruendung", body.reason)
    yield _own("antwortInhalt", content)
    yield _own("aktenzeichenAntwortendeABH", body.our_number)


_BODIES: Mapping[type, Callable[[Any], Iterator[Node]]] = {
    Request: _request,
    Answer: _answer,
    Confirmation: _confirmation,
    AdvanceInformation: _advance,
    FileMetadata: _metadata,
    Piece: _piece,
    Reminder: _reminder,
    CompetenceQuestion: _question,
    CompetenceAnswer: _competence_answer,
}


def _own(name: str, *content: "Node | str | None") -> Node:
    return _made(f"{{{NAMESPACE}}}{name}", content)


def _plain(name: str, *content: "Node | str | None") -> Node:
    """Elements of XInneres and the Basisnachricht are in no namespace."""
    return _made(name, content)


def _made(tag: str, content: "tuple[Node | str | None, ...]") -> Node:
    made = etree.Element(tag)
    for one in content:
        if isinstance(one, str):
            made.text = one
        elif one is not None:
            made.append(one)
    return made


def _coded(name: str, code: str, code_list: CodeList) -> Node:
    return code_element(f"{{{NAMESPACE}}}{name}", code, code_list)


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds")


def _flag(value: bool) -> str:
    return "true" if value else "false"
