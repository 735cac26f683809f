"""Answers as such: each option, the limits of numbers and rows, 29 February, rare letters."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from engine.coverage.goals import AnswerWish, Goal, ResultWish, Section
from engine.coverage.spot import Seen, World
from engine.fields.options import positions
from engine.kinds import Kind
from engine.model import Field, Group, Item
from engine.plan import Plan
from engine.sample.tree import plain, value_at
from engine.source import Span
from engine.values import PartialDate

LONGEST_LIST = 40  # the states of the world get their turns elsewhere
LONGEST_TEXT = 300
REFUSED = {"below": ("too-small", "date-too-early", "too-few-rows"),
           "above": ("too-large", "date-too-late", "too-many-rows")}  # fmt: skip
_LAST_LATIN = "\u00ff"  # of Latin-1; DIN 91379 goes far beyond


@dataclass(frozen=True)
class _Asked:
    """A question or group with what is to be seen of it."""

    item: Field | Group
    numbers: Mapping[tuple[str, str], int]  # kind and value -> goal


class AnswerGoals:
    """Goals that one answer alone can meet."""

    def __init__(self, plan: Plan, first: int) -> None:
        self.goals: list[Goal] = []
        self._first = first
        self._asked: dict[tuple[World, str], _Asked] = {}
        self._outcomes: dict[str, int] = {}
        for page in plan.procedure.pages:
            self._items(World.FORM, page.items, "")
        quick_check = plan.procedure.quick_check
        if quick_check is not None:
            self._items(World.QUICK_CHECK, quick_check.questions, "")
            for one in quick_check.outcomes:
                wish = ResultWish(one.id)
                number = self._add(
                    Section.RESULT, World.QUICK_CHECK, one.id, "given", one.span, wish
                )
                self._outcomes[one.id] = number

    def seen(self, seen: Seen) -> Iterator[int]:
        """The numbers of what the answers show."""
        values = seen.state.all_values
        for path in seen.state.visible:
            asked = self._asked.get((seen.world, plain(path)))
            if asked is not None:
                for shown in shows(asked.item, value_at(values, path)):
                    if shown in asked.numbers:
                        yield asked.numbers[shown]
        for problem in seen.state.problems:
            asked = self._asked.get((seen.world, plain(problem.field)))
            for side, codes in REFUSED.items():
                if asked is not None and problem.code in codes and ("limit", side) in asked.numbers:
                    yield asked.numbers["limit", side]
        if seen.result is not None and seen.result.outcome is not None:
            yield self._outcomes[seen.result.outcome.id]

    def _items(self, world: World, items: tuple[Item, ...], row: str) -> None:
        for item in items:
            if isinstance(item, Field) and item.internal:
                continue
            if isinstance(item, Field | Group):
                path = row + item.id
                numbers = {}
                for section, kind, value in wanted(item):
                    wish = AnswerWish(path, kind, value)
                    refused = kind == "limit" and value in REFUSED
                    what = f"{kind} {value}".strip()
                    numbers[kind, value] = self._add(
                        section, world, path, what, item.span, wish, is_refused=refused
                    )
                self._asked[world, path] = _Asked(item, numbers)
            if isinstance(item, Group):
                self._items(world, item.items, f"{row}{item.id}[].")

    def _add(
        self, section: Section, world: World, subject: str, what: str, span: Span,
        wish: AnswerWish | ResultWish, *, is_refused: bool = False,
    ) -> int:  # fmt: skip
        number = self._first + len(self.goals)
        self.goals.append(Goal(number, section, world, subject, what, span, wish, is_refused))
        return number


def wanted(item: Field | Group) -> Iterator[tuple[Section, str, str]]:
    """What is to be seen of a question or a group."""
    if isinstance(item, Group):
        for count in sorted({item.minimum, 1, item.maximum}):
            yield Section.ROWS, "rows", str(count)
        yield Section.ROWS, "limit", "above"
        if item.minimum:
            yield Section.ROWS, "limit", "below"
        return
    kind = item.type.kind
    if item.options and len(item.options.options) <= LONGEST_LIST:
        yield from ((Section.OPTION, "option", value) for value in positions(item.options))
    if kind is Kind.YES_NO:
        yield from ((Section.OPTION, "option", value) for value in ("ja", "nein"))
    if not item.required and item.required_if is None:
        yield from ((Section.OPTION, "answer", value) for value in ("given", "empty"))
    if kind in (Kind.NUMBER, Kind.DATE):
        yield from _limits(item)
    if kind is Kind.TEXT and item.max_length and item.max_length <= LONGEST_TEXT:
        yield Section.LIMIT, "length", str(item.max_length)
    if kind in (Kind.DATE, Kind.PARTIAL_DATE):
        yield Section.VALUE, "date", "29 February"
    if kind is Kind.PARTIAL_DATE:
        yield from ((Section.VALUE, "known", value) for value in ("day", "month", "year"))
    if item.type.name == "name":
        yield Section.VALUE, "name", "rare letters"


def _limits(item: Field) -> Iterator[tuple[Section, str, str]]:
    for side, end, limit in (("below", "lowest", item.minimum), ("above", "highest", item.maximum)):
        if limit is not None:
            yield Section.LIMIT, "limit", end
            yield Section.LIMIT, "limit", side


def shows(item: Field | Group, value: object) -> Iterator[tuple[str, str]]:
    """Kind and value of everything that an answer shows."""
    if isinstance(item, Group):
        yield "rows", str(len(value) if isinstance(value, list) else 0)
        return
    yield "answer", "empty" if value is None else "given"
    yield from _SHOWS.get(type(value), _nothing)(value, item)


def _nothing(value: object, field: Field) -> Iterator[tuple[str, str]]:
    yield from ()


def _flag(value: object, field: Field) -> Iterator[tuple[str, str]]:
    yield "option", "ja" if value else "nein"


def _text(value: object, field: Field) -> Iterator[tuple[str, str]]:
    text = str(value)
    yield "option", text
    yield "length", str(len(text))
    if any(letter > _LAST_LATIN for letter in text):
        yield "name", "rare letters"


def _several(value: object, field: Field) -> Iterator[tuple[str, str]]:
    if isinstance(value, tuple):
        yield from (("option", str(one)) for one in value)


def _limited(value: object, field: Field) -> Iterator[tuple[str, str]]:
    if value == field.minimum:
        yield "limit", "lowest"
    if value == field.maximum:
        yield "limit", "highest"
    if isinstance(value, date) and (value.month, value.day) == (2, 29):
        yield "date", "29 February"


def _partly(value: object, field: Field) -> Iterator[tuple[str, str]]:
    if not isinstance(value, PartialDate):
        return
    if (value.month, value.day) == (2, 29):
        yield "date", "29 February"
    yield "known", "day" if value.day else "month" if value.month else "year"


_SHOWS: Mapping[type, Callable[[object, Field], Iterator[tuple[str, str]]]] = {
    bool: _flag,
    str: _text,
    tuple: _several,
    Decimal: _limited,
    date: _limited,
    PartialDate: _partly,
}
