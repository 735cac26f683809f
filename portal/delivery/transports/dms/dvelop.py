"""d.velop documents (d.3): `dvelop`.

The shape of requests and answers is read from public material (help.d-velop.de, the vendor's open
SDK), not tried on a real instance; all of it is in this file. To be checked there first: that
storing answers 201 with a Location, that a broken uniqueness answers 400 or 409, and the linking.

What keeps doubles out: the operator sets a property for `Kennung` and declares it unique in d.3, so
that a second object with the id of the case is refused. Akte and Vorgang are objects of their own
categories (d.3 Akten), documents are linked below; the Dokumenttyp is a property.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import httpx2

from outputs.dms.filing import FiledDocument, Filing
from portal.delivery.transports.dms.facts import Told, akte_facts, document_facts, vorgang_facts
from portal.delivery.transports.dms.filer import Filer
from portal.delivery.transports.dms.names import document_name
from portal.delivery.transports.dms.system import Parcel, Stored
from portal.delivery.transports.dms.web import Web, secret_of, url_of
from portal.delivery.transports.transport import (
    RefusedError,
    UnknownTransportError,
    UnreachableError,
)
from portal.settings import Target

KEY = "Kennung"  # the name of the unique property, in our words
KINDS = ("akte", "vorgang", "dokument")
# What an object may have been told; of it, what the operator gave a property comes back.
FACTS = ("Kennung", "Betreff", "Aktenplan", "Aktenzeichen", "Aktenführung", "Typ", "Posteingang",
         "Vorgangszeichen", "Vertraulichkeitsstufe", "Dateiname", "SHA-256", "Zugriffsklasse",
         "Leserechte", "Referenznummer", "Status")  # fmt: skip
_HAL = {"Accept": "application/hal+json"}
_MADE, _DONE, _BAD, _CONFLICT = 201, 204, 400, 409
_TEMPLATE = re.compile(r"\{(\??)([a-z_,]+)\}")


@dataclass(frozen=True, slots=True)
class _Repository:
    """What the discovery tells: where to search, to store, to upload, and the source's id."""

    search: str
    objects: str
    upload: str
    source: str


