"""The front door of storage: everything that is kept, by subject."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import inspect
from sqlmodel import select

from portal.storage.bell import Bell
from portal.storage.database import Database
from portal.storage.files import FileStore
from portal.storage.refusals import UnsafeStorageError, WrongKeyError
from portal.storage.sealing import MasterKey
from portal.storage.tables import DraftRow

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
    bell: Bell = field(default_factory=Bell)  # rings when an application was accepted

    @classmethod
    def open(cls, url: str, folder: Path, master: MasterKey, now: Clock = utc_now) -> "Store":
        """Open, refusing to run unsafely (R01)."""
        database = Database(url, master.audit_key)
        database.assert_safe()
        try:
            files = FileStore(folder)
        except OSError as fault:
            raise UnsafeStorageError(
                f"Der Ordner für Dateien lässt sich nicht anlegen ({type(fault).__name__}). Ist "
                "der Datenordner beschreibbar?"
            ) from fault
        store = cls(database, files, master, now)
        store.assert_key_fits()
        return store

    def assert_key_fits(self) -> None:
        """Raise UnsafeStorageError if what is stored was sealed with another master key."""
        if not inspect(self.database.engine).has_table(str(DraftRow.__tablename__)):
            return
        with self.database.reading() as session:
            row = session.exec(select(DraftRow).limit(1)).first()
        try:
            if row is not None:
                self.master.seal(row.id, row.key)
        except WrongKeyError as fault:
            raise UnsafeStorageError(
                "Der Hauptschlüssel passt nicht zu den gespeicherten Daten. Stellen Sie die "
                "Schlüsseldatei aus der Sicherung wieder her; mit einem neuen Schlüssel sind die "
                "Daten unlesbar."
            ) from fault

    def close(self) -> None:
        """Give everything back."""
        self.database.close()
