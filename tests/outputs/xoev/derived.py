"""What an XSD says about qualification and code lists, read anew: the tables in outputs/xoev
hold the same facts, because at run time the schema may be absent.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

XS = "{http://www.w3.org/2001/XMLSchema}"
Place = tuple[str, str]  # parent element, element
CODE = "{http://xoev.de/schemata/code/1_0}Code"


@dataclass
class Facts:
    """Collected over every element that can be reached from a message."""

    qualified: set[Place] = field(default_factory=set)
    unqualified: set[Place] = field(default_factory=set)
    code_lists: dict[Place, set[tuple[str, str | None]]] = field(default_factory=dict)


class Schemas:
    """The declarations of some XSD files, by expanded name."""

    def __init__(self, *files: Path) -> None:
        self.types: dict[str, etree._Element] = {}
        self.elements: dict[str, etree._Element] = {}
        for file in files:
            root = etree.parse(file).getroot()
            space = root.get("targetNamespace", "")
            for node in root.iterchildren(f"{XS}complexType", f"{XS}simpleType"):
                self.types[f"{{{space}}}{node.get('name')}"] = node
            for node in root.iterchildren(f"{XS}element"):
                self.elements[f"{{{space}}}{node.get('name')}"] = node

    def facts(self, *roots: str) -> Facts:
        """Everything below these global elements."""
        facts, seen = Facts(), set[tuple[str, str]]()
        for root in roots:
            self._visit("", self.elements[root], facts, seen)
        return facts

    def _visit(
        self, parent: str, element: etree._Element, facts: Facts, seen: set[tuple[str, str]]
    ) -> None:
        name, kind = element.get("name", ""), self._type(element)
        if kind is None:
            return
        if self._is_code(kind):
            attributes = {a.get("name"): a.get("fixed") for a in kind.iter(f"{XS}attribute")}
            found = (str(attributes.get("listURI")), attributes.get("listVersionID"))
            facts.code_lists.setdefault((parent, name), set()).add(found)
            return
        key = (name, kind.getroottree().getpath(kind) + str(kind.base))
        if key in seen:
            return
        seen.add(key)
        for child in self._children(kind):
            home = facts.qualified if _qualified(child) else facts.unqualified
            home.add((name, child.get("name", "")))
            self._visit(name, child, facts, seen)

    def _type(self, element: etree._Element) -> etree._Element | None:
        inline = element.find(f"{XS}complexType")
        if inline is not None:
            return inline
        name = element.get("type")
        return self.types.get(_expanded(element, name)) if name else None

    def _is_code(self, kind: etree._Element) -> bool:
        return any(
            _expanded(base, base.get("base", "")) == CODE for base in kind.iter(f"{XS}restriction")
        )

    def _children(self, kind: etree._Element) -> Iterator[etree._Element]:
        for extension in kind.iter(f"{XS}extension"):
            inherited = self.types.get(_expanded(extension, extension.get("base", "")))
            if inherited is not None:
                yield from self._children(inherited)
        yield from _declared(kind)


def _declared(node: etree._Element) -> Iterator[etree._Element]:
    for child in node.iterchildren():
        if child.tag == f"{XS}element":
            yield child
        else:
            yield from _declared(child)


def _qualified(element: etree._Element) -> bool:
    root = element.getroottree().getroot()
    return element.get("form", root.get("elementFormDefault")) == "qualified"


def _expanded(node: etree._Element, name: str) -> str:
    prefix, _, local = name.rpartition(":")
    return f"{{{node.nsmap.get(prefix or None, '')}}}{local}"
