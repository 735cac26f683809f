"""Reads messages of an authority; `returned.py` says what comes out."""

import base64
import binascii
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from typing import TypeVar

from lxml import etree

from outputs.schemas import Schemas
from outputs.xml_reading import UnsafeXml, read_xml
from outputs.xoev.returned import (
    MESSAGES,
    STATUS_CODES,
    Appointment,
    Attachment,
    Author,
    Content,
    IntendedRefusal,
    Kind,
    Meeting,
    NotCompetent,
    Place,
    Question,
    Returned,
    ReturnedError,
    Status,
    WithdrawalReply,
)
from outputs.xoev.standards import STANDARDS, Standard

LARGEST = 20_000_000
LONGEST_TEXT = 20_000
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_FORMATS = {"1": ("pdf", b"%PDF-"), "2": ("jpg", b"\xff\xd8\xff")}
_ATTACHMENTS = ("anlage", "anhang", "terminmitteilung", "gebuehrenmitteilung", "mitteilung")
_NOT_COMPETENT = (  # the schema's own default
    "Ihr Anliegen kann von uns nicht bearbeitet werden, weil wir nicht zuständig sind. Bitte "
    "wenden Sie sich an die für Sie zuständige Ausländerbehörde."
)
Made = TypeVar("Made")


def read_returned(content: bytes, schemas: Schemas | None) -> Returned:
    """The message; ReturnedError if it is none that can be shown."""
    try:
        root = read_xml(content, largest=LARGEST)
    except UnsafeXml as fault:
        raise ReturnedError("not-xml") from fault
    name = etree.QName(root)
    standard = next((one for one in STANDARDS if one.namespace == name.namespace), None)
    kind = MESSAGES.get(name.localname)
    if standard is None or kind is None:
        raise ReturnedError("unknown-message")
    schema = schemas.declaring(standard.namespace, name.localname) if schemas else None
    if schema is not None and (problems := schema.problems(root)):
        raise ReturnedError("invalid", f"line {problems[0].line}")
    return _Reader(standard, root).read(kind, is_validated=schema is not None)


