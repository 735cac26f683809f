"""Messages between Ausländerbehörden, read: from outside, so nothing in them is believed."""

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime

from lxml import etree

from outputs.aktenversendung.messages import (
    MESSAGES,
    NAMES,
    OBSTACLES,
    REASONS,
    AdvanceInformation,
    Answer,
    Body,
    CompetenceAnswer,
    CompetenceQuestion,
    Confirmation,
    FileEntry,
    FileMetadata,
    Header,
    Message,
    Name,
    Office,
    Person,
    Piece,
    Reminder,
    Request,
    ResidenceCard,
)
from outputs.aktenversendung.writing import NAMESPACE
from outputs.schemas import Schemas
from outputs.xml_reading import UnsafeXml, read_xml

LARGEST = 70_000_000  # the standard cuts messages at 50 MB
LONGEST_TEXT = 20_000
MOST = 5_000  # documents of a file
_OWN = {"x": NAMESPACE}
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_DAY = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
_KINDS = {name: kind for kind, name in MESSAGES.items()}


class NotAMessage(ValueError):
    """It is none of these, or broken. The message is a code without anything of the case."""


def is_one(root: etree._Element) -> bool:
    """Whether it is a message between Ausländerbehörden."""
    name = etree.QName(root)
    return name.namespace == NAMESPACE and name.localname in _KINDS


def read_message(content: bytes, schemas: Schemas | None) -> Message:
    """The message; NotAMessage if it cannot be read."""
    try:
        root = read_xml(content, largest=LARGEST)
    except UnsafeXml as fault:
        raise NotAMessage("not-xml") from fault
    if not is_one(root):
        raise NotAMessage("unknown-message")
    name = etree.QName(root).localname
    schema = schemas.declaring(NAMESPACE, name) if schemas else None
    if schema is not None and schema.problems(root):
        raise NotAMessage("invalid")
    node = _Node(root)
    head = "nachrichtenkopf.g2g/identifikation.nachricht"
    if node.text(f"{head}/nachrichtentyp/code") != name.rpartition(".")[2]:
        raise NotAMessage("incomplete")
    header = Header(
        id=node.uuid(f"{head}/nachrichtenUUID"),
        created_at=node.moment(f"{head}/erstellungszeitpunkt"),
        reader=_office(node, "leser"),
        author=_office(node, "autor"),
        triggered_by=node.uuid("x:ausloeserUUID", default=""),
        is_test=bool(root.get("test")),
    )
    return Message(header, _BODIES[_KINDS[name]](node), is_validated=schema is not None)


class _Node:
    """An element with the questions that reading asks."""

    def __init__(self, element: etree._Element) -> None:
        self.element = element

    def all(self, path: str) -> "list[_Node]":
        """The elements of a path."""
        found = self.element.findall(path, _OWN)
        if len(found) > MOST:
            raise NotAMessage("too-many")
        return [_Node(one) for one in found]

    def one(self, path: str) -> "_Node":
        """The element of a path, which must be there."""
        found = self.element.find(path, _OWN)
        if found is None:
            raise NotAMessage("incomplete")
        return _Node(found)

    def has(self, path: str) -> bool:
        """Whether there is such an element."""
        return self.element.find(path, _OWN) is not None

    def text(self, path: str, default: str | None = None) -> str:
        """Text of an element; without a default it must be there."""
        found = (self.element.findtext(path, "", _OWN) or "").strip()
        if len(found) > LONGEST_TEXT:
            raise NotAMessage("too-long")
        if not found and default is None:
            raise NotAMessage("incomplete")
        return found or default or ""

    def uuid(self, path: str, default: str | None = None) -> str:
        """A UUID, small."""
        found = self.text(path, default)
        if found and not _UUID.fullmatch(found):
            raise NotAMessage("incomplete")
        return found.lower()

    def moment(self, path: str) -> datetime:
        """A time with a zone."""
        try:
            found = datetime.fromisoformat(self.text(path))
        except ValueError as fault:
            raise NotAMessage("incomplete") from fault
        if found.tzinfo is None:
            raise NotAMessage("incomplete")
        return found

    def number(self, path: str) -> int:
        """A number that counts something."""
        found = self.text(path)
        if not re.fullmatch(r"[0-9]{1,12}", found):
            raise NotAMessage("incomplete")
        return int(found)

    def flag(self, path: str) -> bool:
        """A boolean."""
        return self.text(path) in ("true", "1")

    def binary(self, path: str) -> bytes:
        """Base64, strictly."""
        text = self.element.findtext(path, "", _OWN) or ""
        try:
            return base64.b64decode("".join(text.split()), validate=True)
        except (binascii.Error, ValueError) as fault:
            raise NotAMessage("incomplete") from fault


