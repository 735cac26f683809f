"""The values an answer can have, beyond Python's own.

| kind         | canonical value                         | JSON form                       |
|--------------|-----------------------------------------|---------------------------------|
| TEXT, CHOICE | str (NFC)                               | "…"                             |
| NUMBER       | decimal.Decimal                         | "12.50" (number accepted)       |
| DATE         | datetime.date                           | "1990-11-30"                    |
| PARTIAL_DATE | PartialDate                             | "1990", "1990-11", "1990-11-30" |
| YES_NO       | bool                                    | true/false ("ja"/"nein" accepted) |
| DECLARATION  | True                                    | true                            |
| CHOICES      | tuple of str, in the list's order       | ["…"]                           |
| ADDRESS      | dict of part -> str, empty parts absent | {"strasse": "…"}                |
| GROUP        | list of rows (dict of id -> value)      | [{…}]                           |
"""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of which day, or day and month, may be unknown; never filled up with 1 January."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def earliest(self) -> date:
        """The first day it can be."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """The last day it can be."""
        month = self.month or 12
        return date(self.year, month, self.day or last_of_month(self.year, month))

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"]
        if self.month:
            parts.append(f"{self.month:02d}")
            if self.day:
                parts.append(f"{self.day:02d}")
        return "-".join(parts)


Scalar: TypeAlias = str | Decimal | date | PartialDate | bool
Value: TypeAlias = Scalar | tuple[str, ...] | Mapping[str, str] | list[Mapping[str, "Value"]] | None
Answers: TypeAlias = Mapping[str, Value]


def last_of_month(year: int, month: int) -> int:
    """28 to 31; rules ask so often that the calendar module would be felt."""
    if month == 2:
        return 29 if calendar.isleap(year) else 28
    return 30 if month in (4, 6, 9, 11) else 31


ADDRESS_PARTS = ("strasse", "hausnummer", "adresszusatz", "plz", "ort", "staat")
