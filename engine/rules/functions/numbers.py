"""Functions over numbers."""

from collections.abc import Sequence

from engine.rules.functions.signature import (
    Function,
    Nulls,
    Signature,
    function,
    many,
    may,
    needs,
)
from engine.rules.types import DAYS, MONTHS, NULL, NUMBER, TEXT, Type

_ALSO = Nulls.ALSO_OTHERWISE


def _same(types: Sequence[Type]) -> Type:
    return types[0]


def _rounding(name: str, emit: str, de: str, en: str, *, scale_needed: bool) -> Function:
    scale = (needs if scale_needed else may)("scale", NUMBER)
    signature = Signature((needs("n", NUMBER), scale), NUMBER, emit, _ALSO)
    return function(name, signature, de=de, en=en, rounds=True)


NUMBERS: tuple[Function, ...] = (
    function(
        "abs",
        Signature((needs("n", NUMBER, MONTHS, DAYS),), _same, "absolute"),
        de="Betrag einer Zahl oder Dauer",
        en="Size of a number or duration, without its sign",
    ),
    _rounding(
        "floor",
        "floor",
        "Rundet nach unten, zur kleineren Zahl",
        "Rounds down, to the smaller number",
        scale_needed=False,
    ),
    _rounding(
        "ceiling",
        "ceiling",
        "Rundet nach oben, zur größeren Zahl",
        "Rounds up, to the greater number",
        scale_needed=False,
    ),
    _rounding(
        "round up",
        "round_up",
        "Rundet weg von null auf so viele Stellen",
        "Rounds away from zero to that many digits",
        scale_needed=True,
    ),
    _rounding(
        "round down",
        "round_down",
        "Rundet zur null hin auf so viele Stellen",
        "Rounds towards zero to that many digits",
        scale_needed=True,
    ),
    _rounding(
        "round half up",
        "round_half_up",
        "Rundet kaufmännisch auf so viele Stellen",
        "Rounds to that many digits, halves away from zero",
        scale_needed=True,
    ),
    _rounding(
        "round half down",
        "round_half_down",
        "Rundet auf so viele Stellen, Halbe zur null hin",
        "Rounds to that many digits, halves towards zero",
        scale_needed=True,
    ),
    function(
        "modulo",
        Signature((needs("dividend", NUMBER), needs("divisor", NUMBER)), NUMBER, "modulo", _ALSO),
        de="Rest einer Division, mit dem Vorzeichen des Teilers",
        en="Remainder of a division, with the sign of the divisor",
    ),
    function(
        "sum",
        Signature((many("list", NUMBER),), NUMBER, "total", _ALSO),
        de="Summe; null bei einer leeren Liste",
        en="Sum; null for an empty list",
    ),
    function(
        "mean",
        Signature((many("list", NUMBER),), NUMBER, "mean", _ALSO),
        de="Durchschnitt; null bei einer leeren Liste",
        en="Average; null for an empty list",
    ),
    function(
        "number",
        Signature((needs("from", TEXT, NUMBER),), NUMBER, "number", _ALSO),
        Signature(
            (
                needs("from", TEXT),
                needs("grouping separator", TEXT, NULL),
                needs("decimal separator", TEXT, NULL),
            ),
            NUMBER,
            "number_with",
            _ALSO,
        ),
        de="Die Zahl, die ein Text darstellt",
        en="The number that a text shows",
    ),
)
