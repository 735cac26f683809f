"""Functions over lists and yes/no values."""

from collections.abc import Sequence

from engine.rules.functions.signature import (
    Function,
    Nulls,
    Signature,
    function,
    many,
    needs,
)
from engine.rules.types import (
    ANY,
    DATE,
    DAYS,
    MONTHS,
    NULL,
    NUMBER,
    TEXT,
    YES_NO,
    ListOf,
    Type,
    united,
)

_ALSO = Nulls.ALSO_OTHERWISE
_LIST = ListOf(ANY)


def _first(types: Sequence[Type]) -> Type:
    return types[0]


def _item(types: Sequence[Type]) -> Type:
    first = types[0]
    return first.item if isinstance(first, ListOf) else first


def _joined(types: Sequence[Type]) -> Type:
    return united(list(types)) or _LIST


def _extreme(name: str, emit: str, de: str, en: str) -> Function:
    return function(
        name,
        *(
            Signature((many("list", item),), _item, emit, _ALSO)
            for item in (NUMBER, TEXT, DATE, MONTHS, DAYS)
        ),
        de=de,
        en=en,
    )


LISTS: tuple[Function, ...] = (
    function(
        "count",
        Signature((needs("list", _LIST),), NUMBER, "count"),
        de="Anzahl der Elemente",
        en="Number of elements",
    ),
    _extreme(
        "min",
        "smallest",
        "Das Kleinste einer Liste; null, wenn sie leer ist",
        "The smallest of a list; null if it is empty",
    ),
    _extreme(
        "max",
        "greatest",
        "Das Größte einer Liste; null, wenn sie leer ist",
        "The greatest of a list; null if it is empty",
    ),
    function(
        "not",
        Signature((needs("negand", YES_NO),), YES_NO, "negated"),
        de="Das Gegenteil; unentschieden bleibt unentschieden",
        en="The opposite; undecided stays undecided",
    ),
    function(
        "all",
        Signature((many("list", YES_NO),), YES_NO, "every_true", _ALSO),
        de="Ob alle wahr sind",
        en="Whether all are true",
    ),
    function(
        "any",
        Signature((many("list", YES_NO),), YES_NO, "any_true", _ALSO),
        de="Ob eines wahr ist",
        en="Whether one is true",
    ),
    function(
        "list contains",
        Signature((needs("list", _LIST), needs("element", ANY, NULL)), YES_NO, "list_contains"),
        de="Ob ein Wert in der Liste ist",
        en="Whether a value is in the list",
    ),
    function(
        "distinct values",
        Signature((needs("list", _LIST),), _first, "distinct_values"),
        de="Die Liste ohne Wiederholungen",
        en="The list without repetitions",
    ),
    function(
        "concatenate",
        Signature((many("list", _LIST),), _joined, "concatenate"),
        de="Hängt Listen aneinander",
        en="Puts lists one after the other",
    ),
)
