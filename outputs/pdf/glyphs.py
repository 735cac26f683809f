"""Which characters our fonts can show. A PDF/A must not contain a glyph that is not there."""

import struct
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

MOST_NAMED = 12

MOST_NAMED = 12

_UNICODE_FULL, _UNICODE_BMP = (3, 10), (3, 1)  # platform and encoding of a character map


def characters(font: bytes) -> frozenset[int]:
    """Code points a TrueType font has glyphs for, from its `cmap` table."""
    table = _table(font, b"cmap")
    (count,) = struct.unpack_from(">H", table, 2)
    maps = {
        (platform, encoding): offset
        for platform, encoding, offset in (
            struct.unpack_from(">HHI", table, 4 + 8 * number) for number in range(count)
        )
    }
    for wanted in (_UNICODE_FULL, _UNICODE_BMP):
        if wanted in maps:
            return frozenset(_code_points(table, maps[wanted]))
    return frozenset()


def _table(font: bytes, tag: bytes) -> bytes:
    (count,) = struct.unpack_from(">H", font, 4)
    for number in range(count):
        name, _, offset, length = struct.unpack_from(">4sIII", font, 12 + 16 * number)
        if name == tag:
            return font[offset : offset + length]
    raise ValueError(f"not a TrueType font: no {tag.decode()} table")


def _code_points(table: bytes, offset: int) -> Iterator[int]:
    (kind,) = struct.unpack_from(">H", table, offset)
    if kind == 12:
        (groups,) = struct.unpack_from(">I", table, offset + 12)
        for number in range(groups):
            first, last, _ = struct.unpack_from(">III", table, offset + 16 + 12 * number)
            yield from range(first, last + 1)
    elif kind == 4:
        (double,) = struct.unpack_from(">H", table, offset + 6)
        ends = struct.unpack_from(f">{double // 2}H", table, offset + 14)
        starts = struct.unpack_from(f">{double // 2}H", table, offset + 16 + double)
        for first, last in zip(starts, ends, strict=True):
            yield from range(first, min(last, 0xFFFE) + 1)


@lru_cache(maxsize=4)
def showable(families: tuple[tuple[Path, ...], ...]) -> frozenset[int]:
    """Characters that every weight can show: each weight is a tuple of fonts, first one wins."""
    weights = [
        frozenset[int]().union(*(characters(file.read_bytes()) for file in files))
        for files in families
    ]
    return frozenset.intersection(*weights)


def replace_missing(text: str, known: frozenset[int]) -> str:
    """What cannot be shown is named instead: the reader sees that, and what, is missing."""
    return "".join(_runs(text, known))


def can_show(text: str, known: frozenset[int]) -> bool:
    """Whether all of it can be shown."""
    return all(_is_known(one, known) for one in text)


def _runs(text: str, known: frozenset[int]) -> Iterator[str]:
    missing: list[str] = []
    for one in (*text, None):
        if one is not None and not _is_known(one, known):
            missing.append(one)
            continue
        if missing:
            yield note(missing)
            missing = []
        if one is not None:
            yield one


def note(missing: Sequence[str]) -> str:
    """The words that stand for characters no font here has."""
    named = [f"U+{ord(one):04X}" for one in missing]
    points = " ".join(named[:MOST_NAMED] + ["…"] * (len(named) > MOST_NAMED))
    return f"[nicht darstellbar: {points}]"


def _is_known(one: str, known: frozenset[int]) -> bool:
    return one in "\n\t" or ord(one) in known
