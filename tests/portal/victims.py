"""Processes that are there to be killed: each opens the store anew and does one thing.

They are forked from a server that has everything imported, so that a killing takes milliseconds.
`python -m tests.portal.victims upload FOLDER` runs one outside of it, for tracing.
"""

import multiprocessing
import signal
import sys
from collections.abc import Callable
from datetime import timedelta
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from portal.delivery.transports.folder import Folder
from portal.delivery.worker import Worker
from portal.storage import appending, drafts, faults, replies, retention, submissions, uploads
from portal.storage.records import Payload
from portal.storage.replies import ReplyKind, Said
from portal.storage.store import Store
from tests.portal.inbox.posted import incoming, picker
from tests.portal.stores import PROCEDURE, SESSION, open_store, payloads

TARGETS = ("fachverfahren", "dms")
CONTENT = b"%PDF-1.7 " + b"nothing about anybody " * 4000
LATER = [Payload("130103-1", "antwort.xml", "application/xml", b"<b/>" * 90, "fachverfahren")]
ANSWER = Said(ReplyKind.ANSWER, 1, None, "Hier ist sie.", ("antwort.pdf",))
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload([__name__])


def killed(action: str, folder: Path, failpoint: str, draft_id: str = "") -> None:
    """Run an action in a process that dies at the failpoint, and make sure that it did."""
    process = start(action, folder, failpoint, draft_id)
    process.join(20)
    assert process.exitcode == -signal.SIGKILL, f"{action} never reached {failpoint}"


def start(action: str, folder: Path, failpoint: str = "", draft_id: str = "") -> ForkServerProcess:
    """Start an action in a process of its own."""
    process = _FORKS.Process(target=_run, args=(action, str(folder), failpoint, draft_id))
    process.start()
    return process


def workers(store: Store, folder: Path, lease: timedelta = timedelta(milliseconds=1)) -> Worker:
    """A worker that delivers to folders."""
    return Worker(store, {name: Folder(folder / "out" / name) for name in TARGETS}, lease=lease)


def _run(action: str, folder: str, failpoint: str, draft_id: str) -> None:
    faults.arm(failpoint, test_mode=True)
    place = Path(folder)
    store = open_store(place, migrated=action != "migrate")
    _ACTIONS[action](store, place, draft_id)


def _accept(store: Store, _folder: Path, draft_id: str) -> None:
    submissions.accept(store, draft_id, SESSION, 0, payloads)


def _accept_all(store: Store, folder: Path, name: str) -> None:
    """Accept every draft that is listed, several times, and write the receipts down."""
    lines = [
        f"{draft} {submissions.accept(store, draft, SESSION, 0, payloads)!r}\n"
        for draft in (folder / "drafts").read_text().split() * 3
    ]
    (folder / name).write_text("".join(lines))


def _append(store: Store, _folder: Path, submission_id: str) -> None:
    appending.append(store, submission_id, LATER, "applicant")


def _upload(store: Store, _folder: Path, draft_id: str) -> None:
    uploads.add(store, draft_id, SESSION, "pass", None, "pass.pdf", "application/pdf", CONTENT)


def _deliver(store: Store, folder: Path, _draft: str) -> None:
    worker = workers(store, folder)
    while worker.deliver_next() is not None:
        pass


def _expire(store: Store, _folder: Path, _draft: str) -> None:
    drafts.expire(store, PROCEDURE, timedelta(0))


def _delete(store: Store, _folder: Path, _draft: str) -> None:
    retention.delete_delivered(store, PROCEDURE, timedelta(0))


def _migrate(_store: Store, _folder: Path, _draft: str) -> None:
    """Opening the store has done it."""


def _pick(store: Store, folder: Path, _draft: str) -> None:
    """Pick up every message that has come."""
    picker(store).pick_all(incoming(folder))


def _reply(store: Store, _folder: Path, submission_id: str) -> None:
    replies.send(store, submission_id, ANSWER, LATER[0])


_ACTIONS: dict[str, Callable[[Store, Path, str], None]] = {
    "accept": _accept,
    "accept-all": _accept_all,
    "append": _append,
    "upload": _upload,
    "deliver": _deliver,
    "expire": _expire,
    "delete": _delete,
    "migrate": _migrate,
    "pick": _pick,
    "reply": _reply,
}

if __name__ == "__main__":
    _run(sys.argv[1], sys.argv[2], "", sys.argv[3])
