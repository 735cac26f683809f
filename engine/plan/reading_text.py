"""Generated code that reads raw answers: what is canonical already passes at a glance.

Everything else goes to the field type's `parse`.

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

from engine.answers.read import SPARE_ROWS
from engine.fields.at_sight import at_sight, compiled
from engine.fields.numerals import MOST_DIGITS
from engine.fields.options import positions
from engine.fields.patterns import tester
from engine.kinds import Kind
from engine.model import Field, Group
from engine.plan.places import Place
from engine.plan.source_text import SourceText

GAP = "gap"  # the variable that says whether a required answer is missing
MOST_TOGETHER = 30  # more of them would not be handed over as they stand, but gathered first
_LARGEST = 10**MOST_DIGITS - 1


@dataclass(frozen=True, slots=True)
class Glance:
    """How a canonical answer is told at a glance."""

    test: str
    value: str = ""  # what it stands for, if not for itself


class ReadingText:
    """Writes the lines that make a raw answer canonical."""

    def __init__(self, text: SourceText, read_by_rules: frozenset[str]) -> None:
        self._text = text
        self._read_by_rules = read_by_rules
        self._later: list[_Later] = []

    def field(self, one: Field, name: str, place: Place) -> None:
        """`name` holds the raw answer before and the value after.

        Outside rows a whole number stays an int, and texts that no rule reads wait for `texts`.
        """
        if place.numbers:
            self._look(one, name, place.path_of(one.id), _glance(one, name, self._text))
            return
        pattern = at_sight(one)
        if pattern is not None and one.id not in self._read_by_rules:
            self._later.append(_Later(one, name, place.path_of(one.id), pattern))
            self._look(one, name, place.path_of(one.id), Glance(name))
            return
        glance = _glance(one, name, self._text)
        if one.type.name == "integer":
            place.names.whole(one.id, name)
            glance = Glance(glance.test)
        self._look(one, name, place.path_of(one.id), glance)

    def texts(self) -> None:
        """Looks at the waiting texts, many at once: most are canonical as they come."""
        for first in range(0, len(self._later), MOST_TOGETHER):
            some = self._later[first : first + MOST_TOGETHER]
            pattern = compiled([one.pattern for one in some]).fullmatch
            matches = self._text.constant(pattern, "M")
            given = "".join(f"{one.name} or '', " for one in some)
            with self._text.block("try"):
                self._text.line(f"fine = {matches}('\\n'.join(({given})))")
            with self._text.block("except TypeError"):
                self._text.line("fine = None  # not all of them are texts")
            with self._text.block("if fine is None"):
                for one in some:
                    glance = _glance(one.field, one.name, self._text)
                    self._look(one.field, one.name, one.path, glance, is_given=True)
        self._later.clear()

    def _look(
        self, one: Field, name: str, path: str, glance: Glance, *, is_given: bool = False
    ) -> None:
        """Takes what is canonical at a glance and parses the rest; `is_given`: if there is any."""
        must = is_required(one)
        skips = is_given or not must
        if glance.value:
            with self._text.block(f"if {glance.test}"):
                self._text.line(f"{name} = {glance.value}")
            otherwise = f"elif {name} is not None" if skips else "else"
        else:
            otherwise = f"if {f'{name} is not None and ' if skips else ''}not ({glance.test})"
        with self._text.block(otherwise):
            known = self._text.constant(one, "F")
            self._text.line(f"{name} = read({known}, {name}, {path}, U)")
            if must:
                with self._text.block(f"if {name} {unanswered(one)}"):
                    self._text.line(f"{GAP} = True")

    def rows(self, group: Group, raw: str, path: str) -> str:
        """The variable with the rows of a group, as many as can be looked at."""
        rows = self._text.name("q")
        known = self._text.constant(group, "F")
        self._text.line(f"{rows} = {raw}")
        most = group.maximum + SPARE_ROWS
        with self._text.block(f"if {rows}.__class__ is not list or len({rows}) > {most}"):
            self._text.line(f"{rows} = read_rows({known}, {rows}, {path}, U)")
        return rows

    def row(self, row: str, path: str) -> None:
        """A row that is none is empty; `path` ends in a dot."""
        with self._text.block(f"if {row}.__class__ is not dict"):
            self._text.line(f"{row} = read_row({row}, ({path})[:-1], U)")


@dataclass(frozen=True, slots=True)
class _Later:
    field: Field
    name: str
    path: str
    pattern: str


def is_required(one: Field) -> bool:
    """Whether the field must be answered wherever it is shown."""
    return one.required and one.required_if is None and not one.internal


def unanswered(one: Field) -> str:
    """Python behind the value: whether it is none."""
    return "is not True" if one.type.kind is Kind.DECLARATION else "is None"


def _glance(one: Field, name: str, text: SourceText) -> Glance:
    """Types without an entry are always parsed."""
    known = _GLANCES.get(one.type.name)
    return known(one, name, text) if known else Glance("False")


def _choice(one: Field, name: str, text: SourceText) -> Glance:
    values = frozenset(positions(one.options)) if one.options else frozenset()
    return Glance(f"{name}.__class__ is str and {name} in {text.constant(values, 'C')}")


def _plain_text(one: Field, name: str, text: SourceText) -> Glance:
    low = max(one.min_length or 1, 1)
    high = min(one.max_length or one.type.max_length, one.type.max_length)
    test = f"{name}.__class__ is str and {low} <= len({name}) <= {high}"
    has_datatype = bool(one.type.datatype or one.datatype)
    plain = f"{name}.isascii() and {name}.isprintable() and {name}.strip() == {name}"
    pattern = at_sight(one)
    if pattern is not None:
        matches = f"{text.constant(compiled([pattern]).fullmatch, 'M')}({name})"
        is_free = one.pattern is None and not has_datatype
        return Glance(f"{test} and ({plain} or {matches})" if is_free else f"{test} and {matches}")
    letters = f"{name}.isascii() and {name}.isalpha()"
    test += f" and {letters if has_datatype else plain}"
    if one.pattern is not None:
        test += f" and {text.constant(tester(one.pattern), 'M')}({name})"
    return Glance(test)


def _day(one: Field, name: str, text: SourceText) -> Glance:
    test = f"{name}.__class__ is str and (day := days[{name}])"
    if isinstance(one.minimum, date):
        test += f" and day >= {text.constant(one.minimum, 'D')}"
    if isinstance(one.maximum, date):
        test += f" and day <= {text.constant(one.maximum, 'D')}"
    return Glance(test, "day")


def _whole(one: Field, name: str, text: SourceText) -> Glance:
    low, high = -_LARGEST, _LARGEST
    if isinstance(one.minimum, Decimal):
        low = max(low, ceil(one.minimum))
    if isinstance(one.maximum, Decimal):
        high = min(high, floor(one.maximum))
    within = f"{low} <= {name} and {name} <= {high}"
    return Glance(f"{name}.__class__ is int and {within}", f"whole[{name}]")


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
