"""R03, R04: a message is picked up or waits, a reply is sent or not, wherever power fails."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from portal.storage import audit, messages, orphans, replies, submissions
from portal.storage.replies import send
from portal.storage.store import Store
from tests.portal.inbox.posted import incoming, message, names, picker, post
from tests.portal.stores import open_store, submit
from tests.portal.victims import ANSWER, LATER, killed, workers

PICKING = (
    "file-half-written",
    "file-synced",
    "file-renamed",
    "folder-synced",
    "message-written",
    "message-before-commit",
    "message-kept",
    "message-moved",
)
REPLYING = ("append-stored", "reply-before-commit", "reply-kept")


@pytest.fixture
def survivor(folder: Path) -> Iterator[Store]:
    """The store that goes on after another process was killed."""
    opened = open_store(folder)
    yield opened
    opened.close()


def _assert_whole(store: Store) -> None:
    with store.database.reading() as session:
        assert audit.broken_link(session) is None
    orphans.sweep(store, timedelta(0))
    assert store.files.names() == orphans.known_files(store)


@pytest.mark.parametrize("place", PICKING)
def test_r03_a_message_is_kept_once_wherever_picking_up_is_killed(
    survivor: Store, folder: Path, place: str
) -> None:
    """The next round finishes what the dead one began; nothing is lost, nothing is double."""
    case = submit(survivor)
    content = message(case.reference)
    post(folder, "m.xml", content)
    killed("pick", folder, place)

    waits, picked = names(folder)[""], names(folder)["abgeholt"]
    assert {"m.xml"} == waits | picked
    assert not picked or 1 == len(messages.of_case(survivor, case.submission_id))
    picker(survivor).pick_all(incoming(folder))
    [kept] = messages.of_case(survivor, case.submission_id)
    assert content == messages.content(survivor, kept.id)
    assert {"m.xml"} == names(folder)["abgeholt"]
    _assert_whole(survivor)


@pytest.mark.parametrize("place", REPLYING)
def test_r14_a_reply_is_sent_once_wherever_sending_is_killed(
    survivor: Store, folder: Path, place: str
) -> None:
    """Pressing again finds the reply or sends it; the authority gets one."""
    case = submit(survivor)
    killed("reply", folder, place, case.submission_id)

    assert (1 if place == "reply-kept" else 0) == len(replies.of_case(survivor, case.submission_id))
    for _ in range(2):
        sent = send(survivor, case.submission_id, ANSWER, LATER[0])
        assert sent is not None
        assert ANSWER == sent.said
    worker = workers(survivor, folder)
    while worker.deliver_next() is not None:
        pass
    arrived = [one for one in (folder / "out" / "fachverfahren").iterdir() if one.is_file()]
    kept = submissions.payloads_of(survivor, case.submission_id)
    assert 2 == len(arrived)
    assert 1 == sum(one.output == "130103-1" for one in kept)
    _assert_whole(survivor)
