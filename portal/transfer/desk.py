"""What everybody who moves files needs, and what is known of a case that is to travel."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from engine import Plan
from engine.model import Authority
from engine.model_dms import DmsOutput, Handover
from outputs.aktenversendung.messages import Office as Author
from outputs.dms.filing import Filing
from outputs.dms.read import NotAFiling, read_filing
from outputs.schemas import Schemas
from portal.clock import BERLIN
from portal.delivery.transports.transport import Transport
from portal.settings import Office
from portal.storage import submissions
from portal.storage.refusals import DamagedError
from portal.storage.store import Store
from portal.storage.tables import SubmissionRow

_IDS = uuid.UUID("5a0c1b86-0b7d-5d3e-9d0c-3f5f3f0f6c21")  # our own name space for uuid5
USUAL_DAYS = 28


class TransferError(Exception):
    """It cannot be done. The message is a code; commands have the sentences."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Store, other offices, and the ways to them."""

    store: Store
    offices: Mapping[str, Office]
    transports: Mapping[str, Transport]
    pinned: Callable[[str], Plan | None]  # the definition a case began with, by digest
    operator: str  # our own name, where a message is about no case
    schemas: Schemas | None = None
    # When what failed is tried again, by transfer; of this process alone.
    pauses: dict[str, datetime] = field(default_factory=dict, compare=False)

    def office(self, name: str) -> Office:
        """By its name in the settings, or by the one it has."""
        found = self.offices.get(name) or self.offices.get(self.office_id(name))
        if found is None:
            raise TransferError("unknown-office")
        return found

    def office_id(self, name: str) -> str:
        """The key in the settings."""
        if name in self.offices:
            return name
        return next((key for key, one in self.offices.items() if one.name == name), "")

    def target(self, name: str) -> str:
        """Where messages for an office go."""
        return self.office(name).target or self.office_id(name)

    def moment(self) -> datetime:
        """Now, as people here read it."""
        return self.store.now().astimezone(BERLIN).replace(microsecond=0)


@dataclass(frozen=True, slots=True)
class Case:
    """A case of ours."""

    submission_id: str
    reference: str
    plan: Plan
    filing: Filing
    application: bytes  # the message to the Fachverfahren; b"" without one

    @property
    def dms(self) -> DmsOutput:
        """How it is filed."""
        output = self.plan.procedure.outputs.dms
        if output is None:
            raise TransferError("no-filing")
        return output

    def process(self, what: str) -> str:
        """An id that is the same whenever the same is begun again."""
        return str(uuid.uuid5(_IDS, f"{self.submission_id}/{what}"))

    def handover(self, form: str) -> Handover | None:
        """What the definition says of this way."""
        return next((one for one in self.dms.handover if one.form == form), None)

    def remind_days(self, form: str) -> int:
        """How long an answer may take."""
        declared = self.handover(form)
        if declared is None or declared.remind is None:
            return USUAL_DAYS
        return declared.remind.days + 30 * declared.remind.months

    def sent(self, form: str) -> Filing:
        """As much of the case as the definition lets travel this way."""
        declared = self.handover(form)
        wanted = set(declared.sends) if declared else set()
        drawers = {one.title for one in self.dms.document_types if one.id in wanted}
        if not drawers:
            return self.filing
        documents = tuple(one for one in self.filing.documents if one.type in drawers)
        return replace(self.filing, documents=documents)


def case_of(desk: Desk, submission_id: str) -> Case:
    """The case with everything that was filed of it; TransferError if it cannot travel."""
    with desk.store.database.reading() as session:
        row = session.get(SubmissionRow, submission_id)
    plan = None if row is None else desk.pinned(row.digest)
    if row is None or plan is None:
        raise TransferError("unknown-case")
    filings, application = [], b""
    for one in submissions.payloads_of(desk.store, submission_id):
        if one.output == "xoev":
            application = _bytes(desk, one.id)
        # Later filings of the same case have a number: dms-1.
        if one.output.startswith("dms") and one.media_type == "application/zip":
            filings.append(_bytes(desk, one.id))
    return Case(submission_id, row.reference, plan, _filing(filings), application)


def author_of(own: Authority) -> Author:
    """Our own authority, as a message names it."""
    return Author(
        own.dvdv_key, own.name, own.street, "", own.postcode, own.town, own.email, own.phone
    )


def reader_of(office: Office) -> Author:
    """The other authority."""
    return Author(
        office.key, office.name, office.street, office.house_number, office.postcode, office.town,
        office.email,
    )  # fmt: skip


def _bytes(desk: Desk, payload_id: str) -> bytes:
    try:
        return submissions.payload_bytes(desk.store, payload_id)
    except DamagedError as fault:
        raise TransferError("file-damaged") from fault


def _filing(packages: list[bytes]) -> Filing:
    if not packages:
        raise TransferError("no-filing")
    try:
        first, *later = map(read_filing, packages)
    except NotAFiling as fault:
        raise TransferError("file-damaged") from fault
    documents = {one.id: one for filing in (first, *later) for one in filing.documents}
    return replace(first, documents=tuple(documents.values()))
