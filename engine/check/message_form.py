"""The mapping against the shape of its message: elements, order, how often, one of several."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from engine.check.directory import Directory
from engine.check.message_content import check_code, check_content
from engine.check.origins import Place, branches
from engine.check.typing import Typing
from engine.diagnostics import Findings, Fix, Note
from engine.message.shape import Codes, Content, Element, Kind, MessageShape, Parts, Shapes
from engine.model import Field, Group, Procedure
from engine.model_outputs import (
    MapAddress,
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
from engine.model_parts import Word
from engine.rules.types import ListOf, plain
from engine.source import Span
from engine.suggest import nearest

_LISTED = 12  # so many names can still be read in one line
_SUMMARY = "summary"
_PARTIAL = frozenset({"jahr", "jahrMonat", "jahrMonatTag"})
_ADDRESS = frozenset({"postleitzahl", "strasse", "wohnort"})


def check_message(procedure: Procedure, names: Directory, typing: Typing, shapes: Shapes) -> None:
    """The mapping of a procedure, if anybody told the shapes of messages."""
    output, findings = procedure.outputs.xoev, typing.findings
    if output is None or not shapes:
        return
    shape = _shape(output, shapes, findings)
    if shape is not None:
        _Message(procedure, typing, findings, shape).tree(
            shape.parts, output.tree, Word(output.message, output.span), Place(names)
        )


def _shape(output: XoevOutput, shapes: Shapes, findings: Findings) -> MessageShape | None:
    messages = shapes.get((output.standard, output.version))
    if messages is None:
        known = ", ".join(f"{name} {version}" for name, version in shapes)
        values = {"name": f"{output.standard} {output.version}".strip(), "allowed": known}
        findings.add("unknown-standard", output.span, values)
        return None
    if output.message not in messages:
        values = {"name": output.message, **_meant(output.message, messages)}
        findings.add("unknown-message", output.span, values)
        return None
    return messages[output.message]


def _meant(name: str, known: Iterable[str]) -> dict[str, str]:
    names = tuple(known)
    found = nearest(name, names, 1)
    if found:
        return {"nearest": found[0]}
    return {"allowed": ", ".join(names)} if len(names) <= _LISTED else {}


@dataclass(frozen=True, slots=True)
class _Message:
    """One mapping."""

    procedure: Procedure
    typing: Typing
    findings: Findings
    shape: MessageShape

    def tree(self, parts: Parts, tree: MapTree, parent: Word, place: Place) -> None:
        """The children of an element, and everything below them."""
        known: dict[str, int] = {one.name: at for at, one in enumerate(parts.elements)}
        last: tuple[int, str] = (-1, "")
        for name, node in tree.children:
            element = parts.get(name)
            if element is None:
                self._unknown(parts, Word(name, _span(name, node)), parent)
                continue
            if known[name] < last[0] and not parts.is_choice:
                values = {"name": name, "other": last[1]}
                self.findings.add("element-order", _span(name, node), values)
            last = max(last, (known[name], name))
            self._element(element, Word(name, _span(name, node)), node, place)
        self._complete(parts, tree, parent)

    def _unknown(self, parts: Parts, name: Word, parent: Word) -> None:
        names = [one.name for one in parts.elements]
        values = {"name": name, "parent": parent, **_meant(name, names)}
        fix = Fix(name.span, values["nearest"]) if "nearest" in values else None
        self.findings.add("unknown-element", name.span, values, fix=fix)

    def _complete(self, parts: Parts, tree: MapTree, parent: Word) -> None:
        """What must be there, and what excludes each other."""
        present = [name for name, _ in tree.children if parts.get(name)]
        if not parts.is_choice:
            for one in parts.elements:
                if one.least > 0 and one.name not in present:
                    values = {"name": one.name, "parent": parent}
                    self.findings.add("element-missing", parent.span, values)
            return
        names = ", ".join(one.name for one in parts.elements)
        if not present:
            self.findings.add("choice-missing", parent.span, {"parent": parent, "allowed": names})
        for name, node in tree.children[1:]:
            note = Note("choice-needs-one:other", _span(*tree.children[0]))
            values = {"name": name, "parent": parent}
            self.findings.add("choice-needs-one", _span(name, node), values, related=(note,))

    def _element(self, element: Element, name: Word, node: MapNode, place: Place) -> None:
        most, span = self._most(node, place), name.span
        if element.most is not None and (most is None or most > element.most):
            values = {"name": name, "most": str(element.most)}
            self.findings.add("element-too-often", span, values)
        elif most is not None and most < element.least:
            values = {"name": name, "least": str(element.least)}
            self.findings.add("element-too-seldom", span, values)
        for content, here in _contents(node, place):
            self._content(element, name, content, here)

    def _content(self, element: Element, name: Word, node: MapNode, place: Place) -> None:
        kind = self.shape.kind(element)
        match kind, node:
            case Parts(), MapTree():
                self.tree(kind, node, name, place)
            case Parts(), MapPartial() if _has(kind, _PARTIAL):
                return
            case Parts(), MapAddress() if _has(kind, _ADDRESS):
                return
            case Codes(), MapCode():
                check_code(kind, name, node, place, self.findings)
            case Content(), MapValue():
                check_content(element, kind, node, place, self.typing)
            case _:
                values = {"name": name, "found": _found(node), "needs": _needs(kind)}
                if isinstance(kind, Parts):
                    values["allowed"] = ", ".join(one.name for one in kind.elements[:_LISTED])
                span = node.span if isinstance(node, MapValue) else name.span
                self.findings.add("element-other-content", span, values)

    # --- How often ------------------------------------------------------------------------------

    def _most(self, node: MapNode, place: Place) -> int | None:
        """So often the element can be written; None: nobody knows a limit."""
        match node:
            case MapChoose():
                found = [self._most(content, here) for content, here in branches(node, place)]
                return None if None in found else max((one or 0 for one in found), default=0)
            case MapList(entries=entries):
                counts = [self._most(one, place) for one in entries]
                return None if None in counts else sum(one or 0 for one in counts)
            case MapEach(content=content, limit=limit):
                rows, inner = self._rows(node, place), self._most(content, place.inside(node))
                if rows is None or (limit is not None and limit < rows):
                    rows = limit
                return None if rows is None or inner is None else rows * inner
            case MapDocument(documents=documents, content=content):
                inner = self._most(content, place)
                files = self._files(documents)
                return None if files is None or inner is None else files * inner
            case _:
                return 1

    def _rows(self, node: MapEach, place: Place) -> int | None:
        found = None if node.over.tree is None else place.found(node.over.tree)
        if isinstance(found, Group):
            return found.maximum
        if isinstance(found, Field) and found.options is not None:
            listed = len(found.options.options)
            chosen = None if found.maximum is None else int(str(found.maximum))
            return listed if chosen is None else min(chosen, listed)
        typed = self.typing.typed.get(node.over)
        kind = None if typed is None else plain(typed.type)
        return kind.most if isinstance(kind, ListOf) else None

    def _files(self, documents: tuple[str, ...]) -> int | None:
        if documents == (_SUMMARY,):
            return 1
        known = {one.id: one for one in self.procedure.documents}
        groups = dict(_groups(self.procedure))
        total = 0
        for name in documents:
            one = known.get(name)
            if one is None:
                return None
            rows = groups[one.each].maximum if one.each in groups else 1
            total += one.max_files * rows
        return total


def _groups(procedure: Procedure) -> Iterator[tuple[str, Group]]:
    for page in procedure.pages:
        yield from ((one.id, one) for one in page.items if isinstance(one, Group))


def _contents(node: MapNode, place: Place) -> Iterator[tuple[MapNode, Place]]:
    """What is written as the element itself, and where."""
    match node:
        case MapChoose():
            for content, here in branches(node, place):
                yield from _contents(content, here)
        case MapList(entries=entries):
            for one in entries:
                yield from _contents(one, place)
        case MapEach(content=content):
            yield from _contents(content, place.inside(node))
        case MapDocument(content=content):
            yield from _contents(content, replace(place, item=None))
        case _:
            yield node, place


def _span(name: str, node: MapNode) -> Span:
    return name.span if isinstance(name, Word) else node.span


def _has(parts: Parts, names: frozenset[str]) -> bool:
    return all(parts.get(one) for one in names)


def _found(node: MapNode) -> str:
    match node:
        case MapTree():
            return "shape:parts"
        case MapCode():
            return "shape:code"
        case MapPartial():
            return "shape:partial"
        case MapAddress():
            return "shape:address"
        case _:
            return "shape:value"


def _needs(kind: Kind) -> str:
    match kind:
        case Codes():
            return "shape:code"
        case Content():
            return "shape:value"
        case _:
            return "shape:parts"
