"""What a standard says about a message: elements, how often, in which order, with which content.

The engine reads no schema: whoever knows a standard hands its shape in.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Content:
    """Text content of an element. `base`: what its text stands for."""

    name: str
    base: str  # text yes_no date year year_month time integer decimal bytes
    datatype: str | None = None  # of DIN 91379; None with base text: any character
    min_length: int = 0
    max_length: int | None = None
    pattern: str | None = None
    minimum: int | None = None
    maximum: int | None = None
    decimals: int | None = None


@dataclass(frozen=True, slots=True)
class Codes:
    """A code with its list; `codes` is None where the standard does not enumerate them."""

    name: str
    uri: str
    version: str | None
    codes: tuple[str, ...] | None = None
    is_open: bool = False  # the schema leaves the version to the sender


@dataclass(frozen=True, slots=True)
class Element:
    """An element in its place."""

    name: str
    type: str
    least: int = 1
    most: int | None = 1  # None: as often as wanted
    fixed: str | None = None
    is_qualified: bool = True
    namespace: str | None = None  # of another schema; None: the standard's own


@dataclass(frozen=True, slots=True)
class Parts:
    """Child elements: all in this order, or one of them."""

    name: str
    elements: tuple[Element, ...]
    is_choice: bool = False
    _named: Mapping[str, Element] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_named", {one.name: one for one in self.elements})

    def get(self, name: str) -> Element | None:
        """The child of this name."""
        return self._named.get(name)


Kind: TypeAlias = Content | Codes | Parts


@dataclass(frozen=True, slots=True, eq=False)
class MessageShape:
    """One message of a standard in one version, without the header, which the engine makes."""

    standard: str
    version: str
    message: str
    parts: Parts
    types: Mapping[str, Kind]

    def kind(self, element: Element) -> Kind:
        """What an element holds."""
        return self.types[element.type]


# standard, version -> message -> shape
Shapes: TypeAlias = Mapping[tuple[str, str], Mapping[str, MessageShape]]
NO_SHAPES: Shapes = {}


def shape_for(shapes: Shapes, standard: str, version: str, message: str) -> MessageShape | None:
    """The shape of a message, if it is known."""
    return shapes.get((standard, version), {}).get(message)


def places(shape: MessageShape) -> Iterator[tuple[str, Element]]:
    """Every element with its path; one that stands inside itself is not followed further."""
    waiting: list[tuple[str, Element, tuple[str, ...]]] = [
        (one.name, one, (one.type,)) for one in reversed(shape.parts.elements)
    ]
    while waiting:
        path, element, around = waiting.pop()
        yield path, element
        kind = shape.kind(element)
        if isinstance(kind, Parts):
            waiting += [
                (f"{path}/{one.name}", one, (*around, one.type))
                for one in reversed(kind.elements)
                if one.type not in around
            ]
