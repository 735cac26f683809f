"""A statement the applicant makes by setting a tick; not set is no answer at all."""

from typing import TYPE_CHECKING

from engine.fields.complaint import Complaint
from engine.fields.field_type import FieldType
from engine.fields.yes_no import read_yes_no
from engine.kinds import Kind
from engine.rules.types import YES_NO
from engine.values import Value

if TYPE_CHECKING:
    from engine.model import Field


def _parse(raw: object, field: "Field") -> Value | Complaint:
    read = True if raw == "on" else read_yes_no(raw)  # "on" is a tick box without a value
    if read is None:
        return Complaint("not-yes-or-no")
    return True if read else None


def _show(value: Value, field: "Field") -> str:
    return "Ja" if value is True else "Nein"


DECLARATION = FieldType(
    name="declaration",
    kind=Kind.DECLARATION,
    parse=_parse,
    show=_show,
    rule_type=lambda field: YES_NO,
    keys=frozenset({"version", "after_summary"}),
)
