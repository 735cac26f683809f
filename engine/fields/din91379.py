"""Letters of DIN 91379 (2022-08): which characters and sequences each datatype allows.

A: names of natural persons. B: other names, streets and towns. C: every normative character.
D: also the extended non-letters and Greek. Each datatype holds the one before it, except that D,
made for names of companies and products, has neither tab, line breaks nor the no-break space.
Sequences (a letter with combining marks that Unicode has no single character for) are the same
in all four.
"""

import re
from dataclasses import dataclass
from functools import cache

_A = (
    "20 27 2C-2E 41-5A 60-7A 7E A8 B4 B7 C0-D6 D8-F6 F8-17E 187-188 18F 197 1A0-1A1 1AF-1B0 1B7 "
    "1CD-1DC 1DE-1DF 1E2-1F0 1F4-1F5 1F8-1FF 212-213 218-21B 21E-21F 227-233 259 268 292 2B9-2BA "
    "2BE-2BF 2C8 2CC 1E02-1E03 1E06-1E07 1E0A-1E11 1E17 1E1C-1E2B 1E2F-1E37 1E3A-1E3B 1E40-1E49 "
    "1E52-1E5B 1E5E-1E63 1E6A-1E6F 1E80-1E87 1E8C-1E97 1E9E 1EA0-1EF9 2019 2021"
)
_B_ADDS = "21-26 28-2B 2F-40 5B-5F 7B-7D A1-A3 A5 A7 A9-AC AE-B3 B5-B6 B9-BB BF D7 F7 20AC"
_C_ADDS = "9-A D A0 A4 A6 B8 BC-BE"
_D_ADDS = (
    "192 2B0 2B3 2C6 2DC 2E2 386 388-38A 38C 38E-3A1 3A3-3CE 1D48 1D57 2018 201A 201C-201E 2020 "
    "2026 2030 2032-2033 2039-203A 2070 2074-2079 207F-2089 2122 221E 2264-2265"
)
_D_LACKS = "9-A D A0"

# base letters: the marks each of them may carry, in code points; "+" joins several marks
_MARKS = """
Aa 30B|Cc 300 304 306 308 315 323 326 328+306|Dd 302|Ff 300 304|Gg 300|Hh 304 326|H 331
Jj 301|J 30C|Kk 300 302 304 307 315 31B 326 35F+68|K 35F+48|Ll 302 325 325+304 326
Mm 300 302 306 310|Nn 302 304 306 326|Pp 300 304 315 323|Rr 306 325 325+304
Ss 300 304 31B+304 331|Tt 300 304 315 31B|T 308|Uu 307|Zz 300 304 306 308 327
Çç 306|Ûû 304|ÿ 301|Čč 315 323|ē 30D|Īī 301|ō 30D|Žž 326 327|Ḳḳ 304|Ṣṣ 304|Ṭṭ 304|Ạạ 308
Ọọ 308|Ụụ 304 308
"""

DATATYPES = ("A", "B", "C", "D")

_MARK_RANGE = "\u0300-\u036f"
_MARK = re.compile(f"[{_MARK_RANGE}]")


@dataclass(frozen=True, slots=True)
class Fault:
    """The first place in a text that a datatype does not allow."""

    start: int
    length: int


def _code_points(ranges: str) -> frozenset[str]:
    found: set[str] = set()
    for part in ranges.split():
        first, _, last = part.partition("-")
        found.update(chr(code) for code in range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(found)


@cache
def characters(datatype: str) -> frozenset[str]:
    """Every single character the datatype allows."""
    allowed = _code_points(_A)
    for name, more in (("B", _B_ADDS), ("C", _C_ADDS), ("D", _D_ADDS)):
        if datatype < name:
            break
        allowed |= _code_points(more)
    return allowed - _code_points(_D_LACKS) if datatype == "D" else allowed


@cache
def sequences() -> frozenset[str]:
    """Every letter with combining marks that the norm knows, in NFC."""
    found: set[str] = set()
    for entry in _MARKS.replace("\n", "|").strip("|").split("|"):
        letters, *marks = entry.split()
        for mark in marks:
            tail = "".join(chr(int(code, 16)) for code in mark.split("+"))
            found.update(letter + tail for letter in letters)
    return frozenset(found)


@cache
def _allowed(datatype: str) -> re.Pattern[str]:
    letters = "".join(re.escape(one) for one in sorted(characters(datatype)))
    longest_first = sorted(sequences(), key=lambda one: (-len(one), one))
    return re.compile(f"(?:[{letters}](?![{_MARK_RANGE}])|{'|'.join(longest_first)})*")


def first_fault(text: str, datatype: str) -> Fault | None:
    """Where the text (in NFC) leaves the datatype; None if it does not.

    A wrong combining mark is named together with the letter that carries it.
    """
    matched = _allowed(datatype).match(text)
    end = matched.end() if matched else 0
    if end == len(text):
        return None
    marks = 1
    while end + marks < len(text) and _MARK.match(text[end + marks]):
        marks += 1
    return Fault(end, marks)
