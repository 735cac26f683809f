"""Texts taken at sight are those that the thorough look would give back unchanged."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.fields.at_sight import SAFE, at_sight, compiled
from engine.model import Field
from tests.engine.fields.fields_made import field

_FIELDS = (
    field("text"),
    field("text", min_length=2, max_length=5),
    field("text", datatype="A"),
    field("text", datatype="B", max_length=9),
    field("text", datatype="D"),
    field("name"),
    field("text", pattern="[A-Z]{2}-[0-9]{1,4}"),
    field("text", pattern="[a-z]{3,}", max_length=6),
    field("text", pattern="[a-zäöü]+[a-z]{0,3}", max_length=6),
    field("text", pattern="[a-z ]+"),
    field("text", pattern="[A-Z1]+", datatype="A"),
)
_TEXTS = st.one_of(
    st.text(alphabet="abÄäßžÅ 1-'.\u0301\u00a0\u017f\n\t\x00×~", max_size=8),
    st.text(alphabet="ABab019- ", max_size=8),
    st.text(max_size=6),
)


@given(one=st.sampled_from(_FIELDS), text=_TEXTS)
def test_r25_what_is_taken_at_sight_is_canonical(one: Field, text: str) -> None:
    """R25: parsing it gives the very same text, so that nobody needs to."""
    pattern = at_sight(one)

    if text and pattern is not None and compiled([pattern]).fullmatch(text):
        assert one.type.parse(text, one) == text


@pytest.mark.parametrize(("number", "text"), [
    (0, "Müller"), (1, "Straß"), (2, "Žižek O'Neill"), (5, "Łukasz"), (6, "AB-12"), (7, "abc"),
    (8, "äöüabc"),
])  # fmt: skip
def test_usual_texts_are_taken_at_sight(number: int, text: str) -> None:
    """Umlauts and the letters of the neighbours are nothing unusual."""
    pattern = at_sight(_FIELDS[number])

    assert pattern is not None
    assert compiled([pattern]).fullmatch(text)


def test_blanks_and_unclear_patterns_get_the_thorough_look() -> None:
    """A blank may stand at an end; a digit is no letter of a name."""
    assert at_sight(_FIELDS[9]) is None
    assert at_sight(_FIELDS[10]) is None
    assert at_sight(field("text", pattern="(a|b)")) is None
    assert at_sight(field("multiline")) is None


@given(st.text(alphabet=sorted(SAFE), max_size=20))
def test_safe_characters_never_change_each_other(text: str) -> None:
    """In NFC, printable, and nothing but blanks to strip, in whatever order they stand."""
    assert unicodedata.normalize("NFC", text) == text
    assert text.isprintable()
    assert text.strip() == text.strip(" ")


@given(st.lists(st.tuples(st.sampled_from(_FIELDS[:9]), _TEXTS), min_size=1, max_size=4))
def test_r25_texts_taken_together_are_taken_one_by_one(pairs: list[tuple[Field, str]]) -> None:
    """R25: no text can pass for two, or hide behind its neighbour."""
    patterns = [at_sight(one) or "" for one, _ in pairs]
    together = compiled(patterns).fullmatch("\n".join(text for _, text in pairs))
    singly = [
        compiled([one]).fullmatch(text) for one, (_, text) in zip(patterns, pairs, strict=True)
    ]

    assert (together is not None) == all(one is not None for one in singly)
