"""The operators' door: an address of its own, so that the public one never leads here.

Closed unless `VORDRUCK_OPERATORS_PORT` is set. It runs in a thread of `serve` and `work`, since the
metrics are those of the process.
"""

import hashlib
import re
import secrets
import socket
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from portal.operators.guard import Guard, OperatorsSettingsError, read_secret
from portal.operators.metrics import Metrics
from portal.operators.pages import Room, routes
from portal.operators.words import speaker
from portal.settings import Settings
from portal.storage.refusals import UnavailableError
from portal.storage.store import Store
from portal.web import logs
from portal.web.headers import SecurityHeaders
from portal.web.limits import BodyLimit
from portal.web.origin import OwnOrigin
from portal.web.refusal import Refusal

_NO_UPLOADS = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Secrets:
    """What opens the door; the token opens the metrics alone."""

    password: str
    token: str = ""


def create_app(
    settings: Settings, store: Store, metrics: Metrics, opened_by: Secrets, targets: Sequence[str]
) -> Starlette:
    """The pages behind the door."""
    app = Starlette(
        routes=[*routes(), Mount("/static", StaticFiles(directory=_static()), name="static")],
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(logs.RequestLog),
            Middleware(_Faults),
            Middleware(Guard, store=store, password=opened_by.password, token=opened_by.token),
            Middleware(BodyLimit, upload_path=_NO_UPLOADS, upload_bytes=0),
            Middleware(OwnOrigin, public_url=""),
        ],
    )
    app.state.room = Room(
        store=store,
        targets=tuple(targets),
        metrics=metrics,
        key=secrets.token_bytes(32),
        site=settings.operator,
        version=_version(),
    )
    return app


class _Faults:
    """Whatever goes wrong becomes a sentence; details go to the log alone."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and answer for what was raised."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        try:
            await self.app(scope, receive, send)
        except Exception as fault:
            await _answer(Request(scope), fault)(scope, receive, send)


def _answer(request: Request, fault: Exception) -> Response:
    if isinstance(fault, Refusal):
        return PlainTextResponse(str(fault.status), fault.status)
    logs.log().error("operators-fault", kind=type(fault).__name__, where=logs.where(fault))
    if isinstance(fault, UnavailableError):
        say = speaker(request.headers.get("accept-language", ""))[1]
        return PlainTextResponse(say("unavailable"), 503, {"Retry-After": "60"})
    return PlainTextResponse("500", 500)


class Door:
    """Serves the operators' pages in a thread of their own."""

    def __init__(self, app: Starlette, host: str, port: int) -> None:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        try:
            self._socket = socket.create_server((host, port), family=family)
        except OSError as fault:
            raise OperatorsSettingsError(
                f"VORDRUCK_OPERATORS_PORT: Auf {host}, Port {port}, lässt sich nicht lauschen "
                f"({fault.strerror})."
            ) from fault
        self.address = "http://{}:{}/".format(*self._socket.getsockname()[:2])
        config = uvicorn.Config(app, log_config=None, server_header=False)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=self._server.run, args=([self._socket],), name="operators", daemon=True
        )

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self, seconds: float = 5.0) -> None:
        """End after what is under way."""
        self._server.should_exit = True
        if self._thread.is_alive():
            self._thread.join(seconds)
        self._socket.close()


def door_of(settings: Settings, store: Store, targets: Sequence[str]) -> Door | None:
    """The door as it is set up, and the log counted for its metrics; None: closed."""
    if settings.operators_port is None:
        return None
    if settings.operators_password_file is None:
        raise OperatorsSettingsError(
            "VORDRUCK_OPERATORS_PORT ist gesetzt, VORDRUCK_OPERATORS_PASSWORD_FILE nicht: Ohne "
            "Passwort öffnet Vordruck die Seiten für den Betrieb nicht."
        )
    password = read_secret(settings.operators_password_file, "VORDRUCK_OPERATORS_PASSWORD_FILE")
    token_file = settings.metrics_token_file
    token = read_secret(token_file, "VORDRUCK_METRICS_TOKEN_FILE") if token_file else ""
    metrics = Metrics(store, targets)
    logs.set_up(also=metrics.observe)
    app = create_app(settings, store, metrics, Secrets(password, token), targets)
    return Door(app, settings.operators_host, settings.operators_port)


def _static() -> Path:
    return Path(str(files("renderers.html") / "static"))


def _version() -> str:
    sheet = _static() / "portal.css"
    return hashlib.sha256(sheet.read_bytes()).hexdigest()[:12] if sheet.is_file() else "0"
