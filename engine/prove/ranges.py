"""From one example to all that are like it: answers widened as far as the claim stays broken.

A region is a box: a range for each question that matters. It is told as a rule, so that an author
can read it and put it where it belongs.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from engine.fields.options import positions
from engine.prove import calendar
from engine.prove.answers import Asked, is_other
from engine.prove.solving import Assignment, Said, Session, cone, value_of
from engine.prove.terms import (
    Bool,
    BoolTerm,
    IntTerm,
    Part,
    among,
    at_most,
    below,
    both,
    bounds,
    equal,
    no,
    same_word,
)
from engine.prove.values import Day, Items, Number, Partial, Text, Truth, Value, is_given
from engine.prove.world import World
from engine.rules.print import quoted

_LISTED = 6  # words; of more the others are named


@dataclass(frozen=True, slots=True)
class Range:
    """What an answer may be: one of some words, or between two bounds, or exactly as it was."""

    name: str
    value: Value
    is_answered: bool
    words: tuple[str, ...] = ()
    all_words: tuple[str, ...] = ()
    low: int | None = None  # numerators, or ordinals of days; None: as low as the field allows
    high: int | None = None
    exactly: Bool = True
    text: str = ""  # of an exact one

    @property
    def condition(self) -> Bool:
        """As a formula."""
        given = is_given(self.value)
        if not self.is_answered:
            return no(given)
        match self.value:
            case Text(word=word) if self.words:
                return both(given, among(word, frozenset(self.words)))
            case Number(term=term):
                low = True if self.low is None else at_most(self.low, term)
                high = True if self.high is None else at_most(term, self.high)
                return both(given, low, high)
            case Day():
                day = self.value
                low = True if self.low is None else calendar.not_after(_day(self.low), day)
                high = True if self.high is None else calendar.not_after(day, _day(self.high))
                return both(given, low, high)
        return both(given, self.exactly)

    def __str__(self) -> str:
        if not self.is_answered:
            return f"{self.name} = null"
        match self.value:
            case Text() if self.words:
                return self._of_words()
            case Number() | Day():
                return self._of_bounds()
        return f"{self.name} = {self.text}"

    def _of_words(self) -> str:
        if len(self.words) == 1:
            return f"{self.name} = {quoted(self.words[0])}"
        others = tuple(one for one in self.all_words if one not in self.words)
        if len(self.words) > _LISTED and len(others) < len(self.words):
            listed = ", ".join(map(quoted, others))
            without = f" and not({self.name} in ({listed}))" if others else ""
            return f"angegeben({self.name}){without}"
        return f"{self.name} in ({', '.join(map(quoted, self.words))})"

    def _of_bounds(self) -> str:
        low, high = (None if one is None else self._written(one) for one in (self.low, self.high))
        if low is None:
            return f"angegeben({self.name})" if high is None else f"{self.name} <= {high}"
        if high is None:
            return f"{self.name} >= {low}"
        return f"{self.name} = {low}" if low == high else f"{self.name} in [{low}..{high}]"

    def _written(self, bound: int) -> str:
        if isinstance(self.value, Number):
            return f"{(Decimal(bound) / self.value.scale).normalize():f}"
        return f'date("{date.fromordinal(bound).isoformat()}")'


def _day(ordinal: int) -> Day:
    return calendar.day_of(date.fromordinal(ordinal))


def region(
    world: World, formula: Bool, day: Bool, example: Assignment, session: Session
) -> tuple[Range, ...]:
    """The ranges around an example in which the formula always holds, on `day` or on any."""
    names = {str(one.value) for one in cone(formula)}
    today = Asked(None, "stichtag", world.day, lambda _: None)  # type: ignore[arg-type]  # no field
    ranges: dict[str, Range] = {}
    for question in (*world.form.questions, today):
        if _matters(question.value, names):
            ranges[question.path] = _exact(question, example)
    for name, one in list(ranges.items()):
        rest = [other.condition for key, other in ranges.items() if key != name]

        def holds(wider: Range | None, rest: list[Bool] = rest) -> bool:
            conditions = [day, *rest] if wider is None else [day, *rest, wider.condition]
            return session.ask(*conditions, no(formula)).said is Said.NO

        if name == "stichtag" and day is not True:
            if not _needs_day(formula, rest, session):
                del ranges[name]
        elif holds(None):
            del ranges[name]
        elif one.is_answered:
            ranges[name] = _widened(one, holds)
    return tuple(ranges.values())


def _needs_day(formula: Bool, rest: list[Bool], session: Session) -> bool:
    """Whether on another day the other ranges would not do."""
    return session.ask(*rest, no(formula)).said is not Said.NO


def _matters(value: Value, names: set[str]) -> bool:
    return any(str(one.value) in names for one in below(*_parts(value)) if one.op == "var")


def _parts(value: Value) -> tuple[Part, ...]:
    match value:
        case Text(given=given, word=word):
            return (given, word)
        case Number(given=given, term=term):
            return (given, term)
        case Day() | Partial():
            return (value.given, value.year, value.month, value.day)
        case Items(items=items):
            return tuple(one.present for one in items)
        case Truth():
            return (value.is_true, value.is_false)
        case _:
            return (is_given(value),)


def _exact(question: Asked, example: Assignment) -> Range:
    """The answer as it was."""
    value, name = question.value, question.path
    if not value_of(is_given(value), example):
        return Range(name, value, False)
    match value:
        case Text(word=word):
            text = str(value_of(word, example))
            options = question.field.options
            listed = tuple(positions(options)) if options is not None else ()
            if is_other(text):
                return Range(name, value, True, exactly=same_word(word, text), text=quoted("…"))
            return Range(name, value, True, (text,), listed)
        case Number(term=term):
            number = int(value_of(term, example))
            return Range(name, value, True, low=number, high=number)
        case Day():
            parts = (int(value_of(one, example)) for one in (value.year, value.month, value.day))
            ordinal = date(*parts).toordinal()
            return Range(name, value, True, low=ordinal, high=ordinal)
    exactly = both(*(_as_in(one, example) for one in _parts(value)))
    return Range(name, value, True, exactly=exactly, text=_text(question, example))


def _as_in(part: Part, example: Assignment) -> Bool:
    """The part as it is in the example."""
    found = value_of(part, example)
    if isinstance(part, IntTerm):
        return equal(part, int(found))
    if isinstance(part, BoolTerm):
        return part if found else no(part)
    return True


def _text(question: Asked, example: Assignment) -> str:
    answer = question.read(example)
    if isinstance(answer, bool):
        return "true" if answer else "false"
    if isinstance(answer, list):
        return f"[{', '.join(quoted(str(one)) for one in answer)}]"
    return quoted(str(answer)) if isinstance(answer, str) else "…"


def _widened(one: Range, holds: Callable[[Range], bool]) -> Range:
    for word in one.all_words:
        wider = replace(one, words=tuple(w for w in one.all_words if w in (*one.words, word)))
        if word not in one.words and holds(wider):
            one = wider
    if one.low is not None and one.high is not None:
        lowest, highest = _limits(one.value)
        one = _towards(one, "low", lowest, holds)
        one = _towards(one, "high", highest, holds)
    return one


def _limits(value: Value) -> tuple[int, int]:
    if isinstance(value, Number):
        low, high = bounds(value.term)
        return low or 0, high or 0
    assert isinstance(value, Day)  # noqa: S101 - only these two have bounds
    low, high = bounds(value.year)
    return date(low or 1, 1, 1).toordinal(), date(high or 9999, 12, 31).toordinal()


def _towards(one: Range, side: str, limit: int, holds: Callable[[Range], bool]) -> Range:
    """The bound as far out as the claim stays broken; without it, if it goes all the way."""
    free = replace(one, **{side: None})  # type: ignore[arg-type]  # low or high
    if holds(free):
        return free
    good = one.low if side == "low" else one.high
    assert good is not None  # noqa: S101 - asked by the caller
    bad = limit
    while abs(bad - good) > 1:
        middle = (good + bad) // 2
        if holds(replace(one, **{side: middle})):  # type: ignore[arg-type]  # low or high
            good = middle
        else:
            bad = middle
    return replace(one, **{side: good})  # type: ignore[arg-type]  # low or high


def as_rule(ranges: tuple[Range, ...]) -> str:
    """The region as an author would write it."""
    return " and ".join(map(str, ranges)) or "true"
