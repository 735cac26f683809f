"""A telephone number as people write it; only what cannot be one is refused."""

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

_NUMBER = re.compile(r"(?:\+|\()?[0-9](?:[ /()\-]*[0-9]){4,19}")


def _parse(raw: object, field: "Field") -> Value | Complaint:
    text = read_text(raw, field)
    if not isinstance(text, str):
        return text
    text = " ".join(text.split()).replace("–", "-")
    return text if _NUMBER.fullmatch(text) else Complaint("not-a-phone-number")


PHONE = FieldType(
    name="phone",
    kind=Kind.TEXT,
    parse=_parse,
    show=show_text,
    rule_type=lambda field: TEXT,
    autocomplete="tel",
    input_mode="tel",
    max_length=40,
)
