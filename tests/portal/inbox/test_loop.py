"""The loop that looks into the folders, and where these are."""

import time
from datetime import timedelta
from pathlib import Path

from portal.inbox.folder import IncomingFolder
from portal.inbox.loop import InboxLoop, folders_of
from portal.settings import Settings, Target
from portal.storage import messages
from portal.storage.store import Store
from tests.portal.inbox.posted import incoming, message, picker, post
from tests.portal.stores import submit


def test_the_loop_picks_up_until_it_is_stopped(store: Store, folder: Path) -> None:
    """A folder that fails does not stop the others."""
    case = submit(store)
    (folder / "file").write_text("not a folder")
    broken = IncomingFolder("broken", folder / "file" / "below")
    loop = InboxLoop(picker(store), [broken, incoming(folder)], timedelta(milliseconds=20))
    loop.start()
    post(folder, "m.xml", message(case.reference))
    deadline = time.monotonic() + 10
    while not messages.of_case(store, case.submission_id) and time.monotonic() < deadline:
        time.sleep(0.02)
    loop.stop()
    assert 1 == len(messages.of_case(store, case.submission_id))
    post(folder, "n.xml", message(case.reference, number=2))
    time.sleep(0.1)
    assert 1 == len(messages.of_case(store, case.submission_id))


def test_messages_come_below_the_data_unless_the_operator_says_otherwise(tmp_path: Path) -> None:
    """The Fachverfahren writes back; another target does if it is given a folder."""
    usual = folders_of(Settings(data=tmp_path))
    assert [("fachverfahren", tmp_path / "incoming" / "fachverfahren")] == [
        (one.target, one.folder) for one in usual
    ]
    other = {"zweites": Target(incoming=tmp_path / "a"), "fachverfahren": Target(incoming=tmp_path)}
    named = folders_of(Settings(data=tmp_path, targets=other))
    assert {("zweites", tmp_path / "a"), ("fachverfahren", tmp_path)} == {
        (one.target, one.folder) for one in named
    }
