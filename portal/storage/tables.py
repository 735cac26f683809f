"""The tables. Rows stay in this folder; everybody else sees plain dataclasses."""

from datetime import UTC, datetime

from sqlalchemy import Column, DateTime, Dialect, LargeBinary, UniqueConstraint
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel


class UtcTime(TypeDecorator[datetime]):
    """An aware time, kept as UTC: SQLite forgets zones, so the zone is not left to the column."""

    impl = DateTime
    cache_ok = True

    # SQLAlchemy gives these two their names.
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To the database: UTC without zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without zone reached the database")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """From the database: aware, UTC."""
        return None if value is None else value.replace(tzinfo=UTC)


def _time(*, nullable: bool = False, index: bool = False) -> Column[datetime]:
    return Column(UtcTime(), nullable=nullable, index=index)


def _bytes() -> Column[bytes]:
    return Column(LargeBinary, nullable=False)


class DefinitionRow(SQLModel, table=True):
    """A published definition, kept as long as drafts or submissions are pinned to it (R28)."""

    __tablename__ = "definition"

    digest: str = Field(primary_key=True, max_length=64)
    procedure_id: str = Field(index=True, max_length=64)
    version: str = Field(max_length=40)
    text: str
    lists: str  # JSON: name -> text of the shared lists it was loaded with
    published_at: datetime = Field(sa_column=_time())


class DraftRow(SQLModel, table=True):
    """An application being filled in; `key` is the case's data key under the master key."""

    __tablename__ = "draft"

    id: str = Field(primary_key=True, max_length=32)
    procedure_id: str = Field(max_length=64)
    digest: str = Field(foreign_key="definition.digest", max_length=64)
    session_hash: str = Field(index=True, max_length=64)
    language: str = Field(max_length=20)
    key: bytes = Field(sa_column=_bytes())
    answers: bytes = Field(sa_column=_bytes())
    revision: int = 0
    reserved_submission: str | None = Field(default=None, max_length=36)
    reserved_at: datetime | None = Field(default=None, sa_column=_time(nullable=True))
    created_at: datetime = Field(sa_column=_time())
    updated_at: datetime = Field(sa_column=_time(index=True))


class InvitationRow(SQLModel, table=True):
    """Somebody else who fills in some pages of a draft; link and code are kept as hashes only."""

    __tablename__ = "invitation"

    id: str = Field(primary_key=True, max_length=32)
    draft_id: str = Field(foreign_key="draft.id", index=True, max_length=32)
    name: str = Field(max_length=64)  # of the invitation in the definition
    link_hash: str = Field(unique=True, max_length=64)
    code_hash: str = Field(max_length=200)
    created_at: datetime = Field(sa_column=_time())
    expires_at: datetime = Field(sa_column=_time())
    opened_at: datetime | None = Field(default=None, sa_column=_time(nullable=True))
    done_at: datetime | None = Field(default=None, sa_column=_time(nullable=True))
    tries: int = 0  # wrong codes since the last right one
    blocked_until: datetime | None = Field(default=None, sa_column=_time(nullable=True))
    # Encrypted: the applicant's answers that the invited person had in view when handing over.
    agreed: bytes | None = Field(default=None, sa_column=Column(LargeBinary, nullable=True))


class InvitationEntryRow(SQLModel, table=True):
    """A browser in which link and code of an invitation were right."""

    __tablename__ = "invitation_entry"

    hash: str = Field(primary_key=True, max_length=64)
    invitation_id: str = Field(foreign_key="invitation.id", index=True, max_length=32)
    created_at: datetime = Field(sa_column=_time())


class UploadRow(SQLModel, table=True):
    """A file handed in; its bytes lie encrypted in the file store under `object_name`."""

    __tablename__ = "upload"

    id: str = Field(primary_key=True, max_length=32)
    draft_id: str = Field(foreign_key="draft.id", index=True, max_length=32)
    document: str = Field(max_length=80)
    row: int | None = None
    name: bytes = Field(sa_column=_bytes())  # encrypted: file names tell who somebody is
    media_type: str = Field(max_length=80)
    size: int
    sha256: str = Field(max_length=64)
    object_name: str = Field(unique=True, max_length=80)
    created_at: datetime = Field(sa_column=_time())


