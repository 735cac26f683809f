"""The tree of a file: every node knows its place, and no scalar has a type yet.

`01067` stays a postcode and `no` stays text, because only the key a value stands at can say what
it means.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from engine.source import Position, Span


class Style(StrEnum):
    """How a scalar is written."""

    PLAIN = "plain"
    SINGLE = "single-quoted"
    DOUBLE = "double-quoted"
    LITERAL = "literal"
    FOLDED = "folded"


@dataclass(frozen=True, slots=True, eq=False)
class Scalar:
    """A text. `raw` is what stands in the file, quotes and line breaks included."""

    text: str
    span: Span
    style: Style
    raw: str

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands behind the key: `label:` or `label: ""`."""
        return not self.text.strip()


@dataclass(frozen=True, slots=True, eq=False)
class Sequence:
    """A list."""

    items: tuple["Node", ...]
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One `key: value` of a mapping."""

    key: Scalar
    value: "Node"


@dataclass(frozen=True, slots=True, eq=False)
class Mapping:
    """Keys and values in the order written; no key stands twice."""

    entries: tuple[Entry, ...]
    span: Span
    is_broken: bool = False  # held a key that is none: already reported, nothing more to say

    def get(self, key: str) -> "Node | None":
        """The value at `key`."""
        for entry in self.entries:
            if entry.key.text == key:
                return entry.value
        return None


Node: TypeAlias = Scalar | Sequence | Mapping


def head(node: Node) -> Span:
    """The place to show for a node as a whole: a caret under twenty lines helps nobody."""
    if isinstance(node, Scalar):
        return node.span
    if isinstance(node, Sequence):
        return head(node.items[0]) if node.items else node.span
    if not node.entries:
        return node.span
    first = node.entries[0]
    if isinstance(first.value, Scalar) and first.value.span.end.line == first.key.span.end.line:
        return Span(first.key.span.file, first.key.span.start, _later(first.key, first.value))
    return first.key.span


def _later(key: Scalar, value: Scalar) -> Position:
    return max(key.span.end, value.span.end)
