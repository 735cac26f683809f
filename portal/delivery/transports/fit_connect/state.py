"""Where a submission stands, as its journal tells: what a new worker needs to go on (F13)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from portal.delivery.transports.fit_connect.service import Announced
from portal.storage.journal import Note

PREFIX = "fit-connect-"
ANNOUNCED, UPLOADED = f"{PREFIX}announced", f"{PREFIX}uploaded"
SUBMITTING, SUBMITTED = f"{PREFIX}submitting", f"{PREFIX}submitted"
ABANDONED = f"{PREFIX}abandoned"
WARNED, ALARMED = f"{PREFIX}warned", f"{PREFIX}alarmed"


@dataclass(frozen=True, slots=True)
class Progress:
    """Nothing of it is about a person: ids and authentication tags."""

    announced: Announced | None = None
    uploaded: Mapping[str, str] = field(default_factory=dict)  # attachment -> tag
    # Tags of metadata and data, of every time that submitting was begun: one of them was taken.
    tried: tuple[Mapping[str, str], ...] = ()
    begun_at: datetime | None = None  # submitting
    is_submitted: bool = False
    told: frozenset[str] = frozenset()  # warnings

    def after(self, note: Note) -> "Progress":
        """The progress with one more note."""
        words = note.detail.split()
        if note.step == ANNOUNCED:
            return Progress(Announced(*words))
        if note.step == UPLOADED:
            return replace(self, uploaded={**self.uploaded, words[0]: words[1]})
        if note.step == SUBMITTING:
            tags = {"metadata": words[0], "data": words[1]}
            begun = self.begun_at or note.at
            return replace(self, tried=(*self.tried, tags), begun_at=begun)
        if note.step == SUBMITTED:
            return replace(self, is_submitted=True)
        if note.step == ABANDONED:
            return Progress()
        return replace(self, told=self.told | {note.step})


def progress(notes: Iterable[Note]) -> Progress:
    """From the beginning."""
    found = Progress()
    for note in notes:
        found = found.after(note)
    return found
