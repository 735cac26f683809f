"""What an authority answers to an application (XAusländer): messages read as plain data.

A message is read as a stranger's: bounded, without document types, held against the published
schema when the operator has it. Without one, what is needed here is still looked at closely: ids,
days, codes and whether an attachment is what it says it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum


class Kind(StrEnum):
    """The messages that come back."""

    QUESTION = "question"
    STATUS = "status"
    APPOINTMENT = "appointment"
    WITHDRAWAL_REPLY = "withdrawal-reply"
    NOT_COMPETENT = "not-competent"
    REFUSAL = "refusal"  # intended, not yet decided: the applicant is heard


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of the authority; `role` is the element that it stood in."""

    role: str
    format: str  # pdf jpg
    content: bytes = field(repr=False)

    @property
    def media_type(self) -> str:
        """How a browser is told what it is."""
        return MEDIA_TYPES[self.format]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an appointment is."""

    street: str
    postcode: str
    town: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """130102: something is not clear yet, or missing."""

    text: str = field(repr=False)
    deadline: date | None


@dataclass(frozen=True, slots=True)
class Status:
    """130104: where the case is, as a code of the list ozg.status."""

    code: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """Day, time and place."""

    day: date
    start: time
    end: time | None
    place: Place


@dataclass(frozen=True, slots=True)
class Appointment:
    """130105: an appointment, or how to get one."""

    meeting: Meeting | None
    booking: str  # where one is booked online
    hints: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class WithdrawalReply:
    """130107: what the authority says to a withdrawal."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class NotCompetent:
    """130109: another authority has to decide."""

    text: str = field(repr=False)
    other: str  # the one that is competent, if they know


@dataclass(frozen=True, slots=True)
class IntendedRefusal:
    """130110: the authority means to refuse; reasons and deadline stand in the attachment."""


Content = Question | Status | Appointment | WithdrawalReply | NotCompetent | IntendedRefusal


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote."""

    key: str  # in the directory of authorities
    name: str
    reach: tuple[tuple[str, str], ...] = ()  # channel code, address


@dataclass(frozen=True, slots=True)
class Returned:
    """One message: what it answers, who wrote it, what it says."""

    kind: Kind
    message_type: str  # 130102 …
    message_id: str
    triggered_by: str  # id of the message of ours that it answers
    reference: str
    created_at: datetime
    author: Author
    content: Content
    attachments: tuple[Attachment, ...]
    is_test: bool
    is_validated: bool  # the published schema was asked


class ReturnedError(Exception):
    """Not a message that can be shown; `code` is for the operator and never quotes content."""

    def __init__(self, code: str, place: str = "") -> None:
        super().__init__(f"{code} {place}".strip())
        self.code = code
        self.place = place


MESSAGES: Mapping[str, Kind] = {
    "OZG.RueckkanalFrage.130102": Kind.QUESTION,
    "OZG.Statusmeldung.130104": Kind.STATUS,
    "OZG.Terminmitteilung.130105": Kind.APPOINTMENT,
    "OZG.RuecknahmeReaktion.130107": Kind.WITHDRAWAL_REPLY,
    "OZG.Unzustaendig.130109": Kind.NOT_COMPETENT,
    "OZG.BeabsichtigteAblehnung.130110": Kind.REFUSAL,
}
MEDIA_TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg"}
STATUS_LABELS = {  # as the list ozg.status words them
    "01": "Anliegen ist bei der Ausländerbehörde eingegangen",
    "02": "Antwort ist bei der Ausländerbehörde eingegangen",
    "03": "Rücknahme des Anliegens ist bei der Ausländerbehörde eingegangen",
    "05": (
        "Prüfung des eingegangenen Anliegens abgeschlossen, Entscheidung über weitere Bearbeitung "
        "anstehend"
    ),
    "06": "Vereinbarung ist wirksam geschlossen",
    "07": (
        "Die Unterlagen sind bei der für die Anerkennung zuständigen Stelle vollständig eingegangen"
    ),
}
STATUS_CODES = tuple(STATUS_LABELS)
