"""Messages between Ausländerbehörden (XAusländer 26.11, ABHABH) as plain data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeAlias

from outputs.xoev.facts import CodeList

# Why a file is asked for: list `abhabh:aktenanforderung:grund` 2
MOVED, INSPECTION, COMPLETION, AFTER_VISA = "01", "02", "03", "04"
REASONS: Mapping[str, str] = {
    MOVED: "Zuständigkeitswechsel, sofern keine Wohnsitzbeschränkung vorliegt",
    INSPECTION: "Einsichtnahme",
    COMPLETION: "Vorabinformationen ergänzen",
    AFTER_VISA: "Zuzug nach Visaverfahren (Ersteinreise/Wiederzuzug)",
}
# Why it does not come: list `abhabh:aktenanforderung:antwort` 5
OBSTACLES: Mapping[str, str] = {
    "01": "Akte gebunden",
    "02": "Akte unauffindbar",
    "03": "nur Meldedaten erfasst, keine Akte angelegt",
    "05": "Akte nach Fristablauf vernichtet",
    "06": "Kein Zuständigkeitswechsel aufgrund wohnsitzbeschränkender Auflage",
    "07": "Akte wurde angefordert, liegt noch nicht vor",
    "08": "Kein Zuständigkeitswechsel aus sonstigen Gründen",
}
# Names a person has: our word -> element, in message order
NAMES: Mapping[str, str] = {
    "passport": "nameNachPass",
    "german": "nameNachDeutschemRecht",
    "own": "nameNachEigenenAngaben",
    "spelling": "abweichendeNamensschreibweise",
}
PDF, JPG = "018", "011"
# What may be sent without being asked for: media type -> code of xdomea's list `dateiformat` 1.0
FORMATS: Mapping[str, str] = {"application/pdf": PDF, "image/jpeg": JPG}
MORE_FORMATS: Mapping[str, str] = {
    **FORMATS, "image/png": "019", "application/xml": "030", "text/plain": "045",
}  # fmt: skip
ENDINGS: Mapping[str, str] = {PDF: "pdf", JPG: "jpg", "019": "png", "030": "xml", "045": "txt"}

REASON_LIST = CodeList("urn:de:xauslaender:codelist:abhabh:aktenanforderung:grund", "2")
OBSTACLE_LIST = CodeList("urn:de:xauslaender:codelist:abhabh:aktenanforderung:antwort", "5")
FORMAT_LIST = CodeList("urn:xoev-de:xdomea:codeliste:dateiformat", "1.0")


@dataclass(frozen=True, slots=True)
class Office:
    """An authority as a message names it; `key` is the one in the DVDV."""

    key: str
    name: str
    street: str = ""
    house_number: str = ""
    postcode: str = ""
    town: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """Of every message."""

    id: str  # UUID
    created_at: datetime  # aware
    reader: Office
    author: Office
    triggered_by: str = ""  # id of the message that this one answers
    is_test: bool = False


@dataclass(frozen=True, slots=True)
class Name:
    """One of the names of a person; "" is a part that the person does not have."""

    kind: str  # a key of NAMES
    given: str = field(repr=False)
    family: str = field(repr=False)
    birth: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Person:
    """By which the other authority finds the file."""

    nationalities: tuple[str, ...]  # keys of destatis, 1 to 4
    sex: str  # d m w x; "" if not told
    birthplace: str = field(repr=False)  # "" unknown
    birthday: str = field(repr=False)  # 1994, 1994-05, 1994-05-17; "" unknown
    names: tuple[Name, ...] = field(repr=False)  # at most one of each kind
    azr_number: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Request:
    """010201: send us the file."""

    person: Person
    our_number: str  # Aktenzeichen of the authority that asks
    reason: str = MOVED  # a key of REASONS
    wants_confirmation: bool = True
    more_formats: tuple[str, ...] = ()  # beyond PDF and JPG


@dataclass(frozen=True, slots=True)
class Answer:
    """010202: it does not come, and why; exactly one of the last three."""

    person: Person
    their_number: str  # of the authority that asked
    our_number: str = ""
    sent_on: date | None = None
    obstacle: str = ""  # a key of OBSTACLES
    competent: str = ""  # who is, and that it cannot be passed on


@dataclass(frozen=True, slots=True)
class Confirmation:
    """010203: the file is on its way."""

    person: Person
    their_number: str
    our_number: str


@dataclass(frozen=True, slots=True)
class ResidenceCard:
    """What the next authority needs to lock the electronic card."""

    password: str = field(repr=False)
    checksum: str = field(repr=False)
    serial: str = field(repr=False)
    is_eid_active: bool = False
    check_digit: str = ""


@dataclass(frozen=True, slots=True)
class AdvanceInformation:
    """010205: what the next authority needs at once."""

    person: Person
    card: ResidenceCard | None = None
    is_card_ordered: bool = False  # without a card only
    bamf_number: str = ""
    conditions: tuple[str, ...] = ()  # Nebenbestimmungen, in words


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One document of a file; it lies in the archive as `<id>.<ending>`."""

    id: str
    name: str
    format: str  # code of `dateiformat`
    position: int
    path: tuple[str, ...] = ()
    description: str = ""
    effective_at: datetime | None = None

    @property
    def archive_name(self) -> str:
        """Its name inside the ZIP."""
        return f"{self.id}.{ENDINGS.get(self.format, self.name.rpartition('.')[2])}"


