"""Where a fast way stands beside a thorough one, both must say the same."""

import time

import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import given
from hypothesis import strategies as st

from engine.fields.patterns import compile_pattern, matches
from engine.fields.plain_patterns import lengths, letters, plain_pattern
from tests.engine.fields.fields_made import field

_SETS = st.sampled_from(["[0-9]", "[A-Z]", "[a-z]", "[a-zA-Z]", "[ab]", "[-/]", "a", "7", r"\d",
                         "ä", "[ÄÖÜ]", "[0-9a-]", r"\.", " ", ":"])  # fmt: skip
_REPEATS = st.sampled_from(["", "", "?", "*", "+", "{3}", "{1,3}", "{0,2}", "{2,}"])
_PATTERNS = st.lists(st.tuples(_SETS, _REPEATS).map("".join), min_size=1, max_size=5).map("".join)
_TEXTS = st.text(alphabet="aAbBzZ079-/.: äÄé٣\n", max_size=8)


@given(pattern=_PATTERNS, texts=st.lists(_TEXTS, max_size=20))
def test_r25_plain_patterns_mean_the_same_to_both_engines(pattern: str, texts: list[str]) -> None:
    """R25: RE2 decides what a pattern means; Python's engine is only quicker."""
    plain = plain_pattern(pattern)
    whole = compile_pattern(pattern)

    for text in texts:
        assert matches(pattern, text) == (whole.fullmatch(text) is not None)
        if plain is not None:
            assert (plain.fullmatch(text) is None) == (whole.fullmatch(text) is None)


@pytest.mark.parametrize(
    ("pattern", "is_plain"),
    [
        ("[0-9]{5}", True), ("[A-ZÄÖÜ]{1,3}-[A-Z]{1,2} [1-9][0-9]{0,3}[EH]?", True),
        ("QC-[0-9A-Z]{8}", True), ("[a-z]+[0-9]*", True), ("[a-z]+[a-z]", True),
        ("[a-z.]+@[a-z.]+[.][a-z]{2,8}", True), ("[a-z]+[a-z]{8,30}", False),
        ("[a-z]+[a-z]+", False), ("[a-z]*[a-z]?[a-z]", False),
        ("a?b?a", True), ("a?a?a", False), ("(a+)+", False), ("a|b", False), (".*", False),
        ("[^a]", False),
        (r"\w+", False), ("a{2}{3}", False), ("[z-a]", False), ("^a$", False), ("a+?", False),
    ],
)  # fmt: skip
def test_r25_only_patterns_with_next_to_no_choice_are_plain(pattern: str, is_plain: bool) -> None:
    """R25: nothing may be tried twice but a short end, once."""
    assert (plain_pattern(pattern) is not None) is is_plain


@pytest.mark.parametrize(
    ("pattern", "held", "least", "most"),
    [
        ("[A-C]{2}-[0-2]+", "ABC-012", 4, None), (r"\d{5}", "0123456789", 5, 5),
        ("[ab]?x{0,3}", "abx", 0, 4), ("Ä{2,}", "Ä", 2, None),
    ],
)  # fmt: skip
def test_plain_patterns_tell_what_they_match(
    pattern: str, held: str, least: int, most: int | None
) -> None:
    """Every character and the shortest and longest length, without trying."""
    assert letters(pattern) == frozenset(held)
    assert lengths(pattern) == (least, most)


@given(end=st.integers(0, 400))
def test_r25_a_short_end_tried_again_stays_linear(end: int) -> None:
    """R25: the longest answer against the worst plain pattern takes no time."""
    plain = plain_pattern("[a-z.]+@[a-z.]+[.][a-z]{2,18}")
    assert plain is not None
    begun = time.perf_counter()

    plain.fullmatch("a." * 2000 + "@" + "a." * (1000 + end) + "1")

    assert time.perf_counter() - begun < 0.1


_LOCAL = st.text(alphabet="ab0._+-", min_size=1, max_size=6)
_DOMAIN = st.text(alphabet="ab0-.", min_size=1, max_size=8)
_ENDS = st.sampled_from([".de", ".com", ".example", ".test", ".info", "", ".d", ".local"])


@given(local=_LOCAL, domain=_DOMAIN, end=_ENDS)
def test_usual_addresses_are_those_the_library_takes(local: str, domain: str, end: str) -> None:
    """What we take at sight is what the thorough look would give."""
    one = field("email")
    text = f"{local}@{domain}{end}"
    try:
        expected = validate_email(text, check_deliverability=False, allow_smtputf8=False).normalized
    except EmailNotValidError:
        assert not isinstance(one.type.parse(text, one), str)
    else:
        assert one.type.parse(text, one) == expected
