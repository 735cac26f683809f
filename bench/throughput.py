"""Applications accepted and delivered in a second, beside the raw commits of the same database.

./run python -m bench.throughput --folder /a/folder/on/a/real/disk
"""

import argparse
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import text

from portal.delivery.transports.folder import Folder
from portal.delivery.worker import Worker
from portal.storage import deliveries, submissions
from portal.storage.records import Payload
from portal.storage.sealing import MasterKey
from portal.storage.store import Store
from portal.web import logs
from tests.campaign.databases import Postgres, Server, Sqlite
from tests.portal.stores import KEY, SESSION, new_draft

TARGETS = ("fachverfahren", "dms")
CLIENTS = 8
# Bytes as `vordruck payload` makes them for the blueprint: message, package with two scans, PDF.
SIZES = {"xoev": 12_000, "dms": 600_000, "pdf": 70_000}


@dataclass(frozen=True, slots=True)
class Rates:
    """Things a second."""

    commits: float
    accepted: float
    accepted_together: float
    delivered: float


def payloads(submission_id: str, _reference: str, _at: datetime) -> Sequence[Payload]:
    """As large as real ones; what is in them plays no part here."""
    head = submission_id.encode()
    return [
        Payload("xoev", "a.xml", "text/xml", head.ljust(SIZES["xoev"]), "fachverfahren"),
        Payload("dms", "a.zip", "application/zip", head.ljust(SIZES["dms"]), "dms"),
        Payload("pdf", "a.pdf", "application/pdf", head.ljust(SIZES["pdf"]), None),
    ]


def rates(store: Store, out: Path, seconds: float) -> Rates:
    """One round: the same store, one step after the other."""
    commits = _rate(lambda: _commit(store), seconds)
    alone = _alone(store, seconds)
    drafts = [new_draft(store) for _ in range(int(alone * seconds * 2) + CLIENTS)]
    together = _together(store, iter(drafts), seconds)
    return Rates(commits, alone, together, _deliver(store, out))


def _rate(act: Callable[[], object], seconds: float) -> float:
    count, begun = 0, time.perf_counter()
    while (passed := time.perf_counter() - begun) < seconds:
        act()
        count += 1
    return count / passed


def _alone(store: Store, seconds: float) -> float:
    """One after the other; beginning the drafts does not count."""
    count, spent = 0, 0.0
    while spent < seconds:
        draft = new_draft(store)
        begun = time.perf_counter()
        _accept(store, draft)
        spent += time.perf_counter() - begun
        count += 1
    return count / spent


def _commit(store: Store) -> None:
    """The least that has to survive a power cut: one row of the size of an outbox row."""
    with store.database.writing() as session:
        row = {"text": "x" * 200}
        session.connection().execute(text("INSERT INTO bench_commit (row) VALUES (:text)"), row)


def _accept(store: Store, draft: str) -> None:
    submissions.accept(store, draft, SESSION, 0, payloads)


def _together(store: Store, drafts: Iterator[str], seconds: float) -> float:
    done, lock, begun = [0], threading.Lock(), time.perf_counter()

    def client() -> None:
        while time.perf_counter() - begun < seconds:
            with lock:
                draft = next(drafts, None)
            if draft is None:
                return
            _accept(store, draft)
            with lock:
                done[0] += 1

    clients = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for one in clients:
        one.start()
    for one in clients:
        one.join()
    return done[0] / (time.perf_counter() - begun)


def _deliver(store: Store, out: Path) -> float:
    """Everything that waits, a thread for each target as `serve` has it; applications a second."""
    waiting = deliveries.waiting(store).open
    worker = Worker(store, {name: Folder(out / name) for name in TARGETS})

    def work(target: str) -> None:
        while worker.deliver_next(target) is not None:
            pass

    begun = time.perf_counter()
    threads = [threading.Thread(target=work, args=(name,)) for name in TARGETS]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return waiting / len(TARGETS) / (time.perf_counter() - begun)


def measure(server: Server, folder: Path, seconds: float, rounds: int) -> Rates:
    """The median of several rounds."""
    place = Path(tempfile.mkdtemp(prefix="throughput-", dir=folder))
    with server.fresh(place) as url:
        store = Store.open(url, place / "files", MasterKey(KEY))
        with store.database.writing() as session:
            session.connection().execute(text("CREATE TABLE bench_commit (row TEXT)"))
        found = [rates(store, place / "out", seconds) for _ in range(rounds)]
        store.close()
    return Rates(
        *(
            statistics.median(getattr(one, name) for one in found)
            for name in ("commits", "accepted", "accepted_together", "delivered")
        )
    )


def line(name: str, found: Rates) -> str:
    """A row of the table."""
    return (
        f"| {name} | {found.commits:,.0f} | {found.accepted:,.0f} | "
        f"{found.accepted_together:,.0f} | {found.commits / found.accepted_together:,.1f} | "
        f"{found.delivered:,.0f} | {found.commits / found.delivered:,.1f} |\n"
    )


def main() -> None:
    """Measure both databases and print the table."""
    asks = argparse.ArgumentParser(prog="python -m bench.throughput", description=__doc__)
    asks.add_argument("--folder", type=Path, required=True, help="on a real disk")
    asks.add_argument("--seconds", type=float, default=4.0, help="for each step")
    asks.add_argument("--rounds", type=int, default=3)
    wish = asks.parse_args()
    logs.set_up(50)
    sys.stdout.write(
        f"| database | raw commits | accepted, 1 client | accepted, {CLIENTS} clients "
        "| commits per accepted | delivered to both targets | commits per delivered |\n"
        "|---|---:|---:|---:|---:|---:|---:|\n"
    )
    for server in (Sqlite(), Postgres(wish.folder)):
        try:
            found = measure(server, wish.folder, wish.seconds, wish.rounds)
            sys.stdout.write(line(server.name, found))
            sys.stdout.flush()
        finally:
            server.close()


if __name__ == "__main__":
    main()
