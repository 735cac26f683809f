"""Days as people write them: ISO and German, 1900 to 2199, and dates known only in part."""

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from engine.fields.complaint import Complaint
from engine.values import PartialDate, last_of_month

if TYPE_CHECKING:
    from engine.model import Field

FIRST_YEAR, LAST_YEAR = 1900, 2199

_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_GERMAN = re.compile(r"([0-9]{1,2})\. ?([0-9]{1,2})\. ?([0-9]{4})")
_ISO_PART = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?")
_GERMAN_PART = re.compile(r"([0-9]{1,2})[./] ?([0-9]{4})")


def parse_day(raw: object, field: "Field") -> date | Complaint:
    """A full date within the field's limits."""
    if isinstance(raw, date) and not isinstance(raw, datetime):
        raw = raw.isoformat()
    numbers = _numbers(raw)
    if numbers is None:
        return Complaint("not-a-date")
    fault = _fault(*numbers)
    if fault:
        return fault
    day = date(*numbers)
    return _outside(day, day, field) or day


def parse_partial(raw: object, field: "Field") -> PartialDate | Complaint:
    """A date of which day, or day and month, may be unknown (`00` or left out)."""
    if isinstance(raw, PartialDate):
        raw = str(raw)
    elif isinstance(raw, int) and not isinstance(raw, bool):
        raw = str(raw)  # a year alone is a number in JSON and YAML
    read = _partial_numbers(raw)
    if read is None or (read[2] and not read[1]):
        return Complaint("not-a-partial-date")
    fault = _fault(read[0], read[1] or 1, read[2] or 1)
    if fault:
        return fault
    value = PartialDate(read[0], read[1] or None, read[2] or None)
    return _outside(value.earliest, value.latest, field) or value


def show_day(day: date) -> str:
    """30.11.1990."""
    return f"{day.day:02d}.{day.month:02d}.{day.year}"


def show_partial(value: PartialDate) -> str:
    """30.11.1990, 11.1990 or 1990."""
    if value.month is None:
        return str(value.year)
    if value.day is None:
        return f"{value.month:02d}.{value.year}"
    return show_day(value.earliest)


def _numbers(raw: object) -> tuple[int, int, int] | None:
    if not isinstance(raw, str):
        return None
    text = raw.strip()
    iso = _ISO.fullmatch(text)
    if iso:
        return int(iso[1]), int(iso[2]), int(iso[3])
    german = _GERMAN.fullmatch(text)
    return (int(german[3]), int(german[2]), int(german[1])) if german else None


def _partial_numbers(raw: object) -> tuple[int, int, int] | None:
    full = _numbers(raw)
    if full is not None or not isinstance(raw, str):
        return full
    text = raw.strip()
    iso = _ISO_PART.fullmatch(text)
    if iso:
        return int(iso[1]), int(iso[2] or 0), 0
    german = _GERMAN_PART.fullmatch(text)
    return (int(german[2]), int(german[1]), 0) if german else None


def _fault(year: int, month: int, day: int) -> Complaint | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return Complaint("date-out-of-range", {"min": str(FIRST_YEAR), "max": str(LAST_YEAR)})
    if not 1 <= month <= 12 or not 1 <= day <= last_of_month(year, month):
        return Complaint("date-does-not-exist")
    return None


def _outside(first: date, last: date, field: "Field") -> Complaint | None:
    low, high = field.minimum, field.maximum
    if isinstance(low, date) and last < low:
        return Complaint("date-too-early", {"min": show_day(low)})
    if isinstance(high, date) and first > high:
        return Complaint("date-too-late", {"max": show_day(high)})
    return None
