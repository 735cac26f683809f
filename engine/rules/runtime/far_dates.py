"""Dates beyond Python's calendar, as FEEL from elsewhere may write them.

They can be given out and asked for year, month and day; nothing is calculated with them.
"""

import calendar
import re
from dataclasses import dataclass

_WRITTEN = re.compile(r"(-?[0-9]{4}|-?[1-9][0-9]{4,8})-([0-9]{2})-([0-9]{2})")
MOST_YEARS = 999_999_999
_LEAP, _COMMON = 2000, 2001


@dataclass(frozen=True, slots=True)
class FarDate:
    """A day of the proleptic Gregorian calendar; year 0 is 1 BC."""

    year: int
    month: int
    day: int

    def __str__(self) -> str:
        sign = "-" if self.year < 0 else ""
        return f"{sign}{abs(self.year):04d}-{self.month:02d}-{self.day:02d}"


def far_date(year: int, month: int, day: int) -> FarDate | None:
    """The day, if it exists and FEEL has it."""
    if abs(year) > MOST_YEARS or not 1 <= month <= 12:
        return None
    # Only whether it is a leap year counts for the length of a month.
    alike = _LEAP if calendar.isleap(year) else _COMMON
    if not 1 <= day <= calendar.monthrange(alike, month)[1]:
        return None
    return FarDate(year, month, day)


def far_date_from(text: str) -> FarDate | None:
    """The day a text shows; years have at least four digits, and no zeros before more."""
    found = _WRITTEN.fullmatch(text)
    return far_date(*(int(part) for part in found.groups())) if found else None
