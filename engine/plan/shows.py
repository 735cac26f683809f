"""Values as words inside templates: as the field shows them, else as German writes them."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from engine.fields.days import show_day, show_partial
from engine.fields.numerals import show_number
from engine.model import Field
from engine.values import PartialDate, Value

Show: TypeAlias = Callable[[object], str]


def shower(field: Field | None) -> Show:
    """How values of the field are shown; None: how values are shown that no field knows."""
    if field is None:
        return show
    known = field

    def show_field(value: object) -> str:
        return "" if value is None else known.type.show(_as_value(value), known)

    return show_field


def show(value: object) -> str:
    """German words for any value of a rule; nothing for null."""
    match value:
        case None:
            return ""
        case bool():
            return "ja" if value else "nein"
        case Decimal():
            return _number(value)
        case date():
            return show_day(value)
        case PartialDate():
            return show_partial(value)
        case Mapping():
            return ", ".join(show(one) for one in value.values())
        case list() | tuple():
            return ", ".join(show(one) for one in value)
        case _:
            return str(value)


def show_money(value: object) -> str:
    """An amount as money fields show it."""
    return f"{show_number(value, 2)} €" if isinstance(value, Decimal) else show(value)


def _number(value: Decimal) -> str:
    whole = value == value.to_integral_value()
    return f"{value:.0f}" if whole else f"{value.normalize():f}".replace(".", ",")


def _as_value(value: object) -> Value:
    return value  # type: ignore[return-value]  # rules hand back what answers hold
