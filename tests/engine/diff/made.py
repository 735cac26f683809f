"""Pairs of versions: a real definition, and the same with a few words changed."""

from functools import cache
from pathlib import Path

from engine import Plan, Source, prepare, read_lists, source_from_bytes
from engine.load import SharedLists

DEFINITIONS = Path(__file__).resolve().parents[3] / "definitions"


def text_of(name: str) -> str:
    """The definition as it is written."""
    return (DEFINITIONS / f"{name}.yaml").read_text("utf-8")


def plan_from(text: str, name: str) -> Plan:
    """A version of its own."""
    return _plan(text, name)


@cache
def plan_of(name: str) -> Plan:
    """The version before."""
    return _plan(text_of(name), name)


def changed(name: str, *replacements: tuple[str, str]) -> Plan:
    """The version after: every old text stands in the definition and is replaced everywhere."""
    text = text_of(name)
    for old, new in replacements:
        assert old in text, old
        text = text.replace(old, new)
    return _plan(text, name)


@cache
def lists() -> SharedLists:
    """The shared lists of the repository."""
    return read_lists([_source(path) for path in sorted(DEFINITIONS.glob("shared/*.yaml"))])[0]


def _source(path: Path) -> Source:
    source, _ = source_from_bytes(path.name, path.read_bytes())
    assert source is not None
    return source


def _plan(text: str, name: str) -> Plan:
    plan, found = prepare(Source(f"{name}.yaml", text), lists())
    assert plan is not None, found
    return plan
