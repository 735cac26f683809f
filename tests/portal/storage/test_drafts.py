from datetime import timedelta
from pathlib import Path

import pytest

from portal.storage import definitions, drafts, submissions, uploads
from portal.storage.definitions import StoredDefinition
from portal.storage.records import Conflict, Draft
from portal.storage.store import Store
from tests.portal.stores import (
    DIGEST,
    PROCEDURE,
    SESSION,
    VirtualClock,
    new_draft,
    open_store,
    submit,
)

CANARY = "Fantasia-Canary-5512"
DAY = timedelta(days=1)


def _load(store: Store, draft: str) -> Draft:
    found = drafts.load(store, draft, SESSION)
    assert found is not None
    return found


def test_a_draft_comes_back_as_it_was_saved(store: Store) -> None:
    """Answers and what was typed, in every script, lists and nothing included."""
    draft = new_draft(store)
    answers: dict[str, object] = {"name": "Ольга ʻAlī", "kinder": [{"a": None}], "zahl": 3}
    saved = drafts.save(store, draft, SESSION, 0, answers, {"b": ["1.2.", ""]}, language="en")
    assert isinstance(saved, Draft)
    assert (answers, {"b": ["1.2.", ""]}) == (saved.answers, saved.raw)
    assert (1, "en") == (saved.revision, saved.language)
    assert saved == drafts.load(store, draft, SESSION)


def test_r58_a_foreign_draft_and_an_unknown_one_look_alike(store: Store) -> None:
    """Nobody learns whether an id exists."""
    draft = new_draft(store)
    for one in (draft, "0" * 32):
        assert drafts.load(store, one, "somebody else") is None
        assert drafts.save(store, one, "somebody else", 0, {}, {}) is None
        assert not drafts.delete(store, one, "somebody else")
        assert [] == uploads.of_draft(store, one, "somebody else")
        assert uploads.add(store, one, "somebody else", "x", None, "x", "x/x", b"x") is None
    assert [] == drafts.of_session(store, "somebody else")
    assert set() == store.files.names()


def test_a_second_tab_does_not_overwrite_the_first(store: Store) -> None:
    """The later one is shown what is there now."""
    draft = new_draft(store)
    drafts.save(store, draft, SESSION, 0, {"a": 1}, {})
    late = drafts.save(store, draft, SESSION, 0, {"a": 2}, {})
    assert isinstance(late, Conflict)
    assert {"a": 1} == late.current.answers
    assert {"a": 1} == _load(store, draft).answers


def test_a_submitted_draft_can_neither_change_nor_go(store: Store) -> None:
    """What was handed in stays as it was."""
    draft = new_draft(store)
    uploads.add(store, draft, SESSION, "pass", None, "a.pdf", "application/pdf", b"%PDF")
    before = _load(store, draft)
    assert submissions.accept(store, draft, SESSION, before.revision, lambda *_: []) is not None
    kept = uploads.of_draft(store, draft, SESSION)
    assert drafts.save(store, draft, SESSION, before.revision, {"a": 1}, {}) is None
    assert not drafts.delete(store, draft, SESSION)
    assert not uploads.remove(store, draft, SESSION, kept[0].id)
    assert uploads.add(store, draft, SESSION, "x", None, "x", "x/x", b"x") is None
    assert before == drafts.load(store, draft, SESSION)
    assert kept == uploads.of_draft(store, draft, SESSION)
    assert [] == drafts.of_session(store, SESSION)


def test_r46_a_draft_goes_30_days_after_the_last_edit(store: Store, clock: VirtualClock) -> None:
    """Answers and files are edits; reading is none. Not a day earlier, with all its files."""
    draft = new_draft(store)
    clock.advance(20 * DAY)
    drafts.save(store, draft, SESSION, 0, {}, {})
    clock.advance(20 * DAY)
    uploads.add(store, draft, SESSION, "pass", None, "a.pdf", "application/pdf", b"%PDF")
    clock.advance(30 * DAY)
    assert 0 == drafts.expire(store, PROCEDURE, 30 * DAY)
    clock.advance(timedelta(seconds=1))
    assert 0 == drafts.expire(store, "another_procedure", 30 * DAY)
    assert 1 == drafts.expire(store, PROCEDURE, 30 * DAY)
    assert drafts.load(store, draft, SESSION) is None
    assert set() == store.files.names()


