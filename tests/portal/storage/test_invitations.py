"""R59 and the promises of invitations: secrets, tries, ends, and two people at one draft."""

from datetime import timedelta

import pytest
from sqlmodel import select

from portal.storage import drafts, invitations, retention, submissions, uploads
from portal.storage.holders import STAY, Entry
from portal.storage.invitations import ALL_TRIES, PAUSE, TRIES, Blocked, Secrets, Wrong
from portal.storage.records import Conflict, Draft, Invited, Receipt
from portal.storage.store import Store
from portal.storage.tables import InvitationEntryRow, InvitationRow
from tests.portal.stores import SESSION, VirtualClock, new_draft, payloads

MADE = Secrets("link-of-the-first-invitation-0123456789abcd", "ABCD-EFGH-JKLM")
OTHER = Secrets("link-of-another-invitation-0123456789abcdef", "NPQR-STUV-WXYZ")
VALID = timedelta(days=28)
NAME = "arbeitgeber"


def invited(store: Store, draft: str, made: Secrets = MADE) -> Invited:
    """An invitation of the draft."""
    found = invitations.invite(store, draft, SESSION, NAME, made, VALID)
    assert found is not None
    return found[0]


def entry(store: Store, made: Secrets = MADE, documents: frozenset[str] = frozenset()) -> Entry:
    """Somebody has shown link and code."""
    found = invitations.enter(store, made.link, made.code)
    assert isinstance(found, tuple)
    return Entry(found[0].id, found[1], store.now(), documents)


def test_only_hashes_of_link_and_code_are_stored(store: Store) -> None:
    """Whoever reads the database can open nothing."""
    invited(store, new_draft(store))
    with store.database.reading() as session:
        row = session.exec(select(InvitationRow)).one()
    stored = repr(row.model_dump())

    assert MADE.link not in stored
    assert MADE.code not in stored
    assert row.code_hash.startswith("$argon2id$")
    assert MADE.code not in repr(MADE)


def test_inviting_twice_is_inviting_once(store: Store) -> None:
    """The second press shows the same secrets; another form's secrets change nothing."""
    draft = new_draft(store)
    first = invited(store, draft)

    again = invitations.invite(store, draft, SESSION, NAME, MADE, VALID)
    other = invitations.invite(store, draft, SESSION, NAME, OTHER, VALID)

    assert again == (first, True)
    assert other == (first, False)


def test_link_and_code_together_open_the_draft(store: Store) -> None:
    """The link alone does not, nor does a code of another link."""
    draft = new_draft(store)
    invited(store, draft)
    other_draft = new_draft(store)
    invited(store, other_draft, OTHER)

    assert isinstance(invitations.enter(store, MADE.link, OTHER.code), Wrong)
    assert invitations.enter(store, "unknown", MADE.code) is None
    held = drafts.load(store, draft, entry(store))
    assert held is not None
    assert held.id == draft
    assert drafts.load(store, other_draft, entry(store)) is None


def test_r59_ten_thousand_guesses_find_nothing(store: Store, clock: VirtualClock) -> None:
    """Five wrong codes make a pause, twenty end it for good; then the right code is wrong, too."""
    invited(store, new_draft(store))
    looked_at = 0
    for number in range(10_000):
        found = invitations.enter(store, MADE.link, f"guess-{number}")
        assert not isinstance(found, tuple)
        looked_at += isinstance(found, Wrong) or found == Blocked(clock() + PAUSE)
        if isinstance(found, Blocked):
            if found.until is None:
                break
            clock.advance(PAUSE)

    assert looked_at < ALL_TRIES
    assert invitations.enter(store, MADE.link, MADE.code) == Blocked(None)


def test_a_pause_ends_by_itself(store: Store, clock: VirtualClock) -> None:
    """Whoever mistyped five times tries again a quarter of an hour later."""
    invited(store, new_draft(store))
    found = [invitations.enter(store, MADE.link, "wrong") for _ in range(TRIES)]

    assert found[:-1] == [Wrong(left) for left in (4, 3, 2, 1)]
    assert found[-1] == Blocked(clock() + PAUSE)
    assert invitations.enter(store, MADE.link, MADE.code) == Blocked(clock() + PAUSE)
    clock.advance(PAUSE)
    assert isinstance(invitations.enter(store, MADE.link, MADE.code), tuple)


def test_an_invitation_ends_on_its_day(store: Store, clock: VirtualClock) -> None:
    """The link and every entry with it."""
    draft = new_draft(store)
    invited(store, draft)
    clock.advance(VALID - timedelta(hours=1))
    assert invitations.find(store, MADE.link) is not None
    held = entry(store)
    clock.advance(timedelta(hours=1))
    late = Entry(held.invitation_id, held.secret, store.now())

    assert invitations.find(store, MADE.link) is None
    assert invitations.enter(store, MADE.link, MADE.code) is None
    assert drafts.load(store, draft, late) is None


def test_an_entry_lasts_half_a_day_and_can_be_left(store: Store, clock: VirtualClock) -> None:
    """Then link and code are asked for again; rows of old entries go."""
    draft = new_draft(store)
    invited(store, draft)
    first, second = entry(store), entry(store)
    invitations.leave(store, first)

    assert drafts.load(store, draft, first) is None
    assert drafts.load(store, draft, second) is not None
    clock.advance(STAY)
    assert (
        drafts.load(store, draft, Entry(second.invitation_id, second.secret, store.now())) is None
    )
    clock.advance(timedelta(seconds=1))
    assert invitations.forget_entries(store) == 1


