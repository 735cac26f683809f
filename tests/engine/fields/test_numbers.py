from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.fields.complaint import Complaint
from engine.fields.numerals import show_number
from tests.engine.fields.fields_made import field

MONEY = field("money", minimum=Decimal(0), maximum=Decimal(5_000_000))
WHOLE = field("integer", minimum=Decimal(-5), maximum=Decimal(100_000))


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("12", "12.00"), ("12,5", "12.50"), ("12.5", "12.50"), ("12,50 €", "12.50"),
        ("1.234,56", "1234.56"), ("1.234.567", "1234567.00"), ("1.234", "1234.00"),
        ("1 234,5", "1234.50"), (" 7 ", "7.00"), (7, "7.00"), (7.25, "7.25"), ("-0", "0.00"),
        ("0012", "12.00"), ("30 Euro", "30.00"),
    ],
)  # fmt: skip
def test_amounts_are_read_as_people_write_them(raw: object, value: str) -> None:
    """German commas and thousands dots are understood; the value has two decimals, always."""
    assert str(MONEY.type.parse(raw, MONEY)) == value


@pytest.mark.parametrize(
    "raw",
    [
        "NaN", "Infinity", "-Infinity", "1e999", "1e3", "２０２４", "٣", "1_0", "0x10", "12,5,0",
        "1,234.56", "1.23.4", "12.3456.789", "", "€", "1-2", "+5", "½", True, False, None,
        float("nan"), float("inf"), 1e30, [1], {"a": 1}, "1" * 5000,
    ],
)  # fmt: skip
def test_r34_what_is_no_number_is_refused(raw: object) -> None:
    """R34: Python's own int() and float() take most of these."""
    found = MONEY.type.parse(raw, MONEY)

    assert isinstance(found, Complaint)
    assert found.code == "not-an-amount"


@pytest.mark.parametrize(
    ("raw", "code"),
    [("-6", "too-small"), ("100001", "too-large"), ("1,5", "whole-number"),
     ("9" * 19, "too-many-digits"), (10**18, "too-many-digits")],
)  # fmt: skip
def test_r34_limits_are_named(raw: object, code: str) -> None:
    """R34: outside the declared range is a fault of its own."""
    found = WHOLE.type.parse(raw, WHOLE)

    assert isinstance(found, Complaint)
    assert found.code == code


def test_r34_giant_numbers_are_not_even_written_out() -> None:
    """R34: Python refuses to write 5,000 digits, so nobody may make us try."""
    for giant in (10**5000, -(10**5000)):
        found = WHOLE.type.parse(giant, WHOLE)

        assert isinstance(found, Complaint)
        assert found.code == "too-many-digits"


def test_a_lone_dot_means_thousands_only_where_it_must() -> None:
    """With three decimals "1.234" is the canonical spelling of a number near one."""
    grams = field("number", decimals=3)

    assert grams.type.parse("1.234", grams) == Decimal("1.234")
    assert grams.type.parse("1.234,5", grams) == Decimal("1234.500")
    assert WHOLE.type.parse("1.234", WHOLE) == Decimal(1234)


@given(st.decimals(min_value=0, max_value=5_000_000, places=2))
def test_what_is_written_is_read_again(value: Decimal) -> None:
    """Canonical and shown spelling of an amount both mean the same amount."""
    assert MONEY.type.parse(str(value), MONEY) == value
    assert MONEY.type.parse(MONEY.type.show(value, MONEY), MONEY) == value


def test_numbers_are_shown_in_german() -> None:
    """Thousands dots and a comma."""
    assert show_number(Decimal("1234567.5"), 2) == "1.234.567,50"
