"""A state: its DESTATIS key, its German name or its ISO code are understood."""

from typing import TYPE_CHECKING

from engine.fields.complaint import Complaint
from engine.fields.field_type import FieldType
from engine.fields.options import find, label
from engine.fields.rule_types import choice_type
from engine.kinds import Kind
from engine.values import Value

if TYPE_CHECKING:
    from engine.model import Field

LIST = "staaten"


def _parse(raw: object, field: "Field") -> Value | Complaint:
    return find(raw, field, by_name=True)


def _show(value: Value, field: "Field") -> str:
    return label(value, field)


COUNTRY = FieldType(
    name="country",
    kind=Kind.CHOICE,
    parse=_parse,
    show=_show,
    rule_type=choice_type,
)
