"""Values of rules before anyone has answered: each with the condition under which it is there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import lcm
from typing import TypeAlias

from engine.prove.terms import (
    Bool,
    Int,
    Word,
    alike,
    bool_var,
    both,
    digest_of,
    either,
    equal,
    if_bool,
    if_int,
    if_word,
    no,
    same_word,
    times,
)


@dataclass(frozen=True, slots=True)
class Truth:
    """A condition: true, false, or neither."""

    is_true: Bool
    is_false: Bool


@dataclass(frozen=True, slots=True)
class Number:
    """`term / scale`, exactly; `is_cut`: a division stands in it that decimals cannot express."""

    given: Bool
    term: Int
    scale: int = 1
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar."""

    given: Bool
    year: Int
    month: Int
    day: Int


@dataclass(frozen=True, slots=True)
class Partial:
    """A partly known date: month 0, or day 0, is unknown."""

    given: Bool
    year: Int
    month: Int
    day: Int


@dataclass(frozen=True, slots=True)
class Text:
    """A text, of which only matters which one it is."""

    given: Bool
    word: Word


@dataclass(frozen=True, slots=True)
class Span:
    """A duration: so many months, or so many days."""

    given: Bool
    count: Int
    in_months: bool


@dataclass(frozen=True, slots=True)
class Item:
    """A possible element of a list."""

    present: Bool
    value: "Value"


@dataclass(frozen=True, slots=True)
class Items:
    """A list, looked at as far as its first rows; `more`: there are others behind them."""

    given: Bool
    items: tuple[Item, ...]
    more: Bool = False
    rest: Int = 0  # how many others


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a group, an address."""

    given: Bool
    parts: Mapping[str, "Value"]


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value that formulas cannot express; `key` is the same for the same value."""

    given: Bool
    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class Nothing:
    """`null`."""


NOTHING = Nothing()

Value: TypeAlias = Truth | Number | Day | Partial | Text | Span | Items | Row | Unknown | Nothing

TRUE, FALSE, UNDECIDED = Truth(True, False), Truth(False, True), Truth(False, False)


def is_given(value: Value) -> Bool:
    """Whether there is a value."""
    if isinstance(value, Nothing):
        return False
    if isinstance(value, Truth):
        return either(value.is_true, value.is_false)
    return value.given


def decided(holds: Bool) -> Truth:
    """A condition that is never undecided."""
    return Truth(holds, no(holds))


def opposite(one: Truth) -> Truth:
    """`not`."""
    return Truth(one.is_false, one.is_true)


def all_of(parts: list[Truth]) -> Truth:
    """`and`."""
    return Truth(both(*(one.is_true for one in parts)), either(*(one.is_false for one in parts)))


def one_of(parts: list[Truth]) -> Truth:
    """`or`."""
    return Truth(either(*(one.is_true for one in parts)), both(*(one.is_false for one in parts)))


def guarded(test: Bool, holds: Bool) -> Truth:
    """A condition that is undecided where `test` does not hold."""
    return Truth(both(test, holds), both(test, no(holds)))


def only_if(test: Bool, value: Value) -> Value:
    """The value, or null where the test fails: what is hidden is null."""
    return select(test, value, NOTHING)


def key_of(*values: Value) -> str:
    """The same for the same values."""
    return "|".join(_key(one) for one in values)


def _key(value: Value) -> str:
    match value:
        case Truth(is_true=one, is_false=other):
            return f"t{_hex(one)}{_hex(other)}"
        case Number(given=given, term=term, scale=scale):
            return f"n{_hex(given)}{_hex(term)}/{scale}"
        case Day() | Partial():
            parts_of_day = (value.year, value.month, value.day)
            return f"d{_hex(value.given)}{''.join(map(_hex, parts_of_day))}"
        case Text(given=given, word=word):
            return f"w{_hex(given)}{_hex(word)}"
        case Span(given=given, count=count):
            return f"s{_hex(given)}{_hex(count)}"
        case Items(given=given, items=items, more=more):
            inside = ",".join(f"{_hex(one.present)}{_key(one.value)}" for one in items)
            return f"l{_hex(given)}[{inside}]{_hex(more)}"
        case Row(given=given, parts=parts):
            inside = ",".join(f"{name}:{_key(one)}" for name, one in parts.items())
            return f"r{_hex(given)}{{{inside}}}"
        case Unknown(given=given, key=key):
            return f"u{_hex(given)}{key}"
        case _:
            return "0"


def _hex(part: Bool | Int | Word) -> str:
    return digest_of(part).hex()


def unknown_truth(key: str, reason: str, given: Bool = True) -> Truth:
    """A condition about something that formulas cannot express."""
    return guarded(given, bool_var(f"?{key}", reason))


def any_truth(key: str, reason: str) -> Truth:
    """True, false or undecided: nobody knows."""
    return unknown_truth(key, reason, unknown_truth(f"{key}given", reason).is_true)


def chosen(test: Bool, then: Truth, otherwise: Truth) -> Truth:
    """One of two conditions."""
    return Truth(
        if_bool(test, then.is_true, otherwise.is_true),
        if_bool(test, then.is_false, otherwise.is_false),
    )


def same(one: Value, other: Value) -> Truth:
    """`=`: two nulls are equal, null and a value are not."""
    if isinstance(one, Nothing) or isinstance(other, Nothing):
        return decided(both(no(is_given(one)), no(is_given(other))))
    there = both(is_given(one), is_given(other))
    equals = _equal(one, other)
    neither = both(no(is_given(one)), no(is_given(other)))
    if equals is None:
        if not _are_comparable(one, other):
            return Truth(neither, both(no(neither), no(there)))
        unknown = bool_var(f"?={key_of(one, other)}", _reason(one, other))
        holds = either(neither, both(there, unknown))
    else:
        holds = either(neither, both(there, equals))
    return decided(holds)


