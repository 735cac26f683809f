"""The picker of a process: with the definitions, and the schemas that the operator has."""

from collections.abc import Callable
from functools import cache

from engine import Plan
from outputs.schemas import Schemas
from portal.inbox.picking import Picker
from portal.library import Library
from portal.settings import Settings
from portal.storage.store import Store

Pinned = Callable[[str], Plan | None]


def picker_of(settings: Settings, store: Store, pinned: Pinned, schemas: Schemas | None) -> Picker:
    """Only a demonstration takes messages that call themselves a test."""
    return Picker(store, pinned, schemas, takes_tests=settings.demo)


def library_later(settings: Settings, store: Store) -> Pinned:
    """The definitions, read when the first message asks for one: it takes a while."""

    @cache
    def library() -> Library:
        return Library(settings.definitions, store)

    return lambda digest: library().pinned(digest)


def schemas_of(settings: Settings) -> Schemas | None:
    """The operator's folder of published schemas."""
    return Schemas.from_folder(settings.standards) if settings.standards else None
