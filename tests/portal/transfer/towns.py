"""Two invented towns, each with a portal of its own; a postman carries files between them."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from engine import Plan
from outputs.aktenversendung.messages import Office as Author
from outputs.application import OutputFile
from outputs.building import build_all
from outputs.dms.read import read_filing
from outputs.schemas import Schemas
from portal.delivery.worker import Worker
from portal.inbox.folder import DONE, IncomingFolder
from portal.inbox.loop import office_folders_of
from portal.settings import Office, Settings
from portal.storage import submissions, transfers
from portal.storage.records import Payload, Receipt
from portal.storage.store import Store
from portal.storage.transfers import Transfer
from portal.transfer.desk import Desk, author_of
from portal.transfer.incoming import TransferPicker
from portal.transfer.opening import desk_of
from tests.outputs.plans import complete, plan_of
from tests.outputs.standards_folder import ROOT, folder, schemas
from tests.portal import postgres
from tests.portal.stores import SESSION, VirtualClock, new_draft, open_store

OLD, NEW = "Musterstadt", "Beispielhausen"
AZR = "940501000001"
PROCEDURE = "beschaeftigungserlaubnis"
_KEYS = {OLD: "abh:00000001", NEW: "abh:00000002"}
_ADDRESS = {"street": "Marktplatz", "house_number": "5", "postcode": "54321"}


@dataclass
class Town:
    """One portal: store, settings and everything that moves files."""

    name: str
    store: Store
    settings: Settings
    desk: Desk
    clock: VirtualClock
    url: str  # of its database; "": SQLite in its folder

    def submit(self) -> Receipt:
        """An accepted application, with message and filing as the portal builds them."""
        files = _built()
        targets = {"xoev": "fachverfahren", "dms": "dms"}

        def build(submission_id: str, reference: str, at: datetime) -> Sequence[Payload]:
            return [
                Payload(one.output, one.name, one.media_type, one.content, targets.get(one.output))
                for one in files
            ]

        receipt = submissions.accept(self.store, new_draft(self.store), SESSION, 0, build)
        assert isinstance(receipt, Receipt)
        return receipt

    def work(self) -> None:
        """Deliver what is due, take what has come, and go on."""
        worker = Worker(self.store, self.desk.transports)
        while worker.deliver_next() is not None:
            pass
        picker = TransferPicker(self.desk)
        for place in self.incoming:
            picker.pick_all(place)
        while worker.deliver_next() is not None:
            pass

    @property
    def incoming(self) -> tuple[IncomingFolder, ...]:
        """Where the other town's messages come in."""
        return office_folders_of(self.settings)

    @property
    def author(self) -> Author:
        """The office as its messages name it."""
        plan = self.desk.pinned("")
        assert plan is not None
        return author_of(plan.procedure.authority)

    @property
    def sent(self) -> Path:
        """What leaves for the other town."""
        return self.settings.data / "deliveries" / next(iter(self.settings.offices))

    def filed(self) -> list[str]:
        """Titles of the Vorgänge that came into the DMS from elsewhere."""
        place = self.settings.data / "deliveries/dms"
        packages = sorted(place.glob("*.zip")) if place.is_dir() else []
        found = (read_filing(one.read_bytes()) for one in packages)
        return [
            one.vorgang.title
            for one in found
            if any(name == "Übernommen von" for name, _ in one.vorgang.metadata)
        ]

    def transfer(self) -> Transfer:
        """The only one."""
        [one] = transfers.listing(self.store)
        return one

    def held(self, submission_id: str) -> bool:
        """Whether the case is still here."""
        return bool(submissions.payloads_of(self.store, submission_id))


def carry(sender: Town, reader: Town, *, lose: str = "") -> list[str]:
    """Bring over what lies there, and take it away as a receiver would; some may get lost."""
    [place] = reader.incoming
    place.folder.mkdir(parents=True, exist_ok=True)
    brought = []
    for file in sorted(sender.sent.glob("*.*")) if sender.sent.is_dir() else ():
        done = sender.sent / DONE
        done.mkdir(exist_ok=True)
        if not (lose and lose in file.name):
            shutil.copy(file, place.folder / file.name)
            brought.append(file.name)
        file.rename(done / file.name)
    return brought


@dataclass(frozen=True)
class Habits:
    """How the towns write to each other."""

    way: str = "xdomea"
    version: str = "3.1.0"
    archive: str = ""


@contextmanager
def two_towns(kind: str, home: Path, **habits: str) -> Iterator[tuple[Town, Town]]:
    """Both portals on one kind of database."""
    clock, how = VirtualClock(), Habits(**habits)
    with _url(kind) as first, _url(kind) as second:
        old, new = open_town(OLD, home, clock, how, first), open_town(NEW, home, clock, how, second)
        yield old, new
        old.store.close()
        new.store.close()


@contextmanager
def _url(kind: str) -> Iterator[str]:
    if kind == "sqlite":
        yield ""
        return
    with postgres.schema() as url:
        yield url


def open_town(name: str, home: Path, clock: VirtualClock, how: Habits, url: str) -> Town:
    """A portal in a folder of its own; opened again, the same."""
    place, other = home / name, NEW if name == OLD else OLD
    place.mkdir(exist_ok=True)
    office = Office.model_validate(
        {"name": authority(other), "key": _KEYS[other], "way": how.way, "version": how.version,
         "town": other, **_ADDRESS},
    )  # fmt: skip
    settings = Settings(data=place, operator=authority(name), offices={other.lower(): office})
    store = open_store(place, clock, url)
    plan = _plan(name, _KEYS[name], how.archive)
    desk = desk_of(settings, store, lambda _digest: plan, _schemas())
    return Town(name, store, settings, desk, clock, url)


def authority(name: str) -> str:
    """What the town's office is called."""
    return f"Ausländerbehörde {name} (erfunden)"


def prepared() -> None:
    """Compile what every process needs: it takes longer than most tests."""
    for name, key in _KEYS.items():
        _plan(name, key, "")
    _schemas()


@cache
def _plan(name: str, key: str, archive: str) -> Plan:
    text = (ROOT / f"definitions/{PROCEDURE}.yaml").read_text("utf-8")
    found = text.replace("name: Ausländerbehörde Kreis Musterland", f"name: {authority(name)}", 1)
    found = found.replace("abh:00000000", key, 1)
    assert key in found
    assert authority(name) in found
    if archive:
        found = found.replace(
            "    system: xdomea\n", f"    system: xdomea\n    archive: {archive}\n"
        )
    return plan_of(PROCEDURE, found)


@cache
def _built() -> tuple[OutputFile, ...]:
    return build_all(complete(PROCEDURE), None)


def _schemas() -> Schemas | None:
    return schemas() if folder() else None
