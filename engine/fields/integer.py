"""A whole number."""

from decimal import Decimal
from typing import TYPE_CHECKING

from engine.fields.field_type import FieldType
from engine.fields.numerals import parse_number, show_number
from engine.kinds import Kind
from engine.rules.types import NUMBER
from engine.values import Value

if TYPE_CHECKING:
    from engine.model import Field


def _show(value: Value, field: "Field") -> str:
    return show_number(value, 0) if isinstance(value, Decimal) else str(value)


INTEGER = FieldType(
    name="integer",
    kind=Kind.NUMBER,
    parse=parse_number,
    show=_show,
    rule_type=lambda field: NUMBER,
    keys=frozenset({"min", "max"}),
    input_mode="numeric",
    decimals=0,
)
