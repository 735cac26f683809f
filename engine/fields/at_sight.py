"""Texts that are canonical as they come: a pattern says so at sight, most texts people write.

What it does not match is not wrong: the field type's `parse` has the last word.
"""

import re
from itertools import groupby
from typing import TYPE_CHECKING

from engine.fields.din91379 import characters
from engine.fields.plain_patterns import lengths, letters, plain_pattern

if TYPE_CHECKING:
    from engine.model import Field

# Printable, in NFC whatever stands beside them, and but for the blank nothing that is stripped.
SAFE = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xC0, 0x17F))))

_TYPES = frozenset({"text", "name"})


def at_sight(field: "Field") -> str | None:
    """A pattern, linear for Python's engine, whose every match is both answer and value."""
    low = max(field.min_length or 1, 1)
    high = min(field.max_length or field.type.max_length, field.type.max_length)
    if field.type.name not in _TYPES or low > high:
        return None
    datatype = field.datatype or field.type.datatype
    allowed = SAFE & characters(datatype) if datatype else SAFE
    if field.pattern is None:
        first, more = _ranges(allowed - {" "}), _ranges(allowed)
        return f"[{first}][{more}]{{{low - 1},{high - 1}}}(?<! )"
    if plain_pattern(field.pattern) is None or not letters(field.pattern) <= allowed - {" "}:
        return None
    least, most = lengths(field.pattern)
    is_short_enough = most is not None and most <= high
    if low <= least and is_short_enough:
        return field.pattern
    return f"(?=.{{{low},{high}}}$){field.pattern}"


def compiled(patterns: list[str]) -> re.Pattern[str]:
    """One pattern for several texts, one on a line; an empty line matches each.

    Parts are atomic, so that none is tried again when a later one does not match.
    """
    return re.compile("\n".join(f"(?>{one}|)" for one in patterns), re.ASCII | re.MULTILINE)


def _ranges(allowed: frozenset[str]) -> str:
    """The inside of a set: `ab` and `d` as `a-b` and `d-d`."""
    codes = sorted(map(ord, allowed))
    runs = (list(run) for _, run in groupby(enumerate(codes), lambda pair: pair[1] - pair[0]))
    ends = ((chr(run[0][1]), chr(run[-1][1])) for run in runs)
    return "".join(f"{re.escape(first)}-{re.escape(last)}" for first, last in ends)
