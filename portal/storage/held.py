"""Everything that is kept about the person behind a session, for themselves (Art. 15 DSGVO, R50).

`BELONGINGS` is the table of all tables with rows about people, each with the way from a row to its
draft or submission. A test walks the database: a table that stands neither here nor in `OTHERS`,
or a column that is neither handed out nor a secret, is noticed.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session, SQLModel, col, select

from portal.storage.case_tables import (
    CaseCodeRow,
    CaseEntryRow,
    CaseNoticeRow,
    MessageRow,
    QuarantineRow,
    ReplyRow,
)
from portal.storage.holders import held_by, owner
from portal.storage.refusals import UnavailableError, WrongKeyError
from portal.storage.sealing import Seal
from portal.storage.store import Store
from portal.storage.supplements import holder_of
from portal.storage.tables import (
    AuditHeadRow,
    AuditRow,
    DefinitionRow,
    DeliveryRow,
    DraftDoorRow,
    DraftRow,
    InvitationEntryRow,
    InvitationRow,
    LetterRow,
    PayloadRow,
    PromiseRow,
    ResumeCodeRow,
    StepRow,
    SubmissionRow,
    SupplementRow,
    TargetRow,
    TransferMessageRow,
    TransferRow,
    UnfinishedUploadRow,
    UploadPieceRow,
    UploadRow,
)


@dataclass(frozen=True, slots=True)
class Belonging:
    """Rows about a person: `column` names what they belong to, in one of the tables `of`."""

    row: type[SQLModel]
    column: str
    of: tuple[str, ...]

    @property
    def name(self) -> str:
        """Of the table."""
        return str(self.row.__tablename__)


_DRAFT, _SUBMISSION = ("draft",), ("submission",)
BELONGINGS = (
    Belonging(InvitationRow, "draft_id", _DRAFT),
    Belonging(InvitationEntryRow, "invitation_id", ("invitation",)),
    Belonging(ResumeCodeRow, "draft_id", _DRAFT),
    Belonging(DraftDoorRow, "draft_id", _DRAFT),
    Belonging(UploadRow, "draft_id", _DRAFT),
    Belonging(UnfinishedUploadRow, "draft_id", _DRAFT),
    Belonging(UploadPieceRow, "unfinished_id", ("unfinished_upload",)),
    Belonging(CaseCodeRow, "submission_id", _SUBMISSION),
    Belonging(CaseEntryRow, "submission_id", _SUBMISSION),
    Belonging(CaseNoticeRow, "submission_id", _SUBMISSION),
    Belonging(PromiseRow, "draft_id", _DRAFT),
    Belonging(SupplementRow, "submission_id", _SUBMISSION),
    Belonging(TransferRow, "submission_id", _SUBMISSION),
    Belonging(TransferMessageRow, "transfer_id", ("transfer",)),
    Belonging(PayloadRow, "submission_id", _SUBMISSION),
    Belonging(MessageRow, "submission_id", _SUBMISSION),
    Belonging(ReplyRow, "submission_id", _SUBMISSION),
    Belonging(DeliveryRow, "submission_id", _SUBMISSION),
    Belonging(StepRow, "delivery_id", ("delivery",)),
    Belonging(LetterRow, "subject", ("draft", "submission")),
    Belonging(AuditRow, "subject", ("draft", "submission", "upload", "invitation", "delivery")),
)
# Nothing in them is about an applicant, or nobody can tell about whom.
OTHERS = (DefinitionRow, TargetRow, AuditHeadRow, QuarantineRow)
# What opens something, or only says where bytes lie: of no use to the person, of use to a thief.
SECRETS = frozenset(
    {"key", "hash", "previous", "link_hash", "code_hash", "word_hash", "session_hash"}
) | {"object_name"}
_KEYS_OF_CODES = {"case_code": {"number"}}  # the portal's key makes the code of it


@dataclass(frozen=True, slots=True)
class HeldFile:
    """Bytes that are kept about the person."""

    path: str  # inside the export
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Held:
    """Rows by table, as plain JSON, and the files they name."""

    rows: Mapping[str, list[dict[str, object]]] = field(repr=False)
    files: tuple[HeldFile, ...] = field(repr=False)


def held(store: Store, session_id: str, *, without: Collection[str] = ()) -> Held:
    """Everything about the drafts and submissions of a session; drafts in `without` stay closed."""
    with store.database.reading() as session:
        found = _rows(session, session_id, frozenset(without))
    seals = _seals(store, found)
    rows = {name: [_plain(store, name, one, seals) for one in kept] for name, kept in found.items()}
    return Held(rows, tuple(_files(store, found, seals)))


def is_secret(table: str, column: str) -> bool:
    """Whether a column is not handed out."""
    return column in SECRETS or column in _KEYS_OF_CODES.get(table, ())


def _rows(session: Session, session_id: str, without: frozenset[str]) -> dict[str, list[SQLModel]]:
    own = owner(session_id)
    drafts = session.exec(select(DraftRow).where(held_by(session_id))).all()
    sent = session.exec(select(SubmissionRow).where(SubmissionRow.session_hash == own)).all()
    theirs = {one.draft_id for one in sent}
    # What follows an application is gathered in a draft that belongs to no session.
    later = [owner(holder_of(one.id, session_id)) for one in sent]
    of_sent = session.exec(
        select(DraftRow).where(col(DraftRow.id).in_(theirs) | col(DraftRow.session_hash).in_(later))
    ).all()
    kept = {one.id: one for one in (*drafts, *of_sent) if one.id not in without - theirs}
    found: dict[str, list[SQLModel]] = {"draft": [*kept.values()], "submission": [*sent]}
    for one in BELONGINGS:
        ids = {str(getattr(row, "id", "")) for name in one.of for row in found[name]}
        query = select(one.row).where(col(getattr(one.row, one.column)).in_(ids))
        found[one.name] = [*session.exec(query).all()]
    return found


def _seals(store: Store, found: Mapping[str, list[SQLModel]]) -> dict[str, Seal]:
    """The keys of drafts and submissions, by the id of either."""
    seals: dict[str, Seal] = {}
    for row in found["draft"]:
        assert isinstance(row, DraftRow)  # noqa: S101  # for the type checker
        seals[row.id] = store.master.seal(row.id, row.key)
    for row in found["submission"]:
        assert isinstance(row, SubmissionRow)  # noqa: S101  # for the type checker
        seals[row.id] = store.master.seal(row.draft_id, row.key)
    for row in found["transfer"]:
        assert isinstance(row, TransferRow)  # noqa: S101  # for the type checker
        seals[row.id] = store.master.seal(row.id, row.key)
    return seals


def _plain(store: Store, table: str, row: SQLModel, seals: Mapping[str, Seal]) -> dict[str, object]:
    """A row as JSON: what is sealed is opened, what is secret is left out."""
    told: dict[str, object] = {}
    for name, value in row.model_dump().items():
        if is_secret(table, name):
            continue
        if isinstance(value, bytes):
            told[name] = _opened(store, row, name, value, seals)
        else:
            told[name] = value.isoformat() if isinstance(value, datetime) else value
    return told


def _opened(
    store: Store, row: SQLModel, column: str, sealed: bytes, seals: Mapping[str, Seal]
) -> object:
    """What stands in a sealed column; nothing of a letter that has gone out."""
    if not sealed:
        return None
    match row:
        case DraftRow() | SubmissionRow():
            seal, what = seals[row.id], "answers"
        case UploadRow():
            seal, what = seals[row.draft_id], f"{row.object_name}.name"
        case UnfinishedUploadRow():
            seal, what = seals[row.draft_id], f"{row.id}.name"
        case InvitationRow():
            seal, what = seals[row.draft_id], f"agreed/{row.id}"
        case ResumeCodeRow():
            seal, what = seals[row.draft_id], "address"
        case CaseNoticeRow():
            seal, what = seals[row.submission_id], "notice-address"
        case SupplementRow():
            seal, what = seals[row.submission_id], f"later/{row.id}"
        case ReplyRow():
            seal, what = seals[row.submission_id], f"reply/{row.id}"
        case LetterRow():
            seal, what = store.master.seal(row.id, row.key), "letter"
        case _:
            raise WrongKeyError(f"nobody says how {row.__tablename__}.{column} is opened")
    return _read(seal.open(sealed, what).decode())


def _read(text: str) -> object:
    """JSON as what it says, any other text as it stands."""
    if not text.startswith(("{", "[")):
        return text
    try:
        read: object = json.loads(text)
    except ValueError:  # a file name may begin like that
        return text
    return read


def _files(
    store: Store, found: Mapping[str, list[SQLModel]], seals: Mapping[str, Seal]
) -> Iterator[HeldFile]:
    drafts = {str(one.id): one.draft_id for one in found["unfinished_upload"]}  # type: ignore[attr-defined]
    for row in (
        *found["upload"],
        *found["upload_piece"],
        *found["payload"],
        *found["message"],
        *found["transfer_message"],
    ):
        match row:
            case UploadRow():
                seal, name = seals[row.draft_id], row.object_name
                said = _opened(store, row, "name", row.name, seals)
                path = f"uploads/{row.id}/{str(said).replace('/', '_')}"
            case UploadPieceRow():
                seal, name = seals[drafts[row.unfinished_id]], row.object_name
                path = f"unfinished/{row.unfinished_id}/{row.start}"
            case PayloadRow():
                seal, name = seals[row.submission_id], row.object_name
                path = f"submissions/{row.submission_id}/{row.name}"
            case MessageRow():
                seal, name = seals[row.submission_id], row.object_name
                path = f"messages/{row.id}.xml"
            case TransferMessageRow() if row.object_name is not None:
                seal, name = seals[row.transfer_id], row.object_name
                path = f"transfers/{row.transfer_id}/{row.name}"
            case _:
                continue
        try:
            yield HeldFile(path, seal.open(store.files.read(name), name))
        except FileNotFoundError as fault:
            raise UnavailableError(f"{name} is not there") from fault
