"""CMIS 1.1 over the browser binding: `cmis`.

What keeps doubles out: a name is unique in its folder; the repository answers a second one with
`nameConstraintViolation`. The standard lets a repository choose another name instead: such a one is
found out with the first object and refused, because it would collect doubles.

Types and properties of the repository's own are set by the operator: `types` names one for `akte`,
`vorgang` and `dokument`, `properties` one for each of our names (`akte.Aktenzeichen`,
`dokument.SHA-256`, or `Typ` for all of them).
"""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx2

from portal.delivery.transports.dms.facts import Told
from portal.delivery.transports.dms.filer import Filer
from portal.delivery.transports.dms.tree import Path as TreePath
from portal.delivery.transports.dms.tree import TreeDms
from portal.delivery.transports.dms.web import Web, basic, url_of
from portal.delivery.transports.transport import (
    RefusedError,
    UnknownTransportError,
    UnreachableError,
)
from portal.settings import Target

_MADE, _GONE, _CONFLICT = 201, 404, 409
_IS_THERE = "nameConstraintViolation"
_PAGE = 200  # children asked for at once
_UTF8 = "text/plain; charset=utf-8"  # parts without it are read in another encoding
_BASE = {"dokument": "cmis:document"}  # all other kinds are folders


class Cmis:
    """A `FileTree` below a folder of a repository."""

    def __init__(self, web: Web, target: Target) -> None:
        self.web = web
        below = [quote(part) for part in target.path.split("/") if part]
        self.root = "/".join((web.url, quote(target.repository, safe=""), "root", *below))
        self.types = target.types
        self.properties = target.properties

    def make_folder(self, path: TreePath, kind: str, facts: Told) -> None:
        """createFolder."""
        data = dict(self._form("createFolder", path[-1], kind, facts))
        self._create(path, {"data": {**data, "_charset_": "UTF-8"}})

    def put_new(self, path: TreePath, content: bytes, media_type: str, facts: Told) -> None:
        """createDocument, content and all in one request; not sent if the name is taken already."""
        found = self.web.ask(
            "GET", self._url(path), (200, _GONE), params={"cmisselector": "object"}
        )
        if found.status_code == 200:
            return
        parts: list[tuple[str, tuple[str | None, bytes, str]]] = [
            (name, (None, value.encode(), _UTF8))
            for name, value in self._form("createDocument", path[-1], "dokument", facts)
        ]
        # The file's name in the repository is cmis:name; this one is only for the form.
        parts.append(("content", ("content", content, media_type)))
        self._create(path, {"files": parts})

    def read(self, path: TreePath) -> bytes | None:
        """The content stream."""
        answer = self.web.ask(
            "GET", self._url(path), (200, _GONE), params={"cmisselector": "content"}
        )
        return answer.content if answer.status_code == 200 else None

    def children(self, path: TreePath) -> list[tuple[str, bool]]:
        """All pages of the folder's children."""
        found: list[tuple[str, bool]] = []
        while True:
            asked = {"cmisselector": "children", "succinct": "true", "maxItems": f"{_PAGE}",
                     "skipCount": f"{len(found)}"}  # fmt: skip
            answer = self.web.ask("GET", self._url(path), (200, _GONE), params=asked)
            told = self.web.json(answer) if answer.status_code == 200 else {}
            before = len(found)
            for one in told.get("objects", ()):
                held = one.get("object", {}).get("succinctProperties", {})
                is_folder = held.get("cmis:baseTypeId") == "cmis:folder"
                found.append((str(held.get("cmis:name", "")), is_folder))
            if not told.get("hasMoreItems") or len(found) == before:
                return found

    def _create(self, path: TreePath, form: dict[str, object]) -> None:
        answer = self.web.ask("POST", self._url(path[:-1]), (_MADE, _CONFLICT), **form)
        told = self.web.json(answer)
        if answer.status_code == _CONFLICT:
            if told.get("exception") != _IS_THERE:
                raise UnreachableError("cmis-conflict")
            return
        held = told.get("succinctProperties")
        if not isinstance(held, dict) or held.get("cmis:name") != path[-1]:
            raise RefusedError("name-altered")

    def _form(self, action: str, name: str, kind: str, facts: Told) -> Iterator[tuple[str, str]]:
        """Pages of metadata and folders without facts are of the standard's own types."""
        kind_of = self.types.get(kind) if facts else None
        known = {"cmis:name": name, "cmis:objectTypeId": kind_of or _BASE.get(kind, "cmis:folder")}
        names = {
            one: self.properties.get(f"{kind}.{one}", self.properties.get(one)) for one in facts
        }
        own = {name: facts[one] for one, name in names.items() if name}
        yield "cmisaction", action
        yield "succinct", "true"
        for number, (key, value) in enumerate({**known, **own}.items()):
            yield f"propertyId[{number}]", key
            yield f"propertyValue[{number}]", value

    def _url(self, path: TreePath) -> str:
        return "/".join((self.root, *(quote(part, safe="") for part in path)))


def open_cmis(
    name: str, target: Target, data: Path, carrier: httpx2.BaseTransport | None = None
) -> Filer:
    """As all transports are opened."""
    web = Web(url_of(name, target), basic(target), carrier)
    if not target.repository:
        raise UnknownTransportError(
            f"VORDRUCK_TARGETS: Dem Ziel »{name}« fehlt das Repository (repository)."
        )
    return Filer(TreeDms(Cmis(web, target)))
