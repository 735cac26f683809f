"""R03, R14 on the way back: each message comes to its case once, and none is lost."""

import os
import re
import time
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from outputs.xoev.reading import LARGEST, read_returned
from outputs.xoev.replies import WITHDRAWAL, reply_id
from outputs.xoev.returned import Kind
from portal.inbox.folder import KEPT, SETTLED
from portal.inbox.picking import Picked
from portal.storage import audit, case_notices, messages, orphans, quarantine, retention
from portal.storage.case_tables import MessageRow
from portal.storage.records import Payload
from portal.storage.replies import ReplyKind, Said, next_number, send
from portal.storage.store import Store
from portal.storage.tables import LetterRow
from tests.portal.inbox.posted import incoming, message, names, picker, post
from tests.portal.stores import PROCEDURE, SESSION, VirtualClock, submit

TRIGGER = re.compile("(?<=ausloeserUUID>)[0-9a-f-]{36}")
OTHER = "00000000-0000-4000-8000-000000000000"


@pytest.mark.parametrize("kind", list(Kind))
def test_a_message_comes_to_its_case(store: Store, folder: Path, kind: Kind) -> None:
    """Kept as it came, sealed on the disk, noted in the audit trail, moved to those picked up."""
    case = submit(store)
    content = message(case.reference, kind)
    post(folder, "m.xml", content)

    assert [Picked.KEPT] == picker(store).pick_all(incoming(folder))
    [found] = messages.of_case(store, case.submission_id)
    assert kind == found.kind
    assert content == messages.content(store, found.id)
    assert {"": set(), "abgeholt": {"m.xml"}, "abgelehnt": set()} == names(folder)
    held = b"".join(one.read_bytes() for one in folder.rglob("*.message"))
    assert case.reference.encode() not in held
    with store.database.reading() as session:
        assert audit.broken_link(session) is None


def test_the_same_message_twice_is_one_message(store: Store, folder: Path) -> None:
    """The repetition is acknowledged: its sender may be sure that it has arrived."""
    case = submit(store)
    for name in ("first.xml", "again.xml"):
        post(folder, name, message(case.reference))

    assert [Picked.KEPT, Picked.KNOWN] == picker(store).pick_all(incoming(folder))
    assert 1 == len(messages.of_case(store, case.submission_id))
    assert {"first.xml", "again.xml"} == names(folder)["abgeholt"]


def test_a_name_that_is_taken_replaces_nothing(store: Store, folder: Path) -> None:
    """Two messages under one name are two files among those picked up."""
    case = submit(store)
    for number in (1, 2):
        post(folder, "m.xml", message(case.reference, number=number))
        picker(store).pick_all(incoming(folder))

    assert 2 == len(names(folder)["abgeholt"])
    assert 2 == len(messages.of_case(store, case.submission_id))


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("unknown-case", lambda text, reference: text.replace(reference, "AAAA-BBBB-CCCC")),
        ("unknown-trigger", lambda text, _: TRIGGER.sub(OTHER, text)),
        ("unknown-message", lambda text, _: text.replace("130102", "139999")),
        ("not-xml", lambda text, _: text[:400]),
        ("incomplete", lambda text, _: text.replace("frage>", "antwort>")),
    ],
)  # fmt: skip
def test_what_fits_no_case_waits_for_a_person(
    store: Store, folder: Path, code: str, change: object
) -> None:
    """The file is among those refused, the reason is known, and no case has a message."""
    case = submit(store)
    assert callable(change)
    path = post(folder, "m.xml", change(message(case.reference).decode(), case.reference).encode())
    old = time.time() - SETTLED - 1
    os.utime(path, (old, old))

    assert [Picked.REFUSED] == picker(store).pick_all(incoming(folder))
    [waiting] = quarantine.waiting(store)
    assert (code, "m.xml", "fachverfahren") == (waiting.code, waiting.name, waiting.target)
    assert {"m.xml"} == names(folder)["abgelehnt"]
    assert [] == messages.of_case(store, case.submission_id)


