"""Civil dates, the two durations, and the German legal periods."""

import calendar
import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from engine.rules.durations import Days, Months
from engine.rules.runtime.numbers import Constants
from engine.values import PartialDate

D: Constants[str, date] = Constants(date.fromisoformat)
M: Constants[int, Months] = Constants(Months)
T: Constants[int, Days] = Constants(Days)

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def _shifted(day: date, months: int) -> date | None:
    """The same day of another month, or the last one of it; null outside the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return None
    number = day.day
    if number > 28:
        number = min(number, calendar.monthrange(year, month + 1)[1])
    return date(year, month + 1, number)


def _moved(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days)
    except OverflowError:
        return None


def add_months(day: date | None, duration: Months | None) -> date | None:
    """`day + duration`, cut to the end of the month: 31 January + P1M is 28 February."""
    return None if day is None or duration is None else _shifted(day, duration.count)


def sub_months(day: date | None, duration: Months | None) -> date | None:
    """`day - duration`, cut to the end of the month."""
    return None if day is None or duration is None else _shifted(day, -duration.count)


def add_days(day: date | None, duration: Days | None) -> date | None:
    """`day + duration`."""
    return None if day is None or duration is None else _moved(day, duration.count)


def sub_days(day: date | None, duration: Days | None) -> date | None:
    """`day - duration`."""
    return None if day is None or duration is None else _moved(day, -duration.count)


def days_between(later: date | None, earlier: date | None) -> Days | None:
    """`later - earlier`."""
    return None if later is None or earlier is None else Days((later - earlier).days)


def plus_duration(one: Any, other: Any) -> Any:
    """The sum of two durations of the same kind."""
    return None if one is None or other is None else type(one)(one.count + other.count)


def minus_duration(one: Any, other: Any) -> Any:
    """The difference of two durations of the same kind."""
    return None if one is None or other is None else type(one)(one.count - other.count)


def date_from(text: Any) -> date | None:
    """The date a text shows as 2026-12-31; null for anything else."""
    if isinstance(text, date):
        return text
    if text is None or not _DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def date_of(year: Decimal | None, month: Decimal | None, day: Decimal | None) -> date | None:
    """The date of three whole numbers; null if there is no such day."""
    if year is None or month is None or day is None:
        return None
    if any(part != int(part) for part in (year, month, day)):
        return None
    try:
        return date(int(year), int(month), int(day))
    except (ValueError, OverflowError):
        return None


def months_between(start: date | None, end: date | None) -> Months | None:
    """Whole months from one date to the other; negative if the second is earlier."""
    if start is None or end is None:
        return None
    months = (end.year - start.year) * 12 + end.month - start.month
    if months > 0 and end.day < start.day:
        months -= 1
    elif months < 0 and end.day > start.day:
        months += 1
    return Months(months)


def day_of_week(day: date | None) -> str | None:
    """The English name FEEL gives."""
    return None if day is None else _WEEKDAYS[day.weekday()]


def month_of_year(day: date | None) -> str | None:
    """The English name FEEL gives."""
    return None if day is None else _MONTHS[day.month - 1]


def year(day: date | None) -> Decimal | None:
    """`.year` of a date."""
    return None if day is None else Decimal(day.year)


def month(day: date | None) -> Decimal | None:
    """`.month` of a date."""
    return None if day is None else Decimal(day.month)


def day(of: date | None) -> Decimal | None:
    """`.day` of a date."""
    return None if of is None else Decimal(of.day)


def years(duration: Months | None) -> Decimal | None:
    """`.years`: the whole years of a duration, with its sign."""
    if duration is None:
        return None
    return Decimal(abs(duration.count) // 12).copy_sign(Decimal(duration.count))


def months(duration: Months | None) -> Decimal | None:
    """`.months`: what is left beside the whole years, with the duration's sign."""
    if duration is None:
        return None
    return Decimal(abs(duration.count) % 12).copy_sign(Decimal(duration.count))


def days(duration: Days | None) -> Decimal | None:
    """`.days` of a duration of days."""
    return None if duration is None else Decimal(duration.count)


def _before(day: date, duration: Months | Days) -> date | None:
    return sub_months(day, duration) if isinstance(duration, Months) else sub_days(day, duration)


def _after(day: date, duration: Months | Days) -> date | None:
    return add_months(day, duration) if isinstance(duration, Months) else add_days(day, duration)


def full_period(
    start: date | None, duration: Months | Days | None, day: date | None
) -> bool | None:
    """§ 187(2) BGB: `start <= day - duration`; right for 29 February, unlike `start + …`."""
    if start is None or duration is None or day is None:
        return None
    begin = _before(day, duration)
    return None if begin is None else start <= begin


def period_after_event(
    event: date | None, duration: Months | Days | None, day: date | None
) -> bool | None:
    """§ 187(1) BGB: the day of the event does not count: `event + duration < day`."""
    if event is None or duration is None or day is None:
        return None
    end = _after(event, duration)
    return None if end is None else end < day


def first_day_complete(start: date | None, duration: Months | Days | None) -> date | None:
    """The first day on which `full_period` is true: cut months go on to the next day."""
    if start is None or duration is None:
        return None
    end = _after(start, duration)
    if end is not None and isinstance(duration, Months) and end.day < start.day:
        return _moved(end, 1)
    return end


def age_on(birth: date | PartialDate | None, day: date | None) -> Decimal | None:
    """Full years; whoever was born on 29 February has the birthday on 1 March."""
    if birth is None or day is None:
        return None
    born = birth.latest if isinstance(birth, PartialDate) else birth
    not_yet = (day.month, day.day) < (born.month, born.day)
    return Decimal(day.year - born.year - not_yet)


def earliest(of: PartialDate | None) -> date | None:
    """The first day it can be."""
    return None if of is None else of.earliest


def latest(of: PartialDate | None) -> date | None:
    """The last day it can be."""
    return None if of is None else of.latest
