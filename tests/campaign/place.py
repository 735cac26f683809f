"""Where a part of the campaign happens: folder, database, port, and how the code is bent."""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from portal.storage.sealing import MasterKey
from portal.storage.store import Store
from tests.campaign import mutants
from tests.portal.stores import KEY

LEASE = timedelta(milliseconds=600)
FOLDER_TARGET, HTTP_TARGET = "fachverfahren", "dms"
TARGETS = (FOLDER_TARGET, HTTP_TARGET)


@dataclass(frozen=True, slots=True)
class Place:
    """Everything a process of the campaign has to know."""

    folder: Path
    url: str  # of the database
    port: int  # of the receiving server
    mutant: str = ""  # which guarantee is broken on purpose
    failpoint: str = ""
    stop_at: str = ""  # where the worker stops itself until somebody wakes it
    clock: float = 0.0  # seconds by which this machine's clock is wrong
    most_bytes: int = 0  # largest file this process may write; 0: any

    def but(self, **changes: object) -> "Place":
        """The same place, bent."""
        return replace(self, **changes)  # type: ignore[arg-type]

    def open(self) -> Store:
        """The store as this process sees it."""
        mutants.apply(self.mutant)
        wrong = timedelta(seconds=self.clock)

        def now() -> datetime:
            return datetime.now(UTC) + wrong

        return Store.open(self.url, self.folder / "files", MasterKey(KEY), now)

    @property
    def box(self) -> Path:
        """What the receiving server has filed."""
        return self.folder / "box"

    @property
    def out(self) -> Path:
        """The folder of the other target."""
        return self.folder / "out"

    @property
    def shown(self) -> Path:
        """The receipts that applicants have seen."""
        return self.folder / "shown"

    def drafts(self) -> list[str]:
        """What is to be handed in."""
        return (self.folder / "drafts").read_text().split()

    def receipts(self) -> list[tuple[str, str]]:
        """Draft and submission of each receipt; a line that was cut off was never shown."""
        if not self.shown.exists():
            return []
        lines = self.shown.read_text().split("\n")[:-1]
        return [(line.split()[0], line.split()[1]) for line in lines]

    def journal(self) -> list[dict[str, str]]:
        """What the server was asked, in order."""
        path = self.folder / "journal"
        lines = path.read_text().splitlines() if path.exists() else []
        return [json.loads(line) for line in lines]
