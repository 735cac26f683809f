"""Values as a language writes them: days, numbers, durations, lists, names of states."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache

from babel import Locale
from babel.dates import format_date, format_skeleton, get_day_names, get_month_names
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal
from babel.units import format_unit

from engine.texts import languages

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


@cache
def locale_of(language: str) -> Locale:
    """The forms of a language."""
    return languages.language(language).locale


def show_day(day: date, language: str) -> str:
    """01.12.2026, 1 Dec 2026."""
    return format_date(day, "medium", locale=locale_of(language))


def show_month(year: int, month: int, language: str) -> str:
    """Dezember 2026, December 2026."""
    return format_skeleton("yMMMM", date(year, month, 1), locale=locale_of(language))


def show_number(number: Decimal, language: str) -> str:
    """1.234,5 and 1,234.5; every digit that is there, and of amounts like 281,50 both."""
    pattern = "#,##0.00" if number.as_tuple().exponent == -2 else None
    return format_decimal(number, pattern, locale=locale_of(language), decimal_quantization=False)


def show_money(amount: Decimal, language: str) -> str:
    """1.234,50 €."""
    return format_currency(amount, "EUR", locale=locale_of(language))


def show_months(count: int, language: str) -> str:
    """Whole years as years: »5 Jahre«, »1 Jahr und 6 Monate«, »3 Monate«."""
    years, months = divmod(abs(count), 12)
    parts = [_unit(years, "year", language)] if years else []
    if months or not years:
        parts.append(_unit(months, "month", language))
    return ("-" if count < 0 else "") + joined(parts, language)


def show_days(count: int, language: str) -> str:
    """»30 Tage«."""
    return _unit(count, "day", language)


def joined(items: Sequence[str], language: str, *, by_or: bool = False) -> str:
    """»A, B und C« or »A, B oder C«."""
    return format_list(items, style="or" if by_or else "standard", locale=locale_of(language))


def state_name(iso: str, language: str) -> str | None:
    """The name of a state, if the language has one."""
    name = locale_of(language).territories.get(iso)
    return str(name) if name else None


def calendar_name(english: str, language: str) -> str | None:
    """The name of a weekday or month that rules call by its English name."""
    locale = locale_of(language)
    if english in _DAYS:
        return str(get_day_names("wide", locale=locale)[_DAYS.index(english)])
    if english in _MONTHS:
        return str(get_month_names("wide", locale=locale)[_MONTHS.index(english) + 1])
    return None


def _unit(count: int, unit: str, language: str) -> str:
    name, locale = f"duration-{unit}", locale_of(language)
    said = format_unit(count, name, length="long", locale=locale)
    # Where a language has no long form, Babel puts the unit's own name after the figure.
    return said if name not in said else format_unit(count, name, length="short", locale=locale)
