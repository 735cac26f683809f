"""Several states, each once, in the order of the list."""

from decimal import Decimal
from typing import TYPE_CHECKING

from engine.fields.choices import show_all
from engine.fields.complaint import Complaint
from engine.fields.field_type import FieldType
from engine.fields.options import find_all
from engine.fields.rule_types import choices_type
from engine.kinds import Kind
from engine.values import Value

if TYPE_CHECKING:
    from engine.model import Field


def _parse(raw: object, field: "Field") -> Value | Complaint:
    found = find_all(raw, field, by_name=True)
    if isinstance(found, Complaint):
        return found
    most = field.maximum
    if isinstance(most, Decimal) and len(found) > most:
        return Complaint("too-many-choices", {"max": str(most)})
    return found or None


COUNTRIES = FieldType(
    name="countries",
    kind=Kind.CHOICES,
    parse=_parse,
    show=show_all,
    rule_type=choices_type,
    keys=frozenset({"max"}),
)
