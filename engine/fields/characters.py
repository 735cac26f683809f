"""Cleaning text before anything else looks at it.

The order matters: NFC of a long run of combining marks takes seconds, so length and forbidden
characters come first.
"""

import re
import unicodedata

from engine.fields import din91379
from engine.fields.complaint import Complaint

LONGEST = 4000

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_CONTROL_BUT_LINE_FEED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_NONCHARACTER = re.compile(
    "[\ufdd0-\ufdef"
    + "".join(chr(plane * 0x10000 + 0xFFFE + last) for plane in range(17) for last in (0, 1))
    + "]"
)


def clean(raw: object, *, lines: bool = False, longest: int = LONGEST) -> str | Complaint:
    """The text in NFC without blanks at its ends, or what is wrong with it."""
    if not isinstance(raw, str):
        return Complaint("not-a-text")
    if lines:
        raw = raw.replace("\r\n", "\n").replace("\r", "\n")  # browsers send CR LF
    if raw.isascii() and len(raw) <= longest and raw.isprintable():
        return raw.strip()
    if _LONE_SURROGATE.search(raw):
        return Complaint("broken-text")
    if len(raw) > LONGEST:
        return Complaint("too-long", {"max": str(min(longest, LONGEST)), "length": str(len(raw))})
    control = _CONTROL_BUT_LINE_FEED if lines else _CONTROL
    for pattern in (control, _NONCHARACTER):
        found = pattern.search(raw)
        if found:
            return character_complaint(raw, found.start())
    text = unicodedata.normalize("NFC", raw).strip()
    if len(text) > longest:
        return Complaint("too-long", {"max": str(longest), "length": str(len(text))})
    return text


def character_complaint(text: str, place: int, length: int = 1) -> Complaint:
    """Names the character at `place`; position counts from 1."""
    return Complaint(
        "character-not-allowed",
        {"character": shown(text[place : place + length]), "position": str(place + 1)},
    )


def shown(characters: str) -> str:
    """The characters if they can be seen, otherwise their code points."""
    visible = all(
        unicodedata.category(one)[0] in "LNPS" and not unicodedata.combining(one)
        for one in characters[:1]
    )
    if visible and characters.isprintable():
        return characters
    return " ".join(f"U+{ord(one):04X}" for one in characters)


def clean_latin(
    raw: object, datatype: str, *, lines: bool = False, longest: int = LONGEST
) -> str | Complaint:
    """Clean text whose every character belongs to a datatype of DIN 91379."""
    text = clean(raw, lines=lines, longest=longest)
    if isinstance(text, Complaint):
        return text
    fault = din91379.first_fault(text, datatype)
    if fault is None:
        return text
    complaint = character_complaint(text, fault.start, fault.length)
    if not _is_of_another_script(text[fault.start]):
        return complaint
    # Not a slip of the finger: the whole word is to be written in other letters.
    return Complaint(complaint.code, {**complaint.values, "kind": "script"})


def _is_of_another_script(sign: str) -> bool:
    """Whether it is a letter, but not a Latin one: И, م, 王."""
    name = unicodedata.name(sign, "")
    return unicodedata.category(sign)[0] == "L" and not name.startswith("LATIN")
