"""A FIT-Connect service (Submission API v1) and a destination behind it, for tests.

Nothing of the product is used here: tokens and encryption are jwcrypto's, so that both sides cannot
make the same mistake. The service holds what was sent, the destination opens it when told to.
"""

import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from jwcrypto import jwt
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.portal.delivery.fit_connect.keys import made, public

EVENTS = "https://schema.fitko.de/fit-connect/events/"
CLIENT, SECRET = "vordruck-test", "not-a-secret"
DESTINATION = "0c438057-ec3e-4ce0-b154-1683b5d3c2e8"
Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass
class Held:
    """A submission as the service has it: encrypted."""

    id: str
    case: str
    announced: list[str]
    service: dict[str, str]
    state: str = "announced"
    attachments: dict[str, str] = field(default_factory=dict)
    metadata: str = ""
    data: str = ""
    log: list[str] = field(default_factory=list)

    def tags(self) -> dict[str, Any]:
        """The end of every encrypted part."""
        return {
            "metadata": self.metadata.rpartition(".")[2],
            "data": self.data.rpartition(".")[2],
            "attachments": {
                name: sealed.rpartition(".")[2] for name, sealed in self.attachments.items()
            },
        }


@dataclass
class Fault:
    """What happens instead of, or after, the next request to such an address."""

    method: str
    part: str  # of the address
    status: int = 500
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    is_after: bool = False  # it is done, but the answer is another one
    passes: int = 0  # requests that go through before


