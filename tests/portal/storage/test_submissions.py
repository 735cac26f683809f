import threading
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import func, select

from portal.storage import audit, drafts, orphans, submissions, uploads
from portal.storage.records import Payload, Receipt
from portal.storage.refusals import DamagedError, UnavailableError
from portal.storage.store import Store
from portal.storage.submissions import Changed, reference
from portal.storage.tables import DeliveryRow, SubmissionRow
from tests.portal.stores import (
    DIGEST,
    PROCEDURE,
    SESSION,
    VirtualClock,
    new_draft,
    open_store,
    payloads,
    submit,
)
from tests.portal.victims import start

DRAFTS, PARALLEL = 20, 50


def test_r07_the_receipt_says_all_that_can_be_checked_later(
    store: Store, clock: VirtualClock
) -> None:
    """Id, time with zone, definition, hash of what was kept; equal to what is stored."""
    receipt = submit(store)
    assert clock.at == receipt.accepted_at
    assert receipt.accepted_at.utcoffset() == timedelta(0)
    assert (PROCEDURE, DIGEST, "1.0", "de") == (
        receipt.procedure_id,
        receipt.digest,
        receipt.definition_version,
        receipt.language,
    )
    assert 64 == len(receipt.payload_sha256)
    assert receipt == submissions.find(store, receipt.submission_id, SESSION)
    assert submissions.find(store, receipt.submission_id, "somebody else") is None
    assert submissions.draft_of(store, receipt.submission_id, "somebody else") is None


def test_r07_a_clock_set_back_makes_no_receipt_older_than_its_draft(
    store: Store, clock: VirtualClock
) -> None:
    """An hour back between draft and submission, as at the end of summer time gone wrong."""
    draft = new_draft(store)
    made = clock.at
    clock.advance(timedelta(hours=-1))
    receipt = submit(store, draft)
    assert made <= receipt.accepted_at


def test_r07_an_edit_after_a_failed_attempt_gets_a_time_of_its_own(
    store: Store, clock: VirtualClock
) -> None:
    """A reserved time belongs to what was handed in then, not to what is written later."""
    draft = new_draft(store)

    def fail(*_: object) -> Sequence[Payload]:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        submissions.accept(store, draft, SESSION, 0, fail)
    clock.advance(timedelta(minutes=2))
    drafts.save(store, draft, SESSION, 0, {"a": 1}, {})
    receipt = submissions.accept(store, draft, SESSION, 1, payloads)
    assert isinstance(receipt, Receipt)
    assert clock.at == receipt.accepted_at


def test_r07_a_repeated_attempt_counts_from_the_first_for_ten_minutes(
    store: Store, clock: VirtualClock
) -> None:
    """Afterwards it is a new one."""
    first = clock.at
    seen: list[datetime] = []

    def fail(_id: str, _reference: str, at: datetime) -> Sequence[Payload]:
        seen.append(at)
        raise RuntimeError

    draft = new_draft(store)
    for minutes in (0, 9, 2):
        clock.advance(timedelta(minutes=minutes))
        with pytest.raises(RuntimeError):
            submissions.accept(store, draft, SESSION, 0, fail)
    assert [first, first, first + timedelta(minutes=11)] == seen


