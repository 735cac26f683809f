"""What a function of the rule language declares about itself."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TypeAlias

from engine.rules.types import Type


class Nulls(Enum):
    """When a function gives null."""

    NEVER = auto()
    WHEN_GIVEN = auto()  # an argument is null
    ALSO_OTHERWISE = auto()  # or the arguments do not fit together


@dataclass(frozen=True, slots=True)
class Parameter:
    """One argument; several accepted types stand in a tuple."""

    name: str
    types: tuple[Type, ...]
    optional: bool = False
    many: bool = False  # a list, or its elements one by one


ResultOf: TypeAlias = Callable[[Sequence[Type]], Type]


@dataclass(frozen=True, slots=True)
class Signature:
    """One way to call a function."""

    parameters: tuple[Parameter, ...]
    result: Type | ResultOf
    emit: str  # name in the run-time module
    nulls: Nulls = Nulls.WHEN_GIVEN

    @property
    def fewest(self) -> int:
        """How many arguments must be given."""
        return sum(not one.optional for one in self.parameters)

    @property
    def most(self) -> int | None:
        """How many arguments may be given; None: any number."""
        return None if any(one.many for one in self.parameters) else len(self.parameters)


@dataclass(frozen=True, slots=True)
class Function:
    """A function: its name, the ways to call it, and one line about it in each language."""

    name: str
    signatures: tuple[Signature, ...]
    says: Mapping[str, str]
    is_ours: bool = False  # not FEEL: written out when exported
    rounds: bool = field(default=False)  # a division may stand directly in it


def function(
    name: str,
    *signatures: Signature,
    de: str,
    en: str,
    is_ours: bool = False,
    rounds: bool = False,
) -> Function:
    """A row of the table."""
    return Function(name, signatures, {"de": de, "en": en}, is_ours, rounds)


def needs(name: str, *types: Type) -> Parameter:
    """An argument that must be given."""
    return Parameter(name, types)


def may(name: str, *types: Type) -> Parameter:
    """An argument that may be left out."""
    return Parameter(name, types, optional=True)


def many(name: str, item: Type) -> Parameter:
    """A list, or its elements one by one."""
    return Parameter(name, (item,), many=True)
