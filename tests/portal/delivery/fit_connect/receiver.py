"""The destination: opens what the service holds, with another library, and decides."""

import hashlib
import json
from typing import Any

import jsonschema
from jwcrypto import jwe
from jwcrypto.common import base64url_decode
from lxml import etree

from tests.outputs.standards_folder import folder
from tests.portal.delivery.fit_connect.keys import made
from tests.portal.delivery.fit_connect.service import FitConnectService, Held

PROBLEMS = "https://schema.fitko.de/fit-connect/events/problems/"


class TurnedAwayError(Exception):
    """What the destination does not take."""


def header_of(sealed: str) -> dict[str, Any]:
    """The protected header, without opening."""
    found: dict[str, Any] = json.loads(base64url_decode(sealed.partition(".")[0]))
    return found


def opened(sealed: str, key: str = "destination-enc") -> bytes:
    """Decrypted, if algorithm and key are the prescribed ones."""
    told = header_of(sealed)
    if (told["alg"], told["enc"], told["kid"]) != ("RSA-OAEP-256", "A256GCM", "destination-enc"):
        raise TurnedAwayError("encryption-issue")
    token = jwe.JWE()
    token.allowed_algs = ["RSA-OAEP-256", "A256GCM"]
    try:
        token.deserialize(sealed, key=made(key))
    except jwe.InvalidJWEData as fault:
        raise TurnedAwayError("encryption-issue") from fault
    return bytes(token.payload)


def receive(service: FitConnectService, key: str = "destination-enc") -> list[dict[str, Any]]:
    """Open everything that waits; the metadata of what was accepted, content beside it."""
    taken = []
    for held in service.submitted():
        if held.state != "submitted":
            continue
        try:
            taken.append(_opened(held, key))
            held.state = "accepted"
            held.log.append(service.event(held, "accept-submission"))
        except TurnedAwayError as fault:
            held.state = "rejected"
            problem = {"type": PROBLEMS + str(fault), "title": "-", "detail": "Muster, Erika"}
            held.log.append(
                service.event(held, "reject-submission", content={"problems": [problem]})
            )
    return taken


def _opened(held: Held, key: str) -> dict[str, Any]:
    metadata = json.loads(opened(held.metadata, key))
    _assert_valid(metadata)
    structure = metadata["contentStructure"]
    data = opened(held.data, key)
    _assert_hash(structure["data"]["hash"], data)
    media_type = structure["data"]["submissionSchema"]["mimeType"]
    if media_type == "application/xml":
        etree.fromstring(data)
    else:
        json.loads(data)
    attachments = {one["attachmentId"]: one for one in structure["attachments"]}
    if set(attachments) != set(held.attachments):
        raise TurnedAwayError("attachments-mismatch")
    files = {name: opened(sealed, key) for name, sealed in held.attachments.items()}
    for name, content in files.items():
        _assert_hash(attachments[name]["hash"], content)
    return {"metadata": metadata, "data": data, "files": files, "service": held.service}


def _assert_hash(told: dict[str, str], content: bytes) -> None:
    if told != {"type": "sha512", "content": hashlib.sha512(content).hexdigest()}:
        raise TurnedAwayError("hash-mismatch")


def _assert_valid(metadata: dict[str, Any]) -> None:
    standards = folder()
    if standards is None or "/1.0.0/" not in metadata["$schema"]:
        return  # of other versions there is no schema at hand
    text = (standards / "fit-connect/metadata-1.0.0/metadata.schema.json").read_text("utf-8")
    try:
        jsonschema.validate(metadata, json.loads(text))
    except jsonschema.ValidationError as fault:
        raise TurnedAwayError("schema-violation") from fault
