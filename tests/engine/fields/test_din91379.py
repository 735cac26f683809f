import re
import sys
import unicodedata
from pathlib import Path

import pytest
from lxml import etree

from engine.fields import din91379
from engine.fields.complaint import Complaint
from tests.engine.fields.fields_made import field

SCHEMA = "standards/xauslaender/26.11-ozg-subset/din-norm-91379-datatypes.xsd"
XS = "{http://www.w3.org/2001/XMLSchema}"


@pytest.fixture(scope="module")
def patterns(shared: Path) -> dict[str, re.Pattern[str]]:
    """The norm's own patterns: their syntax is also Python's."""
    root = etree.parse(shared / SCHEMA).getroot()
    found = {}
    for one in root.iter(f"{XS}simpleType"):
        pattern = next(one.iter(f"{XS}pattern"))
        found[one.attrib["name"][-1]] = re.compile(pattern.attrib["value"])
    return found


@pytest.mark.parametrize("datatype", din91379.DATATYPES)
def test_r33_every_code_point_is_allowed_as_the_norm_says(
    patterns: dict[str, re.Pattern[str]], datatype: str
) -> None:
    """R33: over all of Unicode, table and norm agree on every single character."""
    everything = "".join(map(chr, range(sys.maxunicode + 1)))
    one_of_the_norm = re.compile(patterns[datatype].pattern.removesuffix("*"))

    allowed = set(everything) - set(one_of_the_norm.sub("", everything))

    assert allowed == din91379.characters(datatype)


@pytest.mark.parametrize("datatype", din91379.DATATYPES)
def test_r33_marks_are_allowed_where_the_norm_has_them(
    patterns: dict[str, re.Pattern[str]], datatype: str
) -> None:
    """R33: over every letter with every combining mark or two, table and norm agree."""
    marks = [chr(code) for code in range(0x300, 0x370)]
    tails = [*marks, *(one + other for one in marks for other in ("\u0304", "\u0306", "H", "h"))]
    norm = patterns[datatype].fullmatch
    different = {
        (letter + tail).encode("unicode_escape")
        for letter in din91379.characters("A")
        for tail in tails
        if bool(norm(letter + tail)) != (din91379.first_fault(letter + tail, datatype) is None)
    }

    assert different == set()


def test_all_sequences_are_in_nfc() -> None:
    """Text is checked after NFC, so a table in another form would never match."""
    everything = din91379.sequences() | din91379.characters("D") | din91379.characters("C")

    assert {one for one in everything if unicodedata.normalize("NFC", one) != one} == set()
    assert len(din91379.sequences()) == 149


@pytest.mark.parametrize(
    ("name", "character", "position"),
    [
        ("Müller2", "2", "7"),
        ("Ali\u202e", "U+202E", "4"),
        ("Ali\u200bBaba", "U+200B", "4"),
        ("Ali\u200cBaba", "U+200C", "4"),
        ("Smith\u00ad", "U+00AD", "6"),
        ("\ufeffSmith", "U+FEFF", "1"),
        ("Ali😀", "😀", "4"),
        ("Q\u0302ux", "Q\u0302", "1"),
    ],
)
def test_r33_names_say_which_character_is_refused(name: str, character: str, position: str) -> None:
    """R33: a name outside datatype A is refused with the character and its place."""
    one = field("name")

    found = one.type.parse(name, one)

    values = {"character": character, "position": position}
    assert found == Complaint("character-not-allowed", values)


@pytest.mark.parametrize(
    "name", ["D'Angelo", "O’Neill", "Nguyễn Thị Hương", "Łukasz", "Ḱ", "Ẏ", "C̨̆", "K͟Hān", "Null"]
)
def test_r33_names_of_the_norm_are_taken(name: str) -> None:
    """R33: people are called so, and the registers can store it."""
    one = field("name")

    assert one.type.parse(name, one) == unicodedata.normalize("NFC", name)


def test_r33_text_may_declare_a_datatype() -> None:
    """R33: a street needs digits (B), a text for a register needs line breaks (C)."""
    street = field("text", datatype="B")
    lines = field("multiline", datatype="C")

    assert street.type.parse("Straße 12 a", street) == "Straße 12 a"
    assert isinstance(street.type.parse("улица", street), Complaint)
    assert lines.type.parse("eins\nzwei", lines) == "eins\nzwei"