class Dvelop:
    """Objects found by a unique property."""

    def __init__(self, web: Web, target: Target) -> None:
        self.web = web
        self.target = target
        self._known: _Repository | None = None

    def akte(self, filing: Filing) -> str:
        """An object of the category of Akten."""
        return self._object("akte", filing.akte.id, akte_facts(filing))

    def vorgang(self, filing: Filing, akte: str) -> str:
        """An object of its category, below the Akte."""
        vorgang = self._object("vorgang", filing.vorgang.id, vorgang_facts(filing))
        self._link(akte, vorgang, "vorgang", filing.vorgang.id)
        return vorgang

    def store(self, filing: Filing, vorgang: str, document: FiledDocument) -> Stored:
        """A document with its content, below the Vorgang, read back."""
        facts = document_facts(document)
        made = self._object("dokument", document.id, facts, document)
        self._link(vorgang, made, "dokument", document.id)
        content = self._content(made)
        return Stored(len(content), hashlib.sha256(content).hexdigest())

    def close(self, filing: Filing, vorgang: str, parcel: Parcel) -> None:
        """Nothing is left to do: the metadata are properties."""

    def held(self, kind: str, below: str = "") -> list[tuple[str, dict[str, str]]]:
        """All objects of a kind, below one or anywhere: id and facts, as far as properties have
        them. Result pages are followed by their link `next`.
        """
        repository = self._repository()
        values = {
            "sourceid": repository.source,
            "sourcecategories": json.dumps([self.target.types[kind]]),
            "sourceproperties": json.dumps({}),
            **({"children_of": below} if below else {}),
        }
        ours = {self._property(kind, one): one for one in FACTS}
        url: str | None = _expand(repository.search, values)
        found = []
        while url:
            told = self._told(url)
            for one in told.get("items", ()):
                pairs = [(ours.get(each.get("key")), str(each.get("value", "")))
                         for each in one.get("sourceProperties", ())]  # fmt: skip
                found.append((str(one["id"]), {name: text for name, text in pairs if name}))
            url = told.get("_links", {}).get("next", {}).get("href")
        return found

    def content(self, object_id: str) -> bytes:
        """The file of a document."""
        return self._content(object_id)

    def _object(
        self, kind: str, key: str, facts: Told, document: FiledDocument | None = None
    ) -> str:
        """Search first, because an upload is dear; what counts is that d.3 refuses the second."""
        found = self._find(kind, key)
        if found is not None:
            return found
        answer = self._store(kind, facts, document)
        if answer.status_code == _MADE:
            return _id_of(answer)
        found = self._find(kind, key)
        if found is None:
            raise UnreachableError(f"http-{answer.status_code}")
        return found

    def _store(self, kind: str, facts: Told, document: FiledDocument | None) -> httpx2.Response:
        repository = self._repository()
        names = {one: self._property(kind, one) for one in facts}
        body: dict[str, Any] = {
            "sourceId": repository.source,
            "sourceCategory": self.target.types[kind],
            "sourceProperties": {
                "properties": [
                    {"key": name, "values": [facts[one]]} for one, name in names.items() if name
                ]
            },
        }
        if document is not None:
            body["fileName"] = document_name(document)
            body["contentLocationUri"] = self._upload(document.content)
        url = _expand(repository.objects, {}).rstrip("/")
        return self._ask("POST", url, (_MADE, _BAD, _CONFLICT), json=body)

    def _upload(self, content: bytes) -> str:
        headers = {"Content-Type": "application/octet-stream"}
        upload = self._repository().upload
        answer = self._ask("POST", upload, (_MADE,), content=content, headers=headers)
        place = answer.headers.get("Location")
        if not place:
            raise UnreachableError("upload-without-location")
        return place

    def _find(self, kind: str, key: str, below: str = "") -> str | None:
        """The object with this key; what a search finds beside it does not count."""
        repository, name = self._repository(), self._property(kind, KEY)
        values = {
            "sourceid": repository.source,
            "sourcecategories": json.dumps([self.target.types[kind]]),
            "sourceproperties": json.dumps({name: [key]}),
            **({"children_of": below} if below else {}),
        }
        told = self._told(_expand(repository.search, values))
        found = [
            str(one["id"])
            for one in told.get("items", ())
            if any((each.get("key"), each.get("value")) == (name, key)
                   for each in one.get("sourceProperties", ()))
        ]  # fmt: skip
        if len(found) > 1:
            raise RefusedError("key-not-unique")
        return found[0] if found else None

    def _link(self, above: str, below: str, kind: str, key: str) -> None:
        """Once: what lies there already is not linked again."""
        if self._find(kind, key, above) is not None:
            return
        details = self._details(above)
        url = _href(details, "linkDmsObjects")
        self._ask("POST", url, (200, _MADE, _DONE), json={"dmsObjectIds": [below]})

    def _content(self, object_id: str) -> bytes:
        url = _href(self._details(object_id), "mainblobcontent")
        headers = {"Accept": "application/octet-stream"}
        return self._ask("GET", url, (200,), headers=headers).content

    def _details(self, object_id: str) -> Mapping[str, Any]:
        repository = self._repository()
        values = {"dmsobjectid": object_id, "sourceid": repository.source}
        return self._told(_expand(repository.objects, values))

    def _repository(self) -> _Repository:
        """Found by following links, once."""
        if self._known is None:
            root = self._told("/dms")
            url = _expand(_href(root, "repo"), {"repositoryid": self.target.repository})
            told = self._told(url)
            self._known = _Repository(
                search=_href(told, "searchresultwithmapping"),
                objects=_href(told, "dmsobjectwithmapping"),
                upload=_href(told, "chunkedupload"),
                source=_href(told, "source"),
            )
        return self._known

    def _property(self, kind: str, name: str) -> str | None:
        return self.target.properties.get(f"{kind}.{name}", self.target.properties.get(name))

    def _told(self, url: str) -> Mapping[str, Any]:
        return self.web.json(self._ask("GET", url, (200,)))

    def _ask(
        self, method: str, url: str, expected: tuple[int, ...], **more: Any
    ) -> httpx2.Response:
        """Links never lead to another server, whatever they say: the key goes with each request."""
        full = urljoin(self.web.url + "/", url)
        if urlsplit(full)[:2] != urlsplit(self.web.url)[:2]:
            raise UnreachableError("link-leads-elsewhere")
        headers = {**_HAL, "Authorization": f"Bearer {secret_of(self.target)}"}
        if method != "GET":
            headers["Origin"] = self.web.url  # without it nothing may be written
        headers.update(more.pop("headers", {}))
        return self.web.ask(method, full, expected, headers=headers, **more)


def _href(told: Mapping[str, Any], relation: str) -> str:
    link = told.get("_links", {}).get(relation)
    if not isinstance(link, dict) or not isinstance(link.get("href"), str):
        raise UnreachableError("link-missing")
    return str(link["href"])


def _expand(template: str, values: Mapping[str, str]) -> str:
    """`{name}` and `{?name,name}` of RFC 6570, which is all that these links use."""

    def fill(match: re.Match[str]) -> str:
        names = match[2].split(",")
        given = [(one, quote(values[one], safe="")) for one in names if one in values]
        if not match[1]:
            return ",".join(value for _, value in given)
        return "?" + "&".join(f"{name}={value}" for name, value in given) if given else ""

    return _TEMPLATE.sub(fill, template)


def _id_of(answer: httpx2.Response) -> str:
    """The last part of the Location's path."""
    found = urlsplit(answer.headers.get("Location", "")).path.rpartition("/")[2]
    if not found:
        raise UnreachableError("stored-without-location")
    return found


def open_dvelop(
    name: str, target: Target, data: Path, carrier: httpx2.BaseTransport | None = None
) -> Filer:
    """As all transports are opened."""
    web = Web(url_of(name, target), None, carrier)
    missing = [kind for kind in KINDS if kind not in target.types]
    missing += [f"{kind}.{KEY}" for kind in KINDS
                if not {KEY, f"{kind}.{KEY}"} & set(target.properties)]  # fmt: skip
    if missing or not target.repository:
        raise UnknownTransportError(
            f"VORDRUCK_TARGETS: Dem Ziel »{name}« fehlen Angaben: "
            + ", ".join([*([] if target.repository else ["repository"]), *missing])
        )
    return Filer(Dvelop(web, target))
