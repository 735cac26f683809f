"""The published definitions: read from the folder once, kept by digest for ever (R28)."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from engine import Plan, prepare, read_lists, source_from_bytes
from engine.diagnostics import Diagnostic, has_errors
from engine.source import Source
from outputs.xoev.standards import all_shapes
from portal.storage import definitions
from portal.storage.definitions import StoredDefinition
from portal.storage.store import Store
from portal.web.logs import log

_SHARED = "shared"


class Library:
    """Plans of today by procedure, and plans of former days by digest."""

    def __init__(self, folder: Path, store: Store) -> None:
        self.store = store
        self.refused: dict[str, tuple[Diagnostic, ...]] = {}
        self.plans: Mapping[str, Plan] = self._publish(folder)
        self._pinned = lru_cache(maxsize=64)(self._load_pinned)

    def current(self, procedure_id: str) -> Plan | None:
        """The definition that new applications begin with."""
        return self.plans.get(procedure_id)

    def pinned(self, digest: str) -> Plan | None:
        """The very definition an application began with."""
        for plan in self.plans.values():
            if plan.procedure.digest == digest:
                return plan
        return self._pinned(digest)

    def _publish(self, folder: Path) -> dict[str, Plan]:
        shared = read_sources(sorted((folder / _SHARED).glob("*.yaml")))
        lists, found = read_lists(shared)
        if has_errors(found):
            self._refuse("shared lists", found)
        plans: dict[str, Plan] = {}
        for source in read_sources(sorted(folder.glob("*.yaml"))):
            plan, problems = prepare(source, lists, all_shapes())
            if plan is None:
                self._refuse(source.name, problems)
                continue
            plans[plan.procedure.id] = plan
            definitions.publish(self.store, _stored(plan, source, shared))
        return plans

    def _refuse(self, name: str, problems: tuple[Diagnostic, ...]) -> None:
        """A broken definition is not published; the others are not its victims."""
        self.refused[name] = problems
        codes = sorted({one.code for one in problems})
        log().error("definition-refused", definition=name, codes=codes)

    def _load_pinned(self, digest: str) -> Plan | None:
        stored = definitions.find(self.store, digest)
        if stored is None:
            return None
        lists, _ = read_lists([Source(name, text) for name, text in stored.lists.items()])
        plan, _ = prepare(Source(f"{stored.procedure_id}.yaml", stored.text), lists)
        return plan


def read_sources(paths: list[Path]) -> list[Source]:
    """Files as sources, named as their authors know them; what is no text is left out."""
    sources: list[Source] = []
    for path in paths:
        source, _ = source_from_bytes(path.name, path.read_bytes())
        if source is not None:
            sources.append(source)
    return sources


def _stored(plan: Plan, source: Source, shared: list[Source]) -> StoredDefinition:
    procedure = plan.procedure
    return StoredDefinition(
        digest=procedure.digest,
        procedure_id=procedure.id,
        version=procedure.version,
        text=source.text,
        lists={one.name: one.text for one in shared},
    )