def test_r46_many_drafts_go_in_several_short_transactions(
    store: Store, clock: VirtualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Submitted ones are no drafts any more and stay."""
    monkeypatch.setattr(drafts, "_BATCH", 3)
    kept = submit(store)
    for _ in range(7):
        new_draft(store)
    clock.advance(31 * DAY)
    assert 7 == drafts.expire(store, PROCEDURE, 30 * DAY)
    assert [kept] == submissions.of_session(store, SESSION)
    assert {PROCEDURE} == drafts.procedures(store)


def test_r28_a_draft_stays_with_the_definition_it_began_with(store: Store) -> None:
    """A new version changes nothing for it, unless it is moved, and that is on record."""
    draft = new_draft(store)
    newer = StoredDefinition("e" * 64, PROCEDURE, "2.0", "id: newer", {"staaten": "x"})
    assert definitions.publish(store, newer)
    assert not definitions.publish(store, newer)
    assert DIGEST == _load(store, draft).digest
    assert "id: probe" == getattr(definitions.find(store, DIGEST), "text", None)
    assert newer == definitions.find(store, newer.digest)
    assert definitions.find(store, "f" * 64) is None
    drafts.save(store, draft, SESSION, 0, {}, {}, digest=newer.digest)
    assert newer.digest == _load(store, draft).digest


def test_r28_a_submission_names_the_definition_of_its_draft(store: Store) -> None:
    """Also if a newer one was published before it was handed in."""
    draft = new_draft(store)
    definitions.publish(store, StoredDefinition("e" * 64, PROCEDURE, "2.0", "id: newer", {}))
    receipt = submit(store, draft)
    assert (DIGEST, "1.0") == (receipt.digest, receipt.definition_version)


def test_r52_nothing_of_a_draft_is_readable_on_the_disk(folder: Path) -> None:
    """Answers, contents and names of files: sealed, in database, log and file store."""
    store = open_store(folder)
    draft = new_draft(store)
    drafts.save(store, draft, SESSION, 0, {"name": CANARY}, {"typed": CANARY})
    content = CANARY.encode() * 50
    uploads.add(store, draft, SESSION, "pass", None, f"{CANARY}.pdf", "application/pdf", content)
    assert CANARY not in repr(_load(store, draft))
    assert CANARY not in repr(uploads.contents(store, draft, SESSION)[0][0])
    for path in folder.rglob("*"):
        if path.is_file():
            assert CANARY.encode() not in path.read_bytes(), path.name
            assert SESSION.encode() not in path.read_bytes(), path.name
    store.close()


def test_uploads_come_back_in_order_with_their_bytes(store: Store, clock: VirtualClock) -> None:
    """And can be taken back one by one."""
    draft = new_draft(store)
    for number in range(3):
        clock.advance(timedelta(seconds=1))
        uploads.add(
            store,
            draft,
            SESSION,
            "pass",
            number,
            f"{number}.pdf",
            "application/pdf",
            b"%d" % number,
        )
    held = uploads.contents(store, draft, SESSION)
    assert [b"0", b"1", b"2"] == [content for _, content in held]
    assert ["0.pdf", "1.pdf", "2.pdf"] == [record.name for record, _ in held]
    assert uploads.remove(store, draft, SESSION, held[1][0].id)
    assert not uploads.remove(store, draft, SESSION, held[1][0].id)
    assert [0, 2] == [record.row for record in uploads.of_draft(store, draft, SESSION)]
    assert 2 == len(store.files.names())
    assert 4 == _load(store, draft).revision
