"""The shape of a message read from its XSD: outputs/xoev/shapes holds the same facts as text,
because at run time the schema may be absent.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

XS = "{http://www.w3.org/2001/XMLSchema}"
CODE = "{http://xoev.de/schemata/code/1_0}Code"
DIN = "{urn:xoev-de:kosit:xoev:datentyp:din-91379_2022-08}datatype"
BASES = {
    "boolean": "yes_no",
    "date": "date",
    "dateTime": "time",
    "gYear": "year",
    "gYearMonth": "year_month",
    "integer": "integer",
    "nonNegativeInteger": "integer",
    "positiveInteger": "integer",
    "decimal": "decimal",
    "base64Binary": "bytes",
    "string": "text",
    "normalizedString": "text",
    "token": "text",
    "anyURI": "text",
}
LEAST = {"nonNegativeInteger": "0", "positiveInteger": "1"}


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

    def blocks(self, namespace: str, messages: list[str]) -> list[str]:
        """The lines of a shape file: the messages, then every type that they reach."""
        found: dict[str, str] = {}
        for message in messages:
            element = self.elements[f"{{{namespace}}}{message}"]
            self._parts("message", message, element.find(f"{XS}complexType"), found)
        heads = [found[f"message {one}"] for one in messages]
        rest = sorted(text for name, text in found.items() if not name.startswith("message "))
        return heads + rest

    def _parts(
        self, word: str, name: str, kind: etree._Element | None, found: dict[str, str]
    ) -> None:
        assert kind is not None
        group = _group(kind)
        word = word or ("choice" if group == "choice" else "sequence")
        key = f"message {name}" if word == "message" else name
        if key in found:
            return
        found[key] = ""  # known before its children are: a type may hold itself
        lines = [f"{word} {name}"]
        for child in self._children(kind):
            lines.append(f"  {child.get('name')} {self._named(child, name, found)}{_often(child)}")
        found[key] = "\n".join(lines)

    def _named(self, child: etree._Element, parent: str, found: dict[str, str]) -> str:
        """The name of the child's type, which is described by the way."""
        inline = child.find(f"{XS}complexType")
        if inline is not None:
            name = f"{parent}/{child.get('name')}"
            self._parts("", name, inline, found)
            return name
        simple = child.find(f"{XS}simpleType")
        if simple is not None:
            name = f"{parent}/{child.get('name')}"
            found[name] = self._content(name, simple)
            return name
        expanded = _expanded(child, child.get("type", ""))
        name = expanded.rpartition("}")[2]
        declared = self.types.get(expanded)
        if declared is None or declared.tag == f"{XS}simpleType":
            self._keep(found, name, self._content(name, declared, expanded))
        elif self._is_code(declared):
            self._keep(found, name, _codes(name, declared))
        else:
            self._parts("", name, declared, found)
        return name

    @staticmethod
    def _keep(found: dict[str, str], name: str, text: str) -> None:
        assert found.setdefault(name, text) == text, f"two types are called {name}"

    def _content(self, name: str, node: etree._Element | None, expanded: str = "") -> str:
        facets: dict[str, str] = {}
        while node is not None and not expanded.startswith(DIN):
            restriction = node.find(f"{XS}restriction")
            assert restriction is not None
            for facet in restriction.iterchildren(tag=etree.Element):
                facets.setdefault(etree.QName(facet).localname, facet.get("value", ""))
            expanded = _expanded(restriction, restriction.get("base", ""))
            node = None if expanded.startswith(DIN) else self.types.get(expanded)
        base = _base(expanded, facets)
        return f"content {name} {base}{_facets(facets, is_text=base.startswith('text'))}"

    def _is_code(self, kind: etree._Element) -> bool:
        return any(
            _expanded(base, base.get("base", "")) == CODE for base in kind.iter(f"{XS}restriction")
        )

    def _children(self, kind: etree._Element) -> Iterator[etree._Element]:
        for extension in kind.iterfind(f"{XS}complexContent/{XS}extension"):
            inherited = self.types.get(_expanded(extension, extension.get("base", "")))
            if inherited is not None:
                yield from self._children(inherited)
        yield from _declared(kind)


def _base(expanded: str, facets: dict[str, str]) -> str:
    if expanded.startswith(DIN):
        return f"text {expanded.removeprefix(DIN)}"
    word = expanded.rpartition("}")[2]
    if word in LEAST:
        facets.setdefault("minInclusive", LEAST[word])
    return BASES[word]


def _facets(facets: dict[str, str], *, is_text: bool) -> str:
    """`1..35` a length, `0-9` a range, `.2` decimals, `/…/` a pattern of texts.

    Patterns of dates and years say no more than their types.
    """
    text = ""
    if {"minLength", "maxLength"} & facets.keys():
        text += f" {facets.get('minLength', '0')}..{facets.get('maxLength', '')}"
    if {"minInclusive", "maxInclusive"} & facets.keys():
        text += f" {facets.get('minInclusive', '')}-{facets.get('maxInclusive', '')}"
    if "fractionDigits" in facets:
        text += f" .{facets['fractionDigits']}"
    if "pattern" in facets and is_text:
        pattern = facets["pattern"].translate({9: "\\t", 10: "\\n", 13: "\\r"})
        text += f" /{pattern}/"
    return text


def _codes(name: str, kind: etree._Element) -> str:
    fixed = {one.get("name"): one.get("fixed") for one in kind.iter(f"{XS}attribute")}
    codes = [one.get("value", "") for one in kind.iter(f"{XS}enumeration")]
    assert not any(re.search(r"\s", one) for one in codes)
    line = f"codes {name} {fixed.get('listURI') or '-'} {fixed.get('listVersionID') or '-'}"
    return line + (f"\n  {' '.join(codes)}" if codes else "")


def _often(child: etree._Element) -> str:
    least, most = child.get("minOccurs", "1"), child.get("maxOccurs", "1")
    text = (
        "" if (least, most) == ("1", "1") else f" {least}..{'*' if most == 'unbounded' else most}"
    )
    if child.get("fixed") is not None:
        text += f" ={child.get('fixed')}"
    return text if _qualified(child) else f"{text} ~"


def _group(kind: etree._Element) -> str:
    """Sequence or choice; nothing else occurs, and neither inside the other."""
    groups = [
        etree.QName(one).localname
        for one in kind.iter(f"{XS}sequence", f"{XS}choice", f"{XS}all", f"{XS}any", f"{XS}group")
        if next(one.iterancestors(f"{XS}complexType")) is kind
    ]
    assert groups in (["sequence"], ["choice"], [])  # none: an extension that adds nothing
    return "".join(groups) or "sequence"


def _declared(node: etree._Element) -> Iterator[etree._Element]:
    for child in node.iterchildren(tag=etree.Element):
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
