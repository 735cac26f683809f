"""Generated code that reads raw answers: what is canonical already passes at once.

Everything else goes to the field type's `parse`. A type without an entry here is always parsed.

    if v1 is not None and not (v1.__class__ is str and v1 in C2):
        v1 = read(F3, v1, 'parkzone', U)
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from engine.fields.days import FIRST_YEAR, LAST_YEAR
from engine.fields.numerals import MOST_DIGITS
from engine.fields.options import positions
from engine.fields.patterns import tester
from engine.model import Field, Group
from engine.plan.source_text import SourceText

_LARGEST = 10**MOST_DIGITS - 1


class ReadingText:
    """Writes the lines that make a raw answer canonical."""

    def __init__(self, text: SourceText) -> None:
        self._text = text

    def field(self, one: Field, name: str, path: str) -> None:
        """`name` holds the raw answer before and the value after."""
        known = self._text.constant(one, "F")
        read = f"read({known}, {name}, {path}, U)"
        test = _TESTS.get(one.type.name)
        if test is not None:
            passes = test(one, name, self._text)
            with self._text.block(f"if {name} is not None and not ({passes})"):
                self._text.line(f"{name} = {read}")
            return
        made = _MADE.get(one.type.name)
        with self._text.block(f"if {name} is not None"):
            self._text.line(f"{name} = {made(one, name, read) if made else read}")

    def rows(self, group: Group, raw: str, path: str) -> str:
        """Python for the readable rows of a group."""
        return f"read_rows({self._text.constant(group, 'F')}, {raw}, {path}, U)"


def _choice(one: Field, name: str, text: SourceText) -> str:
    values = frozenset(positions(one.options)) if one.options else frozenset()
    return f"{name}.__class__ is str and {name} in {text.constant(values, 'C')}"


def _plain_text(one: Field, name: str, text: SourceText) -> str:
    """ASCII without blanks at its ends; only letters where a datatype says which."""
    low = max(one.min_length or 1, 1)
    high = min(one.max_length or one.type.max_length, one.type.max_length)
    letters = f"{name}.isalpha()" if one.type.datatype or one.datatype else f"printable({name})"
    test = f"{name}.__class__ is str and {low} <= len({name}) <= {high} and {name}.isascii()"
    test += f" and {letters}"
    if one.pattern is not None:
        test += f" and {text.constant(tester(one.pattern), 'M')}({name})"
    return test


def _day(one: Field, name: str, read: str) -> str:
    low, high = (
        bound.isoformat() if isinstance(bound, date) else otherwise
        for bound, otherwise in (
            (one.minimum, f"{FIRST_YEAR}-01-01"),
            (one.maximum, f"{LAST_YEAR}-12-31"),
        )
    )
    return f"quick_day({name}, {low!r}, {high!r}) or {read}"


def _whole(one: Field, name: str, read: str) -> str:
    low = int(one.minimum) if isinstance(one.minimum, Decimal) else -_LARGEST
    high = int(one.maximum) if isinstance(one.maximum, Decimal) else _LARGEST
    test = f"{name}.__class__ is int and {low} <= {name} <= {high}"
    return f"Decimal({name}) if {test} else {read}"


# Types whose canonical answers are their raw ones: a test whether it is one.
_TESTS: Mapping[str, Callable[[Field, str, SourceText], str]] = {
    "text": _plain_text,
    "multiline": _plain_text,
    "name": _plain_text,
    "choice": _choice,
    "country": _choice,
    "yes_no": lambda one, name, text: f"{name} is True or {name} is False",
    "declaration": lambda one, name, text: f"{name} is True",
}
# Types whose values are quickly made from the usual spelling.
_MADE: Mapping[str, Callable[[Field, str, str], str]] = {"date": _day, "integer": _whole}
