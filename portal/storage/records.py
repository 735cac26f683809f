"""What storage hands out and takes: plain, frozen data."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Draft:
    """An application being filled in."""

    id: str
    procedure_id: str
    digest: str
    language: str
    # repr=False here and below: what a person entered must not slip into a log (R52).
    answers: dict[str, object] = field(repr=False)  # canonical JSON (engine.answers.write_answers)
    raw: dict[str, object] = field(repr=False)  # what was typed, by path, readable or not
    revision: int
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody (another tab) saved in between; `current` is what is stored now."""

    current: Draft


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody else who fills in some pages of a draft."""

    id: str
    draft_id: str
    name: str  # of the invitation in the definition
    created_at: datetime  # of the link and the code
    expires_at: datetime
    opened_at: datetime | None  # link and code were right for the first time
    done_at: datetime | None
    is_locked: bool  # too many wrong codes: only a new link and code help
    # The applicant's answers that were in view when the invited person handed over.
    agreed: dict[str, object] | None = field(repr=False)

    def is_over(self, now: datetime) -> bool:
        """Whether link and code have stopped working."""
        return now >= self.expires_at


@dataclass(frozen=True, slots=True)
class UploadRecord:
    """A file handed in with a draft."""

    id: str
    document: str
    row: int | None
    name: str = field(repr=False)
    media_type: str
    size: int
    sha256: str
    scanned: bool = False


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A file that comes in pieces."""

    id: str
    document: str
    row: int | None
    name: str = field(repr=False)
    declared: str
    size: int
    received: int
    replaces: str | None
    kept_as: str | None  # the upload it has become


@dataclass(frozen=True, slots=True)
class Payload:
    """Bytes to be kept and, if `target` is given, delivered there."""

    output: str  # pdf, xoev, dms, json
    name: str
    media_type: str
    content: bytes = field(repr=False)
    target: str | None
    fault: str = ""  # a code: kept, but not sent before a person has looked


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the applicant is shown; true only after the commit."""

    submission_id: str
    reference: str
    procedure_id: str
    accepted_at: datetime
    digest: str
    definition_version: str
    payload_sha256: str
    language: str


@dataclass(frozen=True, slots=True)
class StoredPayload:
    """A payload as stored: what a delivery sends."""

    id: str
    output: str
    name: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Job:
    """A delivery taken under lease; `fence` proves that the lease is still ours (R17)."""

    id: str
    submission_id: str
    reference: str
    procedure_id: str
    target: str
    fence: int
    attempts: int
    first_due_at: datetime
    payload: StoredPayload
    ordinal: int = 0  # 0: what was accepted; then what the case got later

    @property
    def key(self) -> str:
        """The idempotency key: the same for every attempt (R14), another for every delivery."""
        later = f".{self.ordinal}" if self.ordinal else ""
        return f"{self.submission_id}.{self.target}{later}"


@dataclass(frozen=True, slots=True)
class DeliveryState:
    """Where a delivery stands."""

    target: str
    state: str
    attempts: int
    due_at: datetime
    acknowledged_at: datetime | None
    last_fault: str | None
    id: str = ""
    ordinal: int = 0
    payload_id: str = ""