class _Reader:
    def __init__(self, standard: Standard, root: etree._Element) -> None:
        self.root = root
        self._own = f"{{{standard.namespace}}}"

    def read(self, kind: Kind, *, is_validated: bool) -> Returned:
        """Envelope, content and attachments."""
        name = etree.QName(self.root).localname
        message_type = name.rpartition(".")[2]
        head = "nachrichtenkopf.g2g/identifikation.nachricht"
        if self.text(f"{head}/nachrichtentyp/code") != message_type:
            raise ReturnedError("incomplete", "nachrichtentyp")
        return Returned(
            kind=kind,
            message_type=message_type,
            message_id=self._uuid(f"{head}/nachrichtenUUID"),
            triggered_by=self._uuid(f"{self._own}ausloeserUUID"),
            reference=self.text(f"{self._own}antragsidentifikation"),
            created_at=self._moment(f"{head}/erstellungszeitpunkt"),
            author=self._author(),
            content=_CONTENTS[kind](self),
            attachments=tuple(self._attachments()),
            is_test=bool(self.root.get("test")),
            is_validated=is_validated,
        )

    def own(self, name: str, default: str | None = None) -> str:
        """The text of an element of the message's own."""
        return self.text(f"{self._own}{name}", default)

    def element(self, name: str) -> etree._Element | None:
        """An element of the message's own."""
        return self.root.find(f"{self._own}{name}")

    def text(self, path: str, default: str | None = None) -> str:
        """Text of an element; without a default it must be there."""
        return _text(self.root, path, default)

    def _uuid(self, path: str) -> str:
        found = self.text(path)
        if not _UUID.fullmatch(found):
            raise ReturnedError("incomplete", _last(path))
        return found.lower()

    def _moment(self, path: str) -> datetime:
        found = parsed(datetime.fromisoformat, self.text(path), _last(path))
        if found.tzinfo is None:
            raise ReturnedError("incomplete", _last(path))
        return found

    def _author(self) -> Author:
        author = "nachrichtenkopf.g2g/autor"
        ways = self.root.findall(f"{author}/erreichbarkeit")
        return Author(
            self.text(f"{author}/kennung"),
            self.text(f"{author}/name"),
            tuple((_text(one, "kanal/code", ""), _text(one, "kennung", "")) for one in ways),
        )

    def _attachments(self) -> Iterator[Attachment]:
        for role in _ATTACHMENTS:
            for one in self.root.findall(f"{self._own}{role}"):
                yield self._attachment(role, one)

    def _attachment(self, role: str, element: etree._Element) -> Attachment:
        code = _text(element, f"{self._own}dokumententyp/code")
        known = _FORMATS.get(code)
        if known is None:
            raise ReturnedError("attachment", role)
        text = element.findtext(f"{self._own}dokument") or ""
        try:
            content = base64.b64decode("".join(text.split()), validate=True)
        except (binascii.Error, ValueError) as fault:
            raise ReturnedError("attachment", role) from fault
        # A file that is not what it is called could be a page with a script in it.
        if not content.startswith(known[1]):
            raise ReturnedError("attachment", role)
        return Attachment(role, known[0], content)

    def appointment(self) -> Appointment:
        """130105: an appointment itself, or a way to book one."""
        booking, hints = self.own("onlinevergabe", ""), self.own("weitereHinweise", "")
        element = self.element("strukturierteTermininformationen")
        return Appointment(None if element is None else self._meeting(element), booking, hints)

    def _meeting(self, element: etree._Element) -> Meeting:
        def one(name: str, default: str | None = None) -> str:
            return _text(element, f"{self._own}{name}", default)

        end = one("uhrzeitBis", "")
        place = element.find(f"{self._own}ort")
        if place is None:
            raise ReturnedError("incomplete", "ort")
        number = "".join(
            _text(place, name, "") for name in ("hausnummer", "hausnummerBuchstabeZusatzziffer")
        )
        return Meeting(
            parsed(date.fromisoformat, one("datum"), "datum"),
            _clock(one("uhrzeitAb"), "uhrzeitAb"),
            _clock(end, "uhrzeitBis") if end else None,
            Place(
                f"{_text(place, 'strasse')} {number}".strip(),
                _text(place, "postleitzahl"),
                _text(place, "wohnort"),
                ", ".join(
                    filter(
                        None, (_text(place, "zusatzangaben", ""), one("weitereAngabenZumOrt", ""))
                    )
                ),
            ),
        )

    def question(self) -> Question:
        """130102: what they ask, and until when."""
        deadline = self.own("fristdatum", "")
        day = parsed(date.fromisoformat, deadline, "fristdatum") if deadline else None
        return Question(self.own("frage"), day)

    def status(self) -> Status:
        """130104: a code of the list."""
        code = self.text(f"{self._own}status/code")
        if code not in STATUS_CODES:
            raise ReturnedError("incomplete", "status")
        return Status(code)

    def refusal(self) -> IntendedRefusal:
        """130110: the letter says everything, so it must be there."""
        if self.element("mitteilung") is None:
            raise ReturnedError("incomplete", "mitteilung")
        return IntendedRefusal()


_CONTENTS: Mapping[Kind, Callable[[_Reader], Content]] = {
    Kind.QUESTION: _Reader.question,
    Kind.STATUS: _Reader.status,
    Kind.APPOINTMENT: _Reader.appointment,
    Kind.WITHDRAWAL_REPLY: lambda one: WithdrawalReply(one.own("rueckmeldung", "")),
    Kind.NOT_COMPETENT: lambda one: NotCompetent(
        # An empty element stands for the sentence that the schema has as its default.
        one.own("hinweis", _NOT_COMPETENT),
        one.own("zustaendigeABH", ""),
    ),
    Kind.REFUSAL: _Reader.refusal,
}


def parsed(parse: Callable[[str], Made], text: str, place: str) -> Made:
    """What a reader of the standard library makes of a text."""
    try:
        return parse(text)
    except ValueError as fault:
        raise ReturnedError("incomplete", place) from fault


def _clock(text: str, place: str) -> time:
    """A time of the day in Germany; an offset would say the same again."""
    return parsed(time.fromisoformat, text, place).replace(tzinfo=None)


def _text(element: etree._Element, path: str, default: str | None = None) -> str:
    found = (element.findtext(path) or "").strip()
    if len(found) > LONGEST_TEXT:
        raise ReturnedError("too-long", _last(path))
    if not found and default is None:
        raise ReturnedError("incomplete", _last(path))
    return found or default or ""


def _last(path: str) -> str:
    return path.rpartition("/")[2].rpartition("}")[2]