def _office(node: _Node, role: str) -> Office:
    here = node.one(f"nachrichtenkopf.g2g/{role}")
    ways = {one.text("kanal/code"): one.text("kennung", "") for one in here.all("erreichbarkeit")}
    place = f"anschrift.{role}/gebaeude/"
    letter = node.text(f"{place}hausnummerBuchstabeZusatzziffer", "")
    return Office(
        key=here.text("kennung"),
        name=here.text("name"),
        street=node.text(f"{place}strasse", ""),
        house_number=node.text(f"{place}hausnummer", "") + letter,
        postcode=node.text(f"{place}postleitzahl", ""),
        town=node.text(f"{place}wohnort", ""),
        email=ways.get("01", ""),
        phone=ways.get("02", ""),
    )


def _person(node: _Node) -> Person:
    here = node.one("x:identifikationPersonABHABH")
    born = "x:geburt/x:tagDerGeburt/teilbekanntesDatum/"
    known = (here.text(f"{born}{tag}", "") for tag in ("jahrMonatTag", "jahrMonat", "jahr"))
    birthday = next(filter(None, known), "")
    if birthday and not _DAY.fullmatch(birthday):
        raise NotAMessage("incomplete")
    states = here.all("x:staatsangehoerigkeit")
    return Person(
        nationalities=tuple(one.text("x:staatsangehoerigkeit/code") for one in states),
        sex=here.text("x:geschlecht/x:geschlecht/code", ""),
        birthplace=here.text("x:geburt/x:geburtsort/x:ort", ""),
        birthday=birthday,
        names=tuple(
            _name(kind, here.one(f"x:{tag}")) for kind, tag in NAMES.items() if here.has(f"x:{tag}")
        ),
        azr_number=here.text("x:azrNummer"),
    )


def _name(kind: str, here: _Node) -> Name:
    parts = ("vorname", "familienname", "geburtsname")
    given, family, birth = (here.text(f"x:{part}/name", "") for part in parts)
    return Name(kind, given, family, birth)


def _request(node: _Node) -> Request:
    reason = node.text("x:anforderungsgrund/code")
    if reason not in REASONS:
        raise NotAMessage("incomplete")
    return Request(
        person=_person(node),
        our_number=node.text("x:aktenzeichenAuftraggebendeABH"),
        reason=reason,
        wants_confirmation=node.flag("x:versandbestaetigung"),
        more_formats=tuple(one.text("code") for one in node.all("x:zusaetzlichAkzeptiertesFormat")),
    )


def _answer(node: _Node) -> Answer:
    sent = node.text("x:antwortInhalt/x:akteBereitsVersandt", "")
    obstacle = node.text("x:antwortInhalt/x:sonstigeAntwort/code", "")
    who = "x:antwortInhalt/x:zustaendigkeitBekanntWeiterleitungNichtMoeglich/x:zustaendig"
    competent = node.text(who, "")
    if sum(map(bool, (sent, obstacle, competent))) != 1 or (obstacle and obstacle not in OBSTACLES):
        raise NotAMessage("incomplete")
    return Answer(
        person=_person(node),
        their_number=node.text("x:aktenzeichenAuftraggebendeABH"),
        our_number=node.text("x:aktenzeichenAntwortendeABH", ""),
        sent_on=_date(sent) if sent else None,
        obstacle=obstacle,
        competent=competent,
    )


def _confirmation(node: _Node) -> Confirmation:
    return Confirmation(
        _person(node),
        node.text("x:aktenzeichenAuftraggebendeABH"),
        node.text("x:aktenzeichenAntwortendeABH"),
    )


def _advance(node: _Node) -> AdvanceInformation:
    card, missing = "x:eAT/x:eATInformationen", "x:eAT/x:informationenLiegenNichtVor/x:eATBestellt"
    return AdvanceInformation(
        person=_person(node),
        card=_card(node.one(card)) if node.has(card) else None,
        is_card_ordered=node.has(missing) and node.flag(missing),
        bamf_number=node.text("x:bamfkennziffer", ""),
        conditions=tuple(map(_condition, node.all("x:nebenbestimmung"))),
    )


