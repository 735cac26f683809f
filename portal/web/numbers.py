"""Numbers of forms: what a form makes follows from its number, so a second press makes the same."""

import re
import secrets

_NUMBER = re.compile(r"[0-9a-f]{32}")


def new_number() -> str:
    """The number of a new form."""
    return secrets.token_hex(16)


def read_number(text: str) -> str:
    """The number as posted; a new one if it is none of ours."""
    return text if _NUMBER.fullmatch(text) else new_number()
