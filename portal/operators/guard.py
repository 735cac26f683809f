"""Who may come in: HTTP Basic with a name of one's own and the operators' password.

The name stands in the audit trail, so that it says who did what. Wrong passwords are on record too,
at most a few each minute: nobody can fill the trail from outside. Metrics may have a token of their
own, which opens nothing else.
"""

import base64
import binascii
import hmac
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from portal.storage import audit
from portal.storage.refusals import UnsafeStorageError
from portal.storage.store import Store
from portal.web.logs import log

SHORTEST = 16
OPEN = ("/health/live", "/health/ready", "/static/")
METRICS = "/metrics"
_RECORDED, _WINDOW = 5, timedelta(minutes=1)


class OperatorsSettingsError(UnsafeStorageError):
    """The operators' door cannot be opened as it is set."""


def read_secret(path: Path, setting: str) -> str:
    """The secret in a file; refuses what could be guessed."""
    try:
        found = path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as fault:
        raise OperatorsSettingsError(
            f"{setting}: Die Datei lässt sich nicht lesen ({type(fault).__name__})."
        ) from fault
    if len(found) < SHORTEST:
        raise OperatorsSettingsError(
            f"{setting}: Das Geheimnis ist zu kurz. Es braucht mindestens {SHORTEST} Zeichen, zum "
            "Beispiel von: openssl rand -hex 24"
        )
    return found


@dataclass
class Refused:
    """How many wrong passwords were put on record lately."""

    since: datetime | None = None
    count: int = field(default=0)

    def is_worth_a_record(self, now: datetime) -> bool:
        """Whether the trail gets another entry."""
        if self.since is None or abs(now - self.since) > _WINDOW:
            self.since, self.count = now, 0
        self.count += 1
        return self.count <= _RECORDED


class Guard:
    """Lets in who knows the password; whoever is let in has a name."""

    def __init__(self, app: ASGIApp, store: Store, password: str, token: str) -> None:
        self.app = app
        self._store = store
        self._password = password
        self._token = token
        self._refused = Refused()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Ask for the password, unless nothing here is worth one."""
        if scope["type"] != "http" or scope["path"].startswith(OPEN):
            await self.app(scope, receive, send)
            return
        header = Headers(scope=scope).get("authorization", "")
        name = self._name(header, scope["path"])
        if name is None:
            if header:
                self._note()
            answer = PlainTextResponse(
                "401", 401, {"WWW-Authenticate": 'Basic realm="Vordruck", charset="UTF-8"'}
            )
            await answer(scope, receive, send)
            return
        scope.setdefault("state", {})["operator"] = name
        await self.app(scope, receive, send)

    def _name(self, header: str, path: str) -> str | None:
        kind, _, value = header.partition(" ")
        if kind.lower() == "bearer":
            fits = bool(self._token) and path == METRICS and _same(value.strip(), self._token)
            return "metrics" if fits else None
        if kind.lower() != "basic":
            return None
        try:
            text = base64.b64decode(value.strip(), validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            return None
        name, _, password = text.partition(":")
        name = " ".join(name.split())
        if not _same(password, self._password) or not name or not name.isprintable():
            return None
        return f"operator {name}"[:80]

    def _note(self) -> None:
        now = self._store.now()
        log().warning("operator-refused")
        if self._refused.is_worth_a_record(now):
            with self._store.database.writing() as session:
                audit.record(session, now, "operator-refused", "operators")


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode(), wanted.encode())
