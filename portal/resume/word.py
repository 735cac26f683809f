"""The secret word that an applicant chooses for their code.

It is chosen, not made: two things that we make stand on one sheet and are photographed together,
and then the second one keeps nobody out. It is a word or a number in any script, because that is
what people know from their telephone, and it is shown while it is typed, because whoever types it
on a small strange keyboard must see it. What others know of somebody is refused: dates and answers
of the application, rows of digits, one letter many times.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping

SHORTEST = 6
LONGEST = 100
_ROWS = ("01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertzuiopasdfghjklyxcvbnm")
_OFTEN = frozenset({"passwort", "password", "geheim", "geheimwort", "secret", "qwerty", "iloveyou"})
_LEAST_DIGITS = 4  # of a date or number in the answers that is looked for in the word


def normal(text: str) -> str:
    """The word as it counts: any keyboard, capitals and blanks make no difference."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(_digit(one) for one in plain if not one.isspace() and one.isprintable())


def fault(text: str, answers: Mapping[str, object]) -> str:
    """Why a word is not taken, as the end of a text's key; "" if it is."""
    word = normal(text)
    if not word:
        return "missing"
    if len(word) < SHORTEST or len(word) > LONGEST:
        return "short"
    if len(set(word)) < 3 or word in _OFTEN or any(word in row + row[::-1] for row in _ROWS):
        return "simple"
    return "known" if _is_known(word, answers) else ""


def _is_known(word: str, answers: Mapping[str, object]) -> bool:
    digits = "".join(re.findall(r"\d", word))
    only_digits = len(digits) == sum(one not in ".-/" for one in word)
    for value in _values(answers):
        if word == value:
            return True
        if only_digits and digits in _spellings(value):
            return True
    return False


def _values(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        for one in value.values():
            yield from _values(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _values(one)
    elif value is not None and not isinstance(value, bool):
        yield normal(str(value))


def _spellings(value: str) -> set[str]:
    """Digits of a number, or of a date in the orders that people write it in."""
    digits = "".join(re.findall(r"\d", value))
    found = {digits} if len(digits) >= _LEAST_DIGITS else set()
    date = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", value)
    if date:
        year, month, day = date.groups()
        for short in (year, year[2:]):
            found |= {day + month + short, month + day + short, short + month + day}
            found |= {day.lstrip("0") + month.lstrip("0") + short}
    return found


def _digit(one: str) -> str:
    """Digits of all scripts are the same digits."""
    return str(unicodedata.digit(one)) if one.isdigit() else one