class SubmissionRow(SQLModel, table=True):
    """An accepted application; one per draft (R08)."""

    __tablename__ = "submission"

    id: str = Field(primary_key=True, max_length=36)
    draft_id: str = Field(unique=True, max_length=32)
    reference: str = Field(unique=True, max_length=24)
    procedure_id: str = Field(index=True, max_length=64)
    digest: str = Field(foreign_key="definition.digest", max_length=64)
    definition_version: str = Field(max_length=40)
    session_hash: str = Field(index=True, max_length=64)
    language: str = Field(max_length=20)
    key: bytes = Field(sa_column=_bytes())
    answers: bytes = Field(sa_column=_bytes())
    payload_sha256: str = Field(max_length=64)
    accepted_at: datetime = Field(sa_column=_time(index=True))
    released_by: str | None = Field(default=None, max_length=80)


class PayloadRow(SQLModel, table=True):
    """Bytes built once from a submission and re-sent unchanged (R21)."""

    __tablename__ = "payload"
    __table_args__ = (UniqueConstraint("submission_id", "output"),)

    id: str = Field(primary_key=True, max_length=32)
    submission_id: str = Field(foreign_key="submission.id", index=True, max_length=36)
    output: str = Field(max_length=40)
    name: str = Field(max_length=200)
    media_type: str = Field(max_length=120)
    size: int
    sha256: str = Field(max_length=64)
    object_name: str = Field(unique=True, max_length=80)


class DeliveryRow(SQLModel, table=True):
    """The outbox: one row per submission and target, with a durable state of its own (R11)."""

    __tablename__ = "delivery"
    __table_args__ = (UniqueConstraint("submission_id", "target"),)

    id: str = Field(primary_key=True, max_length=32)
    submission_id: str = Field(foreign_key="submission.id", index=True, max_length=36)
    target: str = Field(max_length=40)
    payload_id: str = Field(foreign_key="payload.id", max_length=32)
    state: str = Field(index=True, max_length=20)
    fence: int = 0
    attempts: int = 0
    lease_until: datetime | None = Field(default=None, sa_column=_time(nullable=True))
    due_at: datetime = Field(sa_column=_time(index=True))
    first_due_at: datetime = Field(sa_column=_time())
    acknowledged_at: datetime | None = Field(default=None, sa_column=_time(nullable=True))
    acknowledgement: str | None = Field(default=None, max_length=400)
    last_fault: str | None = Field(default=None, max_length=200)


class StepRow(SQLModel, table=True):
    """The journal of a delivery."""

    __tablename__ = "delivery_step"

    id: int | None = Field(default=None, primary_key=True)
    delivery_id: str = Field(foreign_key="delivery.id", index=True, max_length=32)
    fence: int
    at: datetime = Field(sa_column=_time())
    step: str = Field(max_length=40)
    detail: str = Field(default="", max_length=400)


class AuditRow(SQLModel, table=True):
    """Who did what when, never the content; each row is chained to the one before (R53)."""

    __tablename__ = "audit"

    number: int = Field(primary_key=True)
    at: datetime = Field(sa_column=_time())
    actor: str = Field(max_length=80)
    action: str = Field(max_length=60)
    subject: str = Field(index=True, max_length=80)
    detail: str = Field(default="", max_length=400)
    previous: str = Field(max_length=64)
    hash: str = Field(max_length=64)


class AuditHeadRow(SQLModel, table=True):
    """The newest audit entry, in one single row: shows when the end of the trail is cut off."""

    __tablename__ = "audit_head"

    id: int = Field(primary_key=True)
    number: int
    hash: str = Field(max_length=64)
