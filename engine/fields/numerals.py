"""Numbers as people in Germany write them, and as JSON does; nothing else counts as a number."""

import math
import re
from decimal import Decimal
from typing import TYPE_CHECKING

from engine.fields.complaint import Complaint

if TYPE_CHECKING:
    from engine.model import Field

LONGEST = 40  # characters looked at
MOST_DIGITS = 18  # before the comma; with nine behind it, arithmetic in 28 digits stays exact

_BITS = 128
_TOO_LARGE = Decimal(10) ** MOST_DIGITS
_PLACES = tuple(Decimal(1).scaleb(-decimals) for decimals in range(MOST_DIGITS))

_PLAIN = re.compile(r"-?[0-9]+(?:[.,][0-9]+)?")
_GROUPED = re.compile(r"-?[0-9]{1,3}(?:([.  \u202f])[0-9]{3})(?:\1[0-9]{3})*(?:,[0-9]+)?")
_ONE_DOT_THREE_DIGITS = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}")
_NO_LETTERS = str.maketrans("", "", ".  \u202f")


def parse_number(raw: object, field: "Field") -> Decimal | Complaint:
    """A finite decimal with the declared number of digits behind the comma, within its limits."""
    decimals = places(field)
    read = _read(raw, decimals)
    if read is None:
        return Complaint("not-a-number", {"decimals": str(decimals)})
    if read.adjusted() >= MOST_DIGITS:
        return Complaint("too-many-digits", {"max": str(MOST_DIGITS)})
    value = read.quantize(_PLACES[decimals])
    if value != read:
        code = "whole-number" if decimals == 0 else "too-many-decimals"
        return Complaint(code, {"decimals": str(decimals)})
    return _within(value + 0, field, decimals)  # + 0 turns -0 into 0


def places(field: "Field") -> int:
    """Digits behind the comma."""
    if field.decimals is not None:
        return field.decimals
    return field.type.decimals or 0


def show_number(value: Decimal, decimals: int) -> str:
    """1234.5 as 1.234,50."""
    return f"{value:,.{decimals}f}".translate(str.maketrans(",.", ".,"))


def _read(raw: object, decimals: int) -> Decimal | None:
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int):
        return Decimal(raw) if raw.bit_length() < _BITS else _TOO_LARGE
    if isinstance(raw, Decimal):
        return _short(str(raw))
    if isinstance(raw, float):
        return _short(repr(raw)) if math.isfinite(raw) else None
    return _read_text(raw.strip(), decimals) if isinstance(raw, str) else None


def _read_text(text: str, decimals: int) -> Decimal | None:
    # "1.234" is 1234 only where three decimals are not possible.
    lone_dot = _ONE_DOT_THREE_DIGITS.fullmatch(text)
    if lone_dot and decimals >= 3:
        return _short(text)
    if _GROUPED.fullmatch(text):
        return _short(text.translate(_NO_LETTERS).replace(",", "."))
    return _short(text.replace(",", "."))


def _short(text: str) -> Decimal | None:
    if len(text) > LONGEST or not _PLAIN.fullmatch(text):
        return None
    return Decimal(text)


def _within(value: Decimal, field: "Field", decimals: int) -> Decimal | Complaint:
    low, high = field.minimum, field.maximum
    if isinstance(low, Decimal) and value < low:
        return Complaint("too-small", {"min": show_number(low, decimals)})
    if isinstance(high, Decimal) and value > high:
        return Complaint("too-large", {"max": show_number(high, decimals)})
    return value
