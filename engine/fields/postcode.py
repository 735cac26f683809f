"""A German postcode: five digits, text and not a number (01067 is Dresden)."""

import re
from typing import TYPE_CHECKING

from engine.fields.complaint import Complaint
from engine.fields.field_type import FieldType
from engine.fields.wording import read_text, show_text
from engine.kinds import Kind
from engine.rules.types import TEXT
from engine.values import Value

if TYPE_CHECKING:
    from engine.model import Field

FIVE_DIGITS = re.compile("[0-9]{5}")


def _parse(raw: object, field: "Field") -> Value | Complaint:
    text = read_text(raw, field)
    if not isinstance(text, str):
        return text
    return text if FIVE_DIGITS.fullmatch(text) else Complaint("not-a-postcode")


POSTCODE = FieldType(
    name="postcode",
    kind=Kind.TEXT,
    parse=_parse,
    show=show_text,
    rule_type=lambda field: TEXT,
    autocomplete="postal-code",
    input_mode="numeric",
    max_length=5,
)
