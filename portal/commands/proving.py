"""`vordruck check --prove`: what was proved before is kept beside the operator's other caches."""

import contextlib
import gc
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine import compile_plan
from engine.source import Source
from outputs.xoev.standards import shape_of
from portal.commands.words import refuse

if TYPE_CHECKING:
    from engine.prove import Proof
    from portal.commands.checking import Sound

MOST_KEPT = 64 * 1024 * 1024


@dataclass(slots=True)
class ProvedFiles:
    """All claims about some files, and the files' texts to show them in."""

    proofs: "list[Proof]" = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)

    @property
    def has_refuted(self) -> bool:
        """Whether something is not as claimed."""
        return any(one.result == "refuted" for one in self.proofs)

    def words(self, one_line_each: bool, language: str) -> str:
        """The report for people."""
        if not self.sources:
            return ""
        from engine.prove.report import as_lines, as_text

        if one_line_each:
            return as_lines(self.proofs, language)
        return as_text(self.proofs, self.sources.values(), language)

    def objects(self, language: str) -> list[dict[str, Any]]:
        """The report for programs."""
        if not self.proofs:
            return []
        from engine.prove.report import as_json

        return as_json(self.proofs, language)


def need_solver() -> None:
    """The solver is an extra of the authoring environment."""
    if find_spec("z3") is None:
        refuse(
            "Für Beweise fehlt der Löser. So kommt er dazu: pip install 'vordruck[prove]'",
            "Proofs need the solver: pip install 'vordruck[prove]'",
        )


def prove_files(sound: Sequence["Sound"], today: date) -> ProvedFiles:
    """Every claim about these procedures."""
    from engine.prove import Known, prove

    need_solver()
    found = ProvedFiles()
    for one in sound:
        plan = compile_plan(one.checked)
        found.sources[one.source.name] = one.source
        kept = _kept_at(one.path, plan.procedure.id)
        known = Known.from_json(_read(kept))
        with _progress(plan.procedure.id) as tell, _without_collecting():
            shape = shape_of(plan.procedure)
            found.proofs += prove(plan, today=today, shape=shape, known=known, tell=tell)
        _write(kept, known.as_json())
    return found


@contextlib.contextmanager
def _without_collecting() -> Iterator[None]:
    """Formulas are kept to the end: looking for garbage among them takes a tenth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextlib.contextmanager
def _progress(name: str) -> Iterator[Any]:
    """A bar for people; nothing for programs and files."""
    if not sys.stderr.isatty():
        yield lambda done, of: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(name)
        yield lambda done, of: progress.update(task, completed=done, total=of)


def _kept_at(path: Path, name: str) -> Path:
    """One file per definition; its name tells nothing about the author's machine."""
    folder = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    place = sha256(str(path.absolute()).encode("utf-8", "surrogateescape")).hexdigest()[:12]
    return Path(folder) / "vordruck" / "proofs" / f"{name}-{place}.json"


def _read(path: Path) -> object:
    """What was kept; nothing if there is nothing, or nothing that can be read."""
    try:
        if path.stat().st_size > MOST_KEPT:
            return None
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return None


def _write(path: Path, kept: object) -> None:
    """All or nothing; without a cache everything is just slower."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(kept, file, ensure_ascii=False, sort_keys=True)
        Path(name).replace(path)
