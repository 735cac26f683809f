"""The name of a file as data only (R40)."""

import re
import unicodedata

LONGEST = 120
_FORBIDDEN = re.compile(r"[/\\:*?\"<>|]")
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
_NAMELESS = "datei"


def clean_name(name: str) -> str:
    """No path, no control or direction signs, no name that a system keeps for itself, short."""
    last = re.split(r"[/\\]", name)[-1]
    normal = unicodedata.normalize("NFC", last[: 4 * LONGEST] if len(last) < 2000 else last[-400:])
    plain = "".join(sign for sign in normal if unicodedata.category(sign)[0] != "C")
    plain = _FORBIDDEN.sub("_", plain).strip(" .")
    if _RESERVED.fullmatch(plain):
        plain = f"_{plain}"
    stem, dot, ending = plain.rpartition(".")
    room = LONGEST - len(ending) - 1
    if not dot or room < 1:
        return plain[:LONGEST] or _NAMELESS
    return f"{stem[:room]}{dot}{ending}"


def ending_of(name: str) -> str:
    """What stands behind the last dot, in small letters."""
    return name.rpartition(".")[2].lower() if "." in name else ""
