"""Functions over texts."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from engine.rules.durations import Days, Months
from engine.rules.runtime.budget import within_limit


def concat(left: str | None, right: str | None) -> str | None:
    """`left + right`."""
    return None if left is None or right is None else within_limit(left + right)


def contains(text: str | None, match: str | None) -> bool | None:
    """Whether `match` occurs in the text."""
    return None if text is None or match is None else match in text


def starts_with(text: str | None, match: str | None) -> bool | None:
    """Whether the text begins with `match`."""
    return None if text is None or match is None else text.startswith(match)


def ends_with(text: str | None, match: str | None) -> bool | None:
    """Whether the text ends with `match`."""
    return None if text is None or match is None else text.endswith(match)


def upper_case(text: str | None) -> str | None:
    """The text in capital letters."""
    return None if text is None else within_limit(text.upper())


def lower_case(text: str | None) -> str | None:
    """The text in small letters."""
    return None if text is None else within_limit(text.lower())


def string_length(text: str | None) -> Decimal | None:
    """The number of characters."""
    return None if text is None else Decimal(len(text))


_ALL = Decimal(10**9)


def substring(text: str | None, start: Decimal | None, length: Decimal | None = _ALL) -> str | None:
    """A part; null if the position lies outside the text or the length is less than 1."""
    if text is None or start is None or length is None:
        return None
    place, size = int(start), int(length)
    if place == 0 or abs(place) > len(text) or size < 1:
        return None
    first = place - 1 if place > 0 else len(text) + place
    return text[first : first + size]


def substring_before(text: str | None, match: str | None) -> str | None:
    """What stands before the first occurrence; empty if there is none."""
    if text is None or match is None:
        return None
    return text.partition(match)[0] if match and match in text else ""


def substring_after(text: str | None, match: str | None) -> str | None:
    """What stands after the first occurrence; empty if there is none."""
    if text is None or match is None:
        return None
    if not match:
        return text
    return text.partition(match)[2]


def string_join(texts: Sequence[str | None] | None, delimiter: str | None = None) -> str | None:
    """The texts in a row; nulls are left out."""
    if texts is None:
        return None
    return within_limit((delimiter or "").join(text for text in texts if text is not None))


def string(value: Any) -> str | None:
    """A value as FEEL writes it; a text stays as it is."""
    if value is None:
        return None
    return value if isinstance(value, str) else within_limit(written(value))


def written(value: Any) -> str:
    """A value as a literal: texts in quotes."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            escaped = value.replace("\\", "\\\\").replace('"', '\\"')
            return f'"{escaped}"'
        case Decimal() | int():
            return plain_number(Decimal(value))
        case date():
            return value.isoformat()
        case list() | tuple():
            return f"[{', '.join(written(one) for one in value)}]"
        case Months() | Days():
            return str(value)
        case _:
            return str(value)


def plain_number(value: Decimal) -> str:
    """Digits without an exponent and without trailing zeros; very long ones keep the exponent."""
    if not value:
        return "0"
    if abs(value.adjusted()) > 100:
        return str(value.normalize())
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
