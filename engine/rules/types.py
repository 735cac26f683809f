"""The types of values in rules, and which of them may meet."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Simple:
    """A type without parts; use the constants below."""

    name: str
    most: int | None = field(default=None, compare=False)  # of a text: its greatest length


@dataclass(frozen=True, slots=True)
class Choice:
    """A text out of a closed list; `name` is the list's, or the field's if written there."""

    name: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class ListOf:
    """Several values: a choices field, or the rows of a group (`ListOf(Record(…))`)."""

    item: "Type"
    most: int | None = field(default=None, compare=False)  # elements


@dataclass(frozen=True, slots=True)
class Record:
    """Named values: a row of a group, an address, or a family of names such as `setting`."""

    fields: Mapping[str, "Type"]
    # What a complete row always has; while it is being filled in it may be missing.
    certain: Set[str] = field(default=frozenset(), compare=False)

    def __hash__(self) -> int:
        return hash(frozenset(self.fields))


@dataclass(frozen=True, slots=True)
class Given:
    """A value that is always there (`stichtag`, `submission.id`); all others may be null."""

    type: "Type"


Type: TypeAlias = Simple | Choice | ListOf | Record | Given

TEXT = Simple("text")
NUMBER = Simple("number")
YES_NO = Simple("yes_no")
DATE = Simple("date")
PARTIAL_DATE = Simple("partial_date")
MONTHS = Simple("months")  # a duration of years and months
DAYS = Simple("days")  # a duration of days
NULL = Simple("null")
UNKNOWN = Simple("unknown")  # already reported: says nothing more
ANY = Simple("any")  # mixed values; only where foreign FEEL is read
RANGE = Simple("range")
FAR_DATE = Simple("far_date")  # beyond the years 1 to 9999; only where foreign FEEL is read
FOREIGN = Simple("foreign")  # times, contexts, functions: known to FEEL, not to us


def plain(wanted: Type) -> Type:
    """The type without the promise that a value is there."""
    return wanted.type if isinstance(wanted, Given) else wanted


def family(one: Type) -> str:
    """The word for diagnostics (`type.<word>` in the texts): a choice is a text."""
    match plain(one):
        case Simple(name=name):
            return name
        case Choice():
            return "text"
        case ListOf(item=item):
            return "rows" if isinstance(plain(item), Record) else "list"
        case _:
            return "record"


def alike(one: Type, other: Type) -> bool:
    """Whether two values can be equal at all; `UNKNOWN` and `ANY` go with everything."""
    one, other = plain(one), plain(other)
    if one in (UNKNOWN, ANY, NULL) or other in (UNKNOWN, ANY, NULL):
        return True
    match one, other:
        case (ListOf(item=left), ListOf(item=right)):
            return alike(left, right)
        case (Record(), Record()):
            return True
        case _:
            return family(one) == family(other)


def united(types: list[Type]) -> Type | None:
    """The one type that holds them all; None if they do not go together."""
    known = [plain(one) for one in types if plain(one) != NULL]
    if not known:
        return NULL
    first = known[0]
    for other in known[1:]:
        if first == other or UNKNOWN in (first, other):
            first = UNKNOWN if UNKNOWN in (first, other) else first
        elif family(first) == "text" and family(other) == "text":
            first = TEXT
        elif isinstance(first, ListOf) and isinstance(other, ListOf):
            inner = united([first.item, other.item])
            if inner is None:
                return None
            first = ListOf(inner)
        else:
            return None
    return first


ORDERED = frozenset({"text", "number", "date", "months", "days"})
