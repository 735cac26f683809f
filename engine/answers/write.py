"""Canonical answers as JSON: the same answers give the same bytes, whoever sends them how."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from engine.answers.read import items_of
from engine.model import Field, Group, Item, Procedure
from engine.values import Answers, PartialDate

Json: TypeAlias = "str | bool | int | float | list[Json] | dict[str, Json] | None"


def write_answers(source: Procedure | Iterable[Item], answers: Answers) -> dict[str, Json]:
    """Keys sorted, every value in its one spelling; computed values are not answers."""
    items = items_of(source) if isinstance(source, Procedure) else tuple(source)
    return _write_items(items, answers)


def canonical_bytes(source: Procedure | Iterable[Item], answers: Answers) -> bytes:
    """What is hashed, signed and compared."""
    written = write_answers(source, answers)
    return json.dumps(written, ensure_ascii=False, separators=(",", ":")).encode()


def write_value(value: object) -> Json:
    """One value: exact decimals and ISO dates as text."""
    match value:
        case None | bool() | str():
            return value
        case Decimal():
            return f"{value:f}"
        case date():
            return value.isoformat()
        case PartialDate():
            return str(value)
        case Mapping():
            return {str(key): write_value(value[key]) for key in sorted(value)}
        case list() | tuple():
            return [write_value(one) for one in value]
        case _:
            return str(value)


def tell_value(value: object) -> Json:
    """One value in a report for programs: numbers are JSON numbers there."""
    match value:
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case Mapping():
            return {str(key): tell_value(value[key]) for key in sorted(value)}
        case list() | tuple():
            return [tell_value(one) for one in value]
        case _:
            return write_value(value)


def _write_items(items: tuple[Item, ...], answers: Answers) -> dict[str, Json]:
    written: dict[str, Json] = {}
    for item in sorted((one for one in items if isinstance(one, (Field, Group))), key=_id):
        value = answers.get(item.id)
        if value is None or value == []:
            continue
        if isinstance(item, Group) and isinstance(value, list):
            written[item.id] = [_write_items(item.items, row) for row in value]
        else:
            written[item.id] = write_value(value)
    return written


def _id(item: Field | Group) -> str:
    return item.id
