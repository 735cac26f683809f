"""A full date."""

from datetime import date
from typing import TYPE_CHECKING

from engine.fields.days import parse_day, show_day
from engine.fields.field_type import FieldType
from engine.kinds import Kind
from engine.rules.types import DATE as RULE_DATE
from engine.values import Value

if TYPE_CHECKING:
    from engine.model import Field


def _show(value: Value, field: "Field") -> str:
    return show_day(value) if isinstance(value, date) else str(value)


DATE = FieldType(
    name="date",
    kind=Kind.DATE,
    parse=parse_day,
    show=_show,
    rule_type=lambda field: RULE_DATE,
    keys=frozenset({"min", "max"}),
    input_mode="numeric",
)
