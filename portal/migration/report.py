"""What a migration has proved, for people and for machines; nobody is named in it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from portal.migration.moving import Moved


def as_data(source: str, target: str, cases: Sequence[Moved]) -> Mapping[str, object]:
    """Every case with every document and its hash on both sides."""
    return {
        "from": source,
        "to": target,
        "cases": len(cases),
        "documents": sum(len(one.documents) for one in cases),
        "proved": sum(one.is_proved for one in cases),
        "is_complete": all(one.is_proved for one in cases),
        "report": [{**asdict(one), "is_proved": one.is_proved} for one in cases],
    }


def as_sentences(cases: Sequence[Moved]) -> list[tuple[str, str]]:
    """German and English: the sum, then each case that is not proved, with why."""
    proved = [one for one in cases if one.is_proved]
    documents = sum(len(one.documents) for one in proved)
    said = [
        (
            f"{len(proved)} von {len(cases)} Vorgängen sind vollständig dort, mit {documents} "
            "Dokumenten; jedes wurde auf beiden Seiten gelesen und hat denselben SHA-256.",
            f"{len(proved)} of {len(cases)} cases are there whole, with {documents} documents.",
        )
    ]
    for one in cases:
        said += [] if one.is_proved else [_why(one)]
    return said


def _why(one: Moved) -> tuple[str, str]:
    lost = [document.id for document in one.documents if not document.is_proved]
    reasons = [
        *([f"Fehler {one.fault}"] if one.fault else []),
        *([f"in der Quelle fehlen {len(one.missing)} Dokumente"] if one.missing else []),
        *([f"{len(one.stray)} Dateien liegen an keinem Platz für Dokumente"] if one.stray else []),
        *([f"am Ziel fehlen oder weichen ab: {', '.join(lost)}"] if lost else []),
    ]
    return f"Vorgang {one.vorgang}: {'; '.join(reasons)}.", f"Case {one.vorgang} is not proved."
