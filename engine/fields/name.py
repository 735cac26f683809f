"""A name of a natural person: DIN 91379 datatype A and nothing else."""

from engine.fields.field_type import FieldType
from engine.fields.wording import read_text, show_text
from engine.kinds import Kind
from engine.rules.types import TEXT

NAME = FieldType(
    name="name",
    kind=Kind.TEXT,
    parse=read_text,
    show=show_text,
    rule_type=lambda field: TEXT,
    keys=frozenset({"max_length"}),
    max_length=120,
    datatype="A",
)
