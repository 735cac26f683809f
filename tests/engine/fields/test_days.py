from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.fields.complaint import Complaint
from engine.values import PartialDate
from tests.engine.fields.fields_made import field

DAY = field("date")
PART = field("partial_date")


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("2024-02-29", date(2024, 2, 29)), ("29.02.2024", date(2024, 2, 29)),
        ("1.1.1900", date(1900, 1, 1)), ("31.12.2199", date(2199, 12, 31)),
        (" 24. 12. 2026 ", date(2026, 12, 24)), (date(2026, 1, 2), date(2026, 1, 2)),
    ],
)  # fmt: skip
def test_r24_iso_and_german_dates_are_read(raw: object, day: date) -> None:
    """R24: both spellings, 1900 to 2199."""
    assert DAY.type.parse(raw, DAY) == day


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("2023-02-29", "date-does-not-exist"), ("31.04.2026", "date-does-not-exist"),
        ("2026-13-01", "date-does-not-exist"), ("00.11.1990", "date-does-not-exist"),
        ("1900-02-29", "date-does-not-exist"), ("31.12.1899", "date-out-of-range"),
        ("2200-01-01", "date-out-of-range"), ("0000-00-00", "date-out-of-range"),
        ("2026-1-1", "not-a-date"), ("1.1.26", "not-a-date"), ("２０２６-01-01", "not-a-date"),
        ("2026-W01-1", "not-a-date"), ("20260101", "not-a-date"), ("morgen", "not-a-date"),
        ("2026-01-01T00:00", "not-a-date"), (20260101, "not-a-date"), (None, "not-a-date"),
    ],
)  # fmt: skip
def test_days_that_do_not_exist_are_told_from_what_is_no_date(raw: object, code: str) -> None:
    """R24: 30 February needs another sentence than "tomorrow"."""
    found = DAY.type.parse(raw, DAY)

    assert isinstance(found, Complaint)
    assert found.code == code


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("1990", PartialDate(1990)), ("1990-11", PartialDate(1990, 11)), (1990, PartialDate(1990)),
        ("1990-11-30", PartialDate(1990, 11, 30)), ("30.11.1990", PartialDate(1990, 11, 30)),
        ("00.11.1990", PartialDate(1990, 11)), ("00.00.1990", PartialDate(1990)),
        ("11.1990", PartialDate(1990, 11)), ("1990-00-00", PartialDate(1990)),
        ("29.02.2000", PartialDate(2000, 2, 29)),
    ],
)  # fmt: skip
def test_partly_known_dates_keep_what_is_unknown(raw: object, value: PartialDate) -> None:
    """A date of birth of which only the year is known never becomes 1 January."""
    assert PART.type.parse(raw, PART) == value


@pytest.mark.parametrize(
    ("raw", "code"),
    [("30.00.1990", "not-a-partial-date"), ("29.02.1990", "date-does-not-exist"),
     ("13.1990", "date-does-not-exist"), ("1890", "date-out-of-range"),
     ("90", "not-a-partial-date"), (True, "not-a-partial-date")],
)  # fmt: skip
def test_a_day_without_a_month_is_no_date(raw: object, code: str) -> None:
    """What is known must make sense."""
    found = PART.type.parse(raw, PART)

    assert isinstance(found, Complaint)
    assert found.code == code


def test_limits_of_a_day_are_named() -> None:
    """A partly known date is too early only if even its last possible day is."""
    limited = field("date", minimum=date(2020, 5, 1), maximum=date(2020, 5, 31))
    partly = field("partial_date", minimum=date(2020, 5, 1))

    early = limited.type.parse("2020-04-30", limited)
    late = limited.type.parse("2020-06-01", limited)

    assert early == Complaint("date-too-early", {"min": "01.05.2020"})
    assert late == Complaint("date-too-late", {"max": "31.05.2020"})
    assert partly.type.parse("2020", partly) == PartialDate(2020)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_every_day_survives_both_spellings(day: date) -> None:
    """What is shown can be typed in again."""
    assert DAY.type.parse(day.isoformat(), DAY) == day
    assert DAY.type.parse(DAY.type.show(day, DAY), DAY) == day
    assert PART.type.parse(str(PartialDate(day.year, day.month)), PART) == PartialDate(
        day.year, day.month
    )
