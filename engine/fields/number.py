"""A decimal number; the author says how many digits stand behind the comma."""

from decimal import Decimal
from typing import TYPE_CHECKING

from engine.fields.field_type import FieldType
from engine.fields.numerals import parse_number, places, show_number
from engine.kinds import Kind
from engine.rules.types import NUMBER as RULE_NUMBER
from engine.values import Value

if TYPE_CHECKING:
    from engine.model import Field


def _show(value: Value, field: "Field") -> str:
    return show_number(value, places(field)) if isinstance(value, Decimal) else str(value)


NUMBER = FieldType(
    name="number",
    kind=Kind.NUMBER,
    parse=parse_number,
    show=_show,
    rule_type=lambda field: RULE_NUMBER,
    keys=frozenset({"min", "max", "decimals"}),
    input_mode="decimal",
    decimals=2,
)
