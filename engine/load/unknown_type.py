"""The stand-in for a field type that does not exist: reported once, silent from then on."""

from engine.fields.field_type import FieldType
from engine.kinds import Kind
from engine.load.field_keys import TYPE_KEYS
from engine.rules.types import UNKNOWN

UNKNOWN_TYPE = FieldType(
    name="unknown",
    kind=Kind.TEXT,
    parse=lambda raw, _: str(raw),
    show=lambda value, _: str(value),
    rule_type=lambda _: UNKNOWN,
    keys=frozenset(TYPE_KEYS) - {"options"},
)
