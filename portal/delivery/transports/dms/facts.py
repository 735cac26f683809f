"""What a DMS is told about Akte, Vorgang and Dokument: the same names and values everywhere."""

import json
from collections.abc import Mapping
from typing import TypeAlias

from outputs.dms import words
from outputs.dms.filing import Facts, FiledDocument, Filing, Kept

Told: TypeAlias = Mapping[str, str]


def akte_facts(filing: Filing) -> Told:
    """Names and values of the Akte; its own metadata come last."""
    akte = filing.akte
    return _there(
        ("Kennung", akte.id),
        ("Betreff", akte.title),
        ("Aktenplan", f"{filing.unit.number} {filing.unit.title}".strip()),
        ("Aktenzeichen", akte.number),
        ("Aktenführung", filing.authority),
        ("Typ", akte.type),
        ("Vertraulichkeitsstufe", filing.confidentiality),
        *_kept(filing.kept("akte")),
        *akte.metadata,
    )


def vorgang_facts(filing: Filing) -> Told:
    """Names and values of the Vorgang."""
    vorgang = filing.vorgang
    return _there(
        ("Kennung", vorgang.id),
        ("Betreff", vorgang.title),
        ("Vorgangszeichen", vorgang.number),
        ("Typ", vorgang.type),
        ("Posteingang", vorgang.received.isoformat()),
        *_kept(filing.kept("vorgang")),
        *vorgang.metadata,
    )


def document_facts(document: FiledDocument) -> Told:
    """Names and values of a Dokument."""
    return _there(
        ("Kennung", document.id),
        ("Betreff", document.title),
        ("Typ", document.type),
        ("Dateiname", document.name),
        ("Posteingang", document.received.isoformat()),
        (words.CHECKSUM, document.sha256),
        (words.ACCESS, document.access),
        (words.READERS, "; ".join(_reader(*one) for one in document.readers)),
        *document.metadata,
    )


def akte_page(filing: Filing) -> bytes:
    """All that is known of the Akte, for systems that hold files only."""
    return _page(
        {
            "akte": dict(akte_facts(filing)),
            "verweise": [one.title for one in filing.akte.links],
            "aufbewahrung": [_kept_page(one) for one in filing.retention],
            "berechtigungen": [
                {
                    "recht": one.title,
                    "aktion": one.action,
                    "gilt für": list(one.on),
                    "geschütztes": one.restricted,
                    "darf": {role: limit or words.YES for role, limit in one.may},
                }
                for one in filing.permissions
            ],
        }
    )


def vorgang_page(filing: Filing) -> bytes:
    """All that is known of the Vorgang and its documents."""
    return _page(
        {
            "vorgang": dict(vorgang_facts(filing)),
            "dokumente": [dict(document_facts(one)) for one in filing.documents],
        }
    )


def _kept(kept: Kept | None) -> Facts:
    if kept is None:
        return ()
    return (
        ("Aufbewahrungsfrist", kept.period or words.FOREVER),
        ("Fristbeginn", kept.event or words.CLOSED),
        ("Aussonderungsart", kept.aussonderung),
    )


def _kept_page(kept: Kept) -> dict[str, object]:
    return {
        "regel": kept.title,
        "gilt für": list(kept.on),
        "frist": kept.period or words.FOREVER,
        "beginn": kept.event or words.CLOSED,
        "aussonderungsart": kept.aussonderung,
        "quelle": kept.source,
    }


def _reader(role: str, limit: str) -> str:
    return f"{role} ({limit})" if limit else role


def _there(*facts: tuple[str, str]) -> Told:
    """An empty value is a field for the clerk: not told, so that nothing of theirs is emptied."""
    return {name: value for name, value in facts if value}


def _page(content: object) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()
