"""Settings as rules see them on a day: resolved once for every span between two changes of law."""

from bisect import bisect_right
from collections.abc import Mapping
from datetime import date

from engine.model import Duration, Setting, SettingValue
from engine.rules.durations import Days, Months


class LawDays:
    """What `setting` is on each day."""

    def __init__(self, settings: tuple[Setting, ...]) -> None:
        changes = {one.valid_from for setting in settings for one in setting.values}
        self._changes = sorted(day for day in changes if day is not None)
        days = [date.min, *self._changes]
        self._spans = [
            {setting.id: _for_rules(_value_on(setting, day)) for setting in settings}
            for day in days
        ]

    def on(self, day: date) -> Mapping[str, object]:
        """Every setting's value in force on the day.

        Before the first one it is the first one: rules rely on a value being there.
        """
        return self._spans[bisect_right(self._changes, day)]


def _value_on(setting: Setting, day: date) -> SettingValue:
    held = setting.on(day)
    return setting.values[0].value if held is None else held


def _for_rules(value: SettingValue) -> object:
    if isinstance(value, Duration):
        return Months(value.months) if value.months else Days(value.days)
    return value
