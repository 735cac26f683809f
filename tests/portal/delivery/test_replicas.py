"""Several portals and workers at once, as processes of their own, on one PostgreSQL."""

import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from datetime import timedelta
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import pytest
from sqlmodel import col, select

from portal.delivery.transports.folder import Folder
from portal.delivery.worker import Worker
from portal.storage import appending, audit, deliveries, faults, outbox, submissions
from portal.storage.records import Payload, Receipt
from portal.storage.store import Store
from portal.storage.tables import AuditRow, StepRow
from tests.portal import postgres
from tests.portal.delivery.campaign import logging_off
from tests.portal.stores import SESSION, new_draft, open_store, payloads, submit
from tests.portal.victims import TARGETS

LEASE = timedelta(seconds=2)
SIZE = 40
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload([__name__])


@pytest.fixture
def url() -> Iterator[str]:
    """An empty schema on a real server."""
    with postgres.schema() as found:
        yield found


def _accept(url: str, folder: str) -> None:
    """A portal: accepts every draft, and sends one thing later for each."""
    store = open_store(Path(folder), url=url)
    for draft in (Path(folder) / "drafts").read_text().split():
        receipt = submissions.accept(store, draft, SESSION, 0, payloads)
        assert isinstance(receipt, Receipt)
        later = Payload("130103-1", "antwort.xml", "text/xml", draft.encode(), "fachverfahren")
        assert appending.append(store, receipt.submission_id, [later], "applicant")


def _work(url: str, folder: str, failpoint: str) -> None:
    logging_off()
    faults.arm(failpoint, test_mode=True)
    place = Path(folder)
    folders = {name: Folder(place / "out" / name) for name in TARGETS}
    worker = Worker(open_store(place, url=url), folders, dice=lambda: 0.0, lease=LEASE)
    while True:
        if worker.deliver_next() is None:
            time.sleep(0.02)


def _start(target: object, *args: str) -> ForkServerProcess:
    process = _FORKS.Process(target=target, args=args)  # type: ignore[arg-type]
    process.start()
    return process


def _steps(store: Store, step: str) -> list[StepRow]:
    with store.database.reading() as session:
        query = select(StepRow).where(StepRow.step == step).order_by(col(StepRow.id))
        return list(session.exec(query).all())


@pytest.mark.timeout(180)
def test_r08_r11_r17_portals_and_workers_side_by_side_lose_and_double_nothing(
    url: str, folder: Path
) -> None:
    """Two portals accept the same drafts, three workers deliver, one of them is killed."""
    store = open_store(folder, url=url)
    (folder / "drafts").write_text(" ".join(new_draft(store) for _ in range(SIZE)))
    portals = [_start(_accept, url, str(folder)) for _ in range(2)]
    workers = [_start(_work, url, str(folder), name) for name in ("sent@9", "", "")]
    for one in portals:
        one.join(120)
        assert 0 == one.exitcode
    end = time.monotonic() + 60
    while deliveries.waiting(store).open and time.monotonic() < end:
        time.sleep(0.05)
    workers[0].join(30)
    assert -signal.SIGKILL == workers[0].exitcode
    for one in workers[1:]:
        assert one.is_alive()
        one.kill()
    assert 0 == deliveries.waiting(store).open
    assert {"fachverfahren": 2 * SIZE, "dms": SIZE} == {
        name: len(list((folder / "out" / name).iterdir())) for name in TARGETS
    }
    with store.database.reading() as session:
        rows = session.exec(select(AuditRow).where(AuditRow.action == "delivered")).all()
        assert audit.broken_link(session) is None
    told = [f"{row.subject} {row.detail}" for row in rows]
    assert 3 * SIZE == len(told) == len(set(told))
    by_delivery: dict[str, list[int]] = {}
    for step in _steps(store, "acknowledged"):
        by_delivery.setdefault(step.delivery_id, []).append(step.id or 0)
    assert {1} == {len(ids) for ids in by_delivery.values()}
    assert [] == _out_of_order(store)
    store.close()


def _out_of_order(store: Store) -> list[str]:
    """Submissions whose later delivery was claimed before the earlier one was acknowledged."""
    wrong = []
    with store.database.reading() as session:
        accepted = select(AuditRow.subject).where(AuditRow.action == "accepted")
        ids = list(session.exec(accepted))
    for submission_id in ids:
        steps = list(outbox.steps(store, submission_id, "fachverfahren"))
        first = next(one for one in steps if one.step == "acknowledged").delivery_id
        done = next(one.id or 0 for one in steps if one.step == "acknowledged")
        if any(one.delivery_id != first and (one.id or 0) < done for one in steps):
            wrong.append(submission_id)
    return wrong


@pytest.mark.parametrize("place", ["claimed", "half-sent", "before-acknowledged"])
def test_r17_a_killed_workers_job_is_taken_over_when_its_lease_ends(
    url: str, folder: Path, place: str
) -> None:
    """Not before, and not long after; the target has it once."""
    store = open_store(folder, url=url)
    submit(store)
    victim = _start(_work, url, str(folder), place)
    victim.join(30)
    assert -signal.SIGKILL == victim.exitcode
    heir = _start(_work, url, str(folder), "")
    end = time.monotonic() + 30
    while deliveries.waiting(store).open and time.monotonic() < end:
        time.sleep(0.02)
    os.kill(heir.pid or 0, signal.SIGKILL)
    assert 0 == deliveries.waiting(store).open
    claims = _steps(store, "claimed")
    first = claims[0]
    second = next(one for one in claims[1:] if one.delivery_id == first.delivery_id)
    assert first.fence + 1 == second.fence
    assert LEASE <= second.at - first.at <= LEASE + timedelta(seconds=3)
    for name in TARGETS:
        assert 1 == len([p for p in (folder / "out" / name).iterdir() if p.name[0] != "."])
    store.close()
