import time

import pytest

from engine.fields.complaint import Complaint
from engine.fields.patterns import PatternError, compile_pattern, matches
from tests.engine.fields.fields_made import field
from tests.timing import within


def _parsed(type_name: str, raw: object) -> object:
    one = field(type_name)
    found = one.type.parse(raw, one)
    return found.code if isinstance(found, Complaint) else found


@pytest.mark.parametrize(
    ("type_name", "raw", "expected"),
    [
        ("email", " Erika.Muster@Beispiel.EXAMPLE ", "Erika.Muster@beispiel.example"),
        ("email", "erika@münchen.example", "erika@münchen.example"),
        ("email", "erika@", "not-an-email"),
        ("email", "erika@localhost", "not-an-email"),
        ("email", "a@b.example\nBcc: c@d.example", "character-not-allowed"),
        ("phone", "+49 (30) 000000-0", "+49 (30) 000000-0"),
        ("phone", "030/000 00 00", "030/000 00 00"),
        ("phone", "0300 ruf mich an", "not-a-phone-number"),
        ("phone", "12", "not-a-phone-number"),
        ("phone", "١٢٣٤٥٦٧", "not-a-phone-number"),
        ("postcode", "01067", "01067"),
        ("postcode", "1067", "not-a-postcode"),
        ("postcode", "０１０６７", "not-a-postcode"),
        ("postcode", 12345, "not-a-text"),
        ("iban", "de02 1203 0000 0000 2020 51", "DE02120300000000202051"),
        ("iban", "DE02 1203 0000 0000 2020 52", "iban-checksum"),
        ("iban", "DE02 1203", "not-an-iban"),
        ("iban", "Konto 12", "not-an-iban"),
        ("text", "   ", None),
        ("name", "\u00a0", None),
        ("yes_no", "Ja", True),
        ("yes_no", "nein", False),
        ("yes_no", False, False),
        ("yes_no", 1, "not-yes-or-no"),
        ("yes_no", "vielleicht", "not-yes-or-no"),
        ("declaration", "on", True),
        ("declaration", "nein", None),
        ("declaration", False, None),
    ],
)
def test_text_like_types_read_and_refuse(type_name: str, raw: object, expected: object) -> None:
    """Each type takes what people type and names what it cannot take."""
    assert _parsed(type_name, raw) == expected


def test_lengths_count_characters_after_cleaning() -> None:
    """The author's limits are about what is kept."""
    one = field("text", min_length=2, max_length=3)

    assert one.type.parse(" ab ", one) == "ab"
    assert one.type.parse("a", one) == Complaint("too-short", {"min": "2", "length": "1"})
    assert one.type.parse("abcd", one) == Complaint("too-long", {"max": "3", "length": "4"})


def test_patterns_cover_the_whole_text() -> None:
    """A pattern is a form of the answer, not something to be found in it."""
    one = field("text", pattern="[A-Z]{2}-[0-9]+")

    assert one.type.parse("AB-12", one) == "AB-12"
    assert one.type.parse("xAB-12", one) == Complaint("pattern", {"example": ""})


@pytest.mark.parametrize(
    "pattern",
    ["(a+)+", "(a|aa)+", "(a|a?)+", "(.*a){12}", "([a-zA-Z]+)*", "(a*)*b", "(x+x+)+y",
     "(.*)*", "(a?){30}a{30}", "((a+)+)+", "([^,]*,)*x"],
)  # fmt: skip
def test_r25_greedy_patterns_stay_linear(pattern: str) -> None:
    """R25: patterns that take a backtracking engine years answer at once."""
    with within(0.1, time.perf_counter):
        matches(pattern, "a" * 4000 + "!")


@pytest.mark.parametrize("pattern", [r"(a)\1", "(?=a)b", "(?<!a)b", "(", "a{1000000}"])
def test_r25_patterns_outside_re2_are_refused(pattern: str) -> None:
    """R25: no look-around, no back-references, no giants."""
    with pytest.raises(PatternError):
        compile_pattern(pattern)


def test_an_iban_is_shown_in_groups_of_four() -> None:
    """As on a bank card."""
    one = field("iban")

    assert one.type.show("DE02120300000000202051", one) == "DE02 1203 0000 0000 2020 51"
