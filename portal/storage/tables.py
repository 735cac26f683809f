"""The tables. Rows stay in this folder; everybody else sees plain dataclasses."""

from datetime import datetime

from sqlalchemy import Column, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from portal.storage.columns import UtcTime as UtcTime  # where migrations look for it
from portal.storage.columns import bytes_column, time_column


class DefinitionRow(SQLModel, table=True):
    """A published definition, kept as long as drafts or submissions are pinned to it (R28)."""

    __tablename__ = "definition"

    digest: str = Field(primary_key=True, max_length=64)
    procedure_id: str = Field(index=True, max_length=64)
    version: str = Field(max_length=40)
    text: str
    lists: str  # JSON: name -> text of the shared lists it was loaded with
    published_at: datetime = Field(sa_column=time_column())


class DraftRow(SQLModel, table=True):
    """An application being filled in; `key` is the case's data key under the master key."""

    __tablename__ = "draft"

    id: str = Field(primary_key=True, max_length=32)
    procedure_id: str = Field(max_length=64)
    digest: str = Field(foreign_key="definition.digest", max_length=64)
    session_hash: str = Field(index=True, max_length=64)
    language: str = Field(max_length=20)
    key: bytes = Field(sa_column=bytes_column())
    answers: bytes = Field(sa_column=bytes_column())
    revision: int = 0
    reserved_submission: str | None = Field(default=None, max_length=36)
    reserved_at: datetime | None = Field(default=None, sa_column=time_column(nullable=True))
    created_at: datetime = Field(sa_column=time_column())
    updated_at: datetime = Field(sa_column=time_column(index=True))


class InvitationRow(SQLModel, table=True):
    """Somebody else who fills in some pages of a draft; link and code are kept as hashes only."""

    __tablename__ = "invitation"

    id: str = Field(primary_key=True, max_length=32)
    draft_id: str = Field(foreign_key="draft.id", index=True, max_length=32)
    name: str = Field(max_length=64)  # of the invitation in the definition
    link_hash: str = Field(unique=True, max_length=64)
    code_hash: str = Field(max_length=200)
    created_at: datetime = Field(sa_column=time_column())
    expires_at: datetime = Field(sa_column=time_column())
    opened_at: datetime | None = Field(default=None, sa_column=time_column(nullable=True))
    done_at: datetime | None = Field(default=None, sa_column=time_column(nullable=True))
    tries: int = 0  # wrong codes since the last right one
    blocked_until: datetime | None = Field(default=None, sa_column=time_column(nullable=True))
    # Encrypted: the applicant's answers that the invited person had in view when handing over.
    agreed: bytes | None = Field(default=None, sa_column=Column(LargeBinary, nullable=True))


class InvitationEntryRow(SQLModel, table=True):
    """A browser in which link and code of an invitation were right."""

    __tablename__ = "invitation_entry"

    hash: str = Field(primary_key=True, max_length=64)
    invitation_id: str = Field(foreign_key="invitation.id", index=True, max_length=32)
    created_at: datetime = Field(sa_column=time_column())


class ResumeCodeRow(SQLModel, table=True):
    """The code that leads back to a draft, with the word that goes with it; both as hashes only."""

    __tablename__ = "resume_code"

    draft_id: str = Field(primary_key=True, foreign_key="draft.id", max_length=32)
    code_hash: str = Field(unique=True, max_length=64)
    word_hash: str = Field(max_length=200)
    created_at: datetime = Field(sa_column=time_column())
    tries: int = 0  # wrong words since the last right one
    blocked_until: datetime | None = Field(default=None, sa_column=time_column(nullable=True))
    letters: int = 0  # that took the code to the applicant
    # Encrypted, and only if the applicant wants to be written to.
    address: bytes | None = Field(default=None, sa_column=Column(LargeBinary, nullable=True))
    noticed_at: datetime | None = Field(default=None, sa_column=time_column(nullable=True))


class DraftDoorRow(SQLModel, table=True):
    """A session that may open a draft, and when it last did."""

    __tablename__ = "draft_door"

    session_hash: str = Field(primary_key=True, max_length=64)
    draft_id: str = Field(primary_key=True, foreign_key="draft.id", index=True, max_length=32)
    used_at: datetime = Field(sa_column=time_column())