@dataclass
class FitConnectService:
    """All state, and the endpoints over it."""

    now: Callable[[], datetime]
    url: str = ""
    held: dict[str, Held] = field(default_factory=dict)  # by submission
    faults: list[Fault] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)  # "POST /v1/submissions"
    tokens: set[str] = field(default_factory=set)
    destination: dict[str, Any] = field(default_factory=dict)
    keys: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """A destination that takes everything."""
        self.destination = {
            "destinationId": DESTINATION,
            "status": "active",
            "encryptionKid": "destination-enc",
            "metadataVersions": ["1.0.0", "2.1.0"],
            "services": [],
        }
        self.keys = {
            "destination-enc": public("destination-enc", "wrapKey"),
            "destination-sig": public("destination-sig", "verify"),
        }

    def app(self) -> Starlette:
        """Everything that a client reaches."""
        routes = [
            ("/token", self._token, "POST"),
            ("/v1/destinations/{id}", self._destination, "GET"),
            ("/v1/destinations/{id}/keys/{kid}", self._key, "GET"),
            ("/.well-known/jwks.json", self._own_keys, "GET"),
            ("/v1/submissions", self._announce, "POST"),
            ("/v1/submissions/{id}", self._submit, "PUT"),
            ("/v1/submissions/{id}/attachments/{attachment}", self._upload, "PUT"),
            ("/v1/cases/{case}/events", self._events, "GET"),
        ]
        return Starlette(
            routes=[
                Route(path, self._guarded(deed), methods=[method]) for path, deed, method in routes
            ]
        )

    def submitted(self) -> list[Held]:
        """What was really handed in."""
        return [one for one in self.held.values() if one.state != "announced"]

    def event(self, held: Held, name: str, **changes: Any) -> str:
        """A signed event; `changes` make it a forgery."""
        by_service = changes.pop("by_service", name == "submit-submission")
        key = changes.pop("key", "service-sig" if by_service else "destination-sig")
        header = {"typ": "secevent+jwt", "alg": "PS512", "kid": key, **changes.pop("header", {})}
        content = {"authenticationTags": held.tags(), **changes.pop("content", {})}
        signer = made(changes.pop("signer", key))
        claims = {
            "iss": self.url if by_service else DESTINATION,
            "sub": f"submission:{held.id}",
            "txn": f"case:{held.case}",
            "iat": int(self.now().timestamp()),
            "jti": str(uuid.uuid4()),
            "events": {EVENTS + name: content},
            **changes,
        }
        token = jwt.JWT(header=header, claims=claims, algs=["PS512"])
        token.make_signed_token(signer)
        return str(token.serialize())

    def _guarded(self, deed: Endpoint) -> Endpoint:
        async def endpoint(request: Request) -> Response:
            address = f"{request.method} {request.url.path}"
            self.asked.append(address)
            fault = self._fault(request.method, request.url.path)
            if fault is not None and not fault.is_after:
                return _faulty(fault)
            bearer = request.headers.get("authorization", "").removeprefix("Bearer ")
            is_open = request.url.path in ("/token", "/.well-known/jwks.json")
            if not is_open and bearer not in self.tokens:
                return Response(status_code=401)
            answer = await deed(request)
            return answer if fault is None else _faulty(fault)

        return endpoint

    def _fault(self, method: str, path: str) -> Fault | None:
        for one in self.faults:
            if one.method == method and one.part in path:
                one.passes -= 1
                if one.passes < 0:
                    self.faults.remove(one)
                    return one
        return None

    async def _token(self, request: Request) -> Response:
        form = await request.form()
        wanted = ("client_credentials", CLIENT, SECRET)
        told = (form.get("grant_type"), form.get("client_id"), form.get("client_secret"))
        if told != wanted:
            return JSONResponse({"error": "invalid_client"}, 401)
        token = uuid.uuid4().hex
        self.tokens.add(token)
        return JSONResponse({"access_token": token, "expires_in": 1800, "token_type": "bearer"})

    async def _destination(self, request: Request) -> Response:
        is_known = request.path_params["id"] == DESTINATION
        return JSONResponse(self.destination) if is_known else Response(status_code=404)

    async def _key(self, request: Request) -> Response:
        found = self.keys.get(request.path_params["kid"])
        return JSONResponse(found) if found else Response(status_code=404)

    async def _own_keys(self, request: Request) -> Response:
        return JSONResponse({"keys": [public("service-sig", "verify")]})

    async def _announce(self, request: Request) -> Response:
        told = await request.json()
        if told["destinationId"] != DESTINATION or not told["serviceType"]["identifier"]:
            return JSONResponse({"title": "unknown destination or service"}, 422)
        held = Held(
            str(uuid.uuid4()), str(uuid.uuid4()), told["announcedAttachments"], told["serviceType"]
        )
        self.held[held.id] = held
        body = {"submissionId": held.id, "caseId": held.case, "status": "incomplete"}
        return JSONResponse(body, 201)

    async def _upload(self, request: Request) -> Response:
        held = self.held.get(request.path_params["id"])
        if held is None:
            return Response(status_code=404)
        name, sealed = request.path_params["attachment"], (await request.body()).decode()
        is_jose = request.headers["content-type"] == "application/jose" and sealed.count(".") == 4
        if held.state != "announced" or name not in held.announced or not is_jose:
            return Response(status_code=400)
        held.attachments[name] = sealed
        return Response(status_code=204)

    async def _submit(self, request: Request) -> Response:
        held = self.held.get(request.path_params["id"])
        if held is None:
            return Response(status_code=404)
        if held.state != "announced":
            return Response(status_code=409)
        if set(held.attachments) != set(held.announced):
            return JSONResponse({"title": "attachments are missing"}, 422)
        told = await request.json()
        held.metadata, held.data = told["encryptedMetadata"], told["encryptedData"]
        held.state = "submitted"
        held.log.append(self.event(held, "submit-submission"))
        return JSONResponse({"submissionId": held.id, "caseId": held.case}, 202)

    async def _events(self, request: Request) -> Response:
        for held in self.held.values():
            if held.case == request.path_params["case"]:
                return JSONResponse({"count": len(held.log), "eventLog": held.log})
        return Response(status_code=404)


def _faulty(fault: Fault) -> Response:
    return Response(fault.body, fault.status, fault.headers)
