"""What a procedure sends out: the XÖV mapping tree; the filing is in `engine.model_dms`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from engine.model_dms import DmsOutput
from engine.model_parts import Expression
from engine.source import Span


@dataclass(frozen=True, slots=True, eq=False)
class MapValue:
    """Text content from an expression; null leaves the element out."""

    value: Expression
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class MapCode:
    """An XÖV code element: a fixed `code` or one made from an answer, translated by `table`."""

    code: str | None
    value: Expression | None
    table: Mapping[str, str]  # answer value -> code; empty: as it is
    list_uri: str | None  # short name or URI; None: the schema fixes it
    list_version: str | None
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class MapPartial:
    """The child `jahrMonatTag`, `jahrMonat` or `jahr`, as much as is known; null: left out."""

    value: Expression
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class MapAddress:
    """The children of a German address as XInneres orders them, the house number taken apart.

    Either `value` is an `address` field, or `parts` names an expression for each part.
    """

    value: Expression | None
    parts: Mapping[str, Expression]  # keys as in engine.values.ADDRESS_PARTS
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class MapTree:
    """Child elements in message order; left out when nothing below is written.

    A tree that was declared empty (`{}`) is written as an empty element.
    """

    children: tuple[tuple[str, "MapNode"], ...]  # element name -> content
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class MapBranch:
    """Content that is written when `condition` is true or absent."""

    condition: Expression | None
    content: "MapNode"
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class MapChoose:
    """The first branch whose condition is true; none: left out. `$when` is a single branch."""

    branches: tuple[MapBranch, ...]
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class MapList:
    """The element once more for every entry (a YAML list): two ways to be reached, say."""

    entries: tuple["MapNode", ...]
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class MapEach:
    """One element per row of a group or per value of a list; inside, `item` is the row or value."""

    over: Expression
    content: "MapNode"
    limit: int | None
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class MapDocument:
    """A document of the application: uploads of the named types, or the generated summary PDF.

    Written once per file. `content` is the element around it; inside, `document.title`,
    `document.name`, `document.format` (pdf, jpg), `document.content` (base64) and
    `document.number` (from 1) are in scope.
    """

    documents: tuple[str, ...]  # document ids; "summary" = the generated PDF; "*" = all uploads
    content: "MapNode"
    span: Span


MapNode: TypeAlias = (
    MapValue
    | MapCode
    | MapPartial
    | MapAddress
    | MapTree
    | MapChoose
    | MapList
    | MapEach
    | MapDocument
)


@dataclass(frozen=True, slots=True, eq=False)
class XoevOutput:
    """The message to the Fachverfahren."""

    standard: str  # xauslaender, vordruck-einbuergerung
    version: str
    message: str
    tree: MapTree
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Outputs:
    """Every way the application leaves the portal."""

    xoev: XoevOutput | None
    dms: DmsOutput | None
