"""Several values of a list."""

from typing import TYPE_CHECKING

from engine.fields.complaint import Complaint
from engine.fields.field_type import FieldType
from engine.fields.options import find_all, label
from engine.fields.rule_types import choices_type
from engine.kinds import Kind
from engine.values import Value

if TYPE_CHECKING:
    from engine.model import Field


def _parse(raw: object, field: "Field") -> Value | Complaint:
    return find_all(raw, field) or None


def show_all(value: Value, field: "Field") -> str:
    """Labels with commas between them."""
    values = value if isinstance(value, (tuple, list)) else (value,)
    return ", ".join(label(one, field) for one in values)


CHOICES = FieldType(
    name="choices",
    kind=Kind.CHOICES,
    parse=_parse,
    show=show_all,
    rule_type=choices_type,
    keys=frozenset({"options"}),
)
