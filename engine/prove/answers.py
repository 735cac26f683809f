"""Answers before anyone has given them: a variable per question, as wide as its type reads."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from engine.fields.address import GERMANY, reads_part
from engine.fields.complaint import Complaint
from engine.fields.days import FIRST_YEAR, LAST_YEAR
from engine.fields.numerals import MOST_DIGITS, places
from engine.fields.options import positions
from engine.fields.postcode import FIVE_DIGITS
from engine.kinds import Kind
from engine.model import Field
from engine.prove import calendar
from engine.prove.solving import OTHER, Assignment, value_of
from engine.prove.terms import (
    Bool,
    Word,
    among,
    at_most,
    bool_var,
    both,
    either,
    if_int,
    implies,
    int_var,
    no,
    plus,
    same_word,
    word_var,
)
from engine.prove.values import (
    Day,
    Item,
    Items,
    Number,
    Partial,
    Row,
    Text,
    Truth,
    Value,
    is_given,
)
from engine.values import ADDRESS_PARTS


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: what may be answered, and how an example reads as a raw answer."""

    field: Field
    path: str
    value: Value
    read: Callable[[Assignment], Any]  # words that no rule speaks of stay names


def asked(field: Field, path: str, literals: frozenset[str]) -> Asked:
    """The variable of a field; `literals` are all texts that rules speak of."""
    make = _KINDS[field.type.kind]
    value, read = make(field, path, literals)
    given = is_given(value)

    def answer(example: Assignment) -> Any:
        return read(example) if value_of(given, example) else None

    return Asked(field, path, value, answer)


_Made = tuple[Value, Callable[[Assignment], Any]]


def _given(path: str) -> Bool:
    return bool_var(f"{path}?")


def _text(field: Field, path: str, literals: frozenset[str]) -> _Made:
    word = word_var(path, None)
    unreadable = frozenset(one for one in literals if field.type.parse(one, field) != one)
    if unreadable:
        word.facts = (*word.facts, no(among(word, unreadable)))
    return Text(_given(path), word), partial(_free_text, word, literals)


def _free_text(word: Word, literals: frozenset[str], example: Assignment) -> str:
    """A text that is only a value of some list is one that no rule speaks of, here."""
    text = str(value_of(word, example))
    return text if text in literals or is_other(text) else OTHER + text


def _choice(field: Field, path: str, literals: frozenset[str]) -> _Made:
    values = field.options.values if field.options else frozenset()
    word = word_var(path, values)
    return Text(_given(path), word), partial(value_of, word)


def _choices(field: Field, path: str, literals: frozenset[str]) -> _Made:
    values = tuple(positions(field.options)) if field.options else ()
    chosen = [bool_var(f"{path}={value}") for value in values]
    items = tuple(Item(one, Text(True, value)) for one, value in zip(chosen, values, strict=True))
    given = either(*chosen)
    if isinstance(field.maximum, Decimal) and chosen:
        count = plus(*(if_int(one, 1, 0) for one in chosen))
        chosen[0].facts = (at_most(count, int(field.maximum)),)

    def read(example: Assignment) -> list[str]:
        return [value for one, value in zip(chosen, values, strict=True) if value_of(one, example)]

    return Items(given, items), read


def _number(field: Field, path: str, literals: frozenset[str]) -> _Made:
    scale = 10 ** places(field)
    most = 10**MOST_DIGITS * scale - 1
    low = int(field.minimum * scale) if isinstance(field.minimum, Decimal) else -most
    high = int(field.maximum * scale) if isinstance(field.maximum, Decimal) else most
    number = int_var(path, low, high)

    def read(example: Assignment) -> int | str:
        whole, rest = divmod(int(value_of(number, example)), scale)
        return f"{whole + Decimal(rest) / scale:f}" if rest else whole

    return Number(_given(path), number, scale), read


