"""The only clock of the portal; everything below it is told the day and the time."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")


@dataclass(frozen=True, slots=True)
class Clock:
    """Now and today; `fixed` holds the day still for trials and tests."""

    fixed: date | None = None

    def now(self) -> datetime:
        """The present moment, aware, in UTC; on a fixed day the time of day still runs."""
        moment = datetime.now(UTC)
        if self.fixed is None:
            return moment
        return moment.astimezone(BERLIN).replace(
            year=self.fixed.year, month=self.fixed.month, day=self.fixed.day
        )

    def today(self) -> date:
        """The day in Germany: deadlines count there."""
        return self.fixed or datetime.now(BERLIN).date()
