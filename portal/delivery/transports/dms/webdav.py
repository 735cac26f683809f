"""A WebDAV share: `webdav`.

What keeps doubles out: MKCOL on a folder that is there answers 405, and a file gets its name by a
MOVE with `Overwrite: F`, which answers 412 when another one has it.
"""

from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import httpx2

from outputs.xml_reading import UnsafeXml, read_xml
from portal.delivery.transports.dms.facts import Told
from portal.delivery.transports.dms.filer import Filer
from portal.delivery.transports.dms.tree import Path as TreePath
from portal.delivery.transports.dms.tree import TreeDms
from portal.delivery.transports.dms.web import Web, basic, url_of
from portal.delivery.transports.transport import UnreachableError
from portal.settings import Target

_MADE, _DONE, _MANY, _GONE, _IS_THERE, _TAKEN = 201, 204, 207, 404, 405, 412
_DAV = "{DAV:}"
_PROPFIND = b'<?xml version="1.0"?><propfind xmlns="DAV:"><prop><resourcetype/></prop></propfind>'


class WebDav:
    """A `FileTree` below one address."""

    def __init__(self, web: Web) -> None:
        self.web = web

    def make_folder(self, path: TreePath, kind: str, facts: Told) -> None:
        """MKCOL."""
        self.web.ask("MKCOL", self._url(path), (_MADE, _IS_THERE))

    def put_new(self, path: TreePath, content: bytes, media_type: str, facts: Told) -> None:
        """A file of another name first, so that nobody reads half of it."""
        if self.web.ask("HEAD", self._url(path), (200, _GONE)).status_code == 200:
            return
        part = (*path[:-1], f".{path[-1][-20:]}.part")
        headers = {"Content-Type": media_type}
        # Whoever puts the same part at the same time puts the same bytes.
        self.web.ask("PUT", self._url(part), (200, _MADE, _DONE), content=content, headers=headers)
        headers = {"Destination": self._url(path), "Overwrite": "F"}
        answer = self.web.ask(
            "MOVE", self._url(part), (_MADE, _DONE, _GONE, _TAKEN), headers=headers
        )
        if answer.status_code == _TAKEN:
            self.web.ask("DELETE", self._url(part), (200, _DONE, _GONE))

    def read(self, path: TreePath) -> bytes | None:
        """GET."""
        answer = self.web.ask("GET", self._url(path), (200, _GONE))
        return answer.content if answer.status_code == 200 else None

    def children(self, path: TreePath) -> list[tuple[str, bool]]:
        """PROPFIND of depth 1: the folder itself comes along and is left out."""
        answer = self.web.ask(
            "PROPFIND", self._url(path), (_MANY, _GONE), headers={"Depth": "1"}, content=_PROPFIND
        )
        if answer.status_code == _GONE:
            return []
        try:
            root = read_xml(answer.content)
        except UnsafeXml as fault:
            raise UnreachableError("answer-unreadable") from fault
        here = unquote(urlsplit(self._url(path)).path).rstrip("/")
        found = []
        for one in root.iterfind(f"{_DAV}response"):
            place = unquote(urlsplit(one.findtext(f"{_DAV}href", "")).path).rstrip("/")
            if place != here:
                is_folder = one.find(f".//{_DAV}resourcetype/{_DAV}collection") is not None
                found.append((place.rpartition("/")[2], is_folder))
        return found

    def _url(self, path: TreePath) -> str:
        return "/".join((self.web.url, *(quote(part, safe="") for part in path)))


def open_webdav(
    name: str, target: Target, data: Path, carrier: httpx2.BaseTransport | None = None
) -> Filer:
    """As all transports are opened."""
    return Filer(TreeDms(WebDav(Web(url_of(name, target), basic(target), carrier))))
