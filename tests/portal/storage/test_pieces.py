"""Files in pieces and documents that follow, on both databases."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from portal.storage import drafts, orphans, outbox, pieces, retention, supplements, uploads
from portal.storage.pieces import Announced, Elsewhere
from portal.storage.records import Draft, Payload, Unfinished
from portal.storage.store import Store
from portal.storage.supplements import Supplement, Told, holder_of
from portal.storage.uploads import Terms
from tests.portal.stores import PROCEDURE, SESSION, VirtualClock, new_draft, submit

CONTENT = bytes(range(256)) * 300
HALF = len(CONTENT) // 2
FILES = (Told("Pass", "pass-of-somebody.pdf", None, "pass"),)


def announced(store: Store, draft: str) -> Unfinished:
    """A file of two pieces."""
    one = pieces.begin(
        store, draft, SESSION, Announced("pass", None, "canary.pdf", "", len(CONTENT), None)
    )
    assert one is not None
    return one


def test_the_same_piece_at_the_same_time_counts_once(store: Store) -> None:
    """Two tabs, or a phone that repeats too early."""
    draft = new_draft(store)
    one = announced(store, draft)

    def send(_: int) -> Unfinished | Elsewhere | None:
        return pieces.add(store, draft, SESSION, one.id, 0, CONTENT[:HALF])

    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(send, range(6)))
    assert sum(isinstance(each, Unfinished) for each in found) == 1
    assert all(each == Elsewhere(HALF) for each in found if not isinstance(each, Unfinished))
    pieces.add(store, draft, SESSION, one.id, HALF, CONTENT[HALF:])
    assert pieces.content_of(store, draft, SESSION, one.id) == CONTENT
    orphans.sweep(store, timedelta(0))
    assert orphans.known_files(store) == store.files.names()


def test_a_finished_file_becomes_one_upload_however_often_it_is_finished(store: Store) -> None:
    """Files of pieces go, the row stays for whoever asks again."""
    draft = new_draft(store)
    one = announced(store, draft)
    pieces.add(store, draft, SESSION, one.id, 0, CONTENT)
    terms = Terms(unfinished=one.id)

    def finish(_: int) -> bool:
        added = uploads.add(
            store, draft, SESSION, "pass", None, "a.pdf", "application/pdf", CONTENT, terms
        )
        return added is not None

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(finish, range(4))) == [False, False, False, True]
    known = pieces.find(store, draft, SESSION, one.id)
    assert known is not None
    assert known.kept_as is not None
    assert len(store.files.names()) == 1


def test_pieces_tell_nothing_about_anybody(store: Store) -> None:
    """They are sealed like every file, names included."""
    draft = new_draft(store)
    one = announced(store, draft)
    pieces.add(store, draft, SESSION, one.id, 0, CONTENT)
    (piece,) = store.files.names()
    assert CONTENT[:64] not in store.files.read(piece)
    assert "canary" not in repr(pieces.find(store, draft, SESSION, one.id))


def test_a_deleted_draft_takes_its_pieces_along(store: Store) -> None:
    """At once, not only after their time."""
    draft = new_draft(store)
    one = announced(store, draft)
    pieces.add(store, draft, SESSION, one.id, 0, CONTENT)
    assert drafts.delete(store, draft, SESSION)
    assert store.files.names() == set()
    assert pieces.sweep(store) == 0


def gathered(store: Store, submission: str) -> Draft:
    """A file that waits to be sent."""
    begun = supplements.begin(store, submission, SESSION)
    assert begun is not None
    holder = holder_of(submission, SESSION)
    uploads.add(store, begun.id, holder, "pass", None, "a.pdf", "application/pdf", CONTENT)
    found = supplements.find(store, submission, SESSION)
    assert found is not None
    return found


def send(store: Store, submission: str, draft: Draft, at: datetime) -> Supplement | None:
    """Queue it."""
    payload = Payload(f"later-{draft.id}", f"{draft.id}.zip", "application/zip", CONTENT, "dms")
    return supplements.send(store, submission, SESSION, draft, payload, FILES, at)


def test_documents_that_follow_are_queued_once_and_their_draft_goes(store: Store) -> None:
    """However many presses at once; in order behind the application."""
    submission = submit(store).submission_id
    draft = gathered(store, submission)
    with ThreadPoolExecutor(4) as pool:
        sent = list(pool.map(lambda _: send(store, submission, draft, store.now()), range(4)))
    assert sum(one is not None for one in sent) == 1
    (kept,) = supplements.of_submission(store, submission)
    assert (kept.number, kept.files) == (1, FILES)
    assert [one.ordinal for one in outbox.states(store, submission) if one.target == "dms"] == [
        0,
        1,
    ]
    assert supplements.find(store, submission, SESSION) is None
    orphans.sweep(store, timedelta(0))
    assert orphans.known_files(store) == store.files.names()


def test_a_file_that_comes_while_sending_is_not_left_behind(store: Store) -> None:
    """What was built without it is not queued."""
    submission = submit(store).submission_id
    draft = gathered(store, submission)
    gathered(store, submission)
    assert send(store, submission, draft, store.now()) is None
    assert supplements.of_submission(store, submission) == []


def test_two_browsers_gather_apart_and_one_gathers_in_one_place(store: Store) -> None:
    """Two first files at once do not make two drafts."""
    submission = submit(store).submission_id
    begin: Callable[[int], Draft | None] = lambda _: supplements.begin(store, submission, SESSION)  # noqa: E731
    with ThreadPoolExecutor(4) as pool:
        mine = {one.id for one in pool.map(begin, range(4)) if one is not None}
    other = supplements.begin(store, submission, "another browser")
    assert other is not None
    assert len(mine) == 1
    assert other.id not in mine


def test_what_is_not_sent_goes_like_a_draft_and_what_is_sent_with_its_submission(
    store: Store, clock: VirtualClock
) -> None:
    """Nothing of it stays."""
    submission = submit(store).submission_id
    sent = gathered(store, submission)
    send(store, submission, sent, store.now())
    gathered(store, submission)
    clock.advance(timedelta(days=31))
    assert drafts.expire(store, PROCEDURE, timedelta(days=30)) == 1
    assert supplements.find(store, submission, SESSION) is None
    assert retention.release(store, submission, "somebody")
    assert retention.delete_delivered(store, PROCEDURE, timedelta(days=30)) == 1
    assert supplements.of_submission(store, submission) == []
    assert store.files.names() == set()
