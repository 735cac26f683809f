from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import inspect
from sqlmodel import func, select

from portal.storage import appending, audit, drafts, orphans, submissions, uploads
from portal.storage.database import Database
from portal.storage.faults import FAILPOINTS, arm
from portal.storage.migrate import current, is_current
from portal.storage.records import Receipt
from portal.storage.store import Store
from portal.storage.tables import AuditRow, DeliveryRow, PayloadRow, SubmissionRow, UploadRow
from tests.portal.delivery.fit_connect.places import PLACES
from tests.portal.inbox.test_kills import PICKING, REPLYING
from tests.portal.stores import NEWEST, PROCEDURE, SESSION, new_draft, open_store, payloads, submit
from tests.portal.transfer.test_kills import SENDING, TAKING
from tests.portal.victims import CONTENT, LATER, killed, workers

FILES = ("file-half-written", "file-synced", "file-renamed", "folder-synced")
ACCEPTING = (
    "reserved",
    *FILES,
    "file-renamed@2",
    "file-renamed@3",
    "payloads-stored",
    "submission-written",
    "payloads-written",
    "outbox-written",
    "before-commit",
    "after-commit",
)
UPLOADING = (*FILES, "upload-written", "upload-before-commit", "upload-kept")
DELIVERING = (
    "claimed",
    "sending",
    "half-sent",
    "parcel-synced",
    "parcel-placed",
    "sent",
    "before-acknowledged",
    "acknowledged",
)


APPENDING = ("append-stored", "append-before-commit", "after-append")


@pytest.fixture
def survivor(folder: Path) -> Iterator[Store]:
    """The store that goes on after another process was killed."""
    opened = open_store(folder)
    yield opened
    opened.close()


def _count(store: Store) -> dict[str, int]:
    with store.database.reading() as session:
        accepted = select(func.count()).where(AuditRow.action == "accepted")
        return {
            "submissions": session.exec(select(func.count()).select_from(SubmissionRow)).one(),
            "payloads": session.exec(select(func.count()).select_from(PayloadRow)).one(),
            "deliveries": session.exec(select(func.count()).select_from(DeliveryRow)).one(),
            "entries": session.exec(accepted).one(),
        }


def _assert_whole(store: Store) -> None:
    """Every row has its file, after a sweep every file has its row, the audit chain fits."""
    assert orphans.known_files(store) <= store.files.names()
    orphans.sweep(store, timedelta(0))
    assert orphans.known_files(store) == store.files.names()
    assert [] == list(store.files.root.glob("*/*.unfinished"))
    with store.database.reading() as session:
        assert audit.broken_link(session) is None
        assert "ok" == session.connection().exec_driver_sql("PRAGMA integrity_check").scalar()


NOTHING = {"submissions": 0, "payloads": 0, "deliveries": 0, "entries": 0}
ONE = {"submissions": 1, "payloads": 3, "deliveries": 2, "entries": 1}


@pytest.mark.parametrize("place", ACCEPTING)
def test_r03_a_killed_acceptance_is_whole_or_nothing_and_can_be_repeated(
    survivor: Store, folder: Path, place: str
) -> None:
    """Submission, payloads, outbox rows and audit entry appear together, wherever the kill is."""
    draft = new_draft(survivor)
    killed("accept", folder, place, draft)
    assert (ONE if place == "after-commit" else NOTHING) == _count(survivor)
    receipt = submissions.accept(survivor, draft, SESSION, 0, payloads)
    assert isinstance(receipt, Receipt)
    assert receipt == submissions.receipt_of_draft(survivor, draft, SESSION)
    assert ONE == _count(survivor)
    _assert_whole(survivor)


def test_r07_an_attempt_that_was_killed_keeps_its_time(survivor: Store, folder: Path) -> None:
    """Whoever pressed the button before midnight does not lose the day by our crash."""
    draft = new_draft(survivor)
    killed("accept", folder, "reserved", draft)
    before = survivor.now()
    receipt = submissions.accept(survivor, draft, SESSION, 0, payloads)
    assert isinstance(receipt, Receipt)
    assert receipt.accepted_at < before


@pytest.mark.parametrize("place", UPLOADING)
def test_r04_a_killed_upload_leaves_no_row_without_file(
    survivor: Store, folder: Path, place: str
) -> None:
    """The file is there before its row; what has no row is swept away."""
    draft = new_draft(survivor)
    killed("upload", folder, place, draft)
    kept = uploads.of_draft(survivor, draft, SESSION)
    assert (1 if place == "upload-kept" else 0) == len(kept)
    _assert_whole(survivor)
    for _, content in uploads.contents(survivor, draft, SESSION):
        assert CONTENT == content
    again = uploads.add(survivor, draft, SESSION, "pass", None, "b.pdf", "application/pdf", CONTENT)
    assert again is not None
    _assert_whole(survivor)


