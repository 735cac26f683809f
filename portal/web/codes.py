"""Codes that people copy by hand: how they are made, and how they may be typed."""

import hashlib
import hmac

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # nothing that looks like something else
_LENGTH = 12  # 60 bits: five for each letter


def code_from(key: bytes, purpose: str, length: int = _LENGTH) -> str:
    """A code that follows from the portal's key: the same whenever it is asked for again."""
    drawn = hmac.new(key, purpose.encode(), hashlib.sha256).digest()
    return _in_fours("".join(LETTERS[one % len(LETTERS)] for one in drawn[:length]))


def typed(text: str) -> str:
    """A code as it was typed: small letters, spaces and forgotten hyphens are forgiven."""
    return _in_fours("".join(one for one in text.upper() if one.isascii() and one.isalnum())[:40])


def _in_fours(letters: str) -> str:
    return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))
