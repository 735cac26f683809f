"""One value of a list."""

from typing import TYPE_CHECKING

from engine.fields.field_type import FieldType
from engine.fields.options import find, label
from engine.fields.rule_types import choice_type
from engine.kinds import Kind
from engine.values import Value

if TYPE_CHECKING:
    from engine.model import Field


def _show(value: Value, field: "Field") -> str:
    return label(value, field)


CHOICE = FieldType(
    name="choice",
    kind=Kind.CHOICE,
    parse=find,
    show=_show,
    rule_type=choice_type,
    keys=frozenset({"options"}),
)
