"""What rules may name besides answers: the day of decision, and what the law says on it."""

from datetime import date

from engine.model import Duration, Procedure, Setting, SettingValue
from engine.prove import calendar
from engine.prove.encode import constant
from engine.prove.terms import Bool, bool_var, no
from engine.prove.values import Day, Value, decided, select
from engine.rules.durations import Days, Months

FIRST_YEAR, LAST_YEAR = 2020, 2099  # of days of decision; the first if the law has no date


def law_of(procedure: Procedure, *, are_open: bool) -> tuple[Day, dict[str, Value]]:
    """The day as a variable, and all names that depend on nothing else.

    Yes/no settings are the switches of an authority; `are_open`: as if nobody had set them yet.
    """
    since = procedure.law_as_of
    day = calendar.day_var("stichtag", since.year if since else FIRST_YEAR, LAST_YEAR)
    names: dict[str, Value] = {"stichtag": day}
    for setting in procedure.settings:
        name = f"setting.{setting.id}"
        is_switch = isinstance(setting.values[-1].value, bool)
        names[name] = decided(bool_var(name)) if is_switch and are_open else _on(setting, day)
    return day, names


def is_day(day: Day, today: date) -> Bool:
    """Whether the day of decision is this one."""
    return calendar.same_day(day, calendar.day_of(today))


def _on(setting: Setting, day: Day) -> Value:
    """Before the first value it is the first one, as in plans."""
    value = constant(_for_rules(setting.values[0].value))
    for one in setting.values[1:]:
        if one.valid_from is not None:
            since = no(calendar.before(day, calendar.day_of(one.valid_from)))
            value = select(since, constant(_for_rules(one.value)), value)
    return value


def _for_rules(value: SettingValue) -> object:
    if isinstance(value, Duration):
        return Months(value.months) if value.months else Days(value.days)
    return value
