"""What the running portal is made of; routes find it in the application's state."""

from dataclasses import dataclass

from outputs.schemas import Schemas
from portal.clock import Clock
from portal.library import Library
from portal.look.reading import Look
from portal.settings import Settings
from portal.storage.store import Store
from portal.texts import Texts
from portal.uploads.scanner import Scanner


@dataclass(frozen=True, slots=True)
class Portal:
    """Everything that requests share."""

    settings: Settings
    clock: Clock
    store: Store
    library: Library
    texts: Texts
    schemas: Schemas | None
    version: str
    scanner: Scanner | None = None  # None: files are not scanned for malware
    look: Look | None = None
