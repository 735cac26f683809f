"""Everything that is kept about somebody is handed out to them, and to nobody else (R50)."""

import json
from datetime import timedelta

from sqlmodel import SQLModel

from portal.storage import (
    case_codes,
    case_notices,
    drafts,
    invitations,
    letters,
    messages,
    notices,
    pieces,
    promises,
    replies,
    resuming,
    submissions,
    supplements,
    transfers,
    uploads,
)
from portal.storage.held import BELONGINGS, OTHERS, Held, held, is_secret
from portal.storage.holders import Entry
from portal.storage.invitations import Secrets
from portal.storage.pieces import Announced
from portal.storage.records import Draft, Invited, Payload, Receipt
from portal.storage.store import Store
from tests.portal.stores import DIGEST, PROCEDURE, VirtualClock, payloads

MINE, OTHER = "canary-erika", "canary-otto"
ADDRESS = "erika@example.org"
DAY = timedelta(days=1)


def fill(store: Store, session: str, mark: str, number: int) -> Receipt:
    """Something in every table: a draft with all that may hang on it, and a submission."""
    draft = drafts.create(store, PROCEDURE, DIGEST, session, "tr")
    saved = drafts.save(
        store, draft.id, session, 0, {"name": f"{mark}-answer"}, {"name": f"{mark}-raw"}
    )
    assert isinstance(saved, Draft)
    uploads.add(store, draft.id, session, "b01", None, f"{mark}.pdf", "application/pdf",
                f"{mark}-bytes".encode())  # fmt: skip
    way = pieces.begin(
        store,
        draft.id,
        session,
        Announced("b02", None, f"{mark}-way.pdf", "application/pdf", 90, None),
    )
    assert way is not None
    pieces.add(store, draft.id, session, way.id, 0, f"{mark}-piece".encode())
    assert promises.promise(store, draft.id, session, f"{mark}-promised", None)
    _invite(store, draft.id, session, mark, number)
    assert resuming.make(store, draft.id, session, f"CODE-{number}", "word")
    assert notices.send_code(
        store, draft.id, session, f"CODE-{number}", f"{mark}@example.org",
        until=store.now() + DAY, keep=True,
    )  # fmt: skip
    return _send(store, session, mark, number)


def _invite(store: Store, draft_id: str, session: str, mark: str, number: int) -> None:
    made = Secrets(f"link-{number}", f"code-{number}")
    invitations.invite(store, draft_id, session, f"{mark}-guest", made, DAY)
    entered = invitations.enter(store, made.link, made.code)
    assert isinstance(entered, tuple)
    invited, secret = entered
    now = drafts.load(store, draft_id, session)
    assert now is not None
    entry = Entry(invited.id, secret, store.now())
    done = invitations.finish(store, entry, now.revision, {"seen": f"{mark}-seen"})
    assert isinstance(done, Invited)


def _send(store: Store, session: str, mark: str, number: int) -> Receipt:
    """A submission with code, address, a message and a reply."""
    draft = drafts.create(store, PROCEDURE, DIGEST, session, "tr")
    drafts.save(store, draft.id, session, 0, {"name": f"{mark}-sent"}, {"name": f"{mark}-sent"})
    done = submissions.accept(store, draft.id, session, 1, payloads)
    assert isinstance(done, Receipt)
    case = done.submission_id
    assert case_codes.first(store, case, lambda one: f"case-{number}-{one}") is not None
    code = case_codes.renew(store, case, session, lambda _: f"fixed-{number}")
    assert code is not None
    assert isinstance(case_codes.enter(store, done.reference, f"fixed-{number}"), tuple)
    assert case_notices.remember(store, case, f"{mark}-news@example.org", "tr")
    incoming = messages.Incoming(
        case, f"0000000{number}-0000-4000-8000-000000000000", "130102", store.now(),
        f"<a>{mark}-message</a>".encode(),
    )  # fmt: skip
    assert messages.receive(store, incoming) is messages.Kept.NEW
    said = replies.Said(replies.ReplyKind.ANSWER, 1, None, f"{mark}-reply", (f"{mark}.pdf",))
    sent = replies.send(
        store, case, said, Payload("reply-1", "r.xml", "application/xml", b"<r/>", "fachverfahren")
    )
    assert sent is not None
    _follow(store, session, done, mark, number)
    return done


