"""Words in lines of a given width, without asking a font: the widths are those of Noto Sans."""

import re
from functools import cache

SIZE = 12  # of a letter, in pixels
TITLE_WIDTH = 98
_SPACES = re.compile("[ \\t\\n]+")  # not the one that keeps a number with its unit
_NARROW, _WIDE = frozenset("fijlrt.,;:!|()[]'/I- \u00a0"), frozenset("mwMWÖÄÜOQGDNHU@%§–")


def width_of(text: str) -> int:
    """Pixels, rather too many than too few."""
    factors = (0.36 if one in _NARROW else 0.86 if one in _WIDE else 0.6 for one in text)
    return round(SIZE * sum(factors))


@cache
def lines_of(text: str, width: int) -> tuple[str, ...]:
    """Whole words; one that is longer than a line is divided."""
    lines: list[str] = []
    for word in _SPACES.split(text):
        if not word:
            continue
        first, *rest = _parts(word, width)
        if lines and width_of(f"{lines[-1]} {first}") <= width:
            lines[-1] = f"{lines[-1]} {first}"
        else:
            lines.append(first)
        lines += rest
    return tuple(lines)


def _parts(word: str, width: int) -> list[str]:
    """The word, or pieces of it with hyphens; a hyphen of the author is a good place."""
    if width_of(word) <= width:
        return [word]
    at = word.find("-", 1, -1)
    if at > 0 and width_of(word[: at + 1]) <= width:
        return [word[: at + 1], *_parts(word[at + 1 :], width)]
    size = len(word) - 1
    while size > 2 and width_of(word[:size] + "-") > width:
        size -= 1
    return [word[:size] + "-", *_parts(word[size:], width)] if size > 2 else [word]
