"""Everything that is kept about a person as one ZIP file: readable by machines, files included."""

import io
import json
import zipfile
from collections.abc import Collection
from datetime import datetime

from portal.library import Library
from portal.storage.held import Held

_WHAT = (
    "Alles, was dieses Portal zu Ihrer Sitzung speichert (Art. 15 und 20 DSGVO). tables: die "
    "Zeilen der Datenbank, entschlüsselt; was nur ein Schlüssel oder eine Prüfsumme ist, fehlt. "
    "labels: wie die Fragen heißen. Dateien liegen daneben."
)


def copy_of(held: Held, library: Library, operator: str, now: datetime) -> bytes:
    """The ZIP file."""
    digests = {str(row["digest"]) for name in ("draft", "submission") for row in held.rows[name]}
    told = {
        "what": _WHAT,
        "operator": operator,
        "made_at": now.isoformat(),
        "labels": _labels(library, digests),
        "tables": held.rows,
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", json.dumps(told, ensure_ascii=False, indent=1))
        for one in held.files:
            archive.writestr(one.path, one.content)
    return packed.getvalue()


def _labels(library: Library, digests: Collection[str]) -> dict[str, dict[str, str]]:
    """By procedure, then by the path of the question."""
    plans = [plan for digest in sorted(digests) if (plan := library.pinned(digest)) is not None]
    return {
        plan.procedure.id: {path: field.label.german for path, field in plan.procedure.fields()}
        for plan in plans
    }
