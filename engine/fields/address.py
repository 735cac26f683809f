"""A postal address in its parts; abroad neither street nor postcode has a known form."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from engine.fields.characters import clean_latin
from engine.fields.complaint import Complaint
from engine.fields.field_type import FieldType
from engine.fields.options import find, label
from engine.fields.postcode import FIVE_DIGITS
from engine.fields.rule_types import address_type
from engine.kinds import Kind
from engine.values import ADDRESS_PARTS, Value

if TYPE_CHECKING:
    from engine.model import Field

GERMANY = "000"
LONGEST = {
    "strasse": 55, "hausnummer": 10, "adresszusatz": 55, "plz": 12, "ort": 50, "staat": 60
}  # fmt: skip

_STATE_KEY = re.compile("[0-9]{3}")


def _parse(raw: object, field: "Field") -> Value | Complaint:
    if not isinstance(raw, Mapping):
        return Complaint("not-an-address")
    parts: dict[str, str] = {}
    for part in ADDRESS_PARTS:
        given = raw.get(part)
        if given is None or given == "":
            continue
        found = _read_part(part, given, field)
        if isinstance(found, Complaint):
            return Complaint(found.code, found.values, part)
        if found:
            parts[part] = found
    return (_fault(parts) or parts) if parts else None


def reads_part(part: str, text: str) -> bool:
    """Whether a line of an address takes exactly this text."""
    return clean_latin(text, "B", longest=LONGEST[part]) == text


def _read_part(part: str, given: object, field: "Field") -> str | Complaint:
    if part == "staat" and field.options is not None:
        return find(given, field, by_name=True)
    text = clean_latin(given, "B", longest=LONGEST[part])
    if part == "staat" and isinstance(text, str) and text and not _STATE_KEY.fullmatch(text):
        return Complaint("unknown-country")
    return text


def _fault(parts: Mapping[str, str]) -> Complaint | None:
    abroad = parts.get("staat", GERMANY) != GERMANY
    for part in ("ort",) if abroad else ("strasse", "plz", "ort"):
        if part not in parts:
            return Complaint("missing", part=part)
    if not abroad and not FIVE_DIGITS.fullmatch(parts["plz"]):
        return Complaint("not-a-postcode", part="plz")
    return None


def _show(value: Value, field: "Field") -> str:
    parts = value if isinstance(value, Mapping) else {}
    street = " ".join(parts[one] for one in ("strasse", "hausnummer") if parts.get(one))
    town = " ".join(parts[one] for one in ("plz", "ort") if parts.get(one))
    state = parts.get("staat", "")
    lines = [street, parts.get("adresszusatz", ""), town, label(state, field) if state else ""]
    return ", ".join(str(line) for line in lines if line)


ADDRESS = FieldType(
    name="address",
    kind=Kind.ADDRESS,
    parse=_parse,
    show=_show,
    rule_type=address_type,
)
