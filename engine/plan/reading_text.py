"""Generated code that reads raw answers: what is canonical already passes at once.

Everything else goes to the field type's `parse`. A type without an entry here is always parsed.

    if not (v1.__class__ is str and v1 in C2):
        v1 = read(F3, v1, 'parkzone', U)
        if v1 is None:
            gap = True
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import ceil, floor

from engine.fields.days import FIRST_YEAR, LAST_YEAR
from engine.fields.numerals import MOST_DIGITS
from engine.fields.options import positions
from engine.fields.patterns import tester
from engine.fields.plain_patterns import has_only_visible
from engine.kinds import Kind
from engine.model import Field, Group
from engine.plan.places import Place
from engine.plan.source_text import SourceText

GAP = "gap"  # the variable that says whether a required answer is missing
_LARGEST = 10**MOST_DIGITS - 1


@dataclass(frozen=True, slots=True)
class Glance:
    """How a canonical answer is told at a glance."""

    test: str
    value: str = ""  # what it stands for, if not for itself


class ReadingText:
    """Writes the lines that make a raw answer canonical."""

    def __init__(self, text: SourceText) -> None:
        self._text = text

    def field(self, one: Field, name: str, place: Place) -> None:
        """`name` holds the raw answer before and the value after.

        Outside rows a whole number stays an int.
        """
        glance = _GLANCES.get(one.type.name, _in_vain)(one, name, self._text)
        is_int = one.type.name == "integer" and not place.numbers
        if is_int:
            place.names.whole(one.id, name)
        must = is_required(one)
        if glance.value and not is_int:
            with self._text.block(f"if {glance.test}"):
                self._text.line(f"{name} = {glance.value}")
            otherwise = "else" if must else f"elif {name} is not None"
        elif must:
            otherwise = f"if not ({glance.test})"
        else:
            otherwise = f"if {name} is not None and not ({glance.test})"
        with self._text.block(otherwise):
            self._slowly(one, name, place.path_of(one.id))
            if must:
                with self._text.block(f"if {name} {unanswered(one)}"):
                    self._text.line(f"{GAP} = True")

    def _slowly(self, one: Field, name: str, path: str) -> None:
        self._text.line(f"{name} = read({self._text.constant(one, 'F')}, {name}, {path}, U)")

    def rows(self, group: Group, raw: str, path: str) -> str:
        """Python for the readable rows of a group."""
        return f"read_rows({self._text.constant(group, 'F')}, {raw}, {path}, U)"


def is_required(one: Field) -> bool:
    """Whether the field must be answered wherever it is shown."""
    return one.required and one.required_if is None and not one.internal


def unanswered(one: Field) -> str:
    """Python behind the value: whether it is none."""
    return "is not True" if one.type.kind is Kind.DECLARATION else "is None"


def _in_vain(one: Field, name: str, text: SourceText) -> Glance:
    return Glance("False")


def _choice(one: Field, name: str, text: SourceText) -> Glance:
    values = frozenset(positions(one.options)) if one.options else frozenset()
    return Glance(f"{name}.__class__ is str and {name} in {text.constant(values, 'C')}")


def _plain_text(one: Field, name: str, text: SourceText) -> Glance:
    """ASCII without blanks at its ends; only letters where a datatype says which."""
    low = max(one.min_length or 1, 1)
    high = min(one.max_length or one.type.max_length, one.type.max_length)
    size = f"{low} <= len({name}) <= {high}" if low != high else f"len({name}) == {low}"
    test = f"{name}.__class__ is str and {size}"
    if one.type.datatype or one.datatype:
        test += f" and {name}.isascii() and {name}.isalpha()"
    elif one.pattern is None or not has_only_visible(one.pattern):
        test += f" and {name}.isascii() and {name}.isprintable() and {name}.strip() == {name}"
    if one.pattern is not None:
        test += f" and {text.constant(tester(one.pattern), 'M')}({name})"
    return Glance(test)


def _day(one: Field, name: str, text: SourceText) -> Glance:
    low, high = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
    if isinstance(one.minimum, date):
        low = max(low, one.minimum)
    if isinstance(one.maximum, date):
        high = min(high, one.maximum)
    within = f"{low.isoformat()!r} <= {name} <= {high.isoformat()!r}"
    return Glance(f"{name}.__class__ is str and {within} and (day := days[{name}])", "day")


def _whole(one: Field, name: str, text: SourceText) -> Glance:
    low, high = -_LARGEST, _LARGEST
    if isinstance(one.minimum, Decimal):
        low = max(low, ceil(one.minimum))
    if isinstance(one.maximum, Decimal):
        high = min(high, floor(one.maximum))
    return Glance(f"{name}.__class__ is int and {low} <= {name} <= {high}", f"whole[{name}]")


_GLANCES: Mapping[str, Callable[[Field, str, SourceText], Glance]] = {
    "text": _plain_text,
    "multiline": _plain_text,
    "name": _plain_text,
    "choice": _choice,
    "country": _choice,
    "yes_no": lambda one, name, text: Glance(f"{name} is True or {name} is False"),
    "declaration": lambda one, name, text: Glance(f"{name} is True"),
    "date": _day,
    "integer": _whole,
}
