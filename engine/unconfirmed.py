"""What an authority has to check before it goes online: everything whose source says so."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal

from engine.model import DatedValue, Duration, Expression, Procedure, Setting, SettingValue
from engine.model_parts import Text
from engine.source import Span

MARK = "to be checked by the authority"


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """One part of a definition that stands on the author's word alone."""

    kind: str  # setting purpose retention …
    id: str
    value: str  # of a setting: P6M, 18, 2026-06-12
    valid_from: date | None
    source: str
    span: Span


def unconfirmed(procedure: Procedure) -> Iterator[Unconfirmed]:
    """All of them, settings first; a value of the law has an entry for each day it begins."""
    for setting in procedure.settings:
        for one in setting.values:
            if MARK in one.source:
                shown = _written(one.value)
                yield Unconfirmed(
                    "setting", setting.id, shown, one.valid_from, one.source, one.span
                )
    yield from _below(procedure)


def _below(whole: object) -> Iterator[Unconfirmed]:
    waiting, known = [whole], dict[type, tuple[str, ...]]()
    while waiting:
        part = waiting.pop()
        kind = type(part)
        if kind not in known:
            known[kind] = _parts(kind)
        if isinstance(part, tuple):
            waiting.extend(reversed(part))
        elif isinstance(part, Mapping):
            waiting.extend(reversed(tuple(part.values())))
        elif names := known[kind]:
            source, span = getattr(part, "source", None), getattr(part, "span", None)
            if isinstance(source, str) and MARK in source and isinstance(span, Span):
                name = str(getattr(part, "id", ""))
                yield Unconfirmed(_kind(part), name, "", None, source, span)
            waiting.extend(getattr(part, name) for name in reversed(names))


def _parts(kind: type) -> tuple[str, ...]:
    """The names of what a model holds; a definition has thousands, and rules have no sources."""
    if not is_dataclass(kind) or issubclass(kind, Setting | DatedValue | Expression | Span | Text):
        return ()
    return tuple(one.name for one in fields(kind))


def _kind(part: object) -> str:
    """`RetentionClass` → `retention class`: every model is named for what it holds."""
    name = type(part).__name__
    return "".join(f" {one.lower()}" if one.isupper() else one for one in name).strip()


def _written(value: SettingValue) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case Duration(months=months, days=days):
            years = f"{months // 12}Y" if months >= 12 else ""
            rest = f"{months % 12}M" if months % 12 else ""
            return f"P{days}D" if days else f"P{years}{rest}"
        case Decimal() | date():
            return str(value)
        case tuple():
            return ", ".join(value)
        case str():
            return value