def test_a_new_link_ends_the_old_one(store: Store) -> None:
    """And everybody who came in by it; what was answered stays."""
    draft = new_draft(store)
    invited(store, draft)
    held = entry(store)
    assert isinstance(drafts.save(store, draft, held, 1, {}, {"ag_firma": "Muster"}), Draft)
    renewed = invitations.renew(store, draft, SESSION, NAME, OTHER, VALID)

    assert renewed is not None
    assert invitations.find(store, MADE.link) is None
    assert drafts.load(store, draft, held) is None
    again = drafts.load(store, draft, entry(store, OTHER))
    assert again is not None
    assert again.raw == {"ag_firma": "Muster"}


def test_revoking_takes_answers_and_files_along(store: Store) -> None:
    """Nobody can change pages under declarations that somebody else has made."""
    draft = new_draft(store)
    invited(store, draft)
    held = entry(store, documents=frozenset({"b05"}))
    drafts.save(store, draft, held, 1, {}, {"ag_firma": "Muster", "plz": "12345"})
    uploads.add(store, draft, held, "b05", None, "vertrag.pdf", "application/pdf", b"%PDF")
    uploads.add(store, draft, SESSION, "b01", None, "duldung.pdf", "application/pdf", b"%PDF")
    kept: dict[str, object] = {"plz": "12345"}
    assert invitations.revoke(store, draft, SESSION, NAME, lambda _: (kept, kept), ["b05"])

    left = drafts.load(store, draft, SESSION)
    assert left is not None
    assert left.raw == kept
    assert [one.document for one in uploads.of_draft(store, draft, SESSION)] == ["b01"]
    assert drafts.load(store, draft, held) is None
    assert invitations.find(store, MADE.link) is None
    assert not invitations.revoke(store, draft, SESSION, NAME, lambda raw: (raw, raw), [])


def test_files_of_other_documents_are_not_there(store: Store) -> None:
    """Neither names nor bytes; and none can be added or taken away."""
    draft = new_draft(store)
    invited(store, draft)
    held = entry(store, documents=frozenset({"b05"}))
    secret = uploads.add(store, draft, SESSION, "b01", None, "duldung.pdf", "a/b", b"%PDF")
    mine = uploads.add(store, draft, held, "b05", None, "vertrag.pdf", "a/b", b"%PDF")
    assert secret is not None
    assert mine is not None

    assert [one.id for one in uploads.of_draft(store, draft, held)] == [mine.id]
    assert [one.id for one, _ in uploads.contents(store, draft, held)] == [mine.id]
    assert not uploads.remove(store, draft, held, secret.id)
    assert uploads.add(store, draft, held, "b01", None, "x.pdf", "a/b", b"%PDF") is None
    assert len(uploads.of_draft(store, draft, SESSION)) == 2


def test_handing_over_closes_the_pages_until_they_are_opened_again(store: Store) -> None:
    """A second press changes nothing; the applicant's summary from before is out of date."""
    draft = new_draft(store)
    invited(store, draft)
    held = entry(store)
    done = invitations.finish(store, held, 1, {"beginn": "2027-01-01"})
    again = invitations.finish(store, held, 1, {"beginn": "2028-01-01"})

    assert isinstance(done, Invited)
    assert done.done_at is not None
    assert again == done
    assert done.agreed == {"beginn": "2027-01-01"}
    assert drafts.save(store, draft, held, 2, {}, {"ag_firma": "Anders"}) is None
    assert uploads.add(store, draft, held, "b05", None, "x.pdf", "a/b", b"%PDF") is None
    assert submissions.accept(store, draft, SESSION, 1, payloads) == submissions.Changed()
    opened = invitations.reopen(store, held)
    assert opened is not None
    assert opened.done_at is None
    assert isinstance(drafts.save(store, draft, held, 3, {}, {"ag_firma": "Anders"}), Draft)


def test_nothing_is_handed_over_that_changed_meanwhile(store: Store) -> None:
    """The applicant saved after the invited person had read: they read again."""
    draft = new_draft(store)
    invited(store, draft)
    held = entry(store)
    drafts.save(store, draft, SESSION, 1, {}, {"plz": "12345"})

    assert isinstance(invitations.finish(store, held, 1, {}), Conflict)


def test_a_submitted_application_takes_nothing_any_more(store: Store) -> None:
    """Neither answers nor a new invitation nor a second handing over."""
    draft = new_draft(store)
    invited(store, draft)
    held = entry(store)
    invitations.finish(store, held, 1, {})
    assert isinstance(submissions.accept(store, draft, SESSION, 2, payloads), Receipt)

    assert invitations.reopen(store, held) is None
    assert invitations.renew(store, draft, SESSION, NAME, OTHER, VALID) is None
    assert not invitations.revoke(store, draft, SESSION, NAME, lambda raw: (raw, raw), [])
    assert drafts.load(store, draft, held) is not None


@pytest.mark.parametrize("way", ["deleted", "expired", "delivered"])
def test_invitations_go_with_their_draft(store: Store, clock: VirtualClock, way: str) -> None:
    """Whichever way it goes."""
    draft = new_draft(store)
    invited(store, draft)
    entry(store)
    if way == "deleted":
        assert drafts.delete(store, draft, SESSION)
    elif way == "expired":
        clock.advance(timedelta(days=31))
        assert drafts.expire(store, "probe_verfahren", timedelta(days=30)) == 1
    else:
        receipt = submissions.accept(store, draft, SESSION, 1, payloads)
        assert isinstance(receipt, Receipt)
        retention.release(store, receipt.submission_id, "Amt")
        clock.advance(timedelta(days=91))
        assert retention.delete_delivered(store, "probe_verfahren", timedelta(days=90)) == 1
    with store.database.reading() as session:
        assert session.exec(select(InvitationRow)).all() == []
        assert session.exec(select(InvitationEntryRow)).all() == []
