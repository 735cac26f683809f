import time
from datetime import timedelta
from statistics import median

import pytest

from portal.storage import audit, doors, drafts, resuming, submissions
from portal.storage.code_hashes import fits
from portal.storage.records import Draft, Receipt
from portal.storage.resuming import ALL_TRIES, PAUSE, TRIES, Elsewhere, Opened, Submitted
from portal.storage.store import Store
from portal.storage.tables import ResumeCodeRow
from tests.portal.stores import PROCEDURE, SESSION, VirtualClock, new_draft, payloads

CODE, WORD = "ABCD-EFGH-JKLM-NPQR", "blauertisch"
OTHER, FRESH = "session-of-the-library", "session-after-the-code"
STAY = timedelta(minutes=30)


def _enter(store: Store, code: str = CODE, word: str = WORD, procedure: str = "") -> object:
    return resuming.enter(store, code, word, procedure, OTHER, FRESH)


@pytest.fixture
def draft(store: Store) -> str:
    """A draft with code and word."""
    made = new_draft(store)
    assert resuming.make(store, made, SESSION, CODE, WORD)
    return made


def test_code_and_word_open_the_draft_in_another_browser(store: Store, draft: str) -> None:
    """Under a new session; the first browser has it as before."""
    assert _enter(store) == Opened(draft, PROCEDURE)
    assert drafts.load(store, draft, OTHER) is None
    assert isinstance(drafts.load(store, draft, FRESH), Draft)
    assert isinstance(drafts.load(store, draft, SESSION), Draft)
    assert [one.id for one in drafts.of_session(store, FRESH)] == [draft]
    with store.database.reading() as session:
        assert audit.broken_link(session) is None


def test_r55_what_was_the_old_sessions_is_the_new_ones(store: Store, draft: str) -> None:
    """A browser that had a draft of its own keeps it when it is let into another one."""
    own = new_draft(store, OTHER)
    _enter(store)

    assert {one.id for one in drafts.of_session(store, FRESH)} == {own, draft}
    assert drafts.of_session(store, OTHER) == []


@pytest.mark.parametrize(("code", "word"), [("XXXX-XXXX", WORD), (CODE, "roterstuhl"), ("", "")])
def test_nothing_but_the_right_pair_opens(store: Store, draft: str, code: str, word: str) -> None:
    """Neither alone."""
    assert _enter(store, code, word) is None
    assert drafts.load(store, draft, FRESH) is None


def test_r59_ten_thousand_guesses_end_in_a_lock(
    store: Store, draft: str, clock: VirtualClock
) -> None:
    """Pauses first; after twenty tries in all the right word opens nothing any more."""
    looked_at = 0
    real = fits

    def counting(word: str, stored: str) -> bool:
        nonlocal looked_at
        looked_at += 1
        return real(word, stored)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(resuming, "fits", counting)
        patch.setattr(resuming, "fits_nothing", lambda _: None)
        for number in range(10_000 if store.database.is_sqlite else 500):
            assert _enter(store, word=f"geraten {number}") is None
            if number % 100 == 99:
                clock.advance(PAUSE)

    assert looked_at == ALL_TRIES
    assert _enter(store) is None


def test_a_pause_ends_and_the_right_word_forgives(
    store: Store, draft: str, clock: VirtualClock
) -> None:
    """Five wrong words, fifteen minutes, then it opens."""
    for _ in range(TRIES):
        _enter(store, word="geraten")
    assert _enter(store) is None
    clock.advance(PAUSE)

    assert _enter(store) == Opened(draft, PROCEDURE)
    for _ in range(TRIES - 1):
        _enter(store, word="geraten")
    assert _enter(store) == Opened(draft, PROCEDURE)


def test_r59_a_code_of_one_procedure_opens_nothing_at_another(store: Store, draft: str) -> None:
    """It says which one it belongs to, to somebody who has both secrets."""
    assert _enter(store, procedure="anderes_verfahren") == Elsewhere(PROCEDURE)
    assert drafts.load(store, draft, FRESH) is None
    assert _enter(store, procedure="anderes_verfahren", word="geraten") is None
    assert _enter(store, procedure=PROCEDURE) == Opened(draft, PROCEDURE)


