"""FIT-Connect: `fit-connect` hands a submission in, step by step, and waits for its acceptance."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import httpx2

from outputs.fit_connect.metadata import VERSIONS
from portal.delivery.transports.fit_connect.carrier import FitConnect
from portal.delivery.transports.fit_connect.service import Service
from portal.delivery.transports.transport import UnknownTransportError
from portal.settings import Target

_DESTINATION = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_HERE = ("127.0.0.1", "localhost", "::1")


def open_fit_connect(
    name: str, target: Target, data: Path, carrier: httpx2.BaseTransport | None = None
) -> FitConnect:
    """As all transports are opened; what is missing is said at the start."""
    for address, key in ((target.url, "url"), (target.token_url, "token_url")):
        parts = urlsplit(address)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _HERE):
            raise UnknownTransportError(
                f"VORDRUCK_TARGETS: Dem Ziel »{name}« fehlt eine Adresse mit https ({key})."
            )
    if not _DESTINATION.fullmatch(target.destination):
        raise UnknownTransportError(
            f"VORDRUCK_TARGETS: Dem Ziel »{name}« fehlt die Kennung des Zustellpunkts "
            "(destination), eine UUID in Kleinbuchstaben."
        )
    if target.metadata not in VERSIONS:
        raise UnknownTransportError(
            f"VORDRUCK_TARGETS: Das Ziel »{name}« nennt die Metadaten {target.metadata}. Es gibt: "
            f"{', '.join(VERSIONS)}."
        )
    if not target.user:
        raise UnknownTransportError(
            f"VORDRUCK_TARGETS: Dem Ziel »{name}« fehlt die Kennung des Clients (user)."
        )
    return FitConnect(Service(target, carrier))
