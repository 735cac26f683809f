import time

import pytest

from engine.fields.characters import clean, clean_latin, shown
from engine.fields.complaint import Complaint
from tests.timing import within


def _code(found: object) -> str:
    return found.code if isinstance(found, Complaint) else "fine"


@pytest.mark.parametrize("code", [*range(0x20), *range(0x7F, 0xA0)])
def test_r32_control_characters_are_named_with_their_place(code: int) -> None:
    """R32: no C0 and no C1 in a single line; the applicant is told which and where."""
    found = clean(f"ab{chr(code)}c")

    values = {"character": f"U+{code:04X}", "position": "3"}
    assert found == Complaint("character-not-allowed", values)


def test_r32_only_line_feeds_divide_lines() -> None:
    """R32: several lines keep their line feeds; the CR LF of browsers and old CR become LF."""
    assert clean("eins\r\nzwei\rdrei\nvier", lines=True) == "eins\nzwei\ndrei\nvier"
    assert _code(clean("eins\tzwei", lines=True)) == "character-not-allowed"
    assert _code(clean("eins\x00zwei", lines=True)) == "character-not-allowed"


@pytest.mark.parametrize("text", ["a\ud800", "\udfffb", "\ud83d\ude00"])
def test_r32_lone_surrogates_are_refused(text: str) -> None:
    """R32: JSON can carry half a character; neither XML nor any database can."""
    assert _code(clean(text)) == "broken-text"


@pytest.mark.parametrize("code", [0xFDD0, 0xFDEF, 0xFFFE, 0xFFFF, 0x1FFFE, 0x10FFFF])
def test_r32_noncharacters_are_refused(code: int) -> None:
    """R32: code points that will never be characters are not text."""
    assert _code(clean(chr(code))) == "character-not-allowed"


def test_r32_length_is_checked_before_normalising() -> None:
    """R32: NFC of 100,000 combining marks takes ten seconds, so nobody may make us try."""
    with within(0.5, time.perf_counter):
        found = clean("a" + "\u0301\u0316" * 50_000)

        assert _code(found) == "too-long"


def test_r32_four_thousand_characters_are_the_most() -> None:
    """R32: 4,000 characters pass, one more does not, declared limits count after NFC."""
    assert _code(clean("x" * 4000)) == "fine"
    assert _code(clean("x" * 4001)) == "too-long"
    assert clean("u\u0308" * 10, longest=10) == "ü" * 10
    assert _code(clean("ü" * 11, longest=10)) == "too-long"


def test_r32_decomposed_letters_are_composed() -> None:
    """R32: the same name typed on two keyboards is the same text."""
    assert clean("Mu\u0308ller") == clean("Müller") == "Müller"


@pytest.mark.parametrize(
    "text",
    [
        "D'Angelo", "O’Neill", "Null", "<script>alert(1)</script>", "{{7*7}}", "=1+1", "]]>",
        "👨‍👩‍👧‍👦", "علي", "שרה", "Дмитрий", "می‌خواهم", "../../etc", "ﷺ",
    ],
)  # fmt: skip
def test_other_text_is_kept_as_it_is(text: str) -> None:
    """Free text belongs to the applicant, whatever script or joke it holds."""
    assert clean(text) == text


def test_invisible_characters_are_shown_as_code_points() -> None:
    """A message must not hide, or be turned around by, the character it complains about."""
    assert shown("\u202e") == "U+202E"
    assert shown("\u200b") == "U+200B"
    assert shown("7") == "7"


@pytest.mark.parametrize("raw", [1, True, 1.5, ["x"], {"a": 1}])
def test_what_is_no_text_is_not_made_into_one(raw: object) -> None:
    """A list or number in a text field is a fault of the sender, not an answer."""
    assert _code(clean(raw)) == "not-a-text"


@pytest.mark.parametrize(
    ("name", "sign"), [("Иванов", "И"), ("علي", "ع"), ("王", "王"), ("Ωμέγα", "Ω")]
)
def test_a_name_in_another_script_is_told_apart_from_a_wrong_sign(name: str, sign: str) -> None:
    """The whole name is to be written in Latin letters; to delete one sign would not help."""
    values = {"character": sign, "position": "1", "kind": "script"}

    assert clean_latin(name, "A") == Complaint("character-not-allowed", values)
    wrong = clean_latin("Müller 3", "A")
    assert isinstance(wrong, Complaint)
    assert "kind" not in wrong.values
