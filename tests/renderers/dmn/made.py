"""Plans of the real definitions, made once."""

from datetime import date
from functools import cache
from pathlib import Path

from engine import Plan, prepare, read_lists, source_from_bytes

NAMES = ("musterprozess", "beschaeftigungserlaubnis", "verpflichtungserklaerung", "einbuergerung")
TODAY = date(2026, 11, 23)
_DEFINITIONS = Path(__file__).resolve().parents[3] / "definitions"


def text_of(name: str) -> str:
    """The definition as it is written."""
    return (_DEFINITIONS / f"{name}.yaml").read_text("utf-8")


@cache
def plan_of(name: str) -> Plan:
    """A procedure of the repository."""
    return plan_from(text_of(name), name)


def plan_from(text: str, name: str = "changed") -> Plan:
    """A plan from text, with the shared lists."""
    sources = [_source(path.read_bytes(), path.name) for path in _DEFINITIONS.glob("shared/*.yaml")]
    lists, _ = read_lists(sources)
    plan, found = prepare(_source(text.encode("utf-8"), f"{name}.yaml"), lists)
    assert plan is not None, found
    return plan


def _source(data: bytes, name: str):  # type: ignore[no-untyped-def]
    source, _ = source_from_bytes(name, data)
    assert source is not None
    return source
