"""Reading, checking and running rules in tests: the scope is small and always the same."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from engine.diagnostics import Diagnostic
from engine.rules import (
    DATE,
    DAYS,
    MONTHS,
    NUMBER,
    PARTIAL_DATE,
    TEXT,
    YES_NO,
    Choice,
    Given,
    ListOf,
    Record,
    Scope,
    Tree,
    Type,
    Typed,
    check,
    compile_expression,
    parse,
    parse_duration,
)
from engine.source import Position, Span
from engine.values import PartialDate

ROW = Record({"name": TEXT, "alter": NUMBER, "mit": YES_NO, "seit": DATE})
NAMES: Mapping[str, Type] = {
    "a": TEXT,
    "b": TEXT,
    "n": NUMBER,
    "m": NUMBER,
    "ja": YES_NO,
    "nein": YES_NO,
    "d": DATE,
    "e": DATE,
    "geburt": PARTIAL_DATE,
    "monate": MONTHS,
    "tage": DAYS,
    "titel": Choice("titel", frozenset({"duldung", "gestattung", "visum"})),
    "sprachen": ListOf(Choice("sprachen", frozenset({"de", "tr", "ar"}))),
    "zahlen": ListOf(NUMBER),
    "kinder": ListOf(ROW),
    "anschrift": Record({"plz": TEXT, "ort": TEXT}),
    "pflicht": Given(NUMBER),
    "stichtag": Given(DATE),
    "setting": Record({"frist": Given(MONTHS), "grenze": Given(NUMBER)}),
}
SCOPE = Scope(NAMES)


def locate(start: int, end: int) -> Span:
    """A rule that stands alone in a file."""
    return Span("regel", Position(1, start + 1), Position(1, end + 1))


def read(text: str) -> Tree:
    """The tree of a rule that can be read."""
    tree, found = parse(text, locate)
    assert tree is not None, found
    return tree


def typed(text: str, scope: Scope = SCOPE, expected: Type | None = None) -> Typed:
    """A rule without errors."""
    result, found = check(read(text), scope, expected, locate)
    assert result is not None, [(one.code, dict(one.values)) for one in found]
    return result


def complaints(text: str, scope: Scope = SCOPE, expected: Type | None = None) -> list[Diagnostic]:
    """Everything that is said about a rule."""
    tree, found = parse(text, locate)
    if tree is None:
        return found
    return found + check(tree, scope, expected, locate)[1]


def marked(text: str, one: Diagnostic) -> str:
    """The characters a diagnostic points at."""
    return text[one.span.start.column - 1 : one.span.end.column - 1]


def run(text: str, given: Mapping[str, object] | None = None) -> object:
    """The value of a rule."""
    return compile_expression(typed(text))(given or {})


def value_of(written: object, kind: Type) -> Any:
    """A value as case files write it."""
    if written is None:
        return None
    if isinstance(kind, Given):
        return value_of(written, kind.type)
    if isinstance(kind, ListOf) and isinstance(written, list):
        return [value_of(one, kind.item) for one in written]
    if isinstance(kind, Record) and isinstance(written, dict):
        return {name: value_of(written.get(name), part) for name, part in kind.fields.items()}
    return _SCALARS.get(kind, str)(str(written)) if kind != YES_NO else bool(written)


def _partial(text: str) -> PartialDate:
    return PartialDate(*(int(part) for part in text.split("-")))


_SCALARS: Mapping[Type, Callable[[str], Any]] = {
    NUMBER: Decimal,
    DATE: date.fromisoformat,
    PARTIAL_DATE: _partial,
    MONTHS: parse_duration,
    DAYS: parse_duration,
}


def plain(value: Any) -> object:
    """A result as case files write it: numbers and dates as text, lists as lists."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, Decimal):
        return str(value.normalize()) if value % 1 else str(int(value))
    return str(value)
