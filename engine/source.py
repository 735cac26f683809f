"""Text that authors wrote, and places in it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """One file, already read: its name as the author knows it, and its text."""

    name: str
    text: str
    cases: "Source | None" = None  # the file beside it with further cases of the procedure


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a text; line and column count from 1, columns in characters."""

    line: int
    column: int


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From the first wrong character to just behind the last one."""

    file: str
    start: Position
    end: Position

    def __str__(self) -> str:
        return f"{self.file}:{self.start.line}:{self.start.column}"


def whole_file(name: str) -> Span:
    """The place to name when a file as such is at fault."""
    return Span(name, Position(1, 1), Position(1, 1))
