"""The anonymous session: a random cookie that owns drafts; nothing about it is stored here.

The cookie also says which language was chosen, and whether the German text stands beside it:
`<id>`, `<id>.tr`, `<id>.tr.beside`.
"""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass

from starlette.datastructures import MutableHeaders
from starlette.requests import Request, cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# 32 random bytes, and what was chosen
_VALUE = re.compile(r"([A-Za-z0-9_-]{43})(?:\.([a-z_-]{0,12})(\.beside)?)?")
_DAY = 86_400


@dataclass(slots=True)
class Session:
    """One browser; a new one gets its cookie only if a page used it."""

    id: str
    key: bytes
    is_new: bool
    is_used: bool = False
    is_ended: bool = False
    language: str = ""  # as chosen; "" for what the browser prefers
    has_german: bool = False

    def use(self) -> "Session":
        """Keep the session: the response sets or renews its cookie."""
        self.is_used = True
        return self

    def become(self, new_id: str) -> None:
        """The browser has another session from now on: it has shown a secret (R55)."""
        self.id, self.is_new, self.is_used = new_id, False, True

    def token(self) -> str:
        """A form token of this session (R60); another each time.

        Pages travel compressed, and their length must not tell anybody the token bit by bit.
        """
        self.is_used = True
        salt = secrets.token_hex(8)
        return salt + self._signed(salt)

    def accepts(self, token: str) -> bool:
        """Whether a form came from a page of this very session."""
        salt, signature = token[:16], token[16:]
        return not self.is_new and hmac.compare_digest(
            self._signed(salt).encode(), signature.encode()
        )

    def _signed(self, salt: str) -> str:
        return hmac.new(self.key, f"form/{self.id}/{salt}".encode(), hashlib.sha256).hexdigest()


def session_of(request: Request) -> Session:
    """The request's session."""
    session: Session = request.scope["session"]
    return session


class Sessions:
    """Reads the cookie and sets it."""

    def __init__(self, app: ASGIApp, key: bytes, is_https: bool, days: int) -> None:
        self.app = app
        self.key = key
        self.is_https = is_https
        self.days = days
        # The prefix makes browsers refuse the cookie from other hosts and over http.
        self.name = "__Host-vordruck" if is_https else "vordruck"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Put the session into the scope, and its cookie into the response."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        session = self._read(scope)
        scope["session"] = session

        async def complete(message: Message) -> None:
            if message["type"] == "http.response.start" and (session.is_used or session.is_ended):
                MutableHeaders(scope=message).append("Set-Cookie", self._cookie(session))
            await send(message)

        await self.app(scope, receive, complete)

    def _read(self, scope: Scope) -> Session:
        for name, value in scope["headers"]:
            if name == b"cookie":
                found = _VALUE.fullmatch(cookie_parser(value.decode("latin-1")).get(self.name, ""))
                if found:
                    language, beside = found[2] or "", bool(found[3])
                    return Session(
                        found[1], self.key, is_new=False, language=language, has_german=beside
                    )
        return Session(secrets.token_urlsafe(32), self.key, is_new=True)

    def _cookie(self, session: Session) -> str:
        age = 0 if session.is_ended else self.days * _DAY
        value = "" if session.is_ended else _value(session)
        secure = "; Secure" if self.is_https else ""
        return f"{self.name}={value}; Path=/; Max-Age={age}; HttpOnly; SameSite=Lax{secure}"


def _value(session: Session) -> str:
    if not session.language and not session.has_german:
        return session.id
    return f"{session.id}.{session.language}{'.beside' if session.has_german else ''}"
