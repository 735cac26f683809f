"""Sets of characters in patterns."""

import re


def inside(character: str) -> str:
    """A character so that it means only itself, inside and outside a class."""
    return rf"\x{{{ord(character):X}}}"


LITERAL_ESCAPES = {
    "n": "\n",
    "r": "\r",
    "t": "\t",
    **{sign: sign for sign in "\\|.?*+(){}[]-^$"},
}

# Written as the content of a class. \w of XPath is everything but punctuation, separators and
# control characters.
ESCAPES = {
    "s": r"\x{9}\x{A}\x{D}\x{20}",
    "S": r"\x{0}-\x{8}\x{B}-\x{C}\x{E}-\x{1F}\x{21}-\x{10FFFF}",
    "d": r"\p{Nd}",
    "D": r"\P{Nd}",
    "w": r"\p{L}\p{M}\p{N}\p{S}",
    "W": r"\p{P}\p{Z}\p{C}",
}

NAME_START = (
    r"\x{3A}A-Z_a-z\x{C0}-\x{D6}\x{D8}-\x{F6}\x{F8}-\x{2FF}\x{370}-\x{37D}\x{37F}-\x{1FFF}"
    r"\x{200C}-\x{200D}\x{2070}-\x{218F}\x{2C00}-\x{2FEF}\x{3001}-\x{D7FF}\x{F900}-\x{FDCF}"
    r"\x{FDF0}-\x{FFFD}\x{10000}-\x{EFFFF}"
)
NAME_CHARACTERS = NAME_START + r"\x{2D}\x{2E}0-9\x{B7}\x{300}-\x{36F}\x{203F}-\x{2040}"

CATEGORIES = frozenset(
    {
        "L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No",
        "P", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Z", "Zs", "Zl", "Zp",
        "S", "Sm", "Sc", "Sk", "So", "C", "Cc", "Cf", "Co",
    }
)  # fmt: skip

BLOCKS = {
    "IsBasicLatin": (0x0, 0x7F),
    "IsLatin-1Supplement": (0x80, 0xFF),
    "IsLatinExtended-A": (0x100, 0x17F),
    "IsLatinExtended-B": (0x180, 0x24F),
    "IsIPAExtensions": (0x250, 0x2AF),
    "IsSpacingModifierLetters": (0x2B0, 0x2FF),
    "IsCombiningDiacriticalMarks": (0x300, 0x36F),
    "IsGreek": (0x370, 0x3FF),
    "IsGreekandCoptic": (0x370, 0x3FF),
    "IsCyrillic": (0x400, 0x4FF),
    "IsArmenian": (0x530, 0x58F),
    "IsHebrew": (0x590, 0x5FF),
    "IsArabic": (0x600, 0x6FF),
    "IsGeorgian": (0x10A0, 0x10FF),
    "IsLatinExtendedAdditional": (0x1E00, 0x1EFF),
    "IsGreekExtended": (0x1F00, 0x1FFF),
    "IsGeneralPunctuation": (0x2000, 0x206F),
    "IsCurrencySymbols": (0x20A0, 0x20CF),
}

_LAST = 0x10FFFF
_CODE = r"\\x\{([0-9A-F]+)\}"
_RANGE = re.compile(rf"{_CODE}(?:-{_CODE})?")


def subtracted(found: str, minus: str) -> str | None:
    """The class without another; None where a category would have to be spelt out."""
    kept, dropped = _ranges(found), _ranges(minus)
    if kept is None or dropped is None:
        return None
    result = kept
    for low, high in dropped:
        result = [
            piece
            for start, end in result
            for piece in ((start, min(end, low - 1)), (max(start, high + 1), end))
            if piece[0] <= piece[1]
        ]
    if not result:
        return rf"[^\x{{0}}-\x{{{_LAST:X}}}]"
    return "[" + "".join(f"{inside(chr(a))}-{inside(chr(b))}" for a, b in result) + "]"


def _ranges(written: str) -> list[tuple[int, int]] | None:
    negated = written.startswith("[^")
    content = written[2:-1] if negated else written[1:-1]
    if _RANGE.sub("", content):
        return None
    ranges = [(int(first, 16), int(last or first, 16)) for first, last in _RANGE.findall(content)]
    if not negated:
        return ranges
    free, place = [], 0
    for low, high in sorted(ranges):
        if place < low:
            free.append((place, low - 1))
        place = max(place, high + 1)
    if place <= _LAST:
        free.append((place, _LAST))
    return free