def _are_comparable(one: Value, other: Value) -> bool:
    return isinstance(one, Unknown) or isinstance(other, Unknown) or type(one) is type(other)


def _reason(*values: Value) -> str:
    reasons = [one.reason for one in values if isinstance(one, Unknown)]
    return reasons[0] if reasons else "list"


def _equal(one: Value, other: Value) -> Bool | None:
    """Whether two values that are there are equal; None: formulas cannot say."""
    match one, other:
        case Truth(), Truth():
            return alike(one.is_true, other.is_true)
        case Number(), Number() if not (one.is_cut or other.is_cut):
            left, right, _ = levelled(one, other)
            return equal(left, right)
        case (Day(), Day()) | (Partial(), Partial()):
            return _same_parts(one, other)  # type: ignore[arg-type]  # just matched
        case Text(), Text():
            return same_word(one.word, other.word)
        case Span(), Span() if one.in_months == other.in_months:
            return equal(one.count, other.count)
        case _:
            return None


def _same_parts(one: Day | Partial, other: Day | Partial) -> Bool:
    pairs = ((one.year, other.year), (one.month, other.month), (one.day, other.day))
    return both(*(equal(left, right) for left, right in pairs))


def levelled(one: Number, other: Number) -> tuple[Int, Int, int]:
    """Both numerators over one scale."""
    scale = lcm(one.scale, other.scale)
    return (
        times(scale // one.scale, one.term),
        times(scale // other.scale, other.term),
        scale,
    )


def select(test: Bool, then: Value, otherwise: Value) -> Value:
    """One of two values."""
    if isinstance(test, bool):
        return then if test else otherwise
    if isinstance(then, Nothing) and isinstance(otherwise, Nothing):
        return NOTHING
    if isinstance(then, Nothing):
        return _limited(no(test), otherwise)
    if isinstance(otherwise, Nothing):
        return _limited(test, then)
    choose = _SELECT.get(type(then))
    if choose is None or type(then) is not type(otherwise):
        return _either_unknown(test, then, otherwise)
    return choose(test, then, otherwise)


def _either_unknown(test: Bool, then: Value, otherwise: Value) -> Value:
    given = if_bool(test, is_given(then), is_given(otherwise))
    key = f"?{_hex(test)}{key_of(then, otherwise)}"
    return Unknown(given, key, _reason(then, otherwise))


def _limited(test: Bool, value: Value) -> Value:
    match value:
        case Truth():
            return Truth(both(test, value.is_true), both(test, value.is_false))
        case Number():
            return Number(both(test, value.given), value.term, value.scale, value.is_cut)
        case Day():
            return Day(both(test, value.given), value.year, value.month, value.day)
        case Partial():
            return Partial(both(test, value.given), value.year, value.month, value.day)
        case Text():
            return Text(both(test, value.given), value.word)
        case Span():
            return Span(both(test, value.given), value.count, value.in_months)
        case Items():
            return Items(both(test, value.given), value.items, value.more, value.rest)
        case Row():
            return Row(both(test, value.given), value.parts)
        case Unknown():
            return Unknown(both(test, value.given), value.key, value.reason)
        case _:
            return value


def _select_number(test: Bool, one: Number, other: Number) -> Value:
    left, right, scale = levelled(one, other)
    given = if_bool(test, one.given, other.given)
    return Number(given, if_int(test, left, right), scale, one.is_cut or other.is_cut)


def _select_span(test: Bool, one: Span, other: Span) -> Value:
    if one.in_months is not other.in_months:
        return _either_unknown(test, one, other)
    given = if_bool(test, one.given, other.given)
    return Span(given, if_int(test, one.count, other.count), one.in_months)


def _select_items(test: Bool, one: Items, other: Items) -> Value:
    items = [Item(both(test, item.present), item.value) for item in one.items]
    items += [Item(both(no(test), item.present), item.value) for item in other.items]
    return Items(
        if_bool(test, one.given, other.given),
        tuple(items),
        if_bool(test, one.more, other.more),
        if_int(test, one.rest, other.rest),
    )


def _select_row(test: Bool, one: Row, other: Row) -> Value:
    parts = {
        name: select(test, one.parts.get(name, NOTHING), other.parts.get(name, NOTHING))
        for name in dict.fromkeys((*one.parts, *other.parts))
    }
    return Row(if_bool(test, one.given, other.given), parts)


def _select_day(test: Bool, one: Day, other: Day) -> Value:
    return Day(*_parts_of_days(test, one, other))


def _select_partial(test: Bool, one: Partial, other: Partial) -> Value:
    return Partial(*_parts_of_days(test, one, other))


def _parts_of_days(
    test: Bool, one: Day | Partial, other: Day | Partial
) -> tuple[Bool, Int, Int, Int]:
    return (
        if_bool(test, one.given, other.given),
        if_int(test, one.year, other.year),
        if_int(test, one.month, other.month),
        if_int(test, one.day, other.day),
    )


def _select_text(test: Bool, one: Text, other: Text) -> Value:
    return Text(if_bool(test, one.given, other.given), if_word(test, one.word, other.word))


_SELECT: Mapping[type, Callable[..., Value]] = {
    Truth: chosen,
    Number: _select_number,
    Day: _select_day,
    Partial: _select_partial,
    Text: _select_text,
    Span: _select_span,
    Items: _select_items,
    Row: _select_row,
}