def _card(here: _Node) -> ResidenceCard:
    return ResidenceCard(
        password=here.text("x:sperrkennwort"),
        checksum=here.text("x:sperrsumme"),
        serial=here.text("x:eATSeriennummer"),
        is_eid_active=here.flag("x:eIDFunktionAktiv"),
        check_digit=here.text("x:eATSeriennummerPruefziffer", ""),
    )


def _condition(here: _Node) -> str:
    """In words: the free one as it is, the others with the names of their parts."""
    free = here.text("x:nB.Individuell/x:beschreibung", "")
    if free:
        return free
    parts = []
    for one in here.element.iter():
        text = (one.text or "").strip()
        if text:
            parts.append(f"{etree.QName(one).localname}: {text}")
    return ", ".join(parts)[:LONGEST_TEXT]


def _metadata(node: _Node) -> FileMetadata:
    event = "x:identifikation.quittungsrelevanterSachverhalt"
    entries = tuple(_entry(one) for one in node.all("x:dokument"))
    if not entries:
        raise NotAMessage("incomplete")
    return FileMetadata(
        person=_person(node),
        entries=entries,
        package_count=node.number("x:anzahlDerPakete"),
        archive_size=node.number("x:archivgroesse"),
        receipt_for=(
            (node.moment(f"{event}/ereignis.zeitpunkt"), node.text(f"{event}/ereignis.zeichen"))
            if node.has(event)
            else None
        ),
    )


def _entry(here: _Node) -> FileEntry:
    at = "x:aktenwirksamkeitszeitpunkt"
    return FileEntry(
        id=here.uuid("x:dokumentuuid"),
        name=here.text("x:dateiname"),
        format=here.text("x:dokumenttyp/code"),
        position=here.number("x:dokumentenposition"),
        path=tuple(one.text(".") for one in here.all("x:pfad/x:bestandteil")),
        description=here.text("x:beschreibung", ""),
        effective_at=here.moment(at) if here.has(at) else None,
    )


def _piece(node: _Node) -> Piece:
    return Piece(
        delivery=node.uuid("x:identifikationAktenlieferung"),
        number=node.number("x:paketnummer"),
        content=node.binary("x:dokumentcontainer"),
    )


def _reminder(node: _Node) -> Reminder:
    here = node.one("x:aBHABH.Administration.Container")
    original = "x:urspruenglicheNachricht/x:nachrichtenID"
    told = "x:transportinformationen/x:"
    known = here.has(original)
    return Reminder(
        original=here.binary("x:urspruenglicheNachricht/x:nachricht"),
        original_id=here.uuid(f"{original}/x:nachrichtUUID", default="") if known else "",
        original_type=here.text(f"{original}/x:nachrichtentyp/code", ""),
        original_at=here.moment(f"{original}/x:erstellungszeitpunkt") if known else None,
        subject=here.text(f"{told}betreff", ""),
        note=here.text(f"{told}ergaenzendeHinweise", ""),
    )


def _question(node: _Node) -> CompetenceQuestion:
    lives = node.one("x:gewoehnlicherAufenthalt")
    letter = lives.text("hausnummerBuchstabeZusatzziffer", "")
    return CompetenceQuestion(
        person=_person(node),
        our_number=node.text("x:aktenzeichenAnbietendeABH"),
        street=lives.text("strasse", ""),
        house_number=lives.text("hausnummer", "") + letter,
        postcode=lives.text("postleitzahl", ""),
        town=lives.text("wohnort", ""),
        contacts=tuple(
            (one.text("x:art/code"), one.text("x:zugangsinfo"))
            for one in node.all("x:erreichbarkeit")
        ),
    )


def _competence_answer(node: _Node) -> CompetenceAnswer:
    return CompetenceAnswer(
        person=_person(node),
        their_number=node.text("x:aktenzeichenAnfragendeABH"),
        our_number=node.text("x:aktenzeichenAntwortendeABH", ""),
        reason=node.text("x:antwortInhalt/x:nichtZustaendigMitBegruendung", ""),
    )


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise NotAMessage("incomplete") from fault


_BODIES: Mapping[type, Callable[[_Node], Body]] = {
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
