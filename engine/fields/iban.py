"""An IBAN: the check digits must fit (ISO 13616, remainder 1 when divided by 97)."""

import re
from typing import TYPE_CHECKING

from engine.fields.complaint import Complaint
from engine.fields.field_type import FieldType
from engine.fields.wording import read_text
from engine.kinds import Kind
from engine.rules.types import TEXT
from engine.values import Value

if TYPE_CHECKING:
    from engine.model import Field

_FORM = re.compile("[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")

# Length by country, for the states of the SEPA area.
_LENGTHS = {
    "AD": 24, "AL": 28, "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22,
    "DK": 18, "EE": 20, "ES": 24, "FI": 18, "FR": 27, "GB": 22, "GI": 23, "GR": 27, "HR": 21,
    "HU": 28, "IE": 22, "IS": 26, "IT": 27, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "MC": 27,
    "MD": 24, "ME": 22, "MK": 19, "MT": 31, "NL": 18, "NO": 15, "PL": 28, "PT": 25, "RO": 24,
    "RS": 22, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "VA": 22,
}  # fmt: skip


def _parse(raw: object, field: "Field") -> Value | Complaint:
    text = read_text(raw, field)
    if not isinstance(text, str):
        return text
    iban = "".join(text.split()).upper()
    if not _FORM.fullmatch(iban) or len(iban) != _LENGTHS.get(iban[:2], len(iban)):
        return Complaint("not-an-iban")
    return iban if remainder(iban) == 1 else Complaint("iban-checksum")


def remainder(iban: str) -> int:
    """Remainder modulo 97 with country and check digits at the end, letters as 10 to 35."""
    return int("".join(str(int(one, 36)) for one in iban[4:] + iban[:4])) % 97


def _show(value: Value, field: "Field") -> str:
    text = str(value)
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


IBAN = FieldType(
    name="iban",
    kind=Kind.TEXT,
    parse=_parse,
    show=_show,
    rule_type=lambda field: TEXT,
    max_length=42,  # 34 characters and the blanks between groups of four
)