def test_r08_fifty_presses_of_the_button_are_one_submission(folder: Path) -> None:
    """50 threads for each of 20 drafts: 20 submissions, everybody sees the same receipt."""
    store = open_store(folder)
    receipts: dict[str, list[object]] = {new_draft(store): [] for _ in range(DRAFTS)}
    for draft, seen in receipts.items():
        ready = threading.Barrier(PARALLEL)
        threads = [
            threading.Thread(target=_press, args=(store, draft, ready, seen))
            for _ in range(PARALLEL)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert {PARALLEL} == {len(seen) for seen in receipts.values()}
    assert {1} == {len(set(map(repr, seen))) for seen in receipts.values()}
    assert all(isinstance(seen[0], Receipt) for seen in receipts.values())
    _assert_accepted_once(store, DRAFTS)
    store.close()


def _press(store: Store, draft: str, ready: threading.Barrier, seen: list[object]) -> None:
    ready.wait()
    try:
        seen.append(submissions.accept(store, draft, SESSION, 0, payloads))
    except Exception as fault:
        seen.append(fault)


def test_r08_two_processes_accept_the_same_drafts_once(folder: Path) -> None:
    """As two servers behind one address would."""
    store = open_store(folder)
    (folder / "drafts").write_text("\n".join(new_draft(store) for _ in range(15)))
    processes = [start("accept-all", folder, draft_id=f"seen{number}") for number in range(2)]
    for process in processes:
        process.join(60)
        assert 0 == process.exitcode
    lines = {line for number in range(2) for line in (folder / f"seen{number}").open()}
    assert 15 == len(lines)
    assert all("Receipt(" in line for line in lines)
    _assert_accepted_once(store, 15)
    store.close()


def _assert_accepted_once(store: Store, number: int) -> None:
    with store.database.reading() as session:
        assert number == session.exec(select(func.count()).select_from(SubmissionRow)).one()
        references = select(func.count(func.distinct(SubmissionRow.reference)))
        assert number == session.exec(references).one()
        assert 2 * number == session.exec(select(func.count()).select_from(DeliveryRow)).one()
        assert audit.broken_link(session) is None
    assert orphans.known_files(store) == store.files.names()


def test_r08_a_draft_changed_since_the_summary_is_not_submitted(store: Store) -> None:
    """An answer or a file from another tab: the applicant must see it first."""
    draft = new_draft(store)
    drafts.save(store, draft, SESSION, 0, {"a": 1}, {})
    assert isinstance(submissions.accept(store, draft, SESSION, 0, payloads), Changed)
    uploads.add(store, draft, SESSION, "pass", None, "a.pdf", "application/pdf", b"%PDF")
    assert isinstance(submissions.accept(store, draft, SESSION, 1, payloads), Changed)
    assert isinstance(submissions.accept(store, draft, SESSION, 2, payloads), Receipt)


@pytest.mark.parametrize("change", ["answer", "file", "deleted"])
def test_r08_a_change_while_the_payloads_are_built_is_not_lost(store: Store, change: str) -> None:
    """What was built would not hold it; so nothing is submitted, and no file stays."""
    draft = new_draft(store)

    def build(submission_id: str, number: str, at: datetime) -> Sequence[Payload]:
        if change == "answer":
            drafts.save(store, draft, SESSION, 0, {"a": 1}, {})
        elif change == "file":
            uploads.add(store, draft, SESSION, "pass", None, "a.pdf", "application/pdf", b"%PDF")
        else:
            drafts.delete(store, draft, SESSION)
        return payloads(submission_id, number, at)

    result = submissions.accept(store, draft, SESSION, 0, build)
    assert result is None if change == "deleted" else isinstance(result, Changed)
    assert submissions.receipt_of_draft(store, draft, SESSION) is None
    orphans.sweep(store, timedelta(0))
    assert orphans.known_files(store) == store.files.names()


def test_r18_others_can_write_while_payloads_are_built(store: Store) -> None:
    """Building takes seconds sometimes; no transaction may be open meanwhile."""

    def build(submission_id: str, number: str, at: datetime) -> Sequence[Payload]:
        writer = threading.Thread(target=new_draft, args=(store, "another session"))
        writer.start()
        writer.join(3)
        assert not writer.is_alive()
        return payloads(submission_id, number, at)

    assert isinstance(submissions.accept(store, new_draft(store), SESSION, 0, build), Receipt)


def test_r21_payloads_come_back_byte_for_byte_after_a_restart(folder: Path) -> None:
    """Built once, kept, hashed; never built again."""
    store = open_store(folder)
    receipt = submit(store)
    store.close()
    again = open_store(folder)
    wanted = payloads(receipt.submission_id, receipt.reference, receipt.accepted_at)
    held = {
        one.output: submissions.payload_bytes(again, one.id)
        for one in submissions.payloads_of(again, receipt.submission_id)
    }
    assert {one.output: one.content for one in wanted} == held
    again.close()


@pytest.mark.parametrize("damage", ["flipped", "cut", "emptied", "swapped"])
def test_r21_a_payload_that_was_changed_is_noticed(store: Store, damage: str) -> None:
    """A single bit, a missing end, another payload in its place."""
    receipt = submit(store)
    one, other, _ = submissions.payloads_of(store, receipt.submission_id)
    path, twin = (store.files.root / x.id[:2] / f"{x.id}.payload" for x in (one, other))
    sealed = path.read_bytes()
    changed = {
        "flipped": bytes([*sealed[:40], sealed[40] ^ 1, *sealed[41:]]),
        "cut": sealed[: len(sealed) // 2],
        "emptied": b"",
        "swapped": twin.read_bytes(),
    }
    path.write_bytes(changed[damage])
    with pytest.raises(DamagedError):
        submissions.payload_bytes(store, one.id)
    path.unlink()
    with pytest.raises(UnavailableError):
        submissions.payload_bytes(store, one.id)


def test_r04_a_file_swept_too_early_stops_the_acceptance(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that slept for hours between file and commit must not commit a row without file."""
    draft = new_draft(store)
    write_all = store.files.write_all

    def swept(files: dict[str, bytes]) -> None:
        write_all(files)
        assert 3 == orphans.sweep(store, timedelta(0))

    with monkeypatch.context() as patch:
        patch.setattr(store.files, "write_all", swept)
        with pytest.raises(UnavailableError):
            submissions.accept(store, draft, SESSION, 0, payloads)
    assert submissions.receipt_of_draft(store, draft, SESSION) is None
    submit(store, draft)


def test_r04_a_sweep_spares_what_may_still_be_under_way(store: Store) -> None:
    """Files without a row, but young."""
    store.files.write("ab12.upload", b"content")
    assert 0 == orphans.sweep(store)
    assert store.files.has("ab12.upload")
    receipt = submit(store)
    assert 1 == orphans.sweep(store, timedelta(0))
    assert 3 == len(store.files.names())
    for one in submissions.payloads_of(store, receipt.submission_id):
        assert submissions.payload_bytes(store, one.id)


def test_references_can_be_read_out_on_the_phone() -> None:
    """Twelve signs in three groups, none that looks or sounds like another; all different."""
    made = {reference(f"submission {number}") for number in range(3000)}
    assert 3000 == len(made)
    assert all(len(one) == 14 and one[4] == one[9] == "-" for one in made)
    assert not set("01IO") & set("".join(made))