def test_r58_unknown_and_wrong_take_the_same_time(store: Store, draft: str) -> None:
    """What does not exist is answered no faster."""

    def took(code: str, number: int) -> float:
        begin = time.perf_counter()
        assert _enter(store, code, f"geraten {number}") is None
        return time.perf_counter() - begin

    wrong = [took(CODE, number) for number in range(TRIES - 1)]
    unknown = [took("XXXX-XXXX-XXXX-XXXX", number) for number in range(TRIES - 1)]

    assert 0.5 < median(unknown) / median(wrong) < 2


def test_a_renewed_code_ends_the_old_one(store: Store, draft: str) -> None:
    """The new word counts, too."""
    assert resuming.make(store, draft, SESSION, "NEWC-NEWC-NEWC-NEWC", "roterstuhl")
    assert _enter(store) is None
    assert _enter(store, "NEWC-NEWC-NEWC-NEWC", "roterstuhl") == Opened(draft, PROCEDURE)


def test_a_revoked_code_opens_nothing_and_other_browsers_are_out(store: Store, draft: str) -> None:
    """Whoever revokes it keeps the draft, even where it was not begun."""
    _enter(store)
    assert resuming.revoke(store, draft, FRESH)

    assert _enter(store) is None
    assert drafts.load(store, draft, SESSION) is None
    assert isinstance(drafts.load(store, draft, FRESH), Draft)
    assert doors.pass_through(store, draft, FRESH, STAY).until is None


def test_other_browsers_can_be_closed_and_the_code_stays(store: Store, draft: str) -> None:
    """For somebody who left it open in the library."""
    _enter(store)
    assert resuming.close_others(store, draft, FRESH)

    assert drafts.load(store, draft, SESSION) is None
    assert _enter(store) == Opened(draft, PROCEDURE)


def test_only_who_may_open_the_draft_makes_or_ends_its_code(store: Store, draft: str) -> None:
    """Foreign sessions change nothing (R58)."""
    assert not resuming.make(store, draft, OTHER, "XXXX-XXXX", "roterstuhl")
    assert not resuming.revoke(store, draft, OTHER)
    assert not resuming.close_others(store, draft, OTHER)
    assert _enter(store) == Opened(draft, PROCEDURE)


def test_a_deleted_draft_has_no_code(store: Store, draft: str) -> None:
    """It goes with the draft, and so do its doors."""
    assert drafts.delete(store, draft, SESSION)
    assert _enter(store) is None


def test_a_submitted_application_is_not_opened_again(store: Store, draft: str) -> None:
    """The browser that submitted has the receipt, wherever the draft was begun."""
    _enter(store)
    receipt = submissions.accept(store, draft, FRESH, 0, payloads)
    assert isinstance(receipt, Receipt)

    assert _enter(store) == Submitted()
    assert submissions.receipt_of_draft(store, draft, FRESH) == receipt
    assert submissions.receipt_of_draft(store, draft, SESSION) is None


def test_a_door_closes_when_nothing_is_done_and_the_word_opens_it(
    store: Store, draft: str, clock: VirtualClock
) -> None:
    """Every request keeps it open; what is wrong counts like a wrong word at the code."""
    for _ in range(5):
        clock.advance(STAY - timedelta(minutes=1))
        assert doors.pass_through(store, draft, SESSION, STAY).is_open
    clock.advance(STAY)
    assert not doors.pass_through(store, draft, SESSION, STAY).is_open
    assert doors.closed(store, SESSION, STAY) == {draft}

    assert not resuming.unlock(store, draft, "geraten", SESSION)
    assert not resuming.unlock(store, draft, WORD, OTHER)
    assert resuming.unlock(store, draft, WORD, SESSION)
    assert doors.pass_through(store, draft, SESSION, STAY).until == clock.at + STAY
    assert doors.closed(store, SESSION, STAY) == set()


def test_without_a_code_no_door_closes(store: Store, clock: VirtualClock) -> None:
    """Nobody could open it again: the draft would be lost."""
    made = new_draft(store)
    clock.advance(timedelta(days=20))
    assert doors.pass_through(store, made, SESSION, STAY).is_open


def test_only_hashes_are_stored(store: Store, draft: str) -> None:
    """Nothing in the row is code or word."""
    with store.database.reading() as session:
        row = session.get_one(ResumeCodeRow, draft)
    assert CODE not in repr(row.model_dump())
    assert WORD not in repr(row.model_dump())
