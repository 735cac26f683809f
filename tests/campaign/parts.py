"""The parts of the campaign: one fault each, what it needs, and how it is made.

Each part is a function that makes the fault while applications come in and go out; what follows is
the same for all (tests/campaign/run.py): heal, deliver what is left, judge.
"""

import contextlib
import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from portal.storage import deliveries
from portal.storage.store import Store
from tests.campaign import actors, box
from tests.campaign.databases import Postgres, Server
from tests.campaign.judge import receipts_gone
from tests.campaign.place import LEASE, Place

_LEASE = LEASE.total_seconds()
ACCEPTING = (
    *("reserved", "file-half-written", "file-synced", "file-renamed", "folder-synced"),
    *("payloads-stored", "submission-written", "payloads-written", "outbox-written"),
    *("before-commit", "after-commit", actors.SHOWN),
)
UPLOADING = ("file-half-written", "upload-written", "upload-before-commit", "upload-kept")
APPENDING = ("append-stored", "append-before-commit", "after-append")
DELIVERING = (
    *("claimed", "sending", "half-sent", "parcel-synced", "parcel-placed", "sent"),
    *("before-acknowledged", "acknowledged"),
)
STOPPING = ("claimed", "sending", "sent")


@dataclass
class Run:
    """One part under way: its place, its server, and what has been seen so far."""

    place: Place
    server: Server
    dice: random.Random
    store: Store  # of the judge, never bent
    faults: int = 0
    gone: int = 0  # receipts that were shown and whose submission was missing after a death
    running: list[ForkServerProcess] = field(default_factory=list)
    receiver: ForkServerProcess | None = None
    clock_to_heal: float = 0.0  # a machine whose clock is wrong is there when all is healed, too

    def start(self, action: str, **bent: object) -> ForkServerProcess:
        """An actor, bent or not."""
        process = actors.start(action, self.place.but(**bent))
        self.running.append(process)
        return process

    def finish(self, action: str, seconds: float = 300.0, **bent: object) -> int | None:
        """An actor to its end, or to ours; its exit code if the end was its own."""
        process = self.start(action, **bent)
        process.join(seconds)
        if process.exitcode is None:
            self.end(process)
            return None
        return process.exitcode

    def die(self, action: str, failpoint: str) -> None:
        """An actor that has to die at a failpoint; a fault if it did."""
        code = self.finish(action, 60.0, failpoint=failpoint)
        self.faults += code == -signal.SIGKILL
        self.look()

    def look(self) -> None:
        """Is every receipt that was shown still there?"""
        self.gone = max(self.gone, receipts_gone(self.store, self.place))

    def open_box(self) -> None:
        """Start the receiving server."""
        self.receiver = actors.FORKS.Process(
            target=box.serve, args=(str(self.place.folder), self.place.port), daemon=True
        )
        self.receiver.start()

    def close_box(self) -> None:
        """Nobody listens any more."""
        if self.receiver is not None:
            self.receiver.kill()
            self.receiver.join()

    def end(self, process: ForkServerProcess) -> None:
        """Kill one actor."""
        process.kill()
        process.join()

    @contextlib.contextmanager
    def workers(self, number: int = 2, **bent: object) -> Iterator[list[ForkServerProcess]]:
        """Workers beside what is done meanwhile."""
        found = [self.start("deliver", **bent) for _ in range(number)]
        yield found
        for one in found:
            self.end(one)


Make = Callable[[Run], None]


@dataclass(frozen=True, slots=True)
class Part:
    """One fault: its number in the plan, its name, how it is made."""

    number: str
    name: str
    make: Make
    weight: float = 1.0
    only: str = ""  # the only database it can happen to
    least: int = 1  # faults without which the part has shown nothing


def killed_while(action: str, failpoint: str) -> Make:
    """Death at a failpoint, at its first and at its fourth passage."""

    def make(run: Run) -> None:
        if action in ("append", "deliver"):
            run.finish("accept" if action == "append" else "hand-in")
        for hit in (1, 4):
            run.die(action, f"{failpoint}@{hit}")

    return make


