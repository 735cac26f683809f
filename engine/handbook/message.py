"""Chapter 7: which answer goes to which element of the message."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.check.reader import Reader, reader_of
from engine.explain.naming import Names
from engine.explain.words import Wording
from engine.handbook.structure import (
    CODE,
    QUIET,
    STRONG,
    Cell,
    Line,
    Paragraphs,
    Run,
    Section,
    Table,
    cell,
    line,
    named,
)
from engine.handbook.telling import Telling
from engine.model_outputs import (
    MapAddress,
    MapBranch,
    MapChoose,
    MapCode,
    MapDocument,
    MapEach,
    MapList,
    MapNode,
    MapPartial,
    MapTree,
    MapValue,
    XoevOutput,
)
from engine.model_parts import Expression
from engine.rules.tree import Name, Path

_STEP = "/"


@dataclass(frozen=True, slots=True)
class Entry:
    """An element that is written, or that has a condition: what is in it, what it reads."""

    path: str
    lines: Cell
    reads: tuple[str, ...]  # paths of answers; those of its condition not


def message(one: Telling, entries: tuple[Entry, ...]) -> Section:
    """The mapping, element by element."""
    t, xoev = one.t, one.procedure.outputs.xoev
    if xoev is None:
        blocks = (Paragraphs(cell(t("message.none"))),)
        return Section("7", t("chapter.message"), "nachricht", blocks)
    about = Paragraphs(_about(one, xoev))
    heads = (t("message.element"), t("message.content"))
    rows = tuple((cell(entry.path, CODE), entry.lines) for entry in entries)
    anchors = tuple(f"element-{number}" for number, _ in enumerate(entries, start=1))
    table = Table(t("chapter.message"), heads, (50, 50), rows, anchors)
    return Section("7", t("chapter.message"), "nachricht", (about, table))


def _about(one: Telling, xoev: XoevOutput) -> Cell:
    t = one.t
    return (
        named(t("message.standard"), f"{xoev.standard} {xoev.version}"),
        Line((Run(f"{t('message.message')}: ", STRONG), Run(xoev.message, CODE))),
        line(t("message.header")),
    )


def entries_of(one: Telling) -> tuple[Entry, ...]:
    """Every element in the order of the message."""
    xoev = one.procedure.outputs.xoev
    if xoev is None:
        return ()
    walk = _Walk(one, one.names, reader_of(one.procedure))
    return tuple(walk.below(xoev.tree, "", ()))


def elements_by_answer(entries: tuple[Entry, ...]) -> Mapping[str, tuple[str, ...]]:
    """Where each answer goes, by the path of its question."""
    found: dict[str, dict[str, None]] = {}
    for entry in entries:
        for path in entry.reads:
            found.setdefault(path, {})[entry.path] = None
    return {path: tuple(elements) for path, elements in found.items()}


@dataclass(frozen=True, slots=True)
class _Walk:
    """Goes down the tree; `about` are conditions and repetitions said with the next element."""

    one: Telling
    names: Names
    reader: Reader

    def below(self, node: MapNode, path: str, about: Cell) -> Iterator[Entry]:
        """The entries of an element."""
        match node:
            case MapTree(children=children):
                if about or not children:
                    empty = () if children else (line(self.one.t("message.empty"), QUIET),)
                    yield Entry(path, (*about, *empty), ())
                for name, content in children:
                    yield from self.below(content, f"{path}{_STEP}{name}" if path else name, ())
            case MapChoose(branches=branches):
                for branch in branches:
                    said = self._branch(branch, is_only=len(branches) == 1)
                    yield from self.below(branch.content, path, (*about, *said))
            case MapList(entries=several):
                for number, entry in enumerate(several, start=1):
                    yield from self.below(entry, f"{path}[{number}]", about)
            case MapEach(over=over, content=content, limit=limit):
                each = self._each(over, limit)
                yield from self._row(over).below(content, f"{path}[]", (*about, *each))
            case MapDocument(documents=documents, content=content):
                names = ", ".join(map(self._document, documents))
                said = (named(self.one.t("message.document"), names),)
                yield from self.below(content, f"{path}[]", (*about, *said))
            case _:
                reads = tuple(dict.fromkeys(self.reader.read(node)))
                yield Entry(path, (*about, *self._content(node)), reads)

    def _row(self, over: Expression) -> "_Walk":
        """Where `item` is a row of the group, or a value of the answer, that is gone through."""
        wording = Wording(self.one.plan.checked.typed[over], self.names, self.one.speech)
        thing = wording.thing(over.tree) if over.tree is not None else None
        tables = ({"item": thing} if thing is not None else {}, *self.names.tables)
        names = Names(tables, self.names.settings, self.names.day)
        return _Walk(self.one, names, self.reader.row(over))

    def _content(self, node: MapNode) -> Iterator[Line]:
        match node:
            case MapValue(value=value):
                yield from self._value(value)
            case MapPartial(value=value):
                yield from self._value(value)
                yield line(self.one.t("message.partial"), QUIET)
            case MapAddress(value=value, parts=parts):
                if value is not None:
                    yield from self._value(value)
                for name, part in parts.items():
                    yield Line((Run(f"{name}: ", STRONG), *self.one.feel(part).runs[1:]))
                yield line(self.one.t("message.address"), QUIET)
            case MapCode():
                yield from self._code(node)

    def _code(self, node: MapCode) -> Iterator[Line]:
        t = self.one.t
        if node.code is not None:
            yield Line((Run(f"{t('message.fixed')}: ", STRONG), Run(node.code, CODE)))
        if node.value is not None:
            yield from self._value(node.value)
        if node.table:
            table = "; ".join(f"{value}: {code}" for value, code in node.table.items())
            yield Line((Run(f"{t('message.table')}: ", STRONG), Run(table, CODE)))
        if node.list_uri:
            version = f" {node.list_version}" if node.list_version else ""
            yield Line(
                (Run(f"{t('message.list')}: ", STRONG), Run(f"{node.list_uri}{version}", CODE))
            )

    def _value(self, value: Expression) -> Iterator[Line]:
        """A name beside its meaning on one line; a rule below its words."""
        feel = self.one.feel(value)
        written = feel.runs[1]
        meant = self.one.words.get(f"source.{written.text}")
        said = meant or self.one.value(value, self.names)
        if isinstance(value.tree, Name | Path):
            yield Line((Run(f"{said} "), written)) if said != written.text else Line((written,))
            return
        yield line(said)
        yield feel

    def _branch(self, branch: MapBranch, *, is_only: bool) -> Cell:
        one = self.one
        if branch.condition is not None:
            return one.rule(one.t("only_if"), branch.condition, self.names)
        return () if is_only else (line(one.t("message.otherwise"), STRONG),)

    def _each(self, over: Expression, limit: int | None) -> Cell:
        t = self.one.t
        most = t("message.at_most", limit=limit) if limit is not None else ""
        said = self.one.value(over, self.names)
        return (named(t("message.each"), f"{said}{most}"), self.one.feel(over))

    def _document(self, name: str) -> str:
        t = self.one.t
        return {"summary": t("message.summary"), "*": t("message.uploads")}.get(name, name)
