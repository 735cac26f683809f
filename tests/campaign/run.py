"""One part after the other: fault, healing, what is left, judgement."""

import random
import shutil
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from portal.storage import deliveries
from tests.campaign import actors, box
from tests.campaign.databases import MEMORY, Server
from tests.campaign.judge import GONE, judge
from tests.campaign.parts import Part, Run
from tests.campaign.place import Place
from tests.portal.stores import new_draft

LEAST = 6  # applications of a part
PATIENCE = 600.0  # seconds for what is left after healing, on a busy machine
UNHIT = "the fault was not made"


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one part."""

    part: Part
    applications: int
    deliveries: int
    faults: int
    seconds: float
    broken: dict[str, int] = field(default_factory=dict)


def sizes(parts: tuple[Part, ...], n: int) -> list[int]:
    """How many applications each part gets: `n` together, unless that is too few for each."""
    total = sum(one.weight for one in parts)
    shares = [max(LEAST, int(n * one.weight / total)) for one in parts]
    heaviest = max(range(len(parts)), key=lambda index: parts[index].weight)
    shares[heaviest] += max(0, n - sum(shares))
    return shares


def play(part: Part, server: Server, size: int, seed: int, mutant: str = "") -> Result:
    """Make the fault, heal, judge."""
    started = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix="vordruck-campaign-", dir=MEMORY))
    try:
        with server.fresh(folder) as url:
            place = Place(folder, url, box.free_port(), mutant)
            store = place.but(mutant="").open()
            drafts = [new_draft(store) for _ in range(size)]
            (folder / "drafts").write_text("\n".join(drafts))
            # A dice for each part: parts can be played alone, with the same throws.
            dice = random.Random(f"{seed} {part.name}")  # noqa: S311 - faults, not secrets
            run = Run(place, server, dice, store)
            broken, delivered = _played(part, run)
            store.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if run.gone:
        broken[GONE] = max(run.gone, broken.get(GONE, 0))
    if run.faults < part.least:
        broken[UNHIT] = 1
    return Result(part, size, delivered, run.faults, time.monotonic() - started, broken)


def _played(part: Part, run: Run) -> tuple[dict[str, int], int]:
    run.open_box()
    try:
        part.make(run)
        run.look()
        _heal(run)
        counts = [line.counts for line in deliveries.targets(run.store)]
        return judge(run.store, run.place), sum(one.get("acknowledged", 0) for one in counts)
    finally:
        for one in run.running:
            run.end(one)
        run.close_box()


def _heal(run: Run) -> None:
    """The cause is gone; applicants come back, operators send again, workers finish."""
    for one in run.running:
        run.end(one)
    box.set_habit(run.place.folder)
    run.finish("hand-in", 600)
    actors.operate(run.store)
    workers = [run.start("deliver", clock=one) for one in (0.0, run.clock_to_heal)]
    end = time.monotonic() + PATIENCE
    while deliveries.waiting(run.store).open and time.monotonic() < end:
        time.sleep(0.1)
    for one in workers:
        run.end(one)
