"""The small parts a procedure is made of: texts, rules in place, templates, citations."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self, TypeAlias

from engine.rules.tree import Tree
from engine.source import Span


class Word(str):
    """A name as the author wrote it: a str that also knows its place."""

    __slots__ = ("span",)
    span: Span

    def __new__(cls, text: str, span: Span) -> Self:
        """The text, at `span`."""
        word = super().__new__(cls, text)
        word.span = span
        return word


def place_of(name: str, otherwise: Span) -> Span:
    """Where a name stands, if it was read from a file."""
    return name.span if isinstance(name, Word) else otherwise


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """A German sentence of the author; `path` is its gettext context in every other language."""

    path: str  # "page.person.field.familienname.label"
    german: str
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Expression:
    """A rule in its place. `tree` is None if it could not be read (already reported)."""

    text: str
    span: Span
    tree: Tree | None
    locate: Callable[[int, int], Span] | None = None  # characters of `text` -> place in the file

    def at(self, start: int, end: int) -> Span:
        """Where the characters `start` to `end` of the rule stand."""
        return self.span if self.locate is None else self.locate(start, end)


@dataclass(frozen=True, slots=True, eq=False)
class Template:
    """Text with `{name}` places, e.g. "{familienname}, {vornamen}"; nothing else is evaluated."""

    parts: tuple["str | Expression", ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Duration:
    """A calendar duration (months) or a count of days, never both (ISO 8601: P5Y, P3M, P30D)."""

    months: int = 0
    days: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Assertion:
    """What the author is sure of; proved for every complete application, never run for one."""

    id: str
    that: Expression  # must not be false
    about: str  # form quick_check
    message: str  # for authors, so it is not translated
    because: "Cite | None"
    span: Span


Cite: TypeAlias = str  # a paragraph as written: "§ 10 Abs. 1 StAG"
