"""YAML text to nodes, event by event: no step of it can grow with the depth of the input."""

from dataclasses import dataclass, field
from typing import cast

import yaml

from engine.diagnostics import Diagnostic, Findings, Note
from engine.nodes.bounds import MAX_DEPTH, MAX_NODES, refused
from engine.nodes.mended import Mended
from engine.nodes.node import Entry, Mapping, Node, Scalar, Sequence, Style
from engine.nodes.syntax import complaint
from engine.source import Position, Source, Span, whole_file

# libyaml only: PyYAML's own parser refuses texts that it accepts (`{label: Wirklich?, …}`).
_LOADER = yaml.CSafeLoader
_MENDED = 20  # so many mistakes are mended at most
_STYLES = {"'": Style.SINGLE, '"': Style.DOUBLE, "|": Style.LITERAL, ">": Style.FOLDED}


class _Stop(Exception):
    """What was found makes reading on pointless or dangerous."""


def read_nodes(source: Source) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """The tree of a file, and what is wrong with it; None if it cannot be read. Never raises.

    A mistake whose fix is certain is mended in memory, so that one run shows the others, too.
    """
    before = refused(source)
    if before:
        return None, before
    mended = Mended(source)
    found: list[Diagnostic] = []
    read = 0
    for _ in range(_MENDED):
        builder = _Builder(mended)
        stopped = _compose(builder)
        found += builder.found
        read += builder.count
        if stopped is None:
            break
        found.append(mended.diagnostic(stopped))
        if stopped.fix is None or read > MAX_NODES or not mended.apply(stopped.fix):
            return None, tuple(found)
    if builder.root is None and not found:
        found.append(Diagnostic("empty-file", whole_file(source.name)))
    return builder.root, tuple(found)


def _compose(builder: "_Builder") -> Diagnostic | None:
    """Read the text; what stopped the parser comes back in places of the mended text."""
    source = builder.mended.source
    try:
        for event in yaml.parse(source.text, Loader=_LOADER):
            builder.take(event)
    except _Stop:
        builder.root = None
    except yaml.MarkedYAMLError as error:
        builder.root = None
        return complaint(source, error)
    except yaml.YAMLError:
        builder.root = None
        return Diagnostic("unreadable-yaml", whole_file(source.name))
    return None


@dataclass(slots=True)
class _Open:
    """A list or mapping that is still being read."""

    start: Position
    is_mapping: bool
    items: list[Node] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    keys: dict[str, Scalar] = field(default_factory=dict)
    key: Node | None = None
    is_broken: bool = False


class _Builder:
    def __init__(self, mended: Mended) -> None:
        self.mended = mended
        self.source = mended.source
        self.root: Node | None = None
        self.found: list[Diagnostic] = []
        self._open: list[_Open] = []
        self.count = 0
        self._documents = 0

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._tagged(event)
            self._add(self._scalar(event))
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._tagged(event)
            self._start(event)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._add(self._end(event))
        elif isinstance(event, yaml.AliasEvent):
            self._stop("yaml-alias", event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._document(event)

    def _stop(self, code: str, event: yaml.Event, **values: str) -> None:
        span = Span(self.source.name, self._start_of(event), self._end_of(event))
        self.found.append(Diagnostic(code, span, values))
        raise _Stop

    def _start_of(self, event: yaml.Event) -> Position:
        at = _position(event.start_mark)
        return self.mended.written(at) if self.mended.is_mended else at

    def _end_of(self, event: yaml.Event) -> Position:
        at = _position(event.end_mark)
        return self.mended.written(at) if self.mended.is_mended else at

    def _document(self, event: yaml.DocumentStartEvent) -> None:
        self._documents += 1
        if event.version or event.tags:
            self._stop("yaml-directive", event)
        if self._documents > 1:
            self._stop("several-documents", event)

    def _tagged(self, event: "yaml.NodeEvent") -> None:
        if event.anchor is not None:
            self._stop("yaml-anchor", event)
        if getattr(event, "tag", None) is not None:
            self._stop("yaml-tag", event)

    def _start(self, event: yaml.Event) -> None:
        if len(self._open) >= MAX_DEPTH:
            self._stop("nested-too-deeply", event, limit=str(MAX_DEPTH))
        self._open.append(_Open(self._start_of(event), isinstance(event, yaml.MappingStartEvent)))

    def _end(self, event: yaml.Event) -> Node:
        done = self._open.pop()
        end = self._end_of(event)
        if _start_index(event) == _end_index(event):
            # A block ends for the parser where the next one begins; for people, behind its
            # last word.
            last = _last(done)
            end = done.start if last is None else last.span.end
        span = Span(self.source.name, done.start, max(end, done.start))
        if done.is_mapping:
            return Mapping(tuple(done.entries), span, done.is_broken)
        return Sequence(tuple(done.items), span)

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        start = self._start_of(event)
        mended = self.mended
        mend = mended.mend_at(_position(event.start_mark)) if mended.is_mended else None
        if mend is not None:
            end = Position(start.line, start.column + len(mend.written))
            span = Span(self.source.name, start, end)
            return Scalar(event.value, span, Style.PLAIN, mend.written)
        raw = self.source.text[_start_index(event) : _end_index(event)]
        style = _STYLES.get(event.style or "", Style.PLAIN)
        if style in (Style.LITERAL, Style.FOLDED):
            raw = raw.rstrip()
            end = _behind(start, raw)
        else:
            end = self._end_of(event)
        return Scalar(event.value, Span(self.source.name, start, end), style, raw)

    def _add(self, node: Node) -> None:
        self.count += 1
        if self.count > MAX_NODES:
            self.found.append(Diagnostic("too-many-values", node.span, {"limit": str(MAX_NODES)}))
            raise _Stop
        if not self._open:
            self.root = node
            return
        parent = self._open[-1]
        if not parent.is_mapping:
            parent.items.append(node)
        elif parent.key is None:
            parent.key = node
        else:
            key, parent.key = parent.key, None
            self._entry(parent, key, node)

    def _entry(self, parent: _Open, key: Node, value: Node) -> None:
        if not isinstance(key, Scalar):
            parent.is_broken = True
            self.found.append(Diagnostic("key-not-text", key.span))
            return
        first = parent.keys.get(key.text)
        if first is not None and len(self.found) >= Findings.LIMIT:
            return
        if first is not None:
            note = Note("duplicate-key:first", first.span, {"key": key.text})
            self.found.append(Diagnostic("duplicate-key", key.span, {"key": key.text}, (note,)))
            return
        parent.keys[key.text] = key
        parent.entries.append(Entry(key, value))


def _last(done: _Open) -> Node | None:
    if done.is_mapping:
        return done.entries[-1].value if done.entries else None
    return done.items[-1] if done.items else None


def _position(mark: "yaml.error.Mark | yaml._yaml.Mark | None") -> Position:
    known = cast("yaml.Mark", mark)
    return Position(known.line + 1, known.column + 1)


def _start_index(event: yaml.Event) -> int:
    return cast("yaml.Mark", event.start_mark).index


def _end_index(event: yaml.Event) -> int:
    return cast("yaml.Mark", event.end_mark).index


def _behind(start: Position, raw: str) -> Position:
    lines = raw.count("\n")
    if not lines:
        return Position(start.line, start.column + len(raw))
    return Position(start.line + lines, len(raw) - raw.rfind("\n"))
