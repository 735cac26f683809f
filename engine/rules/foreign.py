"""Values and types of FEEL from elsewhere, in JSON: {"type": "number", "value": "12.50"}."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from engine.rules.durations import Days, Months, parse_duration
from engine.rules.runtime.dates import date_from
from engine.rules.runtime.logic import kind_of
from engine.rules.runtime.numbers import number
from engine.rules.runtime.texts import plain_number
from engine.rules.types import (
    ANY,
    DATE,
    DAYS,
    FOREIGN,
    MONTHS,
    NULL,
    NUMBER,
    TEXT,
    YES_NO,
    ListOf,
    Record,
    Type,
    united,
)

MAX_NESTING = 30

TYPES: Mapping[str, Type] = {
    "string": TEXT,
    "number": NUMBER,
    "boolean": YES_NO,
    "date": DATE,
    "years and months duration": MONTHS,
    "yearMonthDuration": MONTHS,
    "days and time duration": DAYS,
    "dayTimeDuration": DAYS,
    "null": NULL,
    "Null": NULL,
}
_NAMES = {
    "text": "string",
    "number": "number",
    "yes_no": "boolean",
    "date": "date",
    "far_date": "date",
    "months": "years and months duration",
    "days": "days and time duration",
}


class Refused(Exception):  # a decision about the input, no failure
    """The record cannot be evaluated; `code` and `message` say why."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class Foreign:
    """A value that rules do not know (a time, a function): it may be given, but not read."""


FOREIGN_VALUE = Foreign()


def read_value(given: Any, depth: int = 0) -> Any:
    """The value of a JSON object; `FOREIGN_VALUE` for kinds that rules do not know."""
    if not isinstance(given, Mapping) or not isinstance(given.get("type"), str):
        raise Refused("malformed", 'A value is {"type": …, "value": …}.')
    if depth > MAX_NESTING:
        raise Refused("rule-too-long", "Values are nested too deeply.")
    kind, value = given["type"], given.get("value")
    if kind == "null" or value is None:
        return None
    if kind == "list" and isinstance(value, list):
        items = [read_value(one, depth + 1) for one in value]
        return FOREIGN_VALUE if FOREIGN_VALUE in items else items
    if kind == "context" and isinstance(value, Mapping):
        return {name: read_value(one, depth + 1) for name, one in value.items()}
    return _scalar(kind, value)


def _scalar(kind: str, value: Any) -> Any:
    if kind == "boolean" and isinstance(value, bool):
        return value
    text = str(value)
    match TYPES.get(kind):
        case t if t == TEXT:
            return text
        case t if t == NUMBER:
            found: Any = number(text)
        case t if t == DATE:
            found = date_from(text)
        case t if t in (MONTHS, DAYS):
            found = parse_duration(text)
        case _:
            found = None
    return FOREIGN_VALUE if found is None else found


def type_of(value: Any) -> Type:
    """The type of a value that was given without one."""
    match value:
        case None:
            return NULL
        case Foreign():
            return FOREIGN
        case list():
            return ListOf(united([type_of(one) for one in value]) or ANY)
        case dict():
            return Record({name: type_of(one) for name, one in value.items()})
        case _:
            return _SIMPLE[kind_of(value)]


_SIMPLE: Mapping[str, Type] = {
    "text": TEXT,
    "number": NUMBER,
    "yes_no": YES_NO,
    "date": DATE,
    "months": MONTHS,
    "days": DAYS,
}


def write_value(value: Any) -> dict[str, Any]:
    """The JSON object of a value."""
    match value:
        case None:
            return {"type": "null"}
        case list() | tuple():
            return {"type": "list", "value": [write_value(one) for one in value]}
        case Mapping():
            entries = {name: write_value(one) for name, one in value.items()}
            return {"type": "context", "value": entries}
        case bool() | str():
            written: Any = value
        case Decimal() | int():
            written = plain_number(Decimal(value))
        case Months() | Days():
            written = str(value)
        case _:
            written = str(value) if kind_of(value) in ("date", "far_date") else None
    name = _NAMES.get(kind_of(value))
    if name is None or written is None:
        raise Refused("not-in-subset", "The result is of a kind that rules do not have.")
    return {"type": name, "value": written}