@dataclass(frozen=True, slots=True)
class FileMetadata:
    """010206: what the packages hold."""

    person: Person
    entries: tuple[FileEntry, ...]
    package_count: int
    archive_size: int
    receipt_for: tuple[datetime, str] | None = None  # the event a receipt is asked for, its sign


@dataclass(frozen=True, slots=True)
class Piece:
    """010207: a part of the ZIP."""

    delivery: str  # id of the 010206
    number: int  # from 1
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Reminder:
    """010002: we still wait for an answer to this message."""

    original: bytes = field(repr=False)
    original_id: str = ""
    original_type: str = ""
    original_at: datetime | None = None
    subject: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class CompetenceQuestion:
    """010101: the person lives with you; are you competent?"""

    person: Person
    our_number: str
    street: str = field(repr=False)
    house_number: str = field(repr=False)
    postcode: str
    town: str
    contacts: tuple[tuple[str, str], ...] = field(default=(), repr=False)  # channel, address


@dataclass(frozen=True, slots=True)
class CompetenceAnswer:
    """010102: we are not; without a reason the person does not live here."""

    person: Person
    their_number: str
    our_number: str
    reason: str = ""


Body: TypeAlias = (
    Request
    | Answer
    | Confirmation
    | AdvanceInformation
    | FileMetadata
    | Piece
    | Reminder
    | CompetenceQuestion
    | CompetenceAnswer
)
MESSAGES: Mapping[type[Body], str] = {
    Request: "ABHABH.Aktenversand.Anforderung.010201",
    Answer: "ABHABH.Aktenversand.AntwortAufAnforderung.010202",
    Confirmation: "ABHABH.Aktenversand.Versandbestaetigung.010203",
    AdvanceInformation: "ABHABH.Aktenversand.VorabInformationen.010205",
    FileMetadata: "ABHABH.Aktenversand.Akte.Metadaten.010206",
    Piece: "ABHABH.Aktenversand.Akte.Paket.010207",
    Reminder: "ABHABH.Erinnerung.010002",
    CompetenceQuestion: "ABHABH.Zustaendigkeitsklaerung.Anfrage.010101",
    CompetenceAnswer: "ABHABH.Zustaendigkeitsklaerung.Antwort.010102",
}


@dataclass(frozen=True, slots=True)
class Message:
    """Header and body."""

    header: Header
    body: Body
    is_validated: bool = False  # a schema was there, and it fits

    @property
    def name(self) -> str:
        """ABHABH.….010201"""
        return MESSAGES[type(self.body)]

    @property
    def code(self) -> str:
        """010201"""
        return self.name.rpartition(".")[2]
