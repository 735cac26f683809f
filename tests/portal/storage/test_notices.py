from datetime import timedelta

import pytest

from portal.storage import drafts, letters, notices, resuming, submissions
from portal.storage.letters import Letter, LetterKind
from portal.storage.notices import MOST, NOTICE
from portal.storage.store import Store
from tests.portal.stores import PROCEDURE, SESSION, VirtualClock, new_draft, payloads

CODE, WORD, ADDRESS = "ABCD-EFGH-JKLM-NPQR", "blauertisch", "amina@beispiel.example"
DAY, MONTH, LEASE = timedelta(days=1), timedelta(days=30), timedelta(minutes=2)


@pytest.fixture
def draft(store: Store) -> str:
    """A draft with a code."""
    made = new_draft(store)
    assert resuming.make(store, made, SESSION, CODE, WORD)
    return made


def _send(store: Store, draft: str, *, keep: bool) -> bool:
    until = store.now() + MONTH
    return notices.send_code(store, draft, SESSION, CODE, ADDRESS, until=until, keep=keep)


def _next(store: Store) -> Letter | None:
    found = letters.claim(store, LEASE)
    if found is not None:
        letters.sent(store, found)
    return found


def test_the_code_is_sent_a_few_times_and_no_more(store: Store, draft: str) -> None:
    """A stranger's mailbox must not be filled."""
    assert [_send(store, draft, keep=False) for _ in range(MOST + 1)] == [True] * MOST + [False]
    found = _next(store)
    assert found is not None
    assert (found.kind, found.address) == (LetterKind.RESUME_CODE, ADDRESS)
    assert found.params["code"] == CODE


@pytest.mark.parametrize("keep", [True, False])
def test_an_address_is_kept_only_if_the_applicant_wants_it(
    store: Store, draft: str, keep: bool
) -> None:
    """Otherwise it is used once."""
    _send(store, draft, keep=keep)
    with store.database.reading() as session:
        found = notices.address_for_news(store, session, draft)
    assert found == (ADDRESS if keep else None)


def test_r46_word_goes_out_seven_days_before_the_draft_is_deleted(
    store: Store, clock: VirtualClock, draft: str
) -> None:
    """Once for each edit, day by day over a month; the draft goes on the day that was told."""
    _send(store, draft, keep=True)
    assert _next(store) is not None
    begun, told = clock.at, []
    for _ in range(31):
        clock.advance(DAY)
        notices.announce(store, PROCEDURE, MONTH)
        found = _next(store)
        if found is not None:
            told.append((clock.at, found))
        drafts.expire(store, PROCEDURE, MONTH)
    ((at, letter),) = told

    assert begun + MONTH - at >= NOTICE
    assert letter.kind is LetterKind.DRAFT_EXPIRING
    assert letter.params["until"] == (begun + MONTH).date().isoformat()
    assert drafts.load(store, draft, SESSION) is None


def test_r46_an_edit_puts_the_day_off_and_word_goes_out_anew(
    store: Store, clock: VirtualClock, draft: str
) -> None:
    """The second letter names the new day."""
    _send(store, draft, keep=True)
    _next(store)
    days = []
    for day in range(60):
        clock.advance(DAY)
        notices.announce(store, PROCEDURE, MONTH)
        if (found := _next(store)) is not None:
            days.append(found.params["until"])
        if day == 25:
            drafts.save(store, draft, SESSION, 0, {}, {"a": "b"})
        drafts.expire(store, PROCEDURE, MONTH)

    assert days == ["2026-12-23", "2027-01-18"]


def test_nobody_is_written_to_who_did_not_ask_or_has_submitted(
    store: Store, clock: VirtualClock, draft: str
) -> None:
    """No address, no letter; after submitting there is no draft to be deleted."""
    clock.advance(MONTH - DAY)
    assert notices.announce(store, PROCEDURE, MONTH) == 0
    clock.advance(-MONTH + DAY)
    _send(store, draft, keep=True)
    submissions.accept(store, draft, SESSION, 0, payloads)
    clock.advance(MONTH - DAY)
    assert notices.announce(store, PROCEDURE, MONTH) == 0


def test_letters_about_a_draft_end_with_it(store: Store, draft: str) -> None:
    """Somebody who deletes everything gets no letter about it."""
    _send(store, draft, keep=True)
    drafts.delete(store, draft, SESSION)
    assert _next(store) is None
