"""The service (Submission API v1) over HTTP: one place that knows its addresses and answers.

v2, which a public client uses, names its addresses and the announced service differently; its
description is not at hand, so it is not spoken here.
"""

import json
import re
import ssl
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast
from urllib.parse import urlsplit

import httpx2

from portal.delivery.transports.dms.web import secret_of
from portal.delivery.transports.http import refusal
from portal.delivery.transports.transport import (
    LockedOutError,
    TargetDownError,
    UnreachableError,
)
from portal.settings import Target

LARGEST_ANSWER = 1 << 20  # R19
PATIENCE = 60.0  # seconds for one answer
_TIMEOUT = httpx2.Timeout(30.0, connect=10.0)
_EARLY = 60.0  # seconds before its end a token is replaced
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_KID = re.compile(r"[\w.~-]{1,128}")
_OK, _MADE, _DONE, _NOTHING = 200, 201, 202, 204
GONE, CONFLICT = 404, 409


@dataclass(frozen=True, slots=True)
class Announced:
    """The ids that the service gave a submission."""

    submission: str
    case: str


class Service:
    """Speaks for the target's client, with a token that is fetched when needed."""

    def __init__(
        self,
        target: Target,
        carrier: httpx2.BaseTransport | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.target = target
        self.url = target.url.rstrip("/")
        self._client = httpx2.Client(timeout=_TIMEOUT, transport=carrier, follow_redirects=False)
        self._clock = clock
        self._token, self._until = "", 0.0

    @property
    def issuers(self) -> frozenset[str]:
        """The names under which the service signs its own events."""
        parts = urlsplit(self.url)
        return frozenset({self.url, f"{parts.scheme}://{parts.netloc}"})

    def destination(self) -> Mapping[str, object]:
        """What the destination says about itself."""
        return self._object("GET", f"/v1/destinations/{self.target.destination}")

    def destination_key(self, kid: str) -> object:
        """A key of the destination; None if it has no such key."""
        if not _KID.fullmatch(kid):
            return None
        path = f"/v1/destinations/{self.target.destination}/keys/{kid}"
        status, content = self._ask("GET", path, b"", "", (_OK, GONE))
        return None if status == GONE else _read_object(content)

    def own_keys(self) -> Sequence[object]:
        """The keys that the service signs with."""
        keys = self._object("GET", "/.well-known/jwks.json").get("keys")
        return keys if isinstance(keys, list) else []

    def announce(self, service: Mapping[str, str], attachments: Sequence[str]) -> Announced:
        """Nothing is handed in by that: what is only announced, the service forgets."""
        told = self._object(
            "POST",
            "/v1/submissions",
            {
                "destinationId": self.target.destination,
                "announcedAttachments": list(attachments),
                "serviceType": dict(service),
            },
        )
        ids = Announced(str(told.get("submissionId")), str(told.get("caseId")))
        if not (_ID.fullmatch(ids.submission) and _ID.fullmatch(ids.case)):
            raise UnreachableError("answer-unreadable")  # they go into addresses
        return ids

    def upload(self, submission: str, attachment: str, sealed: str) -> int:
        """The status: done, or the submission is gone."""
        status, _ = self._ask(
            "PUT",
            f"/v1/submissions/{submission}/attachments/{attachment}",
            sealed.encode(),
            "application/jose",
            (_OK, _MADE, _DONE, _NOTHING, GONE),
        )
        return status

    def submit(self, submission: str, metadata: str, data: str) -> int:
        """The status: done, gone, or in conflict with what was submitted before."""
        body = {"encryptedMetadata": metadata, "encryptedData": data}
        status, _ = self._ask(
            "PUT",
            f"/v1/submissions/{submission}",
            json.dumps(body).encode(),
            "application/json",
            (_OK, _MADE, _DONE, _NOTHING, GONE, CONFLICT),
        )
        return status

    def events(self, case: str) -> Sequence[str]:
        """The event log of a case, oldest first."""
        log = self._object("GET", f"/v1/cases/{case}/events").get("eventLog")
        if not isinstance(log, list) or not all(isinstance(one, str) for one in log):
            raise UnreachableError("answer-unreadable")
        return cast(list[str], log)

    def _object(self, method: str, path: str, body: object = None) -> Mapping[str, object]:
        sent = b"" if body is None else json.dumps(body).encode()
        _, content = self._ask(method, path, sent, "application/json", (_OK, _MADE))
        return _read_object(content)

    def _ask(
        self, method: str, path: str, body: bytes, kind: str, expected: tuple[int, ...]
    ) -> tuple[int, bytes]:
        headers = {"Accept-Encoding": "identity", **({"Content-Type": kind} if body else {})}
        for is_second in (False, True):
            status, content, wait = self._send(
                method, self.url + path, body, {**headers, **self._authorization()}
            )
            if status in expected:
                return status, content
            if status != httpx2.codes.UNAUTHORIZED or is_second:
                break
            self._token = ""  # ended early; a new one tells whether we are still let in
        raise refusal(status, wait)

    def _authorization(self) -> Mapping[str, str]:
        if not self._token or self._clock() >= self._until:
            self._fetch_token()
        return {"Authorization": f"Bearer {self._token}"}

    def _fetch_token(self) -> None:
        form = {
            "grant_type": "client_credentials",
            "client_id": self.target.user,
            "client_secret": secret_of(self.target),
        }
        request = httpx2.Request("POST", self.target.token_url, data=form)
        kind = {"Content-Type": request.headers["Content-Type"]}
        status, content, wait = self._send("POST", self.target.token_url, request.read(), kind)
        if status in (400, 401, 403):
            raise LockedOutError("login-refused")
        if status != _OK:
            raise refusal(status, wait)
        told = _read_object(content)
        token, lasts = told.get("access_token"), told.get("expires_in", 0)
        if not isinstance(token, str) or not isinstance(lasts, int):
            raise UnreachableError("answer-unreadable")
        self._token, self._until = token, self._clock() + lasts - _EARLY

    def _send(
        self, method: str, url: str, body: bytes, headers: Mapping[str, str]
    ) -> tuple[int, bytes, str | None]:
        ends = self._clock() + PATIENCE
        try:
            with self._client.stream(method, url, content=body, headers=headers) as answer:
                held = bytearray()
                for piece in answer.iter_raw():
                    held += piece
                    if len(held) > LARGEST_ANSWER:
                        raise UnreachableError("answer-too-large")
                    if self._clock() > ends:
                        raise UnreachableError("too-slow")
                return answer.status_code, bytes(held), answer.headers.get("retry-after")
        except (httpx2.ConnectError, httpx2.ConnectTimeout) as fault:
            raise TargetDownError("no-connection") from fault
        except (httpx2.HTTPError, ssl.SSLError, OSError) as fault:
            raise UnreachableError("no-answer") from fault


def _read_object(content: bytes) -> Mapping[str, object]:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as fault:
        raise UnreachableError("answer-unreadable") from fault
    if not isinstance(found, dict):
        raise UnreachableError("answer-unreadable")
    return found
