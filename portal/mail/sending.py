"""One message to the mail server, or why not."""

from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path

import aiosmtplib
from aiosmtplib import (
    SMTPException,
    SMTPRecipientRefused,
    SMTPRecipientsRefused,
    SMTPResponseException,
)

from portal.loops import wait_for
from portal.settings import Settings

_SECONDS = 20.0
_PERMANENT = 500


class MailSettingsError(Exception):
    """The settings name a mail server, but not all that it needs."""


class NoMailboxError(Exception):
    """The server refuses this address for good."""


class NotSentError(Exception):
    """It did not work out now; the message is a code for the log and names nobody."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """The operator's mail server."""

    host: str
    port: int
    tls: str  # starttls, tls, none
    user: str = ""
    password_file: Path | None = field(default=None, repr=False)

    def send(self, message: EmailMessage) -> None:
        """Hand the message over; `NoMailboxError` or `NotSentError` if the server has it not."""
        try:
            wait_for(lambda: self._send(message))
        except (SMTPRecipientsRefused, SMTPRecipientRefused) as fault:
            code = _code(fault)
            if code >= _PERMANENT:
                raise NoMailboxError(f"refused-{code}") from fault
            raise NotSentError(f"recipient-{code}") from fault
        except (SMTPException, OSError, ValueError) as fault:
            answer = f"-{fault.code}" if isinstance(fault, SMTPResponseException) else ""
            raise NotSentError(type(fault).__name__ + answer) from fault

    async def _send(self, message: EmailMessage) -> None:
        await aiosmtplib.send(
            message,
            hostname=self.host,
            port=self.port,
            use_tls=self.tls == "tls",
            # Never left to chance: a server without it gets nothing, the password least of all.
            start_tls=self.tls == "starttls",
            username=self.user or None,
            password=self._password(),
            timeout=_SECONDS,
        )

    def _password(self) -> str | None:
        if not self.user or self.password_file is None:
            return None
        return self.password_file.read_text("utf-8").strip()


def server_of(settings: Settings) -> MailServer | None:
    """The server of the settings; None if the portal writes no letters."""
    if not settings.mail_host:
        return None
    if not settings.mail_from or not settings.public_url:
        raise MailSettingsError(
            "VORDRUCK_MAIL_HOST ist gesetzt. Briefe brauchen auch VORDRUCK_MAIL_FROM (Absender) "
            "und VORDRUCK_PUBLIC_URL (Adresse des Portals für Links)."
        )
    return MailServer(
        settings.mail_host,
        settings.mail_port,
        settings.mail_tls,
        settings.mail_user,
        settings.mail_password_file,
    )


def _code(fault: SMTPRecipientsRefused | SMTPRecipientRefused) -> int:
    if isinstance(fault, SMTPRecipientsRefused):
        return min((one.code for one in fault.recipients), default=0)
    return fault.code
