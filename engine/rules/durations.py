"""The two kinds of duration, which never compare: years and months, and days."""

import re
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True, order=True)
class Months:
    """A calendar duration: years and months, counted in months."""

    count: int

    def __str__(self) -> str:
        years, months = divmod(abs(self.count), 12)
        parts = (f"{years}Y" if years else "") + (f"{months}M" if months else "")
        return ("-" if self.count < 0 else "") + "P" + (parts or "0M")


@dataclass(frozen=True, slots=True, order=True)
class Days:
    """A number of days."""

    count: int

    def __str__(self) -> str:
        # FEEL writes the empty duration with a time part.
        return ("-" if self.count < 0 else "") + f"P{abs(self.count)}D" if self.count else "PT0S"


Duration: TypeAlias = Months | Days

_MONTHS = re.compile(r"(-)?P(?=[0-9])(?:([0-9]{1,10})Y)?(?:([0-9]{1,10})M)?", re.ASCII)
_DAYS = re.compile(r"(-)?P(?:([0-9]{1,10})D(?:T0+[HMS])?|T0+[HMS])", re.ASCII)
_ANY = re.compile(
    r"-?P(?=.)([0-9]+Y)?([0-9]+M)?([0-9]+D)?(T(?=.)([0-9]+H)?([0-9]+M)?([0-9]+(\.[0-9]*)?S)?)?",
    re.ASCII,
)


def parse_duration(text: str) -> Duration | None:
    """`P5Y`, `P3M`, `P1Y6M`, `P30D`; None for anything else, mixed and clock durations too."""
    if found := _MONTHS.fullmatch(text):
        sign, years, months = found.groups()
        return Months(_signed(sign, int(years or 0) * 12 + int(months or 0)))
    if found := _DAYS.fullmatch(text):
        sign, days = found.groups()
        return Days(_signed(sign, int(days or 0)))
    return None


def is_duration(text: str) -> bool:
    """Whether ISO 8601 calls it a duration, even one that rules do not know (`PT5H`)."""
    return _ANY.fullmatch(text) is not None


def _signed(sign: str | None, count: int) -> int:
    return -count if sign else count
