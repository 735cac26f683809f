"""What a handbook is made of; HTML and PDF are made of the same parts.

Numbers of chapters never change, pages and decisions are counted in the order of the definition:
two versions can be laid side by side.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

PLAIN, CODE, QUIET, STRONG = "", "code", "quiet", "strong"


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one style: plain, code, quiet or strong."""

    text: str
    style: str = PLAIN


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph; `indent` 1 and more are points of a list."""

    runs: tuple[Run, ...]
    indent: int = 0

    @property
    def text(self) -> str:
        """Without styles."""
        return "".join(run.text for run in self.runs)


Cell: TypeAlias = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """Running text."""

    lines: Cell


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under heads; `widths` are parts of the whole. `anchors`: a place to link to per row."""

    title: str
    heads: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A process; whoever draws puts it here."""

    process: str  # ist soll
    alternative: str


@dataclass(frozen=True, slots=True)
class Signatures:
    """Places to sign: who, on which day, name and signature."""

    heads: tuple[str, ...]
    who: tuple[str, ...]


Block: TypeAlias = Paragraphs | Table | Picture | Signatures


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter, or a part of one."""

    number: str
    title: str
    anchor: str
    blocks: tuple[Block, ...]
    sections: tuple["Section", ...] = ()

    def walk(self) -> Iterator["Section"]:
        """It and everything in it."""
        yield self
        for one in self.sections:
            yield from one.walk()


@dataclass(frozen=True, slots=True)
class Handbook:
    """The whole document."""

    language: str
    kicker: str
    title: str
    subtitle: str
    authority: tuple[str, ...]  # name, street, place, how to reach
    facts: Table  # of the title page
    contents: str  # the heading of the contents
    foot: str  # at the foot of every page: version and digest
    page_words: tuple[str, str]  # Seite, von
    chapters: tuple[Section, ...]


def line(text: str, style: str = PLAIN, indent: int = 0) -> Line:
    """A line in one style."""
    return Line((Run(text, style),), indent)


def cell(text: str, style: str = PLAIN) -> Cell:
    """A cell with one line; without words, an empty one."""
    return (line(text, style),) if text else ()


def named(name: str, text: str) -> Line:
    """»Pflicht: immer«."""
    return Line((Run(f"{name}: ", STRONG), Run(text)))


def texts(part: object) -> Iterator[str]:
    """Every word of a part, for tests and searches."""
    match part:
        case str():
            yield part
        case Run(text=text):
            yield text
        case Handbook() | Section() | Table() | Line() | Paragraphs() | Picture() | Signatures():
            for name in part.__slots__:
                yield from texts(getattr(part, name))
        case tuple():
            for one in part:
                yield from texts(one)


def numbered(
    number: str, sections: Iterable[tuple[str, str, tuple[Block, ...]]]
) -> tuple[Section, ...]:
    """Parts of a chapter: title, anchor, blocks."""
    return tuple(
        Section(f"{number}.{at}", title, anchor, blocks)
        for at, (title, anchor, blocks) in enumerate(sections, start=1)
    )
