"""Tables of what happens to a case after it was submitted."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from portal.storage.columns import bytes_column, time_column


class CaseCodeRow(SQLModel, table=True):
    """The code that opens a submission's case in any browser, as a hash."""

    __tablename__ = "case_code"

    submission_id: str = Field(primary_key=True, foreign_key="submission.id", max_length=36)
    number: str = Field(max_length=32)  # the portal's key makes the code of it, for its first hour
    code_hash: str = Field(max_length=200)
    created_at: datetime = Field(sa_column=time_column())
    tries: int = 0  # wrong codes since the last right one
    blocked_until: datetime | None = Field(default=None, sa_column=time_column(nullable=True))


class CaseEntryRow(SQLModel, table=True):
    """A browser in which number and code of a case were right."""

    __tablename__ = "case_entry"

    hash: str = Field(primary_key=True, max_length=64)
    submission_id: str = Field(foreign_key="submission.id", index=True, max_length=36)
    created_at: datetime = Field(sa_column=time_column())


class MessageRow(SQLModel, table=True):
    """A message of the authority about a case; its bytes lie encrypted under `object_name`."""

    __tablename__ = "message"

    id: str = Field(primary_key=True, max_length=32)
    message_id: str = Field(unique=True, max_length=36)  # the authority's own
    submission_id: str = Field(foreign_key="submission.id", index=True, max_length=36)
    kind: str = Field(max_length=20)
    created_at: datetime = Field(sa_column=time_column())  # as the authority says
    received_at: datetime = Field(sa_column=time_column())
    read_at: datetime | None = Field(default=None, sa_column=time_column(nullable=True))
    size: int
    sha256: str = Field(max_length=64)
    object_name: str = Field(unique=True, max_length=80)


class ReplyRow(SQLModel, table=True):
    """What the applicant sent after the application: an answer or a withdrawal."""

    __tablename__ = "reply"
    __table_args__ = (UniqueConstraint("submission_id", "number"),)

    id: str = Field(primary_key=True, max_length=32)
    submission_id: str = Field(foreign_key="submission.id", index=True, max_length=36)
    number: int
    kind: str = Field(max_length=20)
    answers: str | None = Field(default=None, foreign_key="message.id", max_length=32)
    payload_id: str = Field(foreign_key="payload.id", max_length=32)
    content: bytes = Field(sa_column=bytes_column())  # encrypted: text and names of the files
    sent_at: datetime = Field(sa_column=time_column())


class CaseNoticeRow(SQLModel, table=True):
    """Where the applicant wants to be written to when there is news; encrypted."""

    __tablename__ = "case_notice"

    submission_id: str = Field(primary_key=True, foreign_key="submission.id", max_length=36)
    address: bytes = Field(sa_column=bytes_column())
    language: str = Field(max_length=20)
    created_at: datetime = Field(sa_column=time_column())


class QuarantineRow(SQLModel, table=True):
    """A message that came in and belongs to no case, or cannot be read; a person must look."""

    __tablename__ = "quarantine"

    id: str = Field(primary_key=True, max_length=32)
    target: str = Field(max_length=40)
    name: str = Field(max_length=200)
    code: str = Field(max_length=40)
    place: str = Field(default="", max_length=80)
    sha256: str = Field(index=True, max_length=64)
    received_at: datetime = Field(sa_column=time_column())
    settled_at: datetime | None = Field(default=None, sa_column=time_column(nullable=True))
    settled_by: str | None = Field(default=None, max_length=80)
