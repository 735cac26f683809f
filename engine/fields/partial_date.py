"""A date of which day and month may be unknown; never filled up with 1 January."""

from typing import TYPE_CHECKING

from engine.fields.days import parse_partial, show_partial
from engine.fields.field_type import FieldType
from engine.kinds import Kind
from engine.rules.types import PARTIAL_DATE as RULE_PARTIAL_DATE
from engine.values import PartialDate, Value

if TYPE_CHECKING:
    from engine.model import Field


def _show(value: Value, field: "Field") -> str:
    return show_partial(value) if isinstance(value, PartialDate) else str(value)


PARTIAL_DATE = FieldType(
    name="partial_date",
    kind=Kind.PARTIAL_DATE,
    parse=parse_partial,
    show=_show,
    rule_type=lambda field: RULE_PARTIAL_DATE,
    keys=frozenset({"min", "max"}),
    input_mode="numeric",
)
