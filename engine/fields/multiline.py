"""Text of several lines."""

from typing import TYPE_CHECKING

from engine.fields.complaint import Complaint
from engine.fields.field_type import FieldType
from engine.fields.wording import read_text, show_text
from engine.kinds import Kind
from engine.rules.types import TEXT
from engine.values import Value

if TYPE_CHECKING:
    from engine.model import Field


def _parse(raw: object, field: "Field") -> Value | Complaint:
    return read_text(raw, field, lines=True)


MULTILINE = FieldType(
    name="multiline",
    kind=Kind.MULTILINE,
    parse=_parse,
    show=show_text,
    rule_type=lambda field: TEXT,
    keys=frozenset({"min_length", "max_length", "pattern", "pattern_message", "datatype"}),
)
