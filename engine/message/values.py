"""How values look inside elements."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from engine.values import PartialDate

_NUMBER = re.compile(r"(?P<number>[0-9]{1,4})(?![0-9]) ?(?P<letter>[^ ].{0,3}|)")
_STREET = re.compile(r"(?P<street>.*\D) (?P<number>[0-9].*)")


def as_text(value: object) -> str | None:
    """The content of an element; None leaves the element out."""
    match value:
        case None | "":
            return None
        case bool():
            return "true" if value else "false"
        case str():
            return value
        case Decimal():
            return f"{value:f}"
        case date():
            return value.isoformat()
        case list() | tuple():
            return ", ".join(filter(None, map(as_text, value))) or None
        case _:
            return str(value)


def partial_date(value: object) -> tuple[str, str] | None:
    """Element and content for as much of a date as is known."""
    match value:
        case None:
            return None
        case PartialDate(month=None):
            return "jahr", str(value)
        case PartialDate(day=None):
            return "jahrMonat", str(value)
        case PartialDate():
            return "jahrMonatTag", str(value)
        case date():
            return "jahrMonatTag", value.isoformat()
        case _:
            raise TypeError(f"{type(value).__name__} is not a date")


def split_street(line: str) -> tuple[str, str]:
    """Street and house number of a line like "Rathausplatz 1"."""
    found = _STREET.fullmatch(line.strip())
    return (found["street"].strip(), found["number"]) if found else (line.strip(), "")


def split_house_number(number: str) -> tuple[str, str] | None:
    """Number and letter; None if it does not fit the narrow fields of XInneres."""
    found = _NUMBER.fullmatch(number.strip())
    if found is None:
        return None
    letter = found["letter"]
    if not all(one.isalpha() or one in "0123456789./ " for one in letter):
        return None
    return found["number"], letter


def address_parts(parts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The children of a Meldeanschrift, in its order; nothing of the address gets lost."""
    street, number = parts.get("strasse", ""), parts.get("hausnummer", "")
    if not number:
        street, number = split_street(street)  # many forms ask for both in one line
    pair = split_house_number(number) if number else ("", "")
    if pair is None:
        street, pair = f"{street} {number}".strip(), ("", "")
    written = {
        "hausnummer": pair[0],
        "hausnummerBuchstabeZusatzziffer": pair[1],
        "postleitzahl": parts.get("plz", ""),
        "strasse": street,
        "wohnort": parts.get("ort", ""),
        "zusatzangaben": parts.get("adresszusatz", ""),
    }
    return ((name, text) for name, text in written.items() if text)