@pytest.mark.parametrize("target_number", ["", "@2"])
@pytest.mark.parametrize("place", DELIVERING)
def test_r11_a_killed_delivery_goes_on_and_arrives_once(
    survivor: Store, folder: Path, place: str, target_number: str
) -> None:
    """Wherever the worker dies, at the first delivery or the second: one whole file each."""
    submit(survivor)
    killed("deliver", folder, place + target_number)
    worker = workers(survivor, folder)
    while worker.deliver_next() is not None:
        pass
    arrived = [path for path in (folder / "out").glob("*/*") if path.is_file()]
    assert ["dms", "fachverfahren"] == sorted(path.parent.name for path in arrived)
    receipt = submissions.of_session(survivor, SESSION)[0]
    stored = submissions.payloads_of(survivor, receipt.submission_id)
    wanted = {submissions.payload_bytes(survivor, one.id) for one in stored if one.output != "pdf"}
    assert wanted == {path.read_bytes() for path in arrived}
    with survivor.database.reading() as session:
        entries = session.exec(select(AuditRow).where(AuditRow.action == "delivered")).all()
    assert ["dms", "fachverfahren"] == sorted(entry.detail for entry in entries)
    _assert_whole(survivor)


def test_r48_a_killed_deletion_leaves_no_file_behind(survivor: Store, folder: Path) -> None:
    """Rows go first; files that then stay are swept away."""
    draft = new_draft(survivor)
    uploads.add(survivor, draft, SESSION, "pass", None, "a.pdf", "application/pdf", CONTENT)
    killed("expire", folder, "rows-deleted")
    assert drafts.load(survivor, draft, SESSION) is None
    submit(survivor)
    worker = workers(survivor, folder)
    while worker.deliver_next() is not None:
        pass
    killed("delete", folder, "rows-deleted")
    assert NOTHING | {"entries": 1} == _count(survivor)
    with survivor.database.reading() as session:
        assert [] == list(session.exec(select(UploadRow)))
    _assert_whole(survivor)
    assert set() == survivor.files.names()
    assert 0 == drafts.expire(survivor, PROCEDURE, timedelta(0))


def test_a_killed_migration_leaves_the_database_as_it_was(folder: Path) -> None:
    """All tables or none; the next start makes them."""
    killed("migrate", folder, "before-migrated")
    database = Database(f"sqlite:///{folder / 'v.sqlite'}")
    assert current(database) is None
    with database.engine.connect() as connection:
        assert [] == inspect(connection).get_table_names()
    database.close()
    store = open_store(folder, migrated=False)
    assert is_current(store.database)
    assert NEWEST == current(store.database)
    _assert_whole(store)
    store.close()


@pytest.mark.parametrize("place", APPENDING)
def test_r03_a_killed_append_is_whole_or_nothing_and_can_be_repeated(
    survivor: Store, folder: Path, place: str
) -> None:
    """What a case sends later is queued once, wherever the process dies."""
    receipt = submit(survivor)
    killed("append", folder, place, receipt.submission_id)
    assert (3 if place == "after-append" else 2) == _count(survivor)["deliveries"]
    assert appending.append(survivor, receipt.submission_id, LATER, "applicant")
    assert 3 == _count(survivor)["deliveries"]
    assert 4 == _count(survivor)["payloads"]
    _assert_whole(survivor)


def test_every_failpoint_is_tried() -> None:
    """A failpoint that no test kills at would only look like safety."""
    here = (*ACCEPTING, *UPLOADING, *DELIVERING, *APPENDING)
    elsewhere = (*PICKING, *REPLYING, *SENDING, *TAKING, *PLACES)
    tried = {place.partition("@")[0] for place in (*here, *elsewhere)}
    assert set(FAILPOINTS) == tried | {"rows-deleted", "before-migrated"}


def test_failpoints_are_refused_outside_the_test_mode() -> None:
    """No environment variable kills a portal in use."""
    with pytest.raises(SystemExit, match="VORDRUCK_TEST_MODE"):
        arm("claimed", test_mode=False)
    with pytest.raises(SystemExit, match="kennt"):
        arm("no-such-place", test_mode=True)
