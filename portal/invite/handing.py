"""Link and code of an invitation: made here, shown once, never stored.

They follow from a number in the form and from the portal's key, so that a second press of the same
button shows the same link and code instead of making others.

Today the applicant passes both on: the page can be printed, link and code on separate sheets. A
way that sends the link by itself would take a `Handover` as this page does.
"""

import hashlib
import hmac
import re
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from portal.storage.invitations import Secrets

FRESH = timedelta(minutes=10)  # so long the form that made them shows them again
LINK = r"^[A-Za-z0-9_-]{43}$"
_NUMBER = re.compile(r"[0-9a-f]{32}")
_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # nothing that looks like something else
_CODE_LETTERS = 12  # 60 bits


@dataclass(frozen=True, slots=True)
class Handover:
    """What the invited person needs: link and code go different ways."""

    link: str = field(repr=False)
    code: str = field(repr=False)
    expires_at: datetime


def new_number() -> str:
    """The number of a form that invites."""
    return secrets.token_hex(16)


def make(key: bytes, place: str, number: str) -> Secrets:
    """The secrets of a form; `place` is the draft and the invitation it stands for."""
    chosen = number if _NUMBER.fullmatch(number) else new_number()
    link = urlsafe_b64encode(_derive(key, "link", place, chosen)).decode().rstrip("=")
    drawn = _derive(key, "code", place, chosen)
    letters = "".join(_LETTERS[one % len(_LETTERS)] for one in drawn[:_CODE_LETTERS])
    return Secrets(link, "-".join(letters[at : at + 4] for at in range(0, _CODE_LETTERS, 4)))


def typed(text: str) -> str:
    """A code as it was typed: small letters, spaces and forgotten hyphens are forgiven."""
    letters = "".join(one for one in text.upper() if one.isascii() and one.isalnum())[:40]
    return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def _derive(key: bytes, what: str, place: str, number: str) -> bytes:
    return hmac.new(key, f"invite/{what}/{place}/{number}".encode(), hashlib.sha256).digest()
