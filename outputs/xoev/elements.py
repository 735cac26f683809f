"""From the mapping tree of a definition to elements, node by node."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from lxml import etree

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
)
from outputs.application import Application
from outputs.xoev.documents import attached
from outputs.xoev.facts import CodeList
from outputs.xoev.standards import Standard
from outputs.xoev.values import address_parts, as_text, partial_date

Env: TypeAlias = Mapping[str, object]
Made: TypeAlias = Iterator[etree._Element]
Part: TypeAlias = tuple[str, str]


class Elements:
    """Writes mapping nodes; every method yields no, one or several elements of one name."""

    def __init__(self, standard: Standard, application: Application, summary: bytes) -> None:
        self._standard = standard
        self._application = application
        self._summary = summary
        self._value = application.plan.value

    def children(self, parent: str, tree: MapTree, env: Env) -> Made:
        """The content of an element, in message order."""
        for name, node in tree.children:
            yield from self.element(parent, name, node, env)

    def element(self, parent: str, name: str, node: MapNode, env: Env) -> Made:
        """The element `name` below `parent`, as often as the node says."""
        match node:
            case MapValue():
                yield from self._leaf(parent, name, as_text(self._value(node.value, env)))
            case MapCode():
                yield from self._code(parent, name, node, env)
            case MapPartial():
                part = partial_date(self._value(node.value, env))
                yield from self._around(parent, name, (part,) if part else ())
            case MapAddress():
                yield from self._around(parent, name, address_parts(self._address(node, env)))
            case MapTree():
                yield from self._tree(parent, name, node, env)
            case _:
                yield from self._repeated(parent, name, node, env)

    def _repeated(self, parent: str, name: str, node: MapNode, env: Env) -> Made:
        match node:
            case MapChoose():
                for branch in node.branches:
                    if branch.condition is None or self._value(branch.condition, env) is True:
                        yield from self.element(parent, name, branch.content, env)
                        return
            case MapList():
                for entry in node.entries:
                    yield from self.element(parent, name, entry, env)
            case MapEach():
                for item in _rows(self._value(node.over, env))[: node.limit]:
                    yield from self.element(parent, name, node.content, {**env, "item": item})
            case MapDocument():
                yield from self._documents(parent, name, node, env)

    def _leaf(self, parent: str, name: str, text: str | None) -> Made:
        if text is not None:
            made = etree.Element(self._standard.tag(parent, name))
            made.text = text
            yield made

    def _around(self, parent: str, name: str, children: Iterable[Part]) -> Made:
        made = etree.Element(self._standard.tag(parent, name))
        for child, text in children:
            made.extend(self._leaf(name, child, text))
        if len(made):
            yield made

    def _tree(self, parent: str, name: str, node: MapTree, env: Env) -> Made:
        made = etree.Element(self._standard.tag(parent, name))
        made.extend(self.children(name, node, env))
        if len(made) or not node.children:
            yield made

    def _code(self, parent: str, name: str, node: MapCode, env: Env) -> Made:
        code = node.code
        if node.value is not None:
            found = as_text(self._value(node.value, env))
            code = None if found is None else node.table.get(found, found)
        if code is not None:
            yield code_element(
                self._standard.tag(parent, name), code, self._list(parent, name, node)
            )

    def _list(self, parent: str, name: str, node: MapCode) -> CodeList | None:
        known = self._standard.code_list(parent, name)
        if node.list_uri is not None and ":" not in node.list_uri:
            known = self._standard.list_of(node.list_uri) or known
        uri = node.list_uri if node.list_uri and ":" in node.list_uri else known and known.uri
        version = node.list_version or (known and known.version)
        return CodeList(uri or "", version or "") if uri or version else None

    def _address(self, node: MapAddress, env: Env) -> Mapping[str, str]:
        if node.value is not None:
            whole = self._value(node.value, env)
            return whole if isinstance(whole, Mapping) else {}
        parts = {key: as_text(self._value(rule, env)) for key, rule in node.parts.items()}
        return {key: text for key, text in parts.items() if text}

    def _documents(self, parent: str, name: str, node: MapDocument, env: Env) -> Made:
        files = attached(
            self._application, node.documents, self._summary, frozenset(self._standard.formats)
        )
        for number, one in enumerate(files, start=1):
            inner = {**env, "document": one.names(number)}
            yield from self.element(parent, name, node.content, inner)


def code_element(tag: str, code: str, code_list: CodeList | None) -> etree._Element:
    """A code with its list; `code` is in no namespace in every standard."""
    made = etree.Element(tag)
    if code_list is not None and code_list.uri:
        made.set("listURI", code_list.uri)
    if code_list is not None and code_list.version:
        made.set("listVersionID", code_list.version)
    etree.SubElement(made, "code").text = code
    return made


def _rows(value: object) -> list[object]:
    match value:
        case None:
            return []
        case list() | tuple():
            return list(value)
        case _:
            return [value]
