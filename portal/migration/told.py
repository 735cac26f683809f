"""From facts that a DMS was told (portal/delivery/transports/dms/facts.py) back to a case."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from outputs.dms import words
from outputs.dms.filing import (
    Facts,
    FiledAkte,
    FiledDocument,
    FiledVorgang,
    Filing,
    Kept,
    Link,
    Permission,
    PlanUnit,
)
from outputs.names import media_type_of
from portal.migration.holding import UnreadableCaseError

KEY = "Kennung"
_AKTE = {KEY, "Betreff", "Aktenplan", "Aktenzeichen", "Aktenführung", "Typ"}
_LEVEL = "Vertraulichkeitsstufe"
_KEPT = {"Aufbewahrungsfrist", "Fristbeginn", "Aussonderungsart"}
_VORGANG = {KEY, "Betreff", "Vorgangszeichen", "Typ", "Posteingang"}
_DOCUMENT = {
    KEY,
    "Betreff",
    "Typ",
    "Dateiname",
    "Posteingang",
    words.CHECKSUM,
    words.ACCESS,
    words.READERS,
}

Told = Mapping[str, str]


def filing_of(
    akte: Told,
    vorgang: Told,
    documents: Sequence[FiledDocument],
    page: Mapping[str, Any] | None = None,
) -> Filing:
    """The case; `page` is the page of the Akte with rights and periods, where there is one."""
    number, _, title = akte.get("Aktenplan", "").partition(" ")
    page = page or {}
    case = FiledVorgang(
        id=_there(vorgang, KEY),
        title=vorgang.get("Betreff", ""),
        type=vorgang.get("Typ", ""),
        number=vorgang.get("Vorgangszeichen", ""),
        received=day(vorgang.get("Posteingang")),
        metadata=_rest(vorgang, _VORGANG | _KEPT),
    )
    return Filing(
        key=vorgang.get("Referenznummer", case.id),
        authority=akte.get("Aktenführung", ""),
        unit=PlanUnit(number, title),
        akte=FiledAkte(
            id=_there(akte, KEY),
            title=akte.get("Betreff", ""),
            type=akte.get("Typ", ""),
            number=akte.get("Aktenzeichen", ""),
            metadata=_rest(akte, _AKTE | _KEPT | {_LEVEL}),
            links=tuple(Link(None, str(one)) for one in page.get("verweise", ())),
        ),
        vorgang=case,
        documents=tuple(documents),
        retention=tuple(map(_kept, page.get("aufbewahrung", ()))),
        permissions=tuple(map(_permission, page.get("berechtigungen", ()))),
        confidentiality=akte.get(_LEVEL, ""),
    )


def document_of(told: Told, content: bytes, *, drawer: str, received: date) -> FiledDocument:
    """A document that the system was told of."""
    name = told.get("Dateiname") or told.get("Betreff", "")
    media_type = media_type_of(name)
    return FiledDocument(
        id=_there(told, KEY),
        title=told.get("Betreff", name),
        type=told.get("Typ", drawer),
        name=name,
        media_type=media_type,
        content=content,
        access=told.get(words.ACCESS, ""),
        readers=tuple(_reader(one) for one in told.get(words.READERS, "").split("; ") if one),
        received=day(told.get("Posteingang")) if told.get("Posteingang") else received,
        metadata=_rest(told, _DOCUMENT),
        is_application=False,
    )


def day(text: str | None) -> date:
    """A day as facts have it; a time of day behind it does not matter."""
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError as fault:
        raise UnreadableCaseError("day-unreadable") from fault


def _there(told: Told, name: str) -> str:
    if not told.get(name):
        raise UnreadableCaseError("id-missing")
    return told[name]


def _rest(told: Told, known: set[str]) -> Facts:
    return tuple((name, value) for name, value in told.items() if name not in known)


def _reader(text: str) -> tuple[str, str]:
    role, _, limit = text.partition(" (")
    return role, limit.removesuffix(")")


def _kept(told: Mapping[str, Any]) -> Kept:
    return Kept(
        title=str(told.get("regel", "")),
        on=tuple(map(str, told.get("gilt für", ()))),
        period="" if told.get("frist") == words.FOREVER else str(told.get("frist", "")),
        event="" if told.get("beginn") == words.CLOSED else str(told.get("beginn", "")),
        aussonderung=str(told.get("aussonderungsart", "")),
        source=str(told.get("quelle", "")),
        note="",
    )


def _permission(told: Mapping[str, Any]) -> Permission:
    return Permission(
        title=str(told.get("recht", "")),
        action=str(told.get("aktion", "")),
        on=tuple(map(str, told.get("gilt für", ()))),
        restricted=bool(told.get("geschütztes")),
        may=tuple(
            (str(role), "" if limit == words.YES else str(limit))
            for role, limit in dict(told.get("darf", {})).items()
        ),
    )
