"""Where the names in rules come from: questions, the law of the day, the day, other decisions."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from engine.model import Computed, Expression, Field, Group, Item, Procedure, Setting
from engine.plan.law_days import LawDays
from engine.rules import (
    DATE,
    DAYS,
    MONTHS,
    NUMBER,
    PARTIAL_DATE,
    TEXT,
    YES_NO,
    Days,
    ListOf,
    Months,
    Record,
    Type,
    Typed,
)
from engine.rules.portable import (
    EARLIEST,
    FAMILY,
    LATEST,
    Portable,
    portable,
    portable_cell,
    portable_condition,
    print_value,
)
from engine.rules.types import plain
from renderers.dmn.graph import Decision, InputData
from renderers.dmn.types import Types

TODAY = "stichtag"


class TwoMeaningsError(ValueError):
    """A name that would mean two things in the file, such as `setting_x` beside `setting.x`."""


class Sources:
    """Everything that rules may name; what they do name is remembered."""

    def __init__(self, procedure: Procedure, today: date, types: Types) -> None:
        self._types = types
        self._inputs: dict[str, InputData] = {}
        self._settings: dict[str, Decision] = {}
        self._used: set[str] = set()
        self._add(InputData(TODAY, types.name(DATE, TODAY), "Tag der Entscheidung"))
        law = LawDays(procedure.settings).on(today)
        for setting in procedure.settings:
            self._setting(setting, law[setting.id], today)

    def ask(self, item: Field | Group, kind: Type) -> None:
        """A question or a group of them."""
        for suffix in _suffixes(kind):
            label = item.label.german + _END_WORDS[suffix]
            name = item.id + suffix
            self._add(InputData(name, self._types.name(kind, item.id), label, _when_asked(item)))

    def declare(self, name: str) -> None:
        """A decision of the author: nothing else may be called so."""
        if name in self._inputs or name in self._settings:
            raise TwoMeaningsError(name)

    def rule(self, typed: Typed) -> Portable:
        """A rule in FEEL."""
        return self._noted(portable(typed))

    def condition(self, typed: Typed) -> Portable:
        """A condition in FEEL, false where it is undecided."""
        return self._noted(portable_condition(typed))

    def cell(self, typed: Typed) -> Portable:
        """A cell of a table."""
        return self._noted(portable_cell(typed))

    def inputs(self) -> tuple[InputData, ...]:
        """The questions that were named."""
        return tuple(one for name, one in self._inputs.items() if name in self._used)

    def settings(self) -> tuple[Decision, ...]:
        """The values of law that were named, as decisions that are always the same."""
        return tuple(one for name, one in self._settings.items() if name in self._used)

    def note(self, name: str) -> None:
        """A column reads this."""
        self._used.add(name)

    def _noted(self, found: Portable) -> Portable:
        self._used |= found.reads
        return found

    def _add(self, one: InputData) -> None:
        self.declare(one.name)
        self._inputs[one.name] = one

    def _setting(self, setting: Setting, value: object, today: date) -> None:
        name = f"{FAMILY}_{setting.id}"
        held = [one for one in setting.values if one.valid_from is None or one.valid_from <= today]
        chosen = held[-1] if held else setting.values[0]
        since = f" (ab {chosen.valid_from:%d.%m.%Y})" if chosen.valid_from else ""
        kind = self._types.name(_kind_of(value), name)
        self.declare(name)
        self._settings[name] = Decision(
            name, kind, print_value(value), (), description=chosen.source + since
        )


_END_WORDS = {"": "", EARLIEST: " (frühestens)", LATEST: " (spätestens)"}


def _suffixes(kind: Type) -> tuple[str, ...]:
    return (EARLIEST, LATEST) if plain(kind) == PARTIAL_DATE else ("",)


def _when_asked(item: Field | Group) -> str:
    if item.show_if is None:
        return ""
    return f"Nur gefragt, wenn: {item.show_if.text}. Sonst null."


def _kind_of(value: object) -> Type:
    match value:
        case bool():
            return YES_NO
        case str():
            return TEXT
        case date():
            return DATE
        case Months():
            return MONTHS
        case Days():
            return DAYS
        case tuple():
            return ListOf(TEXT)
        case _:
            return NUMBER


def rows_type(group: Group, typed: Mapping[Expression, Typed]) -> Type:
    """What rules see of a group."""
    return ListOf(Record(dict(_parts(group.items, typed))))


def _parts(items: Iterable[Item], typed: Mapping[Expression, Typed]) -> Iterator[tuple[str, Type]]:
    for item in items:
        match item:
            case Field():
                yield item.id, item.type.rule_type(item)
            case Computed():
                yield item.id, typed[item.value].type
            case Group():
                yield item.id, rows_type(item, typed)