def test_a_forged_author_is_refused(store: Store, folder: Path) -> None:
    """Whoever knows number and id of an application is not yet its authority."""
    case = submit(store)
    post(folder, "m.xml", message(case.reference, key="abh:erfunden"))

    assert [Picked.REFUSED] == picker(store).pick_all(incoming(folder))
    assert ["foreign-author"] == [one.code for one in quarantine.waiting(store)]


def test_another_message_under_a_known_id_is_refused(store: Store, folder: Path) -> None:
    """An id is used once; the first message stays what it was."""
    case = submit(store)
    first = message(case.reference)
    post(folder, "a.xml", first)
    picker(store).pick_all(incoming(folder))
    post(folder, "b.xml", first.replace(b"Mietvertrags", b"Arbeitsvertrags"))

    assert [Picked.REFUSED] == picker(store).pick_all(incoming(folder))
    assert ["id-used-before"] == [one.code for one in quarantine.waiting(store)]
    [kept] = messages.of_case(store, case.submission_id)
    assert first == messages.content(store, kept.id)


def test_a_test_message_is_refused_where_things_are_real(store: Store, folder: Path) -> None:
    """Only a demonstration takes them."""
    post(folder, "m.xml", message(submit(store).reference))

    assert [Picked.REFUSED] == picker(store, takes_tests=False).pick_all(incoming(folder))
    assert ["test-message"] == [one.code for one in quarantine.waiting(store)]


def test_a_file_that_is_too_large_is_not_read(store: Store, folder: Path) -> None:
    """It is set aside like others that a person must look at."""
    path = post(folder, "m.xml", b"")
    with path.open("r+b") as file:
        file.truncate(LARGEST + 1)

    assert [Picked.REFUSED] == picker(store).pick_all(incoming(folder))
    assert ["too-large"] == [one.code for one in quarantine.waiting(store)]


def test_half_a_file_gets_its_time(store: Store, folder: Path) -> None:
    """A sender that writes under the final name may take a minute; parts are never looked at."""
    case = submit(store)
    whole = message(case.reference)
    post(folder, "m.xml", whole[:500])
    (folder / "incoming" / "n.xml.part").write_bytes(whole[:500])

    assert [Picked.LATER] == picker(store).pick_all(incoming(folder))
    post(folder, "m.xml", whole)
    assert [Picked.KEPT] == picker(store).pick_all(incoming(folder))
    assert {"n.xml.part"} == names(folder)[""]


def test_a_link_to_another_file_is_not_followed(store: Store, folder: Path) -> None:
    """Whoever can write to the folder cannot read through it."""
    incoming(folder).folder.mkdir()
    (incoming(folder).folder / "m.xml").symlink_to("/etc/hostname")

    assert [] == picker(store).pick_all(incoming(folder))


def test_a_refused_file_can_be_tried_again(store: Store, folder: Path) -> None:
    """After a person has looked: brought back, picked up, no longer waiting."""
    case = submit(store)
    post(folder, "m.xml", message(case.reference))
    picker(store, takes_tests=False).pick_all(incoming(folder))
    [waiting] = quarantine.waiting(store)

    assert incoming(folder).bring_back("m.xml")
    assert quarantine.settle(store, waiting.id, "Erika Beispiel")
    assert not incoming(folder).bring_back("../../v.sqlite")
    assert [Picked.KEPT] == picker(store).pick_all(incoming(folder))
    assert 0 == quarantine.count(store)


def test_a_message_may_answer_what_the_applicant_sent_later(store: Store, folder: Path) -> None:
    """The reply to a withdrawal names the withdrawal, not the application."""
    case = submit(store)
    said = Said(ReplyKind.WITHDRAWAL, next_number(store, case.submission_id), None)
    payload = Payload("130111-1", "r.xml", "application/xml", b"<r/>", "fachverfahren")
    assert send(store, case.submission_id, said, payload)
    content = message(case.reference, Kind.WITHDRAWAL_REPLY)
    ours = read_returned(content, None).triggered_by
    sent = reply_id(case.reference, f"xoev/{WITHDRAWAL}", 1)
    post(folder, "m.xml", content.replace(ours.encode(), sent.encode()))

    assert [Picked.KEPT] == picker(store).pick_all(incoming(folder))


