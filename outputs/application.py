"""What goes in: an accepted application. What comes out: files. Nothing here reads a clock."""

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from engine.answers.write import canonical_bytes
from engine.model import Authority, Procedure
from engine.plan import Evaluation, Plan
from engine.texts.languages import GERMAN, german_name

PRODUCT = "Vordruck"
MAKER = "Vordruck"
PRODUCT_VERSION = "0.1.0"

IDS = uuid.UUID("7d1f0e5c-5a0f-5c5e-9f43-0c1c7e6a9b10")  # our own name space for uuid5


class UnknownStandard(ValueError):
    """A definition names a standard, a version or a message that no table here holds."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file the applicant handed in, for a document of the procedure."""

    document: str
    row: int | None
    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Supplement:
    """Documents that follow an application: which delivery of them, and when they came."""

    id: str
    at: datetime  # aware


@dataclass(frozen=True, slots=True)
class Problem:
    """What a schema does not accept: where, and in the validator's own words."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class OutputFile:
    """Bytes that leave the portal; `output` is their entry in the table of outputs."""

    name: str
    media_type: str
    content: bytes
    output: str = ""
    problems: tuple[Problem, ...] | None = None  # None: there was no schema to ask

    @property
    def sha256(self) -> str:
        """Hex digest of the content."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Application:
    """Everything the writers need to know about one accepted application."""

    plan: Plan
    evaluation: Evaluation
    submission_id: str  # the reference number, as the applicant was told
    submitted_at: datetime  # aware
    today: date  # the day of decision the rules were asked for
    language: str  # of the applicant: "de", "ar", …
    uploads: tuple[Upload, ...] = ()
    supplement: Supplement | None = None  # the uploads came later, and nothing else with them

    def __post_init__(self) -> None:
        if self.submitted_at.tzinfo is None:
            raise ValueError("submitted_at needs a time zone")

    @property
    def procedure(self) -> Procedure:
        """The definition the application was filled in with."""
        return self.plan.procedure

    @property
    def authority(self) -> Authority:
        """Author and reader of the messages."""
        return self.procedure.authority

    @property
    def spoken(self) -> str:
        """For readers: which language it was filled in; "" if German."""
        if self.language == GERMAN:
            return ""
        return f"{german_name(self.language)}; maßgeblich ist der deutsche Text"

    @property
    def handed_in_at(self) -> datetime:
        """When the uploads came."""
        return self.submitted_at if self.supplement is None else self.supplement.at

    @cached_property
    def data_hash(self) -> str:
        """SHA-256 of the canonical answers: the same in PDF, JSON and receipt."""
        answers = canonical_bytes(self.procedure, self.evaluation.values)
        return hashlib.sha256(answers).hexdigest()

    @cached_property
    def environment(self) -> Mapping[str, object]:
        """The names of the form, and `submission` and `authority` beside them."""
        authority = self.authority
        return self.plan.environment(
            self.evaluation,
            self.today,
            submission={
                "id": self.submission_id,
                "date": self.submitted_at.date(),
                "time": self.submitted_at.isoformat(timespec="seconds"),
            },
            authority={
                "name": authority.name,
                "street": authority.street,
                "postcode": authority.postcode,
                "town": authority.town,
                "email": authority.email,
                "phone": authority.phone,
                "ags": authority.ags,
                "dvdv_key": authority.dvdv_key,
            },
        )

    def document_title(self, document: str, row: int | None) -> str:
        """What a document is called, with the words of its row."""
        titles = {one.id: one.title.german for one in self.procedure.documents}
        rows = {(one.document, one.row): one.title for one in self.evaluation.documents}
        of_row = rows.get((document, row), "")
        title = titles.get(document, document)
        return f"{title}: {of_row}" if of_row else title

    def identifier(self, path: str) -> str:
        """A UUID that is the same whenever the same application is written."""
        return str(uuid.uuid5(uuid.uuid5(IDS, self.submission_id), path))
