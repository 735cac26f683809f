"""A campaign of kills: applications come in, processes die at random, targets misbehave.

Everything is judged from outside, from the receipts that were shown, the files at the targets and
the rows in the database, after a calm in which healthy workers finish what is left.
"""

import hashlib
import logging
import multiprocessing
import os
import random
import signal
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import structlog
from sqlmodel import col, select

from portal.delivery.transports.folder import Folder
from portal.delivery.transports.transport import Acknowledgement, UnreachableError
from portal.delivery.worker import Worker
from portal.storage import audit, deliveries, faults, orphans, submissions
from portal.storage.records import Receipt
from portal.storage.store import Store
from portal.storage.tables import AuditRow, DeliveryRow, SubmissionRow
from tests.portal.stores import SESSION, new_draft, open_store, payloads
from tests.portal.victims import TARGETS

LEASE = timedelta(milliseconds=400)
PLACES = (
    *("reserved", "file-half-written", "file-synced", "file-renamed", "folder-synced"),
    *("payloads-stored", "submission-written", "payloads-written", "outbox-written"),
    *("before-commit", "after-commit"),
)
WORK_PLACES = (
    *("claimed", "sending", "half-sent", "parcel-synced", "parcel-placed", "sent"),
    *("before-acknowledged", "acknowledged"),
)
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload([__name__])