class LetterRow(SQLModel, table=True):
    """An e-mail to be sent; address and contents are encrypted, and gone once it is sent."""

    __tablename__ = "letter"

    id: str = Field(primary_key=True, max_length=32)
    kind: str = Field(max_length=40)
    subject: str = Field(index=True, max_length=36)  # the draft or submission it is about
    language: str = Field(max_length=20)
    key: bytes = Field(sa_column=bytes_column())
    content: bytes = Field(sa_column=bytes_column())
    state: str = Field(index=True, max_length=20)
    fence: int = 0
    attempts: int = 0
    lease_until: datetime | None = Field(default=None, sa_column=time_column(nullable=True))
    due_at: datetime = Field(sa_column=time_column())
    created_at: datetime = Field(sa_column=time_column())
    last_fault: str | None = Field(default=None, max_length=200)


class UploadRow(SQLModel, table=True):
    """A file handed in; its bytes lie encrypted in the file store under `object_name`."""

    __tablename__ = "upload"

    id: str = Field(primary_key=True, max_length=32)
    draft_id: str = Field(foreign_key="draft.id", index=True, max_length=32)
    document: str = Field(max_length=80)
    row: int | None = None
    name: bytes = Field(sa_column=bytes_column())  # encrypted: file names tell who somebody is
    media_type: str = Field(max_length=80)
    size: int
    sha256: str = Field(max_length=64)
    object_name: str = Field(unique=True, max_length=80)
    created_at: datetime = Field(sa_column=time_column())
    scanned: bool = False  # the malware scanner called it clean


class UnfinishedUploadRow(SQLModel, table=True):
    """A file on its way in pieces; forgotten some time after the last one, with its draft's key."""

    __tablename__ = "unfinished_upload"

    id: str = Field(primary_key=True, max_length=32)
    draft_id: str = Field(index=True, max_length=32)
    document: str = Field(max_length=80)
    row: int | None = None
    name: bytes = Field(sa_column=bytes_column())  # encrypted
    declared: str = Field(max_length=100)  # the type that the browser names
    size: int
    received: int = 0
    replaces: str | None = Field(default=None, max_length=32)
    kept_as: str | None = Field(default=None, max_length=32)  # the upload it has become
    updated_at: datetime = Field(sa_column=time_column(index=True))


class UploadPieceRow(SQLModel, table=True):
    """Some bytes of an unfinished upload, encrypted in the file store."""

    __tablename__ = "upload_piece"

    object_name: str = Field(primary_key=True, max_length=80)
    unfinished_id: str = Field(foreign_key="unfinished_upload.id", index=True, max_length=32)
    start: int


class PromiseRow(SQLModel, table=True):
    """A document that will follow, says the applicant."""

    __tablename__ = "promise"

    draft_id: str = Field(primary_key=True, foreign_key="draft.id", max_length=32)
    document: str = Field(primary_key=True, max_length=80)
    row: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})  # -1: of no row


class SupplementRow(SQLModel, table=True):
    """Documents sent after the application; the bytes are those of a delivery."""

    __tablename__ = "supplement"
    __table_args__ = (UniqueConstraint("submission_id", "number"),)

    id: str = Field(primary_key=True, max_length=32)  # of the draft they were gathered in
    submission_id: str = Field(foreign_key="submission.id", index=True, max_length=36)
    number: int
    sent_at: datetime = Field(sa_column=time_column())
    sha256: str = Field(max_length=64)
    files: bytes = Field(sa_column=bytes_column())  # encrypted: names of documents and files


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
    key: bytes = Field(sa_column=bytes_column())
    answers: bytes = Field(sa_column=bytes_column())
    payload_sha256: str = Field(max_length=64)
    accepted_at: datetime = Field(sa_column=time_column(index=True))
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


