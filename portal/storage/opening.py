"""From the operator's settings to an open store, for every process alike."""

from portal.settings import Settings
from portal.storage.migrate import migrate
from portal.storage.refusals import UnsafeStorageError
from portal.storage.sealing import MasterKey
from portal.storage.store import Clock, Store, utc_now


def open_store(settings: Settings, now: Clock = utc_now) -> Store:
    """Storage, migrated and safe, or an UnsafeStorageError that says what is wrong (R01)."""
    store = Store.open(settings.database_url, settings.data / "files", master_key(settings), now)
    migrate(store.database)
    return store


def master_key(settings: Settings) -> MasterKey:
    """The key from the settings, or else from a file in the data folder, made when needed."""
    if text := settings.master_key.get_secret_value():
        return MasterKey.from_text(text)
    try:
        return MasterKey.from_file(settings.data / "master.key")
    except OSError as fault:
        raise UnsafeStorageError(
            f"Der Hauptschlüssel lässt sich weder lesen noch anlegen ({type(fault).__name__}). "
            "Ist der Datenordner vorhanden und beschreibbar?"
        ) from fault