def test_r45_a_letter_says_that_there_is_news(store: Store, folder: Path) -> None:
    """One for each message, in the transaction that keeps it, without a word of the content."""
    case = submit(store)
    case_notices.remember(store, case.submission_id, "erika@beispiel.example", "ar")
    for name in ("a.xml", "b.xml"):
        post(folder, name, message(case.reference))
    picker(store).pick_all(incoming(folder))

    with store.database.reading() as session:
        [letter] = session.exec(select(LetterRow)).all()
    assert ("news", "ar", case.submission_id) == (letter.kind, letter.language, letter.subject)


def test_an_address_can_be_taken_back(store: Store, folder: Path) -> None:
    """Then nobody is written to, also not about what waits to be sent."""
    case = submit(store)
    case_notices.remember(store, case.submission_id, "erika@beispiel.example", "de")
    assert "erika@beispiel.example" == case_notices.address_of(store, case.submission_id)
    post(folder, "a.xml", message(case.reference))
    picker(store).pick_all(incoming(folder))
    case_notices.forget_address(store, case.submission_id)
    post(folder, "b.xml", message(case.reference, number=2))
    picker(store).pick_all(incoming(folder))

    assert case_notices.address_of(store, case.submission_id) is None
    with store.database.reading() as session:
        assert [] == session.exec(select(LetterRow)).all()


def test_r48_messages_go_with_their_case(store: Store, folder: Path, clock: VirtualClock) -> None:
    """Rows and files; a sweep before that takes none of them."""
    case = submit(store)
    post(folder, "m.xml", message(case.reference))
    picker(store).pick_all(incoming(folder))
    orphans.sweep(store, timedelta(0))
    [kept] = messages.of_case(store, case.submission_id)
    assert messages.content(store, kept.id)
    retention.release(store, case.submission_id, "somebody")
    clock.advance(timedelta(days=100))

    assert 1 == retention.delete_delivered(store, PROCEDURE, timedelta(days=90))
    assert [] == list(folder.rglob("*.message"))
    with store.database.reading() as session:
        assert [] == session.exec(select(MessageRow)).all()


def test_r58_a_message_is_found_under_its_own_case_only(store: Store, folder: Path) -> None:
    """Not under another one."""
    case, other = submit(store), submit(store)
    post(folder, "m.xml", message(case.reference))
    picker(store).pick_all(incoming(folder))
    [kept] = messages.of_case(store, case.submission_id)

    assert messages.find(store, case.submission_id, kept.id) == kept
    assert messages.find(store, other.submission_id, kept.id) is None
    assert SESSION not in repr(kept)


def test_when_a_message_was_read_is_noted_once(
    store: Store, folder: Path, clock: VirtualClock
) -> None:
    """The first time counts."""
    case = submit(store)
    post(folder, "m.xml", message(case.reference))
    picker(store).pick_all(incoming(folder))
    for _ in range(2):
        clock.advance(timedelta(hours=1))
        [kept] = messages.of_case(store, case.submission_id)
        messages.mark_read(store, kept)
    [kept] = messages.of_case(store, case.submission_id)

    assert clock.at - timedelta(hours=1) == kept.read_at


def test_r48_what_was_picked_up_is_gone_after_a_week(store: Store, folder: Path) -> None:
    """Its sender has seen by then that it arrived; what was refused stays until a person looks."""
    case = submit(store)
    post(folder, "m.xml", message(case.reference))
    post(folder, "x.xml", message("AAAA-BBBB-CCCC"))
    picker(store).pick_all(incoming(folder))
    assert 0 == incoming(folder).forget_old()
    old = time.time() - KEPT - 1
    for path in (folder / "incoming").rglob("*.xml"):
        os.utime(path, (old, old))

    assert 1 == incoming(folder).forget_old()
    assert {"": set(), "abgeholt": set(), "abgelehnt": {"x.xml"}} == names(folder)
