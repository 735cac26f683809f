"""Changes of one answer that may take an obstacle out of the way."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from engine.answers.write import write_value
from engine.coverage.boundaries import Boundary
from engine.coverage.conditions import Where
from engine.coverage.goals import AnswerWish
from engine.coverage.spot import Spot
from engine.fields.numerals import places
from engine.fields.options import positions
from engine.kinds import Kind
from engine.model import Field, Group
from engine.plan import Evaluation
from engine.rules import Typed
from engine.sample.dice import Dice
from engine.sample.draw import NAMES, Draw
from engine.sample.reads import Reads
from engine.sample.sheet import Sheet
from engine.sample.shortfall import NoRow, Obstacle, WrongAnswer, WrongLeaf, WrongStep
from engine.sample.spoken import Spoken, Words
from engine.sample.tree import plain, row_of, value_at
from engine.values import PartialDate

LEAP_DAYS = ("2024-02-29", "2000-02-29", "1992-02-29", "2020-02-29", "1980-02-29", "2028-02-29",
             "1960-02-29", "2004-02-29", "2016-02-29", "2012-02-29")  # fmt: skip
FAR_POSTCODES = ("01067", "99998")  # two, because one of them may be in the district
DEEPEST = 8


@dataclass(frozen=True)
class Move:
    """Another answer at a path; for a group a number of rows."""

    path: str
    value: object
    is_rows: bool = False


class Moves:
    """Proposes one change at a time, by chance among those that make sense."""

    def __init__(self, sheet: Sheet, reads: Reads, words: Words, draw: Draw, dice: Dice) -> None:
        self._sheet = sheet
        self._reads = reads
        self._words = words
        self._draw = draw
        self._dice = dice
        self._may_be_missing = False

    def one(
        self, obstacle: Obstacle, state: Evaluation, *, may_be_missing: bool = False
    ) -> Move | None:
        """A change for this obstacle; None if there is nothing to change."""
        self._may_be_missing = may_be_missing
        match obstacle:
            case WrongLeaf(leaf=leaf, where=where, spot=spot):
                return self._rule(leaf.typed, leaf.column, where, spot, state, None)
            case WrongStep(boundary=boundary, where=where, spot=spot):
                return self._rule(boundary.rule, "", where, spot, state, obstacle)
            case NoRow(row=row):
                return self._more_rows(row, state)
            case WrongAnswer(wish=wish):
                return self._answer(wish, state)

    def _rule(
        self, typed: Typed, column: str, where: Where, spot: Spot, state: Evaluation,
        step: WrongStep | None,
    ) -> Move | None:  # fmt: skip
        plain_paths = list(self._reads.of_typed(typed, where.row))
        if column:
            plain_paths += self._reads.named(column, where.row)
        if where.rounds:
            for loop in where.rounds:
                plain_paths += self._reads.of_typed(loop.source.typed, where.row)
                plain_paths += self._reads.parts_of(typed, where.row, loop.source.typed)
        paths = self._reachable(plain_paths, spot.prefix, state)
        if not paths:
            return None
        path = self._dice.one_of(paths)
        spoken = self._words.of(typed, where.world, where.row)
        return self._change(path, spoken, spot, state, step)

    def _reachable(self, wanted: list[str], prefix: str, state: Evaluation) -> list[str]:
        """Visible questions among those wanted, or what may bring the others to light."""
        asked = self._sheet.asked(state)
        found: list[str] = []
        waiting, known = [(one, 0) for one in dict.fromkeys(wanted)], set(wanted)
        while waiting:
            one, deep = waiting.pop(0)
            near = prefix if prefix and one.startswith(plain(prefix)) else ""
            shown = [path for path in asked if plain(path) == one and path.startswith(near)]
            found += shown
            if shown or deep > DEEPEST:
                continue
            around = one.rpartition("[].")[0]
            if around and around not in known:
                known.add(around)
                waiting.append((around, deep + 1))
            for rule in self._reads.conditions.get(one, ()):
                for read in self._reads.of(rule, row_of(one)):
                    if read not in known:
                        known.add(read)
                        waiting.append((read, deep + 1))
        return list(dict.fromkeys(found))

    def _change(
        self, path: str, spoken: Spoken, spot: Spot, state: Evaluation, step: WrongStep | None
    ) -> Move | None:
        item = self._reads.items.get(plain(path))
        if isinstance(item, Group):
            return Move(path, self._dice.one_of(self._counts(item, spoken)), is_rows=True)
        if not isinstance(item, Field):
            return None
        is_free = self._may_be_missing or path not in state.required
        if is_free and self._dice.chance(12):
            return Move(path, None)
        current = value_at(state.all_values, path)
        made = _PROPOSALS.get(item.type.kind)
        offers = list(made(item, current, spoken)) if made else []
        offers += self._shifted(item, current, spoken, spot, step)
        offers += _twins(path, state)
        if offers and self._dice.chance(85):
            return Move(path, self._dice.one_of(offers))
        beside = tuple(value for value in spot.env.values() if isinstance(value, date))
        return Move(path, self._draw.answer(item, plain(path), beside))

    def _counts(self, group: Group, spoken: Spoken) -> list[int]:
        told = [int(one) + more for one in spoken.numbers for more in (-1, 0, 1)]
        usual = [group.minimum, 0, 1, 2, 3, *told]
        return sorted({one for one in usual if 0 <= one <= group.maximum})

    def _shifted(
        self, field: Field, current: object, spoken: Spoken, spot: Spot, step: WrongStep | None
    ) -> list[object]:
        """The present answer moved to a boundary: where it turns, and right beside."""
        boundaries = (step.boundary,) if step else spoken.boundaries
        wished = (step.distance,) if step else (-1, 0, 1)
        found: list[object] = []
        for boundary in boundaries:
            distance = _distance(boundary, spot)
            if distance is not None and abs(distance) < 10**7:
                for one in wished:
                    found += _moved(field, current, distance - one)
        return found

    def _more_rows(self, row: str, state: Evaluation) -> Move | None:
        path = row[: -len("[].")]
        paths = self._reachable([path], "", state)
        if not paths:
            return None
        chosen = self._dice.one_of(paths)
        item = self._reads.items.get(plain(chosen))
        if isinstance(item, Group):
            now = value_at(state.all_values, chosen)
            count = len(now) if isinstance(now, list) else 0
            return Move(chosen, min(count + 1, item.maximum), is_rows=True)
        if isinstance(item, Field):
            return Move(chosen, self._draw.answer(item, plain(chosen)))
        return None

    def _answer(self, wish: AnswerWish, state: Evaluation) -> Move | None:
        paths = self._reachable([wish.path], "", state)
        if not paths:
            return None
        path = self._dice.one_of(paths)
        item = self._reads.items.get(plain(path))
        if plain(path) != wish.path:
            if isinstance(item, Group):
                return self._more_rows(f"{plain(path)}[].", state)
            if isinstance(item, Field):
                return Move(path, self._draw.answer(item, plain(path)))
            return None
        if isinstance(item, Group):
            return Move(path, _rows(wish, item), is_rows=True)
        if not isinstance(item, Field):
            return None
        return Move(path, self._wished(wish, item, path))

    def _wished(self, wish: AnswerWish, field: Field, path: str) -> object:
        drawn = self._draw.answer(field, plain(path))
        match wish.kind, wish.value:
            case "option", ("ja" | "nein") if field.type.kind is Kind.YES_NO:
                return wish.value == "ja"
            case "option", value:
                return [value] if field.type.kind is Kind.CHOICES else value
            case "answer", "empty":
                return None
            case "limit", side:
                return _limit(side, field)
            case "length", length:
                text = str(drawn)
                return (text * (int(length) // len(text) + 1))[: int(length)].replace(" ", "x")
            case "date", _:
                return self._dice.one_of(LEAP_DAYS)
            case "known", known:
                full = self._dice.one_of(LEAP_DAYS) if len(str(drawn)) < 10 else str(drawn)
                return full[: {"day": 10, "month": 7, "year": 4}[known]]
            case "name", _:
                return self._dice.one_of([one for one in NAMES if max(one) > "\u00ff"])
            case _:
                return drawn


def _distance(boundary: Boundary, spot: Spot) -> int | None:
    try:
        return boundary.distance(spot.env)
    except (AttributeError, TypeError, KeyError):  # a boundary of another row
        return None


def _moved(field: Field, current: object, by: int) -> Iterator[object]:
    """The answer so many steps on, in both directions: which one is right will show."""
    if isinstance(current, PartialDate):
        current = current.latest
    if isinstance(current, date):
        for days in (by, -by):
            try:
                yield (current + timedelta(days=days)).isoformat()
            except OverflowError:
                continue
    elif isinstance(current, Decimal):
        unit = Decimal(1).scaleb(-places(field))
        for steps in (by, -by):
            yield f"{current + steps * unit:f}"


def _twins(path: str, state: Evaluation) -> list[object]:
    """What other rows answer: some rules are about answers that are the same."""
    if "[" not in path:
        return []
    others = [one for one in state.visible if one != path and plain(one) == plain(path)]
    found = (value_at(state.all_values, one) for one in others)
    return [write_value(one) for one in found if one is not None]


def _rows(wish: AnswerWish, group: Group) -> int:
    if wish.kind == "rows":
        return int(wish.value)
    return group.maximum + 1 if wish.value == "above" else max(group.minimum - 1, 0)


def _limit(side: str, field: Field) -> object:
    limit = field.minimum if side in ("lowest", "below") else field.maximum
    step = {"below": -1, "above": 1}.get(side, 0)
    if isinstance(limit, date):
        return (limit + timedelta(days=step)).isoformat()
    assert isinstance(limit, Decimal)  # noqa: S101 - only such limits are wished for
    unit = Decimal(1).scaleb(-places(field))
    return f"{limit.quantize(unit) + step * unit:f}"


def _yes_no(field: Field, current: object, spoken: Spoken) -> Iterator[object]:
    yield from ((not current,) if isinstance(current, bool) else (True, False))


def _choice(field: Field, current: object, spoken: Spoken) -> Iterator[object]:
    known = positions(field.options) if field.options else {}
    yield from (one for one in spoken.texts if one in known and one != current)
    yield from (one for one in list(known)[:3] if one not in spoken.texts and one != current)


def _choices(field: Field, current: object, spoken: Spoken) -> Iterator[object]:
    now = list(current) if isinstance(current, (tuple, list)) else []
    for one in (*spoken.texts, *(list(positions(field.options))[:3] if field.options else ())):
        if field.options and one in positions(field.options):
            yield [one]
            yield [other for other in now if other != one] if one in now else [*now, one]


def _number(field: Field, current: object, spoken: Spoken) -> Iterator[object]:
    unit = Decimal(1).scaleb(-places(field))
    low = field.minimum if isinstance(field.minimum, Decimal) else None
    high = field.maximum if isinstance(field.maximum, Decimal) else None
    for one in (*spoken.numbers, Decimal(0)):
        for near in (one - unit, one, one + unit):
            if (low is None or near >= low) and (high is None or near <= high):
                yield f"{near.quantize(unit):f}"


def _day(field: Field, current: object, spoken: Spoken) -> Iterator[object]:
    for one in spoken.days:
        yield from ((one + timedelta(days=more)).isoformat() for more in (-1, 0, 1))


def _text(field: Field, current: object, spoken: Spoken) -> Iterator[object]:
    yield from spoken.texts
    if field.type.name == "postcode":
        yield from FAR_POSTCODES


def _address(field: Field, current: object, spoken: Spoken) -> Iterator[object]:
    now = dict(current) if isinstance(current, Mapping) else {}
    states = positions(field.options) if field.options else {}
    for one in spoken.texts:
        if one in states:
            yield {**now, "staat": one}
        elif len(one) == 5 and one.isdigit():
            yield {**now, "plz": one}
    yield from ({**now, "plz": one} for one in FAR_POSTCODES)


_PROPOSALS: Mapping[Kind, Callable[[Field, object, Spoken], Iterator[object]]] = {
    Kind.YES_NO: _yes_no,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.NUMBER: _number,
    Kind.DATE: _day,
    Kind.PARTIAL_DATE: _day,
    Kind.TEXT: _text,
    Kind.MULTILINE: _text,
    Kind.ADDRESS: _address,
}
