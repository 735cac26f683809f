"""A decision graph as DMN knows it: what is asked, what is decided, and who needs whom."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ItemType:
    """A type of our own: a closed list of texts, a collection, or a structure."""

    name: str
    of: str  # name of another type; "" for a structure
    allowed: tuple[str, ...] = ()  # FEEL literals
    is_collection: bool = False
    parts: tuple[tuple[str, str], ...] = ()  # name and type


@dataclass(frozen=True, slots=True)
class InputData:
    """Something that is known before anything is decided."""

    name: str
    type: str
    label: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """An input of a table."""

    expression: str
    type: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A rule: a cell per column, what follows, and what is said about it."""

    cells: tuple[str, ...]
    output: str
    annotations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A decision table; `annotations` names what is said about each rule."""

    hit_policy: str
    aggregation: str
    columns: tuple[Column, ...]
    allowed: tuple[str, ...]  # FEEL literals; empty: not a closed list
    default: str | None
    annotations: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """Something decided by an expression (FEEL) or by a table."""

    name: str
    type: str
    logic: str | Table
    needs: tuple[str, ...]
    label: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Graph:
    """The whole file."""

    id: str
    name: str
    description: str
    types: tuple[ItemType, ...]
    inputs: tuple[InputData, ...]
    decisions: tuple[Decision, ...]

    def names(self) -> Iterator[str]:
        """All nodes, inputs first."""
        yield from (one.name for one in self.inputs)
        yield from (one.name for one in self.decisions)

    def type_names(self) -> Iterator[str]:
        """All types that are named."""
        yield from (one.type for one in self.inputs)
        for one in self.decisions:
            yield one.type
            if isinstance(one.logic, Table):
                yield from (column.type for column in one.logic.columns)

    def needs(self) -> Mapping[str, tuple[str, ...]]:
        """What each node needs."""
        inputs: dict[str, tuple[str, ...]] = {one.name: () for one in self.inputs}
        return inputs | {one.name: one.needs for one in self.decisions}
