"""Generated code that reads raw answers: what is canonical already passes at once.

Everything else goes to the field type's `parse`. A type without an entry here is always parsed.

    if not (v1.__class__ is str and v1 in C2) and v1 is not None:
        v1 = read(F3, v1, 'parkzone', U)
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from engine.fields.days import FIRST_YEAR, LAST_YEAR
from engine.fields.numerals import MOST_DIGITS
from engine.fields.options import positions
from engine.fields.patterns import tester
from engine.fields.plain_patterns import has_only_visible
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
            with self._text.block(f"if not ({passes}) and {name} is not None"):
                self._text.line(f"{name} = {read}")
        elif one.type.name == "date":
            self._day(one, name, read)
        elif one.type.name == "integer":
            self._whole(one, name, read)
        else:
            with self._text.block(f"if {name} is not None"):
                self._text.line(f"{name} = {read}")

    def _day(self, one: Field, name: str, read: str) -> None:
        low = one.minimum if isinstance(one.minimum, date) else date(FIRST_YEAR, 1, 1)
        high = one.maximum if isinstance(one.maximum, date) else date(LAST_YEAR, 12, 31)
        spelt = f"{name}.__class__ is str and len({name}) == 10 and {name}[7] == '-'"
        within = f"{low.isoformat()!r} <= {name} <= {high.isoformat()!r}"
        with self._text.block(f"if {spelt} and {within}"):
            with self._text.block("try"):
                self._text.line(f"{name} = iso({name})")
            with self._text.block("except ValueError"):
                self._text.line(f"{name} = {read}")
        with self._text.block(f"elif {name} is not None"):
            self._text.line(f"{name} = {read}")

    def _whole(self, one: Field, name: str, read: str) -> None:
        low = int(one.minimum) if isinstance(one.minimum, Decimal) else -_LARGEST
        high = int(one.maximum) if isinstance(one.maximum, Decimal) else _LARGEST
        with self._text.block(f"if {name}.__class__ is int and {low} <= {name} <= {high}"):
            self._text.line(f"{name} = whole[{name}]")
        with self._text.block(f"elif {name} is not None"):
            self._text.line(f"{name} = {read}")

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
    test = f"{name}.__class__ is str and {low} <= len({name}) <= {high}"
    if one.type.datatype or one.datatype:
        test += f" and {name}.isascii() and {name}.isalpha()"
    elif one.pattern is None or not has_only_visible(one.pattern):
        test += f" and {name}.isascii() and {name}.isprintable() and {name}[0] != ' ' != {name}[-1]"
    if one.pattern is not None:
        test += f" and {text.constant(tester(one.pattern), 'M')}({name})"
    return test


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
