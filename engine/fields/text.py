"""One line of text."""

from engine.fields.field_type import FieldType
from engine.fields.wording import read_text, show_text
from engine.kinds import Kind
from engine.rules.types import TEXT as RULE_TEXT

TEXT = FieldType(
    name="text",
    kind=Kind.TEXT,
    parse=read_text,
    show=show_text,
    rule_type=lambda field: RULE_TEXT,
    keys=frozenset({"min_length", "max_length", "pattern", "pattern_message", "datatype"}),
)
