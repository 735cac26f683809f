"""R58, R59: the code of a case lets in whoever has it, and shuts out guessers."""

from datetime import timedelta

from sqlmodel import select

from portal.storage import case_codes, retention
from portal.storage.case_codes import ALL_TRIES, PAUSE, TRIES, Blocked
from portal.storage.case_tables import CaseCodeRow, CaseEntryRow
from portal.storage.holders import STAY
from portal.storage.store import Store
from tests.portal.stores import PROCEDURE, SESSION, VirtualClock, submit

CODE = "ABCD-EFGH-JKLM"
OTHER = "NPQR-STUV-WXYZ"


def coded(store: Store) -> tuple[str, str]:
    """Id and number of a submission with a code."""
    receipt = submit(store)
    assert case_codes.first(store, receipt.submission_id, lambda number: CODE)
    return receipt.submission_id, receipt.reference


def test_r59_only_a_hash_of_the_code_is_stored(store: Store) -> None:
    """And it is one that takes time to try."""
    coded(store)
    with store.database.reading() as session:
        row = session.exec(select(CaseCodeRow)).one()

    assert CODE not in repr(row.model_dump())
    assert row.code_hash.startswith("$argon2id$")


def test_the_first_code_stays(store: Store) -> None:
    """Loading the receipt again makes no other code."""
    submission, _ = coded(store)
    first = case_codes.first(store, submission, lambda number: CODE)
    again = case_codes.first(store, submission, lambda number: OTHER)

    assert first == again


def test_r58_number_and_code_open_this_case_and_no_other(store: Store) -> None:
    """The entry of one case is nothing at another; neither is an invented one."""
    mine, reference = coded(store)
    other = submit(store).submission_id
    found = case_codes.enter(store, reference, CODE)

    assert isinstance(found, tuple)
    assert mine == found[0]
    receipt = case_codes.opened(store, mine, "another browser", found[1])
    assert receipt is not None
    assert reference == receipt.reference
    assert case_codes.opened(store, other, "another browser", found[1]) is None
    assert case_codes.opened(store, mine, "another browser", "invented") is None
    assert case_codes.opened(store, mine, "another browser", "") is None
    assert case_codes.opened(store, mine, SESSION, "") is not None


def test_r59_the_code_of_one_case_is_refused_at_another(store: Store) -> None:
    """Codes belong to their number."""
    coded(store)
    other = submit(store)
    case_codes.first(store, other.submission_id, lambda number: OTHER)

    assert case_codes.enter(store, other.reference, CODE) is None


def test_r59_guessers_get_a_pause_and_then_nothing_more(store: Store, clock: VirtualClock) -> None:
    """Five tries, then a quarter of an hour, in which the right code does not work either."""
    _, reference = coded(store)
    for _ in range(TRIES - 1):
        assert case_codes.enter(store, reference, OTHER) is None
    assert Blocked(clock.at + PAUSE) == case_codes.enter(store, reference, OTHER)
    assert Blocked(clock.at + PAUSE) == case_codes.enter(store, reference, CODE)
    for _ in range(ALL_TRIES - TRIES):
        clock.advance(PAUSE)
        case_codes.enter(store, reference, OTHER)
    clock.advance(PAUSE)

    assert Blocked(None) == case_codes.enter(store, reference, CODE)


def test_r59_an_unknown_number_answers_like_a_wrong_code(store: Store) -> None:
    """Nobody learns which numbers there are."""
    _, reference = coded(store)

    assert case_codes.enter(store, "AAAA-AAAA-AAAA", CODE) is None
    assert case_codes.enter(store, reference, OTHER) is None


def test_a_new_code_ends_the_old_one_and_its_entries(store: Store) -> None:
    """Only the browser that submitted can have it; it starts with all tries."""
    submission, reference = coded(store)
    found = case_codes.enter(store, reference, CODE)
    assert isinstance(found, tuple)

    assert case_codes.renew(store, submission, "another browser", lambda number: OTHER) is None
    assert case_codes.opened(store, submission, "another browser", found[1])
    assert case_codes.renew(store, submission, SESSION, lambda number: OTHER)
    assert case_codes.opened(store, submission, "another browser", found[1]) is None
    assert case_codes.enter(store, reference, CODE) is None
    assert isinstance(case_codes.enter(store, reference, OTHER), tuple)


def test_entries_end_by_themselves_and_on_request(store: Store, clock: VirtualClock) -> None:
    """After twelve hours number and code are asked for again."""
    submission, reference = coded(store)
    secrets = []
    for _ in range(2):
        found = case_codes.enter(store, reference, CODE)
        assert isinstance(found, tuple)
        secrets.append(found[1])
    case_codes.leave(store, secrets[0])
    assert case_codes.opened(store, submission, "elsewhere", secrets[0]) is None
    assert case_codes.opened(store, submission, "elsewhere", secrets[1])
    clock.advance(STAY)
    assert case_codes.opened(store, submission, "elsewhere", secrets[1]) is None
    clock.advance(timedelta(seconds=1))

    assert 1 == case_codes.forget_entries(store)


def test_r48_code_and_entries_go_with_the_submission(store: Store, clock: VirtualClock) -> None:
    """Nothing of them is left."""
    submission, reference = coded(store)
    case_codes.enter(store, reference, CODE)
    retention.release(store, submission, "somebody")
    clock.advance(timedelta(days=100))

    assert 1 == retention.delete_delivered(store, PROCEDURE, timedelta(days=90))
    with store.database.reading() as session:
        assert [] == session.exec(select(CaseCodeRow)).all()
        assert [] == session.exec(select(CaseEntryRow)).all()
