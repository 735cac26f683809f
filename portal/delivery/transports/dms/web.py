"""One way to talk to a DMS over HTTP: what cannot be reached is tried again, under our codes."""

import ssl
from collections.abc import Generator, Mapping
from typing import Any

import httpx2

from portal.delivery.transports.http import refusal
from portal.delivery.transports.transport import (
    TargetDownError,
    UnknownTransportError,
    UnreachableError,
)
from portal.settings import Target

_TIMEOUT = httpx2.Timeout(30.0, connect=10.0)


class Web:
    """A server with a name and a password; redirects are not followed, certificates are checked."""

    def __init__(
        self, url: str, auth: httpx2.Auth | None, carrier: httpx2.BaseTransport | None = None
    ) -> None:
        self.url = url.rstrip("/")
        self._client = httpx2.Client(
            auth=auth, timeout=_TIMEOUT, transport=carrier, follow_redirects=False
        )

    def ask(self, method: str, url: str, expected: tuple[int, ...], **more: Any) -> httpx2.Response:
        """The answer, if it is one of those that are expected."""
        try:
            answer = self._client.request(method, url, **more)
        except (httpx2.ConnectError, httpx2.ConnectTimeout) as fault:
            raise TargetDownError("no-connection") from fault
        except (httpx2.HTTPError, ssl.SSLError, OSError) as fault:
            raise UnreachableError("no-answer") from fault
        if answer.status_code in expected:
            return answer
        raise refusal(answer.status_code, answer.headers.get("retry-after"))

    def json(self, answer: httpx2.Response) -> Mapping[str, Any]:
        """An object, or the server is not what it should be."""
        try:
            found = answer.json()
        except ValueError as fault:
            raise UnreachableError("answer-unreadable") from fault
        if not isinstance(found, dict):
            raise UnreachableError("answer-unreadable")
        return found


def url_of(name: str, target: Target) -> str:
    """The address of the server, which the settings have to name."""
    if not target.url.startswith(("https://", "http://")):
        raise UnknownTransportError(
            f"VORDRUCK_TARGETS: Dem Ziel »{name}« fehlt die Adresse des Servers (url)."
        )
    return target.url


class _NameAndPassword(httpx2.Auth):
    """Read anew for each request, so that a changed password counts at once."""

    def __init__(self, target: Target) -> None:
        self._target = target

    def auth_flow(
        self, request: httpx2.Request
    ) -> Generator[httpx2.Request, httpx2.Response, None]:
        """As the standard says."""
        yield from httpx2.BasicAuth(self._target.user, secret_of(self._target)).auth_flow(request)


def basic(target: Target) -> httpx2.Auth | None:
    """Name and password, if the operator set a name."""
    return _NameAndPassword(target) if target.user else None


def secret_of(target: Target) -> str:
    """The password or key; a file that cannot be read may be back in a minute."""
    try:
        return target.secret()
    except (OSError, UnicodeDecodeError) as fault:
        raise UnreachableError("password-unreadable") from fault