class TransferRow(SQLModel, table=True):
    """A file that travels to another authority, comes from one, or is offered to an archive."""

    __tablename__ = "transfer"
    __table_args__ = (UniqueConstraint("direction", "process"),)

    id: str = Field(primary_key=True, max_length=32)
    submission_id: str | None = Field(
        default=None, foreign_key="submission.id", index=True, max_length=36
    )
    direction: str = Field(max_length=3)
    way: str = Field(max_length=20)
    office: str = Field(max_length=40)
    process: str = Field(max_length=36)  # what the other side names in its answers
    state: str = Field(index=True, max_length=20)
    opened_at: datetime = Field(sa_column=time_column())
    changed_at: datetime = Field(sa_column=time_column())
    due_at: datetime | None = Field(default=None, sa_column=time_column(nullable=True))
    remind_days: int
    reminders: int = 0
    key: bytes = Field(sa_column=bytes_column())  # data key of its messages, under the master key


class TransferMessageRow(SQLModel, table=True):
    """A message of a transfer; what came in is kept sealed, what goes out beside no case, too."""

    __tablename__ = "transfer_message"
    __table_args__ = (UniqueConstraint("transfer_id", "name"),)

    id: str = Field(primary_key=True, max_length=32)
    transfer_id: str = Field(foreign_key="transfer.id", index=True, max_length=32)
    direction: str = Field(max_length=3)
    name: str = Field(max_length=120)  # ours, once per transfer
    code: str = Field(max_length=10)  # 0401, 010206
    number: int = 0  # of a piece
    at: datetime = Field(sa_column=time_column())
    size: int
    sha256: str = Field(max_length=64)
    object_name: str | None = Field(default=None, unique=True, max_length=80)
    waits: bool = False  # goes out beside the outbox, and has not arrived yet
    attempts: int = 0


class DeliveryRow(SQLModel, table=True):
    """The outbox: a row per payload and target, with a durable state of its own (R11)."""

    __tablename__ = "delivery"
    __table_args__ = (UniqueConstraint("submission_id", "target", "ordinal"),)

    id: str = Field(primary_key=True, max_length=32)
    submission_id: str = Field(foreign_key="submission.id", index=True, max_length=36)
    target: str = Field(max_length=40)
    ordinal: int = 0  # what a target gets of one submission arrives in this order
    payload_id: str = Field(foreign_key="payload.id", max_length=32)
    state: str = Field(index=True, max_length=20)
    fence: int = 0
    attempts: int = 0
    lease_until: datetime | None = Field(default=None, sa_column=time_column(nullable=True))
    due_at: datetime = Field(sa_column=time_column(index=True))
    first_due_at: datetime = Field(sa_column=time_column())
    acknowledged_at: datetime | None = Field(default=None, sa_column=time_column(nullable=True))
    acknowledgement: str | None = Field(default=None, max_length=400)
    last_fault: str | None = Field(default=None, max_length=200)
    released_at: datetime | None = Field(default=None, sa_column=time_column(nullable=True))
    released_by: str | None = Field(default=None, max_length=80)


class TargetRow(SQLModel, table=True):
    """A target that is out of order, or that somebody has paused; no row: nothing known."""

    __tablename__ = "target"

    name: str = Field(primary_key=True, max_length=40)
    opened_at: datetime | None = Field(default=None, sa_column=time_column(nullable=True))
    probe_at: datetime | None = Field(default=None, sa_column=time_column(nullable=True))
    failures: int = 0  # in a row, of the target itself
    fault: str | None = Field(default=None, max_length=200)
    paused_at: datetime | None = Field(default=None, sa_column=time_column(nullable=True))
    paused_by: str | None = Field(default=None, max_length=80)


class StepRow(SQLModel, table=True):
    """The journal of a delivery."""

    __tablename__ = "delivery_step"

    id: int | None = Field(default=None, primary_key=True)
    delivery_id: str = Field(foreign_key="delivery.id", index=True, max_length=32)
    fence: int
    at: datetime = Field(sa_column=time_column())
    step: str = Field(max_length=40)
    detail: str = Field(default="", max_length=400)


class AuditRow(SQLModel, table=True):
    """Who did what when, never the content; each row is chained to the one before (R53)."""

    __tablename__ = "audit"

    number: int = Field(primary_key=True)
    at: datetime = Field(sa_column=time_column())
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
