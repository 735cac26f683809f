import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from portal.delivery import health
from portal.mail.postman import PATIENCE, Fate, PostLoop, postman_of
from portal.mail.sending import MailServer, MailSettingsError, server_of
from portal.mail.writing import write
from portal.settings import Settings
from portal.storage import letters
from portal.storage.letters import KEPT, LetterState
from portal.storage.store import Store
from portal.storage.tables import LetterRow
from portal.texts import Texts
from tests.portal.mail.post_office import (
    LOOPBACK,
    ROOT,
    SOMEBODY,
    PostOffice,
    opened,
    postman,
    queue,
)
from tests.portal.stores import VirtualClock, open_store

HOUR = timedelta(hours=1)


def _row(store: Store) -> LetterRow:
    with store.database.reading() as session:
        return session.exec(select(LetterRow)).one()


def test_a_letter_goes_out_with_what_caused_it_or_not_at_all(
    store: Store, office: PostOffice
) -> None:
    """A transaction that is rolled back leaves no letter."""
    with pytest.raises(RuntimeError), store.database.writing() as session:  # noqa: PT012
        letters.queue(
            store, session, letters.LetterKind.NEWS, SOMEBODY, "de", {"path": "/"}, subject="s"
        )
        raise RuntimeError

    assert postman(store, office.port).send_next() is None
    assert office.came == []


def test_a_server_that_was_down_gets_the_letter_once_when_it_is_up(
    store: Store, clock: VirtualClock
) -> None:
    """However often it was tried before."""
    office = PostOffice()
    with opened(office):
        port = office.port
    queue(store)
    fates = []
    for _ in range(5):
        fates.append(postman(store, port).send_next())
        clock.advance(HOUR)
    with opened(office, port):
        fates += [postman(store, port).send_next() for _ in range(3)]

    assert fates == [Fate.RETRY] * 5 + [Fate.SENT, None, None]
    assert [one.rcpt_tos for one in office.came] == [[SOMEBODY]]


def test_after_a_crash_between_server_and_database_the_same_letter_goes_out_again(
    store: Store, clock: VirtualClock, office: PostOffice
) -> None:
    """The same message id: programs of readers know it as one."""
    queue(store)
    first = postman(store, office.port)
    taken = letters.claim(store, HOUR)
    assert taken is not None
    first.server.send(write(taken, first.sender, first.texts))
    assert first.send_next() is None
    clock.advance(HOUR + timedelta(seconds=1))

    assert first.send_next() is Fate.SENT
    assert letters.sent(store, taken) is False
    one, two = office.came
    assert one.content == two.content
    assert office.messages()[0]["Message-ID"] == f"<{taken.id}@antrag.example>"


@pytest.mark.parametrize("answer", ["451 try later", "421 too busy"])
def test_a_server_that_says_later_is_asked_again(
    store: Store, clock: VirtualClock, office: PostOffice, answer: str
) -> None:
    """At the recipient or at the message."""
    office.at_recipient, office.at_data = [answer], [answer]
    queue(store)
    fates = []
    for _ in range(3):
        fates.append(postman(store, office.port).send_next())
        clock.advance(HOUR)

    assert fates == [Fate.RETRY, Fate.RETRY, Fate.SENT]
    assert len(office.came) == 1


def test_a_mailbox_that_does_not_exist_is_not_tried_again(
    store: Store, clock: VirtualClock, office: PostOffice
) -> None:
    """And nothing of the letter is kept: nobody can do anything about it."""
    office.at_recipient = ["550 no such mailbox"]
    queue(store)

    assert postman(store, office.port).send_next() is Fate.REFUSED
    clock.advance(KEPT - HOUR)
    assert postman(store, office.port).send_next() is None
    assert (_row(store).state, _row(store).content) == (LetterState.REFUSED, b"")


def test_what_a_server_does_not_take_for_days_is_parked_alarmed_and_sent_in_the_end(
    store: Store, clock: VirtualClock, office: PostOffice
) -> None:
    """A parked letter goes out as soon as another one does."""
    office.at_data = ["554 not from here"] * 2
    queue(store)
    assert postman(store, office.port).send_next() is Fate.RETRY
    clock.advance(PATIENCE + HOUR)
    assert postman(store, office.port).send_next() is Fate.PARKED
    clock.advance(HOUR)

    assert postman(store, office.port).send_next() is None
    assert "letters-parked" in health.look(store).alarms
    queue(store)
    assert [postman(store, office.port).send_next() for _ in range(3)] == [
        Fate.SENT,
        Fate.SENT,
        None,
    ]
    assert "letters-parked" not in health.look(store).alarms


def test_r48_nothing_of_a_letter_stays_when_it_is_sent(
    folder: Path, clock: VirtualClock, office: PostOffice
) -> None:
    """Before that it is sealed; afterwards it is gone, and so is the row after a month."""
    store = open_store(folder, clock)
    queue(store, letters.LetterKind.RESUME_CODE)
    stored = b"".join(one.read_bytes() for one in folder.glob("v.sqlite*"))
    assert SOMEBODY.encode() not in stored
    assert b"K7Q4" not in stored
    assert postman(store, office.port).send_next() is Fate.SENT
    assert (_row(store).content, _row(store).key) == (b"", b"")
    clock.advance(KEPT + HOUR)
    assert letters.forget_old(store) == 1
    store.close()


def test_starttls_is_never_left_out(store: Store, office: PostOffice, folder: Path) -> None:
    """A server without it gets neither the letter nor the password."""
    secret = folder / "password"
    secret.write_text("geheim\n")
    queue(store)
    server = MailServer(LOOPBACK, office.port, "starttls", "vordruck", secret)
    careful = replace(postman(store, office.port), server=server)

    assert careful.send_next() is Fate.RETRY
    assert office.came == []


def test_the_loop_sends_what_is_queued_beside_it(folder: Path, office: PostOffice) -> None:
    """The bell wakes it long before it would look by itself."""
    store = open_store(folder)
    loop = PostLoop(postman(store, office.port), poll=timedelta(seconds=30))
    loop.start()
    time.sleep(0.1)
    queue(store)
    store.bell.ring()
    end = time.monotonic() + 10
    while not office.came and time.monotonic() < end:
        time.sleep(0.01)
    loop.stop()

    assert len(office.came) == 1
    assert not any(one.name == "letters" for one in threading.enumerate())
    store.close()


def test_without_a_mail_server_there_is_no_postman(folder: Path) -> None:
    """The default; a server without a sender or an address for links is a mistake of settings."""
    texts = Texts(ROOT / "definitions")
    store = open_store(folder)
    assert postman_of(Settings(data=folder), store, texts) is None
    assert Settings(data=folder).writes_letters is False
    with pytest.raises(MailSettingsError, match="VORDRUCK_MAIL_FROM"):
        server_of(Settings(data=folder, mail_host="mail.example"))
    store.close()


def test_a_letter_goes_out_from_a_thread_whose_event_loop_is_running(
    folder: Path, office: PostOffice
) -> None:
    """Whoever calls need not know how the server is spoken to."""
    store = open_store(folder)
    queue(store)

    async def send() -> Fate | None:
        return postman(store, office.port).send_next()

    with ThreadPoolExecutor(max_workers=1) as own:  # this one may have a loop, too
        assert own.submit(lambda: asyncio.run(send())).result() is Fate.SENT
    store.close()
