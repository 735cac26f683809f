"""The list of all data a procedure asks for, for the command line."""

from collections.abc import Iterator, Sequence
from itertools import starmap

from engine.data_use import FieldData, data_use
from engine.model import Procedure

_USES = {
    "rule": ("Regel", "rule"),
    "notice": ("Hinweis", "notice"),
    "document": ("Unterlage", "document"),
    "xoev": ("Nachricht", "message"),
    "dms": ("Akte", "filing"),
    "invitation": ("Einladung", "invitation"),
}
_HEADS = (
    ("Feld", "field"),
    ("Zweck", "purpose"),
    ("Empfänger", "recipients"),
    ("Aufbewahrung", "retention"),
    ("gebraucht von", "used by"),
)
_BY_HAND = ("nur von Menschen gelesen", "only read by people")
_UNUSED = ("von niemandem", "nobody")


def data_json(procedure: Procedure) -> dict[str, object]:
    """The form for programs."""
    rows = list(data_use(procedure))
    return {
        "procedure": procedure.id,
        "fields": [_field(row) for row in rows],
        "unused": [row.path for row in rows if row.is_unused],
        "recipients": {one.id: one.text.german for one in procedure.recipients},
        "retention": {
            **{key: f"P{period.days}D" for key, period in procedure.retention.items()},
            **{one.id: one.text.german for one in procedure.retention_classes},
        },
    }


def _field(row: FieldData) -> dict[str, object]:
    return {
        "field": row.path,
        "label": row.field.label.german,
        "purpose": row.purpose.id,
        "text": row.purpose.text.german,
        "legal_basis": row.purpose.legal_basis,
        "recipients": list(row.purpose.recipients),
        "retention": row.purpose.retention,
        "used_by": list(row.uses),
        "by_hand": row.purpose.by_hand,
        "source": row.purpose.source,
    }


def data_text(procedure: Procedure, language: str) -> str:
    """Three tables: fields, purposes with their paragraphs, and what nothing reads."""
    at = 0 if language == "de" else 1
    rows = list(data_use(procedure))
    heads = [pair[at] for pair in _HEADS]
    lines = [*_table([heads, *(_cells(row, at) for row in rows)]), ""]
    titles = [_HEADS[1][at], ("Rechtsgrundlage", "legal basis")[at], ("Wofür", "what for")[at]]
    purposes = ([one.id, one.legal_basis, one.text.german] for one in procedure.purposes)
    lines += [*_table([titles, *purposes]), ""]
    unused = [row for row in rows if row.is_unused]
    counted = (f"{len(unused)} von {len(rows)} Feldern stehen nur in der Zusammenfassung.",
               f"{len(unused)} of {len(rows)} fields stand in the summary alone.")  # fmt: skip
    return "\n".join([*lines, counted[at], *(f"  {row.path}" for row in unused)]) + "\n"


def _cells(row: FieldData, at: int) -> list[str]:
    nothing = _BY_HAND if row.purpose.by_hand else _UNUSED
    uses = ", ".join(_USES[use][at] for use in row.uses) or nothing[at]
    recipients = ", ".join(row.purpose.recipients)
    return [row.path, row.purpose.id, recipients, row.purpose.retention, uses]


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    for row in rows:
        yield "  ".join(starmap(str.ljust, zip(row, widths, strict=True))).rstrip()
