"""Pieces of generated Python: values with what is known of them, and truth in three readings."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum, auto

from engine.rules.durations import Days, Months
from engine.rules.runtime.far_dates import FarDate
from engine.rules.types import ANY, NULL, ORDERED, ListOf, Record, Type, family, plain


class Reading(Enum):
    """What a condition is generated for."""

    VALUE = auto()  # True, False or None
    TRUE = auto()  # truthy exactly if it is true
    NOT_FALSE = auto()  # truthy exactly if it is not false


@dataclass(frozen=True, slots=True)
class Operand:
    """A generated value; an atom may be written twice without being worked out twice."""

    code: str
    type: Type
    may_be_null: bool
    constant: bool = False

    @property
    def is_atom(self) -> bool:
        """Whether it costs nothing to repeat it."""
        return self.constant or _ATOM.fullmatch(self.code) is not None


_ATOM = re.compile(r"[A-Za-z_]\w*")
_WHOLE = 10**15


def literal(value: object) -> str:
    """Python source of a checked value; nothing an author wrote gets through unquoted."""
    match value:
        case None | bool():
            return repr(value)
        case Decimal():
            return f'rt.N["{value}"]'
        case str():
            return repr(value)
        case date():
            return f'rt.D["{value.isoformat()}"]'
        case Months(count=count):
            return f"rt.M[{count}]"
        case Days(count=count):
            return f"rt.T[{count}]"
        case FarDate(year=year, month=month, day=day):
            return f"rt.FarDate({year}, {month}, {day})"
        case tuple():
            return f"({''.join(f'{literal(one)}, ' for one in value)})"
        case _:
            raise TypeError(type(value).__name__)


def compared_literal(value: object) -> str:
    """The same beside a comparison: whole numbers compare exactly as Python's own."""
    if isinstance(value, Decimal) and abs(value) < _WHOLE and value == int(value):
        return str(int(value))
    return literal(value)


def constant(reading: Reading, value: bool | None) -> str:
    """A condition that is decided already."""
    if reading is Reading.VALUE:
        return repr(value)
    return repr(value is True if reading is Reading.TRUE else value is not False)


def three(reading: Reading, code: str) -> str:
    """A condition that may be undecided."""
    return f"({code} is not False)" if reading is Reading.NOT_FALSE else code


_FUNCTIONS = {"<": "lt", "<=": "le", ">": "gt", ">=": "ge"}


def compare(reading: Reading, operator: str, left: Operand, right: Operand) -> str:
    """`left operator right`."""
    if operator in ("=", "!="):
        return _equal(reading, operator, left, right)
    kinds = plain(left.type), plain(right.type)
    if ANY in kinds and NULL not in kinds:
        return three(reading, f'rt.ordered("{operator}", {left.code}, {right.code})')
    if family(kinds[0]) != family(kinds[1]) or family(kinds[0]) not in ORDERED:
        return constant(reading, None)
    nullable = [one for one in (left, right) if one.may_be_null]
    plain_code = f"{left.code} {operator} {right.code}"
    if not nullable:
        return f"({plain_code})"
    if reading is Reading.VALUE or not all(one.is_atom for one in nullable):
        code = f"rt.{_FUNCTIONS[operator]}({left.code}, {right.code})"
        return three(reading, code)
    return guarded(reading, nullable, plain_code)


def guarded(reading: Reading, nullable: list[Operand], code: str) -> str:
    """A comparison that is undecided where one of the atoms is null."""
    names = dict.fromkeys(one.code for one in nullable)
    if reading is Reading.TRUE:
        return f"({' and '.join(f'{name} is not None' for name in names)} and {code})"
    return f"({' or '.join(f'{name} is None' for name in names)} or {code})"


def _equal(reading: Reading, operator: str, left: Operand, right: Operand) -> str:
    kinds = plain(left.type), plain(right.type)
    is_not = operator == "!="
    if NULL in kinds:
        other = right if kinds[0] == NULL else left
        if other.constant:
            return constant(reading, (plain(other.type) == NULL) is not is_not)
        return f"({other.code} is{' not' if is_not else ''} None)"
    if any(kind == ANY or isinstance(kind, ListOf | Record) for kind in kinds):
        return three(reading, f"rt.{'differ' if is_not else 'same'}({left.code}, {right.code})")
    if family(kinds[0]) != family(kinds[1]):
        return constant(reading, None)
    if right.code in ("True", "False"):
        return f"({left.code} is{' not' if is_not else ''} {right.code})"
    return f"({left.code} {'!=' if is_not else '=='} {right.code})"


def together(reading: Reading, word: str, parts: list[str], any_null: bool) -> str:
    """Parts joined by `and` or `or`."""
    if len(parts) == 1:
        return parts[0]
    if reading is Reading.VALUE and any_null:
        return f"rt.{'all_of' if word == 'and' else 'one_of'}({', '.join(parts)})"
    return f"({f' {word} '.join(parts)})"
