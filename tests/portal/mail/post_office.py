"""A real mail server on loopback that keeps what it gets, and says no when it is told to."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from portal.mail.postman import Postman
from portal.mail.sending import MailServer
from portal.mail.writing import Sender
from portal.storage import letters
from portal.storage.letters import LetterKind
from portal.storage.store import Store
from portal.texts import Texts

ROOT = Path(__file__).resolve().parents[3]
LOOPBACK = "127.0.0.1"
SOMEBODY = "amina@beispiel.example"
PORTAL = "https://antrag.example"


@dataclass
class PostOffice:
    """What came, and what is answered to whom."""

    port: int = 0
    came: list[Envelope] = field(default_factory=list)
    at_recipient: list[str] = field(default_factory=list)  # answers, one after the other
    at_data: list[str] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 - the server gives it its name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        """Take the recipient, or answer as told."""
        if self.at_recipient:
            return self.at_recipient.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Take the message, or answer as told."""
        if self.at_data:
            return self.at_data.pop(0)
        self.came.append(envelope)
        return "250 OK"

    def messages(self) -> list[EmailMessage]:
        """What came, as a reader's program sees it."""
        return [_parsed(one) for one in self.came]


def _parsed(envelope: Envelope) -> EmailMessage:
    content = envelope.content
    assert isinstance(content, bytes)
    found = message_from_bytes(content, policy=default)
    assert isinstance(found, EmailMessage)
    return found


@contextmanager
def opened(office: PostOffice, port: int = 0) -> Iterator[PostOffice]:
    """The server, for as long as the block lasts."""
    controller = Controller(office, hostname=LOOPBACK, port=port or _free_port())
    controller.start()
    office.port = controller.port
    try:
        yield office
    finally:
        controller.stop()


def _free_port() -> int:
    import socket

    with socket.socket() as one:
        one.bind((LOOPBACK, 0))
        return int(one.getsockname()[1])


def postman(store: Store, port: int, **more: Any) -> Postman:
    """One who knows the server on this port."""
    server = MailServer(LOOPBACK, port, "none", **more)
    sender = Sender("portal@antrag.example", "Stadt Beispielstädt", PORTAL)
    return Postman(store, server, sender, Texts(ROOT / "definitions"), dice=lambda: 0.0)


def queue(
    store: Store,
    kind: LetterKind = LetterKind.NEWS,
    language: str = "de",
    until: str = "2026-12-24",
) -> str:
    """A letter to somebody."""
    params = {"path": "/continue", "code": "K7Q4-M2XD", "until": until}
    with store.database.writing() as session:
        return letters.queue(store, session, kind, SOMEBODY, language, params, subject="d" * 32)
