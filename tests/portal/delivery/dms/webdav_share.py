"""A real WebDAV server on the loopback, with a folder of its own for every system."""

import threading
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx2
from cheroot import wsgi
from pydantic import SecretStr
from wsgidav.fs_dav_provider import FilesystemProvider
from wsgidav.wsgidav_app import WsgiDAVApp

from portal.delivery.transports.dms.filer import Filer
from portal.delivery.transports.dms.webdav import open_webdav
from portal.settings import Target
from tests.portal.delivery.dms.cases import Row
from tests.portal.delivery.dms.faults import BrokenWire, Fault
from tests.portal.delivery.dms.systems import rows_in

WIRE = httpx2.HTTPTransport()  # one for all: making one takes longer than filing a case


@dataclass(frozen=True)
class Share:
    """The server, and the folder that it serves."""

    url: str
    root: Path


def share(root: Path) -> Iterator[Share]:
    """The server runs as long as it is needed."""
    app = WsgiDAVApp(
        {
            "provider_mapping": {"/": FilesystemProvider(str(root))},
            "simple_dc": {"user_mapping": {"*": {"filing": {"password": "not-a-secret"}}}},
            "http_authenticator": {"accept_basic": True, "accept_digest": False},
            "verbose": 0,
            "logging": {"enable": False},
        }
    )
    server = wsgi.Server(("127.0.0.1", 0), app, numthreads=4)
    server.prepare()
    thread = threading.Thread(target=server.serve, daemon=True)
    thread.start()
    try:
        yield Share(f"http://127.0.0.1:{server.bind_addr[1]}", root)
    finally:
        server.stop()
        thread.join(timeout=10)


class WebDavSystem:
    """A folder on the share."""

    def __init__(self, server: Share) -> None:
        name = uuid.uuid4().hex
        self.root = server.root / name
        self.root.mkdir()
        self.target = Target(
            transport="webdav",
            url=f"{server.url}/{name}/",
            user="filing",
            password=SecretStr("not-a-secret"),
        )

    def filer(self, fault: Fault | None = None) -> Filer:
        """Straight, or over a wire that breaks."""
        wire = WIRE if fault is None else BrokenWire(fault, WIRE)
        return open_webdav("dms", self.target, self.root, wire)

    def held(self) -> list[Row]:
        """By walking through the folder that the server serves."""
        return rows_in(self.root)

    def pages(self) -> int:
        """The files of that name."""
        return sum(1 for _ in self.root.rglob("metadaten.json"))