def stopped_at(failpoint: str, *, past_lease: bool) -> Make:
    """A worker that stands still, past its lease or inside a transaction, and then goes on."""

    def make(run: Run) -> None:
        run.finish("accept")
        for hit in (1, 2):
            sleeper = run.start("deliver", stop_at=f"{failpoint}@{hit}")
            run.faults += _wait_until_stopped(sleeper)
            with run.workers(1):
                # Until others have taken over what it holds; inside a transaction nobody can.
                _wait_until_delivered(run, 20.0 if past_lease else 1.0)
                with contextlib.suppress(ProcessLookupError):
                    os.kill(sleeper.pid or 0, signal.SIGCONT)
                time.sleep(1.0)
            run.end(sleeper)

    return make


def _wait_until_delivered(run: Run, seconds: float) -> None:
    end = time.monotonic() + seconds
    while deliveries.waiting(run.store).open and time.monotonic() < end:
        time.sleep(0.1)


def _wait_until_stopped(process: ForkServerProcess, seconds: float = 20.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            state = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()[0]
            if state == "T":
                return True
        time.sleep(0.01)
    return False


def with_habit(name: str, times: int = 1) -> Make:
    """The receiving server does something bad to the first attempts of each delivery."""

    def make(run: Run) -> None:
        box.set_habit(run.place.folder, name, times)
        run.finish("hand-in")
        with run.workers():
            end = time.monotonic() + 60
            while time.monotonic() < end and not _has_met(run, name):
                time.sleep(0.1)
            time.sleep(0.6)
        run.faults += sum(1 for line in run.place.journal() if line["what"] != "again")

    return make


def _has_met(run: Run, name: str) -> bool:
    lines = run.place.journal()
    wanted = "http-500" if name == box.FIRST else name
    met = {line["key"] for line in lines if line["what"] in (wanted, "filed")}
    return len(met) >= len(run.place.drafts())


def refused(run: Run) -> None:
    """Nobody listens for two seconds, then everything is as it was."""
    run.close_box()
    with run.workers():
        run.finish("accept")
        time.sleep(2)
    run.faults += 1
    run.open_box()


def locked(run: Run) -> None:
    """Another program holds the database while applications come in and go out."""
    with run.workers():
        portal = run.start("accept")
        for _ in range(2):
            time.sleep(0.2)
            with run.server.locked(run.place.url):
                run.faults += 1
                time.sleep(1.5)
        portal.join(300)


def no_room(run: Run) -> None:
    """Files may not grow any more while applications come in and go out: no receipt is shown."""
    for most in (2_000, 30_000, 200_000):
        run.finish("accept", most_bytes=most)
        worker = run.start("deliver", most_bytes=most)
        time.sleep(0.5)
        run.end(worker)
        run.faults += 1
        run.look()


def wrong_clock(seconds: float) -> Make:
    """A portal, a worker and the housekeeping of a machine whose clock is wrong, beside others."""

    def make(run: Run) -> None:
        run.clock_to_heal = seconds
        with run.workers(1), run.workers(1, clock=seconds):
            others = [run.start("accept", clock=seconds), run.start("accept")]
            for one in others:
                one.join(300)
            run.finish("tidy", clock=seconds)
            time.sleep(0.5)
        run.faults += 1
        run.look()

    return make


def crashed(run: Run) -> None:
    """The server's plug is pulled three times while applications come in and go out."""
    assert isinstance(run.server, Postgres)
    with run.workers():
        portal = run.start("accept")
        for _ in range(3):
            time.sleep(0.4)
            run.server.crash()
            run.faults += 1
            run.look()
        portal.join(300)


def cut(run: Run) -> None:
    """Every connection to the server is cut, again and again."""
    assert isinstance(run.server, Postgres)
    with run.workers():
        portal = run.start("accept")
        for _ in range(8):
            time.sleep(0.2)
            run.server.cut_connections()
            run.faults += 1
        portal.join(300)


def two_portals(run: Run) -> None:
    """Double clicks: three portals are handed the same drafts at the same moment."""
    portals = [run.start("accept") for _ in range(3)]
    for one in portals:
        one.join(300)
    run.faults += len(portals)


def storm(run: Run) -> None:
    """Everything at once, at random: deaths, sleeps, outages, a server with every bad habit."""
    drafts = len(run.place.drafts())
    end = time.monotonic() + max(6.0, drafts / 12)
    cast: dict[str, ForkServerProcess] = {}
    while time.monotonic() < end:
        box.set_habit(run.place.folder, run.dice.choice(("", *box.HABITS)), run.dice.randint(1, 2))
        for name in ("accept-1", "accept-2", "append", "deliver-1", "deliver-2", "deliver-3"):
            if name not in cast or not cast[name].is_alive():
                action = name.partition("-")[0]
                cast[name] = run.start(action, failpoint=_somewhere(action, run.dice))
        time.sleep(run.dice.uniform(0.05, 0.4))
        if run.dice.random() < 0.4:
            _hurt(cast[run.dice.choice(sorted(cast))], run)
        if run.dice.random() < 0.05:
            run.close_box()
            time.sleep(run.dice.uniform(0.1, 0.5))
            run.open_box()
            run.faults += 1
    for one in cast.values():
        run.faults += one.exitcode == -signal.SIGKILL
        run.end(one)
    run.look()


def _somewhere(action: str, dice: random.Random) -> str:
    places = {"accept": ACCEPTING, "append": APPENDING, "deliver": DELIVERING}[action]
    return f"{dice.choice(places)}@{dice.randint(1, 20)}"


def _hurt(victim: ForkServerProcess, run: Run) -> None:
    if victim.pid is None or not victim.is_alive():
        return
    run.faults += 1
    if run.dice.random() < 0.6:
        victim.kill()
        return
    os.kill(victim.pid, signal.SIGSTOP)
    time.sleep(_LEASE * 1.3)
    os.kill(victim.pid, signal.SIGCONT)


def nothing(run: Run) -> None:
    """No fault at all: what the campaign finds then, it brought along."""
    with run.workers():
        run.finish("hand-in")
    run.faults += 1


_F = {
    **dict.fromkeys(("reserved",), "F01"),
    **dict.fromkeys(("file-half-written", "file-synced"), "F02"),
    **dict.fromkeys(("file-renamed", "folder-synced", "payloads-stored"), "F03"),
    **dict.fromkeys(
        ("submission-written", "payloads-written", "outbox-written", "before-commit"), "F04"
    ),
    "after-commit": "F05",
    actors.SHOWN: "F06",
    "claimed": "F07",
    "sending": "F08",
    **dict.fromkeys(("half-sent", "parcel-synced"), "F09"),
    **dict.fromkeys(("parcel-placed", "sent"), "F10"),
    "before-acknowledged": "F11",
    "acknowledged": "F12",
}
_HABITS = {
    **dict.fromkeys(box.STATUS, "F17"),
    "http-422": "F22",
    "slow": "F18",
    "reset": "F19",
    "half-filed": "F09",
    "for-another": "F21",
    "twice": "F21",
}


def _killed(action: str, doing: str, places: tuple[str, ...]) -> list[Part]:
    return [
        Part(_F.get(one, "F03"), f"kill -9, {doing}: {one}", killed_while(action, one), least=2)
        for one in places
    ]


def _clocks() -> list[Part]:
    wrong = {"+5 min": 300.0, "+1 h": 3600.0, "-1 h": -3600.0, "+10 years": 315_360_000.0}
    return [
        Part("F31", f"clock {name} on one machine", wrong_clock(seconds))
        for name, seconds in wrong.items()
    ]


def _stops() -> list[Part]:
    past = [
        Part("F29", f"worker stops past its lease: {one}", stopped_at(one, past_lease=True))
        for one in STOPPING
    ]
    inside = stopped_at("before-acknowledged", past_lease=False)
    return [*past, Part("F30", "worker stops inside a transaction", inside)]


PARTS = (
    Part("–", "no fault", nothing),
    *_killed("accept", "accepting", ACCEPTING),
    *_killed("upload", "uploading", UPLOADING),
    *_killed("append", "queueing later", APPENDING),
    *_killed("deliver", "delivering", DELIVERING),
    Part("F16", "target refuses connections for 2 s", refused),
    *(Part(_HABITS.get(one, "F20"), f"target: {one}", with_habit(one)) for one in box.HABITS),
    Part("F23", "database held by another program", locked),
    Part("F24/F25", "no room for files (RLIMIT_FSIZE)", no_room),
    Part("F28", "PostgreSQL crashes 3 times (immediate restart)", crashed, 2, "postgresql", 3),
    Part("F28", "every connection cut, 8 times", cut, 2, "postgresql", 8),
    *_stops(),
    *_clocks(),
    Part("F33", "three portals, the same drafts at once", two_portals),
    Part("B", "everything at random", storm, 16.0, least=10),
)