def _date(field: Field, path: str, literals: frozenset[str]) -> _Made:
    low = field.minimum if isinstance(field.minimum, date) else date(FIRST_YEAR, 1, 1)
    high = field.maximum if isinstance(field.maximum, date) else date(LAST_YEAR, 12, 31)
    day = calendar.day_var(path, low.year, high.year)
    _within(day, day, day, low, high)
    return Day(_given(path), day.year, day.month, day.day), partial(_read_day, day)


def _within(owner: Day | Partial, first: Day, last: Day, low: date, high: date) -> None:
    """Limits of the field: of a partly known date, days it can be."""
    year = owner.year
    assert not isinstance(year, int)  # noqa: S101 - a variable
    starts, ends = calendar.day_of(low), calendar.day_of(high)
    year.facts = (
        *year.facts,
        calendar.not_after(starts, last),
        calendar.not_after(first, ends),
    )


def _read_day(day: Day | Partial, example: Assignment) -> str:
    year, month, number = (value_of(one, example) for one in (day.year, day.month, day.day))
    text = f"{year:04d}"
    if month:
        text += f"-{month:02d}"
        if number:
            text += f"-{number:02d}"
    return text


def _partial_date(field: Field, path: str, literals: frozenset[str]) -> _Made:
    known = calendar.partial_var(path, FIRST_YEAR, LAST_YEAR)
    low = field.minimum if isinstance(field.minimum, date) else date(FIRST_YEAR, 1, 1)
    high = field.maximum if isinstance(field.maximum, date) else date(LAST_YEAR, 12, 31)
    _within(known, calendar.earliest(known), calendar.latest(known), low, high)
    value = Partial(_given(path), known.year, known.month, known.day)
    return value, partial(_read_day, known)


def _yes_no(field: Field, path: str, literals: frozenset[str]) -> _Made:
    given, truth = _given(path), bool_var(path)
    return Truth(both(given, truth), both(given, no(truth))), partial(value_of, truth)


def _declaration(field: Field, path: str, literals: frozenset[str]) -> _Made:
    return Truth(_given(path), False), lambda example: True


def _address(field: Field, path: str, literals: frozenset[str]) -> _Made:
    parts: dict[str, Text] = {}
    for name in ADDRESS_PARTS:
        values = field.options.values if name == "staat" and field.options else None
        word = word_var(f"{path}.{name}", values)
        unreadable = frozenset(one for one in literals if not reads_part(name, one))
        if values is None and unreadable:
            word.facts = (*word.facts, no(among(word, unreadable)))
        parts[name] = Text(_given(f"{path}.{name}"), word)
    given = bool_var(f"{path}?")
    staat, plz = parts["staat"], parts["plz"]
    abroad = both(staat.given, no(same_word(staat.word, GERMANY)))
    at_home = both(parts["strasse"].given, plz.given)
    strange = frozenset(one for one in literals if not FIVE_DIGITS.fullmatch(one))
    given.facts = (
        implies(given, parts["ort"].given),
        implies(both(given, no(abroad)), at_home),
        implies(both(given, no(abroad)), no(among(plz.word, strange))),
    )

    def read(example: Assignment) -> dict[str, Any]:
        there = {name: one.word for name, one in parts.items() if value_of(one.given, example)}
        return {
            name: value_of(word, example)
            if name == "staat" and field.options
            else _free_text(word, literals, example)
            for name, word in there.items()
        }

    return Row(given, parts), read


_KINDS: Mapping[Kind, Callable[[Field, str, frozenset[str]], _Made]] = {
    Kind.TEXT: _text,
    Kind.MULTILINE: _text,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.PARTIAL_DATE: _partial_date,
    Kind.YES_NO: _yes_no,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.ADDRESS: _address,
    Kind.DECLARATION: _declaration,
}


def is_other(answer: object) -> bool:
    """Whether it is the name of a text that no rule speaks of."""
    return isinstance(answer, str) and answer.startswith(OTHER)


def reads(field: Field, text: str) -> bool:
    """Whether the field takes exactly this text."""
    found = field.type.parse(text, field)
    return not isinstance(found, Complaint) and found == text
