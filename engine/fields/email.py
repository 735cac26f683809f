"""An e-mail address: its form is checked, nobody is asked whether it exists."""

import re
from typing import TYPE_CHECKING

from engine.fields.complaint import Complaint
from engine.fields.din91379 import first_fault
from engine.fields.field_type import FieldType
from engine.fields.wording import read_text, show_text
from engine.kinds import Kind
from engine.rules.types import TEXT
from engine.values import Value

if TYPE_CHECKING:
    from engine.model import Field

# Addresses of the usual kind, that the library takes as they are: it needs fifty times as long.
_USUAL = re.compile(
    r"(?=[^@]{1,64}@)[a-z0-9_+]+(?:[.-][a-z0-9_+]+)*"
    r"@(?:[a-z0-9]{1,30}(?:-[a-z0-9]{1,30})?\.){1,4}(?:[a-z]{2,3}|info|example)"
)


def _parse(raw: object, field: "Field") -> Value | Complaint:
    text = read_text(raw, field)
    if not isinstance(text, str):
        return text
    if len(text) <= 100 and _USUAL.fullmatch(text):
        return text
    # Imported late: it loads the tables of international domain names.
    from email_validator import EmailNotValidError, validate_email

    try:
        valid = validate_email(text, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        return Complaint("not-an-email")
    # A domain in letters that no message can carry keeps the spelling that machines use.
    is_latin = first_fault(valid.normalized, "C") is None
    return valid.normalized if is_latin else valid.ascii_email


EMAIL = FieldType(
    name="email",
    kind=Kind.TEXT,
    parse=_parse,
    show=show_text,
    rule_type=lambda field: TEXT,
    autocomplete="email",
    input_mode="email",
    max_length=254,
)
