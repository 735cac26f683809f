"""An amount in euros and cents."""

from decimal import Decimal
from typing import TYPE_CHECKING

from engine.fields.complaint import Complaint
from engine.fields.field_type import FieldType
from engine.fields.numerals import parse_number, show_number
from engine.kinds import Kind
from engine.rules.types import NUMBER
from engine.values import Value

if TYPE_CHECKING:
    from engine.model import Field


def _parse(raw: object, field: "Field") -> Value | Complaint:
    if isinstance(raw, str):
        raw = raw.strip().removesuffix("€").removesuffix("EUR").removesuffix("Euro")
    found = parse_number(raw, field)
    if isinstance(found, Complaint) and found.code == "not-a-number":
        return Complaint("not-an-amount")
    return found


def _show(value: Value, field: "Field") -> str:
    return f"{show_number(value, 2)} €" if isinstance(value, Decimal) else str(value)


MONEY = FieldType(
    name="money",
    kind=Kind.NUMBER,
    parse=_parse,
    show=_show,
    rule_type=lambda field: NUMBER,
    keys=frozenset({"min", "max"}),
    input_mode="decimal",
    decimals=2,
)
