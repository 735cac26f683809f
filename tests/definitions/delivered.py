"""The definitions of the repository, read once, with everything the tests ask about them."""

from functools import cache
from pathlib import Path

from engine.check import check
from engine.diagnostics import Diagnostic
from engine.load import SharedLists, load, read_lists
from engine.model import Procedure
from engine.plan import Plan, compile_plan
from engine.source import Source
from engine.texts.catalogue import Catalogue

FOLDER = Path(__file__).resolve().parent.parent.parent / "definitions"
NAMES = tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


def _source(path: Path) -> Source:
    """A file of the repository; a definition with the cases that stand beside it."""
    beside = path.parent / "cases" / path.name
    cases = Source(f"cases/{path.name}", beside.read_text("utf-8")) if beside.is_file() else None
    return Source(path.name, path.read_text("utf-8"), cases)


@cache
def shared_lists() -> tuple[SharedLists, tuple[Diagnostic, ...]]:
    """The lists that several procedures use."""
    return read_lists(_source(path) for path in sorted((FOLDER / "shared").glob("*.yaml")))


@cache
def loaded(name: str) -> tuple[Procedure | None, tuple[Diagnostic, ...]]:
    """A definition and everything that is said about it."""
    procedure, found = load(_source(FOLDER / f"{name}.yaml"), shared_lists()[0])
    if procedure is None:
        return None, found
    checked, more = check(procedure)
    return (procedure if checked else None), (*found, *more)


@cache
def plan_of(name: str) -> Plan:
    """A definition, ready to run."""
    procedure, found = loaded(name)
    assert procedure is not None, list(map(str, found))
    checked, _ = check(procedure)
    assert checked is not None
    return compile_plan(checked)


def catalogue(name: str, language: str) -> Catalogue | None:
    """The translations of a definition; None if nobody began with them."""
    path = FOLDER / "locales" / language / "LC_MESSAGES" / f"{name}.po"
    return Catalogue.from_po(path.read_text("utf-8"), language) if path.is_file() else None
