"""The processes of the campaign: portals that accept, workers that deliver, operators, a clock."""

import contextlib
import multiprocessing
import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from multiprocessing.context import ForkServerProcess
from types import ModuleType

from sqlalchemy.orm import configure_mappers

from portal.delivery import worker as working
from portal.delivery.housekeeping import Housekeeping, Periods, watch_of
from portal.delivery.transports.folder import Folder
from portal.delivery.transports.transport import Transport
from portal.delivery.worker import Worker
from portal.storage import (
    appending,
    breaker,
    deliveries,
    drafts,
    faults,
    outbox,
    submissions,
    uploads,
)
from portal.storage.records import Receipt
from portal.storage.refusals import UnavailableError, UnsafeStorageError
from portal.storage.store import Store
from tests.campaign import box, mutants, payloads
from tests.campaign.place import FOLDER_TARGET, HTTP_TARGET, LEASE, Place
from tests.portal.delivery.campaign import logging_off
from tests.portal.stores import SESSION

configure_mappers()  # once, in the server that all processes are forked from
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload([__name__])
SHOWN = "shown"  # a failpoint of the applicant's: the receipt is on the screen


def start(action: str, place: Place) -> ForkServerProcess:
    """Begin one of the actions in a process of its own."""
    process = FORKS.Process(target=_run, args=(action, place), daemon=True)
    process.start()
    return process


def _run(action: str, place: Place) -> None:
    logging_off()
    name = place.failpoint.partition("@")[0]
    if name in faults.FAILPOINTS:
        faults.arm(place.failpoint, test_mode=True)
    if place.most_bytes:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (place.most_bytes, place.most_bytes))
    try:
        ACTIONS[action](place)
    except (KeyboardInterrupt, UnavailableError, UnsafeStorageError):
        sys.exit(1)  # as a process that cannot start, or that lost its database, does


def accept(place: Place) -> None:
    """An applicant's portal: hand in every draft without a receipt, write down what is shown.

    Where the portal says 503, the applicant tries again a moment later.
    """
    store = place.open()
    known = {draft for draft, _ in place.receipts()}
    dies_after = int(place.failpoint.partition("@")[2] or 1) if _is_shown(place) else 0
    with place.shown.open("a") as lines:

        def show(draft: str, submission_id: str) -> None:
            lines.write(f"{draft} {submission_id}\n")
            lines.flush()

        mutants.show_early[:] = [show]
        shown = 0
        for draft in place.drafts():
            if draft in known:
                continue
            receipt = _insist(place, partial(_hand_in, store, draft))
            if receipt is None:
                continue
            assert isinstance(receipt, Receipt)
            show(draft, receipt.submission_id)
            shown += 1
            if shown == dies_after:
                os.kill(os.getpid(), signal.SIGKILL)


def _hand_in(store: Store, draft: str) -> object:
    """As the applicant has read it: in its newest revision."""
    read = drafts.load(store, draft, SESSION)
    revision = read.revision if read else 0
    return submissions.accept(store, draft, SESSION, revision, payloads.accepted)


def _is_shown(place: Place) -> bool:
    return place.failpoint.partition("@")[0] == SHOWN


def _insist(place: Place, act: Callable[[], object]) -> object:
    """Again after a 503; whoever is out of room for good gives up until somebody helps."""
    for _ in range(2 if place.most_bytes else 200):
        with contextlib.suppress(UnavailableError, OSError):
            return act()
        time.sleep(0.05)
    return None


def append(place: Place) -> None:
    """What every case sends afterwards."""
    store = place.open()
    for _, submission_id in place.receipts():
        later = partial(appending.append, store, submission_id, payloads.later(submission_id))
        _insist(place, partial(later, "applicant"))


def hand_in(place: Place) -> None:
    """Both: what is accepted, and what its case sends afterwards."""
    accept(place)
    append(place)


def upload(place: Place) -> None:
    """A file for every draft that has no receipt."""
    store = place.open()
    known = {draft for draft, _ in place.receipts()}
    content = b"%PDF-1.7 nothing about anybody " * 2000
    for draft in place.drafts():
        if draft not in known:
            uploads.add(store, draft, SESSION, "pass", None, "p.pdf", "application/pdf", content)


def deliver(place: Place) -> None:
    """A worker: until killed, through every outage."""
    if place.stop_at:
        _stop_at(working, place.stop_at)
        _stop_at(outbox, place.stop_at)
    store = place.open()
    posts: dict[str, Transport] = {
        FOLDER_TARGET: Folder(place.out),
        HTTP_TARGET: box.Post(place.port),
    }
    worker = Worker(store, posts, dice=lambda: 0.0, lease=LEASE)
    while True:
        try:
            outcome = worker.deliver_next()
        except UnavailableError:
            outcome = None
        if outcome is None:
            time.sleep(0.05)


def _stop_at(module: ModuleType, wanted: str) -> None:
    """Stop this whole process at a failpoint, as a machine that stands still would."""
    name, _, hit = wanted.partition("@")
    left = int(hit or 1)

    def failpoint(passed: str) -> None:
        nonlocal left
        if passed == name:
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGSTOP)

    vars(module)["failpoint"] = failpoint


def operate(store: Store) -> None:
    """A person sends again what waits for one, and lets stopped targets go on."""
    for line in deliveries.targets(store):
        for one in deliveries.stuck(store, line.name):
            outbox.replay(store, one, "operator")
        if line.state != "closed":
            breaker.go_on(store, line.name, "operator")


def tidy(place: Place) -> None:
    """Housekeeping with this machine's clock."""
    store = place.open()
    period = Periods(timedelta(days=1), timedelta(days=1), timedelta(days=1))
    Housekeeping(store, watch_of(store), dict, period).tidy()


ACTIONS = {
    "accept": accept,
    "append": append,
    "hand-in": hand_in,
    "upload": upload,
    "deliver": deliver,
    "tidy": tidy,
}
