from datetime import date
from decimal import Decimal

import pytest

from engine.message.values import (
    address_parts,
    as_text,
    partial_date,
    split_house_number,
    split_street,
)
from engine.values import PartialDate


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, None),
        ("", None),
        ("Ä", "Ä"),
        (True, "true"),
        (False, "false"),
        (Decimal("1E+3"), "1000"),
        (Decimal("12.50"), "12.50"),
        (date(2026, 11, 24), "2026-11-24"),
        (("000", "121"), "000, 121"),
        ((), None),
    ],
)
def test_values_have_one_spelling(value: object, text: str | None) -> None:
    """Numbers without exponent, ISO dates, booleans in words."""
    assert as_text(value) == text


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (PartialDate(1990), ("jahr", "1990")),
        (PartialDate(1990, 11), ("jahrMonat", "1990-11")),
        (PartialDate(1990, 11, 30), ("jahrMonatTag", "1990-11-30")),
        (date(1990, 1, 1), ("jahrMonatTag", "1990-01-01")),
        (None, None),
    ],
)
def test_unknown_parts_of_a_date_are_never_filled_up(
    value: object, written: tuple[str, str] | None
) -> None:
    """A year alone stays a year."""
    assert partial_date(value) == written


@pytest.mark.parametrize(
    ("number", "pair"),
    [
        ("12", ("12", "")),
        ("12a", ("12", "a")),
        ("12 a", ("12", "a")),
        ("12 1/2", ("12", "1/2")),
        ("7B.2", ("7", "B.2")),
        ("12-14", None),
        ("A7", None),
        ("12345", None),
        ("3 Hinterhaus", None),
        ("3_", None),
    ],
)
def test_house_numbers_are_taken_apart(number: str, pair: tuple[str, str] | None) -> None:
    """Four digits and four characters; what does not fit is not cut."""
    assert split_house_number(number) == pair


def test_a_house_number_that_does_not_fit_stays_with_the_street() -> None:
    """Nothing of an address gets lost."""
    parts = dict(address_parts({"strasse": "Ring", "hausnummer": "12-14", "plz": "12345"}))
    assert parts == {"postleitzahl": "12345", "strasse": "Ring 12-14"}


def test_a_number_in_the_line_of_the_street_is_taken_out_of_it() -> None:
    """Many forms ask for street and house number in one line."""
    assert list(address_parts({"strasse": "Ring 3b"})) == [
        ("hausnummer", "3"),
        ("hausnummerBuchstabeZusatzziffer", "b"),
        ("strasse", "Ring"),
    ]
    assert list(address_parts({"strasse": "Ring 12-14"})) == [("strasse", "Ring 12-14")]


def test_address_parts_come_in_the_order_of_the_schema() -> None:
    """Alphabetical by element, as Meldeanschrift has them."""
    given = {"ort": "Musterstadt", "strasse": "Ring", "hausnummer": "3b", "plz": "12345"}
    given |= {"adresszusatz": "bei Muster"}
    written = list(address_parts(given))
    assert written == [
        ("hausnummer", "3"),
        ("hausnummerBuchstabeZusatzziffer", "b"),
        ("postleitzahl", "12345"),
        ("strasse", "Ring"),
        ("wohnort", "Musterstadt"),
        ("zusatzangaben", "bei Muster"),
    ]


def test_streets_with_numbers_in_their_names_keep_them() -> None:
    """Only the last number is the house number."""
    assert split_street("Straße des 17. Juni 135") == ("Straße des 17. Juni", "135")
    assert split_street("Rathausplatz") == ("Rathausplatz", "")
