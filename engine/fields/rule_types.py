"""What rules see of a field."""

from typing import TYPE_CHECKING

from engine.rules.types import TEXT, Choice, ListOf, Record, Type
from engine.values import ADDRESS_PARTS

if TYPE_CHECKING:
    from engine.model import Field


def choice_type(field: "Field") -> Type:
    """The closed list of the field; the field's own name stands for options written at it."""
    if field.options is None:  # the loader has reported it
        return TEXT
    return Choice(field.options.id or field.id, field.options.values)


def choices_type(field: "Field") -> Type:
    """Several values of the list."""
    return ListOf(choice_type(field))


def address_type(field: "Field") -> Type:
    """The parts of an address; the state is a key of the list of states if the field has it."""
    parts: dict[str, Type] = dict.fromkeys(ADDRESS_PARTS, TEXT)
    if field.options is not None:
        parts["staat"] = choice_type(field)
    return Record(parts)
