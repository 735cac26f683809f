"""Whether people can read one colour on another (WCAG 2.2, 1.4.3: 4.5 to 1 for text)."""

import re
from typing import Final

READABLE: Final = 4.5
_WHITE: Final = (255, 255, 255)
_HEX = re.compile(r"#[0-9a-fA-F]{6}")

Colour = tuple[int, int, int]  # red, green, blue: 0 to 255


def colour(text: str) -> Colour | None:
    """`#7a1f3d` as numbers; None if it is not written like that."""
    if not _HEX.fullmatch(text):
        return None
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def as_text(one: Colour) -> str:
    """`#7a1f3d`."""
    return "#{:02x}{:02x}{:02x}".format(*one)


def contrast(one: Colour, other: Colour) -> float:
    """The ratio of WCAG 2.2: 1 (the same) to 21 (black on white)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def lightened(one: Colour, background: Colour) -> Colour:
    """The same colour with as much white as it takes to be read on a dark background."""
    for part in range(101):
        mixed = _mixed(one, part / 100)
        if contrast(mixed, background) >= READABLE:
            return mixed
    return _WHITE


def _mixed(one: Colour, white: float) -> Colour:
    red, green, blue = (round(value + (255 - value) * white) for value in one)
    return red, green, blue


def _luminance(one: Colour) -> float:
    red, green, blue = (_linear(value / 255) for value in one)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