def _follow(store: Store, session: str, done: Receipt, mark: str, number: int) -> None:
    """Documents that followed, others that are being gathered, and a file that travels."""
    case, holder = done.submission_id, supplements.holder_of(done.submission_id, session)
    gathered = supplements.begin(store, case, session)
    assert gathered is not None
    told = (supplements.Told(f"{mark}-later", "b.pdf", None, "b01"),)
    payload = Payload("dms-1", "l.zip", "application/zip", b"PK", "dms")
    assert supplements.send(store, case, session, gathered, payload, told, store.now())
    again = supplements.begin(store, case, session)
    assert again is not None
    uploads.add(store, again.id, holder, "b03", None, f"{mark}-gathered.pdf", "application/pdf",
                b"%PDF")  # fmt: skip
    opening = transfers.Opening(
        "out", "xdomea", "office", f"process-{number}", "open", "clerk", 30, case
    )
    with transfers.changing(store) as change:
        transfer = change.open(opening)
        assert transfer is not None
        change.note(transfer, transfers.note_of("in", "m.xml", "0402", f"{mark}-letter".encode()))


def text_of(found: Held) -> str:
    """Rows and files as one text."""
    files = [f"{one.path} {one.content.decode(errors='replace')}" for one in found.files]
    return json.dumps(dict(found.rows)) + "\n".join(files)


def test_r50_every_table_is_handed_out_or_holds_nothing_about_people() -> None:
    """A new table has to be put into one of the two lists."""
    listed = [one.row for one in BELONGINGS] + list(OTHERS)
    names = {str(one.__tablename__) for one in listed} | {"draft", "submission"}

    assert names == set(SQLModel.metadata.tables)


def test_r50_the_export_is_complete_and_about_nobody_else(store: Store) -> None:
    """Two people with something in every table: each gets all of theirs, nothing of the other."""
    fill(store, "session-mine", MINE, 1)
    fill(store, "session-other", OTHER, 2)
    found = held(store, "session-mine")
    told = text_of(found)

    for what in (
        "answer", "raw", "bytes", "piece", "guest", "seen", "sent", "message", "reply",
        "way.pdf", "news@example.org", "promised", "later", "gathered.pdf", "letter",
    ):  # fmt: skip
        assert f"{MINE}-{what}" in told, what
    assert f"{MINE}@example.org" in told
    assert OTHER not in told
    empty = {name for name, rows in found.rows.items() if not rows}
    assert empty <= {"delivery_step"}  # nothing was delivered yet


def test_r50_every_column_is_handed_out_unless_it_is_a_secret(store: Store) -> None:
    """What a row has and the export lacks opens something, or says only where bytes lie."""
    fill(store, "session-mine", MINE, 1)
    found = held(store, "session-mine")

    for name, rows in found.rows.items():
        columns = {one.name for one in SQLModel.metadata.tables[name].columns}
        for row in rows:
            assert columns - set(row) == {one for one in columns if is_secret(name, one)}
    told = text_of(found)
    assert "CODE-1" not in json.dumps(found.rows["resume_code"])
    assert "session-mine" not in told


def test_r50_a_draft_behind_its_word_stays_closed(store: Store, clock: VirtualClock) -> None:
    """Who sits down at a computer after somebody else gets nothing without the word."""
    draft = drafts.create(store, PROCEDURE, DIGEST, "session-mine", "de")
    drafts.save(store, draft.id, "session-mine", 0, {}, {"name": MINE})
    found = held(store, "session-mine", without={draft.id})

    assert MINE not in text_of(found)
    assert not found.rows["draft"]
    assert text_of(held(store, "nobody")) == text_of(Held({k: [] for k in found.rows}, ()))


def test_a_letter_that_is_sent_is_told_without_its_contents(store: Store) -> None:
    """There are none any more."""
    draft = drafts.create(store, PROCEDURE, DIGEST, "session-mine", "de")
    with store.database.writing() as session:
        letters.queue(store, session, letters.LetterKind.NEWS, ADDRESS, "de", {}, subject=draft.id)
    letter = letters.claim(store, DAY)
    assert letter is not None
    before = held(store, "session-mine").rows["letter"]
    letters.sent(store, letter)
    [after] = held(store, "session-mine").rows["letter"]

    assert ADDRESS in json.dumps(before)
    assert (after["state"], after["content"]) == ("sent", None)
