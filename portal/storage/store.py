"""The front door of storage: everything that is kept, by subject."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from portal.storage.database import Database
from portal.storage.files import FileStore
from portal.storage.sealing import MasterKey

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The time, aware."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Store:
    """Database, files, key and clock: what every part of storage needs."""

    database: Database
    files: FileStore
    master: MasterKey
    now: Clock = utc_now

    @classmethod
    def open(cls, url: str, folder: Path, master: MasterKey, now: Clock = utc_now) -> "Store":
        """Open, refusing to run unsafely (R01)."""
        database = Database(url)
        database.assert_safe()
        return cls(database, FileStore(folder), master, now)
