"""A stand-in for d.velop documents, made from the same public material as the adapter.

It is no judge of what d.3 really does; it holds the adapter to what it says it relies on: the
token, the Origin, links that are followed and not guessed, uploads, and a unique property.
"""

import hashlib
import json
import re
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
from pydantic import SecretStr

from portal.delivery.transports.dms.dvelop import open_dvelop
from portal.delivery.transports.dms.filer import Filer
from portal.delivery.transports.dms.names import segment
from portal.settings import Target
from tests.portal.delivery.dms.cases import Row
from tests.portal.delivery.dms.faults import BrokenWire, Fault

REPOSITORY = "dee1f3d3"
BASE = f"/dms/r/{REPOSITORY}"
PROPERTIES = {
    "Kennung": "p_id", "Betreff": "p_subject", "Aktenplan": "p_unit", "Typ": "p_type",
    "SHA-256": "p_sha", "Zugriffsklasse": "p_access", "Aktenzeichen": "p_number",
    "Dateiname": "p_file", "Posteingang": "p_day", "Referenznummer": "p_reference",
}  # fmt: skip


@dataclass
class StandIn(httpx2.BaseTransport):
    """Answers like the server would."""

    objects: dict[str, dict[str, Any]] = field(default_factory=dict)
    uploads: dict[str, bytes] = field(default_factory=dict)
    children: dict[str, set[str]] = field(default_factory=dict)
    turn: threading.Lock = field(default_factory=threading.Lock)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """One at a time, which a database does for the real one."""
        content = request.read()
        if request.headers.get("Authorization") != "Bearer not-a-secret":
            return httpx2.Response(401)
        if request.method == "POST" and not request.headers.get("Origin"):
            return httpx2.Response(403)
        with self.turn:
            return self._answer(request, content)

    def _answer(self, request: httpx2.Request, content: bytes) -> httpx2.Response:
        path, method = request.url.path, request.method
        asked = dict(request.url.params)
        if (method, path) == ("GET", "/dms"):
            return _hal(repo="/dms/r/{repositoryid}")
        if (method, path) == ("GET", BASE):
            return _hal(
                source=f"{BASE}/source",
                dmsobjectwithmapping=f"{BASE}/o2m/{{dmsobjectid}}{{?sourceid}}",
                searchresultwithmapping=(
                    f"{BASE}/srm{{?sourceid,sourceproperties,sourcecategories,children_of}}"
                ),
                chunkedupload=f"{BASE}/blob/chunk/",
            )
        if (method, path) == ("GET", f"{BASE}/srm"):
            return self._search(asked)
        if (method, path) == ("POST", f"{BASE}/blob/chunk/"):
            place = f"{BASE}/blob/chunk/{len(self.uploads)}"
            self.uploads[place] = content
            return httpx2.Response(201, headers={"Location": place})
        if (method, path) == ("POST", f"{BASE}/o2m"):
            return self._store(json.loads(content))
        return self._about(method, path, content)

    def _search(self, asked: Mapping[str, str]) -> httpx2.Response:
        if asked["sourceid"] != f"{BASE}/source":
            return httpx2.Response(400)
        wanted = json.loads(asked["sourceproperties"])
        kinds = json.loads(asked["sourcecategories"])
        below = self.children.get(asked["children_of"], set()) if "children_of" in asked else None
        items = [
            {"id": name, "sourceCategories": [one["category"]], "sourceProperties": [
                {"key": key, "value": value} for key, value in one["properties"].items()]}
            for name, one in self.objects.items()
            if one["category"] in kinds and (below is None or name in below)
            # Like a search for words: it finds more than what is meant.
            and all(given[0][:4] in one["properties"].get(key, "") for key, given in wanted.items())
        ]  # fmt: skip
        return httpx2.Response(200, json={"items": items, "page": 1})

    def _store(self, body: Mapping[str, Any]) -> httpx2.Response:
        given = {one["key"]: one["values"][0] for one in body["sourceProperties"]["properties"]}
        taken = {one["properties"]["p_id"] for one in self.objects.values()}
        if body["sourceCategory"] not in ("AKTE", "VORG", "DOKU") or given["p_id"] in taken:
            return httpx2.Response(400, json={"reason": "not unique"})
        place = body.get("contentLocationUri")
        if place is not None and place not in self.uploads:
            return httpx2.Response(400, json={"reason": "no such upload"})
        name = f"D{len(self.objects):09}"
        self.objects[name] = {
            "category": body["sourceCategory"],
            "properties": given,
            "content": self.uploads[place] if place else None,
        }
        return httpx2.Response(201, headers={"Location": f"{BASE}/o2m/{name}?sourceid=x"})

    def _about(self, method: str, path: str, content: bytes) -> httpx2.Response:
        found = re.fullmatch(rf"{BASE}/o2m/(D[0-9]{{9}})(/children|/blob)?", path)
        if found is None or found[1] not in self.objects:
            return httpx2.Response(404)
        name, what = found[1], found[2]
        if (method, what) == ("GET", "/blob"):
            return httpx2.Response(200, content=self.objects[name]["content"])
        if (method, what) == ("POST", "/children"):
            self.children.setdefault(name, set()).update(json.loads(content)["dmsObjectIds"])
            return httpx2.Response(200)
        links = {"linkDmsObjects": f"{path}/children"}
        if self.objects[name]["content"] is not None:
            links["mainblobcontent"] = f"{path}/blob"
        return _hal(**links)


def _hal(**links: str) -> httpx2.Response:
    return httpx2.Response(
        200, json={"_links": {name: {"href": href} for name, href in links.items()}}
    )


class DvelopSystem:
    """One empty stand-in."""

    def __init__(self) -> None:
        self.server = StandIn()
        self.target = Target(
            transport="dvelop",
            url="https://kreis.example",
            repository=REPOSITORY,
            types={"akte": "AKTE", "vorgang": "VORG", "dokument": "DOKU"},
            properties=PROPERTIES,
            password=SecretStr("not-a-secret"),
        )

    def filer(self, fault: Fault | None = None) -> Filer:
        """Straight, or over a wire that breaks."""
        wire = self.server if fault is None else BrokenWire(fault, self.server)
        return open_dvelop("dms", self.target, Path(), wire)

    def held(self) -> list[Row]:
        """By following the links from every Akte downwards."""
        return sorted(self._rows())

    def pages(self) -> int:
        """None: objects have properties."""
        return 0

    def _rows(self) -> Iterator[Row]:
        held, below = self.server.objects, self.server.children
        for akte, one in held.items():
            if one["category"] != "AKTE":
                continue
            for vorgang in below.get(akte, ()):
                for document in below.get(vorgang, ()):
                    yield _row(one, held[vorgang], held[document])


def _row(akte: Mapping[str, Any], vorgang: Mapping[str, Any], document: Mapping[str, Any]) -> Row:
    return Row(
        unit=segment(akte["properties"]["p_unit"]),
        akte=akte["properties"]["p_id"][:8],
        akte_title=segment(akte["properties"]["p_subject"]),
        vorgang=segment(vorgang["properties"]["p_subject"]),
        type=segment(document["properties"]["p_type"]),
        title=segment(document["properties"]["p_subject"]),
        sha256=hashlib.sha256(document["content"]).hexdigest(),
    )
