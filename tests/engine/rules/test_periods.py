"""The German legal periods against §§ 187, 188 BGB, day by day."""

from datetime import date, timedelta

import pytest

from engine.rules.durations import Days, Months
from engine.rules.runtime import age_on, first_day_complete, full_period, period_after_event

STARTS = [date(2023, 12, 1) + timedelta(days) for days in range(500)]
MONTHS = [1, 2, 3, 6, 11, 12, 13, 24, 48, 60]


def last_day_188(start: date, months: int, first_counts: bool) -> date:
    """§ 188 Abs. 2, 3: the day before the equal day (first day counts), or the equal day itself.

    Written from the law, not from the formula: if the last month lacks the day, its last day ends
    the period.
    """
    years, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month + 1
    following = date(year + month // 12, month % 12 + 1, 1)
    last = (following - timedelta(1)).day
    if first_counts:
        return (
            date(year, month, start.day) - timedelta(1)
            if start.day <= last
            else date(year, month, last)
        )
    return date(year, month, min(start.day, last))


@pytest.mark.parametrize("months", MONTHS)
def test_a_full_period_ends_as_the_law_says(months: int) -> None:
    """Full on the day after its last day, never a day earlier: 29 February included."""
    for start in STARTS:
        end = last_day_188(start, months, first_counts=True)

        assert full_period(start, Months(months), end) is False, (start, end)
        assert full_period(start, Months(months), end + timedelta(1)) is True, (start, end)


@pytest.mark.parametrize("months", MONTHS)
def test_a_period_after_an_event_is_over_after_its_last_day(months: int) -> None:
    """The day of the event does not count."""
    for event in STARTS:
        end = last_day_188(event, months, first_counts=False)

        assert period_after_event(event, Months(months), end) is False, (event, end)
        assert period_after_event(event, Months(months), end + timedelta(1)) is True, (event, end)


@pytest.mark.parametrize("months", MONTHS)
def test_the_end_of_a_period_is_the_first_day_it_is_full(months: int) -> None:
    """Full on that day, not on the day before."""
    for start in STARTS:
        end = first_day_complete(start, Months(months))

        assert end is not None
        assert full_period(start, Months(months), end) is True, start
        assert full_period(start, Months(months), end - timedelta(1)) is False, start


def test_days_are_counted_plainly() -> None:
    """30 days from 1 January are full on 31 January."""
    start, end = date(2026, 1, 1), date(2026, 1, 31)

    assert full_period(start, Days(30), end) is True
    assert full_period(start, Days(30), end - timedelta(1)) is False
    assert end == first_day_complete(start, Days(30))


def test_age_changes_on_the_birthday() -> None:
    """And on 1 March for those born on 29 February, if the year has none."""
    assert 17 == age_on(date(2008, 2, 29), date(2026, 2, 28))
    assert 18 == age_on(date(2008, 2, 29), date(2026, 3, 1))
    assert 20 == age_on(date(2008, 2, 29), date(2028, 2, 29))
    for birth in STARTS:
        birthday = (
            date(birth.year + 20, 3, 1)
            if birth == date(2024, 2, 29)
            else date(birth.year + 20, birth.month, birth.day)
        )
        if birth == date(2024, 2, 29):
            birthday = date(2044, 2, 29)
        assert 20 == age_on(birth, birthday)
        assert 19 == age_on(birth, birthday - timedelta(1))