@dataclass
class Moody:
    """A folder behind a bad line: refuses, forgets to answer, answers wrongly, dawdles."""

    folder: Folder
    dice: random.Random

    def send(self, key: str, name: str, media_type: str, content: bytes) -> Acknowledgement:
        """Deliver, or not, or deliver and say something else."""
        mood = self.dice.random()
        if mood < 0.08:
            raise UnreachableError("down")
        told = self.folder.send(key, name, media_type, content)
        if mood < 0.14:
            raise TimeoutError  # delivered, but the answer is lost
        if mood < 0.18:
            return Acknowledgement(told.size // 2, told.sha256, told.detail)
        if mood < 0.20:
            time.sleep(2 * LEASE.total_seconds())  # and somebody else takes over
        return told


def accept_all(folder: str, failpoint: str) -> None:
    """Hand in every draft that has no receipt yet, and write the receipts down as shown."""
    faults.arm(failpoint, test_mode=True)
    place = Path(folder)
    store = open_store(place)
    shown = place / "shown"
    known = set(shown.read_text().split()[::2]) if shown.exists() else set()
    with shown.open("a") as lines:
        for draft in (place / "drafts").read_text().split():
            if draft not in known:
                receipt = submissions.accept(store, draft, SESSION, 0, payloads)
                assert isinstance(receipt, Receipt)
                lines.write(f"{draft} {receipt.submission_id}\n")
                lines.flush()


def work(folder: str, failpoint: str, seed: int) -> None:
    """Deliver until killed; with seed 0 over a good line."""
    faults.arm(failpoint, test_mode=True)
    place = Path(folder)
    logging_off()
    dice = random.Random(seed)  # noqa: S311 - moods, not secrets
    folders = {name: Folder(place / "out" / name) for name in TARGETS}
    moody = {name: Moody(one, dice) for name, one in folders.items()}
    worker = Worker(open_store(place), moody if seed else folders, dice=lambda: 0.0, lease=LEASE)
    while True:
        if worker.deliver_next() is None:
            time.sleep(0.01)


def logging_off() -> None:
    """Thousands of lines about faults that were made on purpose help nobody."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))


@dataclass
class Campaign:
    """One run: so many applications, one seed."""

    folder: Path
    size: int
    seed: int
    kills: int = 0

    def run(self) -> dict[str, int]:
        """Storm, calm, judgement: how often each promise was broken."""
        store = open_store(self.folder)
        drafts = [new_draft(store) for _ in range(self.size)]
        (self.folder / "drafts").write_text("\n".join(drafts))
        self._storm()
        self._calm(store)
        broken = judge(store, self.folder, drafts)
        store.close()
        return broken

    def _storm(self) -> None:
        dice = random.Random(self.seed)  # noqa: S311 - faults, not secrets
        running: dict[str, ForkServerProcess] = {}
        shortest = time.monotonic() + max(4.0, self.size / 25)
        longest = shortest + 60  # on a busy machine kills take their time
        while time.monotonic() < (longest if self.kills < self.size / 8 else shortest):
            for name in ("accept", "work-1", "work-2"):
                if name not in running or not running[name].is_alive():
                    self.kills += name in running and running[name].exitcode == -signal.SIGKILL
                    running[name] = self._start(name, dice)
            time.sleep(dice.uniform(0.02, 0.12))
            if dice.random() < 0.25:
                victim = running[dice.choice(sorted(running))]
                _pause_or_kill(victim, dice)
        for process in running.values():
            process.kill()
            process.join()

    def _start(self, name: str, dice: random.Random) -> ForkServerProcess:
        if name == "accept":
            place = f"{dice.choice(PLACES)}@{dice.randint(1, 12)}"
            process = _FORKS.Process(target=accept_all, args=(str(self.folder), place), daemon=True)
        else:
            place = f"{dice.choice(WORK_PLACES)}@{dice.randint(1, 25)}"
            seed = dice.randint(1, 10**6)
            process = _FORKS.Process(target=work, args=(str(self.folder), place, seed), daemon=True)
        process.start()
        return process

    def _calm(self, store: Store) -> None:
        last = _FORKS.Process(target=accept_all, args=(str(self.folder), ""))
        last.start()
        last.join(60 + self.size)
        assert 0 == last.exitcode
        healthy = [
            _FORKS.Process(target=work, args=(str(self.folder), "", 0), daemon=True)
            for _ in range(2)
        ]
        for process in healthy:
            process.start()
        end = time.monotonic() + 30 + self.size / 5
        while deliveries.waiting(store).open and time.monotonic() < end:
            time.sleep(0.05)
        for process in healthy:
            process.kill()
            process.join()


def _pause_or_kill(victim: ForkServerProcess, dice: random.Random) -> None:
    """Death, or a sleep that outlasts the lease."""
    if victim.pid is None or not victim.is_alive():
        return
    if dice.random() < 0.7:
        victim.kill()
        return
    with suppress(ProcessLookupError):  # it had just come to its end
        os.kill(victim.pid, signal.SIGSTOP)
        time.sleep(LEASE.total_seconds() * 1.5)
        os.kill(victim.pid, signal.SIGCONT)


def judge(store: Store, folder: Path, drafts: list[str]) -> dict[str, int]:
    """The promises that do not hold, and how often."""
    shown = [line.split() for line in (folder / "shown").read_text().splitlines()]
    with store.database.reading() as session:
        rows = session.exec(select(SubmissionRow)).all()
        open_ones = session.exec(
            select(DeliveryRow).where(col(DeliveryRow.state) != "acknowledged")
        ).all()
        entries = Counter(
            f"{row.action} {row.subject} {row.detail if row.action == 'delivered' else ''}"
            for row in session.exec(select(AuditRow))
        )
        chain = audit.broken_link(session)
        sound = session.connection().exec_driver_sql("PRAGMA integrity_check").scalar()
    by_draft = {row.draft_id: row for row in rows}
    wanted = {
        f"{target}/{row.id}_{payload.name}": hashlib.sha256(payload.content).hexdigest()
        for row in rows
        for payload in payloads(row.id, row.reference, row.accepted_at)
        if (target := payload.target)
    }
    arrived = {
        f"{path.parent.name}/{path.name}": hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (folder / "out").glob("*/*")
        if not path.name.startswith(".")
    }
    orphans.sweep(store, timedelta(0))
    found = {
        "receipt without submission": sum(
            draft not in by_draft or by_draft[draft].id != receipt for draft, receipt in shown
        ),
        "draft not accepted": len(set(drafts) - set(by_draft)),
        "submissions too many": len(rows) - len(by_draft),
        "not delivered": len(wanted.keys() - arrived.keys()) + len(open_ones),
        "delivered too often": len(arrived.keys() - wanted.keys()),
        "other bytes": sum(arrived.get(name, digest) != digest for name, digest in wanted.items()),
        "audit entries missing or doubled": sum(
            entries[f"accepted {row.id} "] != 1
            or any(entries[f"delivered {row.id} {target}"] != 1 for target in TARGETS)
            for row in rows
        ),
        "audit chain broken": chain is not None,
        "database damaged": sound != "ok",
        "files and rows differ": orphans.known_files(store) != store.files.names(),
    }
    return {promise: int(count) for promise, count in found.items() if count}
