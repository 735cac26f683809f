"""Where a fast way stands beside a thorough one, both must say the same."""

import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import given
from hypothesis import strategies as st

from engine.fields.patterns import compile_pattern, matches
from engine.fields.plain_patterns import has_only_visible, plain_pattern
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
        ("QC-[0-9A-Z]{8}", True), ("[a-z]+[0-9]*", True), ("[a-z]+[a-z]", False),
        ("a?b?a", False), ("(a+)+", False), ("a|b", False), (".*", False), ("[^a]", False),
        (r"\w+", False), ("a{2}{3}", False), ("[z-a]", False), ("^a$", False), ("a+?", False),
    ],
)  # fmt: skip
def test_r25_only_patterns_without_a_choice_are_plain(pattern: str, is_plain: bool) -> None:
    """R25: nothing may ever be tried twice."""
    assert (plain_pattern(pattern) is not None) is is_plain


def test_patterns_of_visible_characters_need_no_other_look() -> None:
    """A blank or a letter outside ASCII may be at an end, or decomposed."""
    assert has_only_visible("[A-Z]{2}-[0-9]+")
    assert not has_only_visible("[A-Z ]+")
    assert not has_only_visible("[ÄÖÜ]")
    assert not has_only_visible(".*")


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
